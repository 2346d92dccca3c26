using MarioAgentTool.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>
/// What networks are fed, on the device: bytes there become numbers. A batch that several networks are asked about, or one twice,
/// is sent and turned into numbers once.
/// </summary>
internal sealed class TorchInputs(TorchDevice device, ScalarType precision) : IDisposable
{
    private readonly Dictionary<Observations, Batch> _batches = [];

    /// <summary>Observations as a network reads them. The tensor lasts until they change.</summary>
    public Tensor Of(Observations observations, int count, InputSpec input)
    {
        Batch batch = Sent(observations, count, TypeOf(input));
        if (batch.Numbers is null)
        {
            using DisposeScope scope = NewDisposeScope();
            batch.Numbers = Numbers(batch.Bytes!, input).DetachFromDisposeScope();
        }

        return batch.Numbers;
    }

    /// <summary>The bytes of all of them, count × length. The tensor lasts until they change.</summary>
    public Tensor BytesOf(Observations observations, ScalarType type) => Sent(observations, observations.Count, type).Bytes!;

    /// <summary>Bytes on the device as a network reads them: numbers, and pictures by their rows and columns.</summary>
    public Tensor Numbers(Tensor bytes, InputSpec input)
    {
        Tensor numbers = bytes.to(precision) * input.Scale;
        return input.Height > 0 ? numbers.view(-1, input.Stack, input.Height, input.Width) : numbers;
    }

    public static ScalarType TypeOf(InputSpec input) => input.Signed ? ScalarType.Int8 : ScalarType.Byte;

    public void Dispose()
    {
        foreach (Batch batch in _batches.Values)
        {
            batch.Dispose();
        }
    }

    private Batch Sent(Observations observations, int count, ScalarType type)
    {
        if (!_batches.TryGetValue(observations, out Batch? batch))
        {
            _batches.Add(observations, batch = new Batch(new UploadBuffer(type, device)));
        }

        if (batch.Bytes is null || (batch.Version, batch.Count) != (observations.Version, count))
        {
            batch.Forget();
            using DisposeScope scope = NewDisposeScope();
            Tensor bytes = observations.Frames is TorchFrames frames
                ? frames.Gather(observations.Places.Slice(0, count * (observations.Length / frames.FrameBytes)), count)
                : batch.Buffer.ToDevice(observations.Bytes.Slice(0, count * observations.Length), count, observations.Length);
            batch.Bytes = bytes.DetachFromDisposeScope();
            (batch.Version, batch.Count) = (observations.Version, count);
        }

        return batch;
    }

    private sealed class Batch(UploadBuffer buffer) : IDisposable
    {
        public UploadBuffer Buffer { get; } = buffer;

        public Tensor? Bytes { get; set; }

        public Tensor? Numbers { get; set; }

        public long Version { get; set; }

        public int Count { get; set; }

        public void Forget()
        {
            Bytes?.Dispose();
            Numbers?.Dispose();
            (Bytes, Numbers) = (null, null);
        }

        public void Dispose()
        {
            Forget();
            Buffer.Dispose();
        }
    }
}
