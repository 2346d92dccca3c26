namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// The three products of a convolution, one picture at a time, straight from the picture: no patch is ever copied. A row of a
/// patch is a run of neighbours, so that the patches of a row of output pixels form a matrix with a constant stride, one segment of
/// steps for each of the kernel's rows. Where the shape allows it, the forward pass goes by <see cref="WinogradKernel"/>.
/// </summary>
internal sealed unsafe class ConvolutionKernel
{
    private readonly ConvolutionShape _shape;
    private readonly KernelPath _path;

    // Weights as [channel][patch]; by panels of channels, [patch][32 channels]; and, for each group of the kernel's columns that a
    // stride holds, by panels of the group's numbers, [channel][32 numbers].
    private readonly float[] _ordered, _forward, _backward;
    private readonly int _groups, _groupLength;
    private readonly WinogradKernel? _winograd;

    public ConvolutionKernel(ConvolutionShape shape, KernelPath path = KernelPath.Fastest)
    {
        _shape = shape;
        _path = path;
        _groups = (shape.Kernel + shape.Stride - 1) / shape.Stride;
        _groupLength = Gemm.PackedLength(shape.Channels, GroupColumns(0));
        _ordered = new float[shape.Channels * shape.PatchLength];
        _winograd = WinogradKernel.Suits(shape) ? new WinogradKernel(shape, path) : null;
        _forward = _winograd is null ? new float[Gemm.PackedLength(shape.PatchLength, shape.Channels)] : [];
        _backward = new float[shape.Kernel * _groups * _groupLength];
    }

    /// <summary>Takes weights in, in PyTorch's order: channel × depth × row × column.</summary>
    public void Pack(ReadOnlySpan<float> weight)
    {
        int length = _shape.PatchLength, square = _shape.Kernel * _shape.Kernel, depth = _shape.Depth, channels = _shape.Channels;
        fixed (float* from = weight.Slice(0, channels * length), to = _ordered)
        {
            for (int o = 0; o < channels; o++)
            {
                Lanes.TransposeStrided(from + o * length, square, depth, square, to + o * length, depth);
            }
        }

        if (_winograd is null)
        {
            Gemm.Pack(_ordered, 1, length, length, channels, _forward);
        }
        else
        {
            _winograd.Pack(_ordered);
        }

        for (int ky = 0; ky < _shape.Kernel; ky++)
        {
            for (int group = 0; group < _groups; group++)
            {
                int column = (ky * _shape.Kernel + group * _shape.Stride) * depth;
                Gemm.Pack(_ordered.AsSpan(column), length, 1, channels, GroupColumns(group), _backward.AsSpan((ky * _groups + group) * _groupLength));
            }
        }
    }

    /// <summary>Floats of scratch that <see cref="Forward"/> needs.</summary>
    public int ScratchLength => _winograd?.ScratchLength ?? 0;

    /// <summary>y = patches · Wᵀ + bias, optionally then ReLU: one of so many parts of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="bias">One number a channel.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="y">The results, of which this part's are written.</param>
    /// <param name="part">Which.</param>
    /// <param name="parts">Of how many, at most as many as rows come out.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/>.</param>
    public void Forward(float* image, float* bias, bool relu, float* y, int part, int parts, Span<float> scratch)
    {
        if (_winograd is not null)
        {
            _winograd.Forward(image, bias, relu, y, part, parts, scratch);
            return;
        }

        ConvolutionShape s = _shape;
        int firstRow = s.OutHeight * part / parts, endRow = s.OutHeight * (part + 1) / parts;
        int rowLength = s.Width * s.Depth;
        fixed (float* panels = _forward)
        {
            var tile = new Tile
            {
                ARow = s.Stride * s.Depth, AStep = 1, ASegment = rowLength, Steps = s.Run, Segments = s.Kernel, CRow = s.Channels, Relu = relu,
            };
            for (int n0 = 0; n0 < s.Channels; n0 += Tile.Columns)
            {
                int width = Math.Min(Tile.Columns, s.Channels - n0), full = Gemm.PackedLength(1, width);
                tile.B = panels + n0 * s.PatchLength;
                tile.BStep = full;
                tile.BSegment = full * s.Run;
                tile.Bias = bias + n0;
                for (int row = firstRow; row < endRow; row++)
                {
                    tile.A = image + row * s.Stride * rowLength;
                    tile.C = y + row * s.OutWidth * s.Channels + n0;
                    tile.Run(_path, s.OutWidth, width);
                }
            }
        }
    }

