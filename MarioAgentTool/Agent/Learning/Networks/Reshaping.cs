using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>Frames of bytes become pixels whose numbers lie side by side: what a picture goes through where its first convolution reads no bytes.</summary>
internal sealed class BytesToPixels : InputLayer
{
    private readonly InputSpec _input;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _chunk;
    private readonly byte[][] _mixed;
    private byte[] _x = [];
    private float[] _y = [];

    public BytesToPixels(InputSpec input, WorkerPool pool)
        : base(input.Length, input.Length)
    {
        (_input, _pool) = (input, pool);
        _mixed = [.. Enumerable.Range(0, pool.Workers).Select(_ => new byte[input.Length])];
        _chunk = Chunk;
    }

    public override void Forward(int batch, byte[] x, float[] y)
    {
        (_x, _y) = (x, y);
        _pool.Run(batch, _chunk);
    }

    public override void Backward(int batch, float[] y, float[] dy)
    {
    }

    public override void InputGradient(float[] y, float[] dy, Span<float> dx) => dy.AsSpan(0, Inputs).CopyTo(dx);

    private void Chunk(int sample, int worker)
    {
        Lanes.Interleave(_x.AsSpan(sample * Inputs, Inputs), _input.Stack, _mixed[worker]);
        Lanes.FromBytes(_mixed[worker], _input.Signed, _input.Scale, _y.AsSpan(sample * Outputs, Outputs));
    }
}

/// <summary>Pixels with channels side by side become PyTorch's flattening, channel after channel.</summary>
internal sealed class Flatten(int pixels, int channels) : Layer(pixels * channels, pixels * channels)
{
    public override void Forward(int batch, float[] x, float[] y)
    {
        for (int s = 0; s < batch; s++)
        {
            Lanes.Transpose(x.AsSpan(s * Inputs, Inputs), pixels, channels, y.AsSpan(s * Inputs, Inputs), 0, pixels);
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        for (int s = 0; s < batch && dx is not null; s++)
        {
            Lanes.Transpose(dy.AsSpan(s * Inputs, Inputs), channels, pixels, dx.AsSpan(s * Inputs, Inputs), 0, channels);
        }
    }
}
