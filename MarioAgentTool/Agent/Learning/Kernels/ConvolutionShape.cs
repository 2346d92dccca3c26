namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// A square convolution's geometry, without padding. Pictures are rows of pixels, a pixel's numbers side by side (H × W × depth);
/// what comes out is as well (H' × W' × channels).
/// </summary>
internal sealed record ConvolutionShape
{
    /// <param name="depth">Numbers of a pixel.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="kernel">Rows and columns of a patch.</param>
    /// <param name="stride">Pixels from patch to patch.</param>
    /// <param name="channels">Numbers of a pixel that comes out.</param>
    public ConvolutionShape(int depth, int height, int width, int kernel, int stride, int channels)
    {
        if (kernel > height || kernel > width)
        {
            throw new ArgumentException($"A {kernel} × {kernel} kernel does not fit a {height} × {width} picture.");
        }

        (Depth, Height, Width, Kernel, Stride, Channels) = (depth, height, width, kernel, stride, channels);
        OutHeight = (height - kernel) / stride + 1;
        OutWidth = (width - kernel) / stride + 1;
    }

    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public int Channels { get; }

    public int OutHeight { get; }

    public int OutWidth { get; }

    /// <summary>Numbers of one picture.</summary>
    public int Inputs => Height * Width * Depth;

    /// <summary>Pixels that come out.</summary>
    public int Pixels => OutHeight * OutWidth;

    /// <summary>Numbers that come out.</summary>
    public int Outputs => Pixels * Channels;

    /// <summary>Numbers of one patch, in the order row, column, depth; as many weights has a channel.</summary>
    public int PatchLength => Kernel * Kernel * Depth;

    /// <summary>Numbers of a row of a patch: neighbours in the picture.</summary>
    public int Run => Kernel * Depth;
}
