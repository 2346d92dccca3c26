namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// A square convolution's geometry and the two moves it needs: image to patch rows (im2col) and back, adding (col2im).
/// An image is <see cref="Planes"/> planes of H × W pixels of <see cref="Depth"/> numbers: screens come as one plane a channel
/// (depth 1), the layers' own outputs as one plane with the channels side by side.
/// </summary>
internal sealed unsafe class Patches
{
    public Patches(int planes, int depth, int height, int width, int kernel, int stride)
    {
        Planes = planes;
        Depth = depth;
        Height = height;
        Width = width;
        Kernel = kernel;
        Stride = stride;
        if (kernel > height || kernel > width)
        {
            throw new ArgumentException($"A {kernel} × {kernel} kernel does not fit a {height} × {width} picture.");
        }

        OutHeight = (height - kernel) / stride + 1;
        OutWidth = (width - kernel) / stride + 1;
    }

    public int Planes { get; }

    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public int OutHeight { get; }

    public int OutWidth { get; }

    /// <summary>Floats of one image.</summary>
    public int ImageLength => Planes * Height * Width * Depth;

    /// <summary>Patches of one image: output pixels.</summary>
    public int Count => OutHeight * OutWidth;

    /// <summary>Floats of one patch, in the order plane, row, column, depth.</summary>
    public int Length => Planes * Kernel * Kernel * Depth;

    /// <summary>The element of a patch that PyTorch's (channel, row, column) order has at <paramref name="torchIndex"/>.</summary>
    public int FromTorchIndex(int torchIndex)
    {
        if (Depth == 1)
        {
            return torchIndex;
        }

        int channel = torchIndex / (Kernel * Kernel);
        int pixel = torchIndex % (Kernel * Kernel);
        return pixel * Depth + channel;
    }

    /// <summary>Writes every patch of one image as a row.</summary>
    public void Gather(ReadOnlySpan<float> image, Span<float> rows)
    {
        int run = Kernel * Depth;
        fixed (float* from = image.Slice(0, ImageLength), to = rows.Slice(0, Count * Length))
        {
            float* target = to;
            for (int y = 0; y < OutHeight; y++)
            {
                for (int x = 0; x < OutWidth; x++)
                {
                    for (int plane = 0; plane < Planes; plane++)
                    {
                        float* source = from + ((plane * Height + y * Stride) * Width + x * Stride) * Depth;
                        for (int ky = 0; ky < Kernel; ky++)
                        {
                            CopyRun(source, target, run);
                            source += Width * Depth;
                            target += run;
                        }
                    }
                }
            }
        }
    }

    /// <summary>Adds every patch row back to where it came from; the image is cleared first.</summary>
    public void Scatter(ReadOnlySpan<float> rows, Span<float> image)
    {
        int run = Kernel * Depth;
        image.Slice(0, ImageLength).Clear();
        fixed (float* to = image.Slice(0, ImageLength), from = rows.Slice(0, Count * Length))
        {
            float* source = from;
            for (int y = 0; y < OutHeight; y++)
            {
                for (int x = 0; x < OutWidth; x++)
                {
                    for (int plane = 0; plane < Planes; plane++)
                    {
                        float* target = to + ((plane * Height + y * Stride) * Width + x * Stride) * Depth;
                        for (int ky = 0; ky < Kernel; ky++)
                        {
                            AddRun(source, target, run);
                            target += Width * Depth;
                            source += run;
                        }
                    }
                }
            }
        }
    }

    private static void CopyRun(float* from, float* to, int count)
    {
        int lanes = System.Numerics.Vector<float>.Count;
        int i = 0;
        for (; i + lanes <= count; i += lanes)
        {
            Lanes.Store(to + i, Lanes.Load(from + i));
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    private static void AddRun(float* from, float* to, int count)
    {
        int lanes = System.Numerics.Vector<float>.Count;
        int i = 0;
        for (; i + lanes <= count; i += lanes)
        {
            Lanes.Store(to + i, Lanes.Load(to + i) + Lanes.Load(from + i));
        }

        for (; i < count; i++)
        {
            to[i] += from[i];
        }
    }
}
