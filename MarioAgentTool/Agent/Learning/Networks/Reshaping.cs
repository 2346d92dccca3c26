using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

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
