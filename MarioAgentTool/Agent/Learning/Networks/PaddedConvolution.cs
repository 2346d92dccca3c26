using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>A convolution whose picture gets a border of zeros one pixel wide first, so that it keeps its size.</summary>
/// <param name="convolution">Made for the picture with its border.</param>
internal sealed class PaddedConvolution(Convolution convolution)
    : Layer((convolution.Shape.Height - 2) * (convolution.Shape.Width - 2) * convolution.Shape.Depth, convolution.Outputs)
{
    private float[] _x = [], _dx = [];

    /// <summary>What is done once the border is there.</summary>
    public Convolution Inner => convolution;

    public override void WeightsChanged() => convolution.WeightsChanged();

    public override void Forward(int batch, float[] x, float[] y)
    {
        if (_x.Length < batch * convolution.Inputs)
        {
            // The border is zero from here on: only the inside is ever written.
            _x = new float[batch * convolution.Inputs];
        }

        CopyRows(batch, x, _x, inwards: false);
        convolution.Forward(batch, _x, y);
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        if (dx is null)
        {
            convolution.Backward(batch, _x, y, dy, null);
            return;
        }

        Ensure(ref _dx, batch * convolution.Inputs);
        convolution.Backward(batch, _x, y, dy, _dx);
        CopyRows(batch, _dx, dx, inwards: true);
    }

    /// <summary>Every row of the pictures, into the frame or out of it.</summary>
    private void CopyRows(int batch, float[] from, float[] to, bool inwards)
    {
        ConvolutionShape shape = convolution.Shape;
        int length = (shape.Width - 2) * shape.Depth, inside = 0;
        for (int sample = 0; sample < batch; sample++)
        {
            for (int row = 1; row < shape.Height - 1; row++, inside += length)
            {
                int framed = ((sample * shape.Height + row) * shape.Width + 1) * shape.Depth;
                from.AsSpan(inwards ? framed : inside, length).CopyTo(to.AsSpan(inwards ? inside : framed));
            }
        }
    }
}
