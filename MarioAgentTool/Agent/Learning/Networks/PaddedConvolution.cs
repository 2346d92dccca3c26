using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>A convolution whose picture gets a border of zeros one pixel wide first, so that it keeps its size.</summary>
/// <param name="convolution">Made for the picture with its border.</param>
/// <param name="patches">The same.</param>
internal sealed class PaddedConvolution(Convolution convolution, Patches patches)
    : Layer(patches.Planes * (patches.Height - 2) * (patches.Width - 2) * patches.Depth, convolution.Outputs)
{
    private float[] _x = [], _dx = [];

    /// <summary>What is done once the border is there.</summary>
    public Convolution Inner => convolution;

    public override void WeightsChanged() => convolution.WeightsChanged();

    public override void Forward(int batch, float[] x, float[] y)
    {
        if (_x.Length < batch * patches.ImageLength)
        {
            // The border is zero from here on: only the inside is ever written.
            _x = new float[batch * patches.ImageLength];
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

        Ensure(ref _dx, batch * patches.ImageLength);
        convolution.Backward(batch, _x, y, dy, _dx);
        CopyRows(batch, _dx, dx, inwards: true);
    }

    /// <summary>Every row of the pictures, into the frame or out of it.</summary>
    private void CopyRows(int batch, float[] from, float[] to, bool inwards)
    {
        int length = (patches.Width - 2) * patches.Depth, inside = 0;
        for (int plane = 0; plane < batch * patches.Planes; plane++)
        {
            for (int row = 1; row < patches.Height - 1; row++, inside += length)
            {
                int framed = ((plane * patches.Height + row) * patches.Width + 1) * patches.Depth;
                from.AsSpan(inwards ? framed : inside, length).CopyTo(to.AsSpan(inwards ? inside : framed));
            }
        }
    }
}
