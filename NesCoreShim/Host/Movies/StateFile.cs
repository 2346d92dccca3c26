using System.IO.Compression;
using System.Text;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>
/// A .State file as BizHawk lays it out: a zip of the core's bytes and, while a movie is active, of its log. BizHawk packs the
/// bytes once more, by Zstandard; here they are as they are, so that neither reads the other's.
/// </summary>
internal static class StateFile
{
    private const string CoreEntry = "Core.bin", LogEntry = "Input Log.txt";

    public static void Write(string path, byte[] core, IEnumerable<MovieFrame>? log, Bk2LogKey key)
    {
        using FileStream file = File.Create(path);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        Add(zip, CoreEntry, core);
        if (log is not null)
        {
            List<string> lines = [.. log.Select(key.Write)];
            string[] all = [FormattableString.Invariant($"Frame {lines.Count}"), "[Input]", $"LogKey:{key}", .. lines, "[/Input]"];
            Add(zip, LogEntry, Encoding.UTF8.GetBytes(string.Join("\n", all) + "\n"));
        }
    }

    /// <exception cref="InvalidDataException">The file is no state.</exception>
    public static (byte[] Core, IReadOnlyList<MovieFrame>? Log) Read(string path, Bk2LogKey key)
    {
        using FileStream file = File.OpenRead(path);
        using ZipArchive zip = new(file, ZipArchiveMode.Read);
        byte[] core = Get(zip, CoreEntry) ?? throw new InvalidDataException($"{path}: the archive has no '{CoreEntry}'; a state needs it.");
        return (core, Get(zip, LogEntry) is { } log ? ReadLog(Encoding.UTF8.GetString(log), key) : null);
    }

    private static List<MovieFrame> ReadLog(string text, Bk2LogKey key)
    {
        List<MovieFrame> frames = [];
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("|", StringComparison.Ordinal))
            {
                frames.Add(key.Read(line.Trim()));
            }
        }

        return frames;
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(bytes, 0, bytes.Length);
    }

    private static byte[]? Get(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry)
        {
            return null;
        }

        using Stream packed = entry.Open();
        using MemoryStream bytes = new();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
