using MarioAgentTool.Metrics;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>Keeps a run's curves up to date, without ever waiting for the disk: a thread of the pool reads, the caller's takes in.</summary>
internal sealed class RunReader(string folder)
{
    private readonly string _path = RunFolder.At(folder).Metrics;
    private Task<Piece>? _reading;
    private long _position;

    /// <summary>The curves so far.</summary>
    public RunCurves Curves { get; } = new(folder);

    /// <summary>Why there is nothing to see, a sentence; empty while all is well.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Takes in what was read since.</summary>
    /// <param name="isDue">The file is to be looked at again.</param>
    /// <returns>Whether the curves have changed, or <see cref="Message"/> has.</returns>
    public bool Look(bool isDue)
    {
        bool hasChanged = _reading is { IsCompleted: true } && Take(_reading);
        if (_reading is { IsCompleted: true })
        {
            _reading = null;
        }

        if (isDue && _reading is null)
        {
            long position = _position;
            _reading = Task.Run(() => Read(position));
        }

        return hasChanged;
    }

    /// <summary>Waits for the reading that is under way, and takes it in: for tests.</summary>
    internal void Finish()
    {
        if (_reading is not null)
        {
            Take(_reading);
            _reading = null;
        }
    }

    private bool Take(Task<Piece> reading)
    {
        try
        {
            Piece piece = reading.GetAwaiter().GetResult();
            if (piece.IsAnew)
            {
                Curves.Restart();
            }

            Curves.Take(piece.Lines);
            _position = piece.Position;
            Message = "";
            return piece.IsAnew || piece.Lines.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            bool isNews = Message != e.Message;
            Message = e is FileNotFoundException or DirectoryNotFoundException ? $"{folder} has no metrics.jsonl; choose a run's folder on the page Play." : e.Message;
            return isNews;
        }
    }

    private Piece Read(long position)
    {
        // A run that goes on from its checkpoint cuts the file back to that.
        bool isAnew = position > 0 && new FileInfo(_path).Length < position;
        position = isAnew ? 0 : position;
        IReadOnlyList<MetricsLine> lines = MetricsLog.Read(_path, ref position);
        return new Piece(lines, position, isAnew);
    }

    private sealed record Piece(IReadOnlyList<MetricsLine> Lines, long Position, bool IsAnew);
}
