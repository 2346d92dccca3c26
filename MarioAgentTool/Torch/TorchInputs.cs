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
        if (!_batches.TryGetValue(observations, out Batch? batch))
        {
            _batches.Add(observations, batch = new Batch(new UploadBuffer(TypeOf(input), device)));
        }

        if (batch.Numbers is null || (batch.Version, batch.Count) != (observations.Version, count))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor bytes = observations.Frames is TorchFrames frames
                ? frames.Gather(observations.Places.Slice(0, count * (input.Length / frames.FrameBytes)), count)
                : batch.Bytes.ToDevice(observations.Bytes.Slice(0, count * input.Length), count, input.Length);
            batch.Numbers?.Dispose();
            batch.Numbers = Numbers(bytes, input).DetachFromDisposeScope();
            (batch.Version, batch.Count) = (observations.Version, count);
        }

        return batch.Numbers;
    }

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
            batch.Bytes.Dispose();
            batch.Numbers?.Dispose();
        }
    }

    private sealed class Batch(UploadBuffer bytes)
    {
        public UploadBuffer Bytes { get; } = bytes;

        public Tensor? Numbers { get; set; }

        public long Version { get; set; }

        public int Count { get; set; }
    }
}
