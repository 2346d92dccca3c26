using System.Text;

namespace MarioAgentTool.Metrics;

/// <summary>A text file that only grows, but for what was written after the checkpoint that a run goes on from.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _heading;
    private bool _begun;

    /// <param name="path">The file; begun anew, or kept until <see cref="Keep"/>.</param>
    /// <param name="heading">Its first line, where it has none yet.</param>
    public LogFile(string path, string heading = "")
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        _heading = heading;
    }

    /// <summary>Appends a line; the first call begins the file anew unless <see cref="Keep"/> came before.</summary>
    public void Line(string line)
    {
        if (!_begun)
        {
            Begin();
        }

        Put(line);
    }

    /// <summary>Begins the file with its heading alone.</summary>
    public void Begin()
    {
        _begun = true;
        _file.SetLength(0);
        if (_heading.Length > 0)
        {
            Put(_heading);
        }
    }

    /// <summary>Bytes, all of them on the disk.</summary>
    public long Saved()
    {
        _file.Flush(flushToDisk: true);
        return _begun ? _file.Length : 0;
    }

    /// <summary>Cuts the file back to what a checkpoint knew.</summary>
    public void Keep(long length)
    {
        if (length == 0)
        {
            return;
        }

        if (_file.Length < length)
        {
            throw new InvalidDataException($"{_file.Name} has {_file.Length} bytes, but the checkpoint was made when it had {length}; put the run folder's own file back.");
        }

        _begun = true;
        _file.SetLength(length);
        _file.Seek(0, SeekOrigin.End);
    }

    public void Dispose() => _file.Dispose();

    private void Put(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        _file.Write(bytes, 0, bytes.Length);
        _file.Flush();
    }
}