    /// <summary>sum += patchesᵀ · dy, patch × channel.</summary>
    /// <param name="image">What forward was given.</param>
    /// <param name="dy">The loss's derivative; channels are padded to <see cref="PaddedChannels"/>.</param>
    /// <param name="sum">Patch length × channels.</param>
    public void AddWeightGradient(float* image, float* dy, float* sum)
    {
        ConvolutionShape s = _shape;
        int rowLength = s.Width * s.Depth, padded = PaddedChannels;
        var tile = new Tile
        {
            ARow = 1, AStep = s.Stride * s.Depth, ASegment = s.Stride * rowLength,
            BStep = padded, BSegment = s.OutWidth * padded, Steps = s.OutWidth, Segments = s.OutHeight, CRow = s.Channels, Add = true,
        };
        for (int n0 = 0; n0 < s.Channels; n0 += Tile.Columns)
        {
            tile.B = dy + n0;
            for (int ky = 0; ky < s.Kernel; ky++)
            {
                tile.A = image + ky * rowLength;
                tile.C = sum + ky * s.Run * s.Channels + n0;
                tile.Run(_path, s.Run, Math.Min(Tile.Columns, s.Channels - n0));
            }
        }
    }

    /// <summary>Channels of a pixel of dy in <see cref="AddWeightGradient"/>: whole vectors of 16.</summary>
    public int PaddedChannels => Gemm.PackedLength(1, _shape.Channels);

    /// <summary>dx = dy · W, each patch's gradient added to the pixels it was cut from.</summary>
    /// <remarks>Columns of the kernel go as many at a time as a stride holds: patches side by side then do not overlap.</remarks>
    public void InputGradient(float* dy, float* dx)
    {
        ConvolutionShape s = _shape;
        new Span<float>(dx, s.Inputs).Clear();
        fixed (float* blocks = _backward)
        {
            var tile = new Tile { ARow = s.Channels, AStep = 1, Steps = s.Channels, Segments = 1, CRow = s.Stride * s.Depth, Add = true };
            for (int ky = 0; ky < s.Kernel; ky++)
            {
                for (int group = 0; group < _groups; group++)
                {
                    float* block = blocks + (ky * _groups + group) * _groupLength;
                    int columns = GroupColumns(group);
                    for (int n0 = 0; n0 < columns; n0 += Tile.Columns)
                    {
                        int width = Math.Min(Tile.Columns, columns - n0);
                        tile.B = block + n0 * s.Channels;
                        tile.BStep = Gemm.PackedLength(1, width);
                        for (int row = 0; row < s.OutHeight; row++)
                        {
                            tile.A = dy + row * s.OutWidth * s.Channels;
                            tile.C = dx + ((row * s.Stride + ky) * s.Width + group * s.Stride) * s.Depth + n0;
                            tile.Run(_path, s.OutWidth, width);
                        }
                    }
                }
            }
        }
    }

    /// <summary>A sum of <see cref="AddWeightGradient"/> in PyTorch's order.</summary>
    public void Unpack(ReadOnlySpan<float> sum, Span<float> gradient)
    {
        int length = _shape.PatchLength, square = _shape.Kernel * _shape.Kernel, depth = _shape.Depth, channels = _shape.Channels;
        float* patch = stackalloc float[length];
        fixed (float* from = sum.Slice(0, length * channels), to = gradient.Slice(0, length * channels))
        {
            for (int o = 0; o < channels; o++)
            {
                for (int i = 0; i < length; i++)
                {
                    patch[i] = from[i * channels + o];
                }

                Lanes.TransposeStrided(patch, depth, square, depth, to + o * length, square);
            }
        }
    }

    private int GroupColumns(int group) => Math.Min(_shape.Stride, _shape.Kernel - group * _shape.Stride) * _shape.Depth;
}
