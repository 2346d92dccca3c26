namespace MarioAgentTool.Learning;

/// <summary>
/// Observations side by side, for one pass through a network: their bytes, or the places of their frames in a memory beside the networks,
/// where a backend gathers them by itself. The caller owns them and fills them again and again.
/// </summary>
/// <param name="count">Observations.</param>
/// <param name="length">Bytes of each.</param>
internal sealed class Observations(int count, int length)
{
    /// <summary>In place of a frame's place: a frame of zeros.</summary>
    public const int Blank = -1;

    private byte[] _bytes = [];
    private int[] _places = [];

    public int Count { get; } = count;

    /// <summary>Bytes of one.</summary>
    public int Length { get; } = length;

    /// <summary>Grows with every change: what was made of them elsewhere holds as long as this stays.</summary>
    public long Version { get; private set; }

    /// <summary>The memory that their frames are to be gathered from; null where they are bytes.</summary>
    public FrameMemory? Frames { get; private set; }

    /// <summary>Where there is such a memory: the places of their frames, oldest first, one observation after the other.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>All of them, one after the other; read from their memory if that is where they are.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            byte[] bytes = EnsureBytes();
            if (Frames is { } frames)
            {
                for (int i = 0; i < _places.Length; i++)
                {
                    Span<byte> frame = bytes.AsSpan(i * frames.FrameBytes, frames.FrameBytes);
                    if (_places[i] == Blank)
                    {
                        frame.Clear();
                    }
                    else
                    {
                        frames.Read(_places[i], frame);
                    }
                }
            }

            return bytes;
        }
    }

    /// <summary>All of them, to be written to.</summary>
    public Span<byte> Overwrite()
    {
        Changed();
        Frames = null;
        return EnsureBytes();
    }

    /// <summary>Says that they are others now, though they may look the same.</summary>
    public void Changed() => Version++;

    /// <summary>Makes a frame of one of them that which lies in a place of a memory; all come from the same.</summary>
    /// <param name="frames">The memory.</param>
    /// <param name="row">Which observation.</param>
    /// <param name="index">Which of its frames, 0 the oldest.</param>
    /// <param name="place">Where that frame lies, or <see cref="Blank"/>.</param>
    public void Take(FrameMemory frames, int row, int index, int place)
    {
        Changed();
        int frame = row * (Length / frames.FrameBytes) + index;
        if (frames.IsBesideNetworks)
        {
            Frames = frames;
            if (_places.Length == 0)
            {
                _places = new int[Count * (Length / frames.FrameBytes)];
                _places.AsSpan().Fill(Blank);
            }

            _places[frame] = place;
            return;
        }

        Frames = null;
        Span<byte> bytes = EnsureBytes().AsSpan(frame * frames.FrameBytes, frames.FrameBytes);
        if (place == Blank)
        {
            bytes.Clear();
        }
        else
        {
            frames.Read(place, bytes);
        }
    }

    // A batch that is only gathered elsewhere takes no memory here.
    private byte[] EnsureBytes() => _bytes.Length > 0 ? _bytes : _bytes = new byte[Count * Length];
}
