using System.Globalization;

namespace MarioAgentTool.Plugin;

/// <summary>What went wrong, kept in a file: EmuHawk's own console is rarely open.</summary>
/// <param name="path">The file; its folder is made when the first error comes.</param>
public sealed class ErrorLog(string path)
{
    // Enough for any report. A tool that fails on every frame must not fill the disk.
    private const long Limit = 1 << 20;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Adds an entry, and says whether it was written. Never throws: this is the last stop of errors.</summary>
    /// <param name="doing">What was being done.</param>
    /// <param name="error">What came of it.</param>
    public bool TryAdd(string doing, Exception error)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            if (new FileInfo(Path) is { Exists: true, Length: > Limit })
            {
                return false;
            }

            string time = DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            File.AppendAllText(Path, $"{time} {doing}\n{error}\n\n");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
