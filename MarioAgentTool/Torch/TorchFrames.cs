using MarioAgentTool.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>
/// Frames as bytes in one tensor on the device, each stored once. They are sent some hundred at a time; observations are gathered
/// from them by place. Row 0 is a frame of zeros, and place p is row p + 1.
/// </summary>
internal sealed class TorchFrames : FrameMemory
{
    private const int SentAtOnce = 256;

    private readonly TorchInputs _inputs;
    private readonly Tensor _frames;
    private readonly UploadBuffer _sentFrames, _sentRows, _gathered;
    private readonly FetchBuffer _read;

    // Frames that wait to be sent, and their rows.
    private readonly byte[] _waiting;
    private readonly long[] _rows = new long[SentAtOnce];
    private readonly HashSet<long> _waitingRows = [];

    /// <param name="places">Frames.</param>
    /// <param name="frameBytes">Bytes of each.</param>
    /// <param name="signed">Whether bytes are two's complement.</param>
    /// <param name="device">Where.</param>
    /// <param name="inputs">What networks there have been asked about.</param>
    /// <param name="where">For people.</param>
    public TorchFrames(int places, int frameBytes, bool signed, TorchDevice device, TorchInputs inputs, string where)
        : base(frameBytes)
    {
        (_inputs, Where) = (inputs, where);
        ScalarType type = signed ? ScalarType.Int8 : ScalarType.Byte;
        using (NewDisposeScope())
        {
            _frames = empty([places + 1L, frameBytes], type, device.Device).DetachFromDisposeScope();
            _frames.narrow(0, 0, 1).zero_();
        }

        _waiting = new byte[SentAtOnce * frameBytes];
        (_sentFrames, _read) = (new UploadBuffer(type, device), new FetchBuffer(type, device));
        (_sentRows, _gathered) = (new UploadBuffer(ScalarType.Int64, device), new UploadBuffer(ScalarType.Int32, device));
    }

    public override string Where { get; }

    public override bool IsBesideNetworks => true;

    public override void Write(int place, ReadOnlySpan<byte> frames)
    {
        for (int at = 0; at < frames.Length; at += FrameBytes, place++)
        {
            long row = place + 1L;
            if (_waitingRows.Count == SentAtOnce || _waitingRows.Contains(row))
            {
                Send();
            }

            int next = _waitingRows.Count;
            frames.Slice(at, FrameBytes).CopyTo(_waiting.AsSpan(next * FrameBytes));
            _rows[next] = row;
            _waitingRows.Add(row);
        }
    }

    public override void Write(int place, Observations observations)
    {
        Send();
        using DisposeScope scope = NewDisposeScope();
        Tensor bytes = _inputs.BytesOf(observations, _frames.dtype).view(-1, FrameBytes);
        _frames.narrow(0, place + 1L, bytes.shape[0]).copy_(bytes);
    }

    public override void Read(int place, Span<byte> frames)
    {
        Send();
        using DisposeScope scope = NewDisposeScope();
        _read.Fetch(_frames.narrow(0, place + 1L, frames.Length / FrameBytes));
        _read.Read<byte>().CopyTo(frames);
    }

    /// <summary>Observations put together from frames, as bytes: count × observation length. The tensor belongs to the caller's dispose scope.</summary>
    /// <param name="places">The frames' places, oldest first, one observation after the other.</param>
    /// <param name="count">Observations.</param>
    public Tensor Gather(ReadOnlySpan<int> places, int count)
    {
        Send();

        // Blank is −1, and zeros are in row 0.
        Tensor rows = _gathered.ToDevice(places, places.Length).add_(1);
        return _frames.index_select(0, rows).view(count, -1);
    }

    public override void Dispose()
    {
        _frames.Dispose();
        _sentFrames.Dispose();
        _sentRows.Dispose();
        _read.Dispose();
        _gathered.Dispose();
    }

    private void Send()
    {
        int count = _waitingRows.Count;
        if (count == 0)
        {
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor rows = _sentRows.ToDevice<long>(_rows.AsSpan(0, count), count);
        _frames.index_copy_(0, rows, _sentFrames.ToDevice<byte>(_waiting.AsSpan(0, count * FrameBytes), count, FrameBytes));
        _waitingRows.Clear();
    }
}
