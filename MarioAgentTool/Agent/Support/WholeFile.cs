namespace MarioAgentTool.Support;

/// <summary>Files that are either whole or as they were: written beside, flushed to the disk, then renamed, and the name flushed too.</summary>
public static class WholeFile
{
    /// <summary>Replaces a file by what <paramref name="write"/> puts into the stream.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = path + ".new";
        WriteThrough(beside, write);
        if (File.Exists(path))
        {
            File.Replace(beside, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(beside, path);
        }

        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Replaces a text file (UTF-8, no byte order mark).</summary>
    public static void Write(string path, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Write(path, stream => stream.Write(bytes, 0, bytes.Length));
    }

    /// <summary>Writes a file and waits until the disk has it.</summary>
    internal static void WriteThrough(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        write(file);
        file.Flush(flushToDisk: true);
    }
}
