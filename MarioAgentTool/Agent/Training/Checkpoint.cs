using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// A folder of parts that is either whole or absent. It is written beside, each part flushed to the disk, the marker last;
/// then names change hands, and the previous one goes only when the new one stands. (After Dopamine's sentinel file.)
/// </summary>
internal static class Checkpoint
{
    private const string Marker = "complete";

    /// <summary>Writes a checkpoint in place of the previous one.</summary>
    /// <param name="folder">Where it stands in the end.</param>
    /// <param name="parts">File names and what writes them.</param>
    /// <param name="afterEach">For tests: told each step once it is done, and may throw as a machine may lose power.</param>
    public static void Write(string folder, IReadOnlyList<(string Name, Action<Stream> Write)> parts, Action<string>? afterEach = null)
    {
        string beside = Beside(folder), previous = Previous(folder);
        DropFragments(folder);
        Directory.CreateDirectory(beside);
        foreach ((string name, Action<Stream> write) in parts)
        {
            WholeFile.WriteThrough(Path.Combine(beside, name), write);
            afterEach?.Invoke(name);
        }

        // The parts' names are on the disk before the marker's is.
        FolderSync.Flush(beside);
        WholeFile.WriteThrough(Path.Combine(beside, Marker), _ => { });
        FolderSync.Flush(beside);
        afterEach?.Invoke(Marker);
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, previous);
            afterEach?.Invoke("previous put aside");
        }

        Directory.Move(beside, folder);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        afterEach?.Invoke("renamed");
        Remove(previous);
    }

    /// <summary>Where a whole checkpoint stands, the newest first; null without one.</summary>
    public static string? Find(string folder) =>
        new[] { folder, Beside(folder), Previous(folder) }.FirstOrDefault(f => File.Exists(Path.Combine(f, Marker)));

    // What an interrupted writer left. If names were just changing hands, the whole one takes its place first.
    private static void DropFragments(string folder)
    {
        if (!Directory.Exists(folder) && Find(folder) is { } whole)
        {
            Directory.Move(whole, folder);
        }

        Remove(Beside(folder));
        Remove(Previous(folder));
    }

    // The marker goes first: a folder half removed must not look whole.
    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(Path.Combine(folder, Marker));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Beside(string folder) => folder + ".new";

    private static string Previous(string folder) => folder + ".old";
}
