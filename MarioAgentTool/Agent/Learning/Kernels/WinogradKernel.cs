using System.Numerics;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// A convolution's forward pass with half the multiplications: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks"
/// (2016, https://arxiv.org/abs/1509.09308), after Winograd. Blocks of stride × stride pixels are taken as one pixel of more depth,
/// which leaves kernels of r × r blocks by 1; a tile of m × m results is then
/// <code>
///   Y = Aᵀ [ Σ over depth (G g Gᵀ) ⊙ (Bᵀ d B) ] A,    (m + r − 1)² multiplications instead of m² r²
/// </code>
/// of which the products over depth are (m + r − 1)² matrix products. Coefficients are 0, ±1 and ½, so that rounding stays that of sums.
/// </summary>
/// <remarks>
/// A picture through the nature network's three convolutions: 135 → 93 µs on one thread; rerun with <c>bench learn --kernels</c>. A result is the same
/// whichever tiles and channels are computed with it.
/// </remarks>
internal sealed unsafe class WinogradKernel
{
    // Tiles that go through the matrix products together, unless a row of tiles is more: what they become stays in cache.
    private const int TilesAtOnce = 12;

    private readonly ConvolutionShape _shape;
    private readonly KernelPath _path;

    // r: blocks of the kernel, n: of what a tile reads, m: its results, each way; numbers of a block's row, and of a block.
    private readonly int _r, _n, _m, _run, _depth, _blocksWide, _tilesHigh, _tilesWide, _rowsAtOnce;

    // G g Gᵀ: n × n matrices of depth × channels, each packed.
    private readonly float[] _panels, _turned;

    public WinogradKernel(ConvolutionShape shape, KernelPath path)
    {
        (_shape, _path) = (shape, path);
        _r = shape.Kernel / shape.Stride;
        _m = _r == 2 && shape.OutHeight % 3 == 0 && shape.OutWidth % 3 == 0 ? 3 : 2;
        _n = _m + _r - 1;
        _run = shape.Stride * shape.Depth;
        _depth = shape.Stride * _run;
        _blocksWide = shape.OutWidth + _r - 1;
        _tilesHigh = (shape.OutHeight + _m - 1) / _m;
        _tilesWide = (shape.OutWidth + _m - 1) / _m;
        _rowsAtOnce = Math.Max(1, TilesAtOnce / _tilesWide);
        _panels = new float[_n * _n * Matrix];
        _turned = new float[_n * _n * shape.Channels * _depth];
    }

    /// <summary>Floats of scratch that a call of <see cref="Forward"/> needs.</summary>
    public int ScratchLength => _n * (_shape.Stride * _blocksWide * _run + _n * _rowsAtOnce * _tilesWide * (_depth + _shape.Channels));

    private int Matrix => _depth * _shape.Channels;

    /// <summary>Whether a shape is one of these: the stride divides the kernel into 2 or 3, and all lengths are whole vectors.</summary>
    public static bool Suits(ConvolutionShape shape) =>
        shape.Kernel % shape.Stride == 0 && shape.Kernel / shape.Stride is 2 or 3
        && shape.Stride * shape.Depth % 16 == 0 && shape.Channels % 16 == 0
        && shape.OutHeight >= 2 && shape.OutWidth >= 2;

    /// <summary>Takes weights in: channel × row × column × depth.</summary>
    public void Pack(float[] ordered)
    {
        int kernelRow = _shape.Kernel * _shape.Depth, channels = _shape.Channels, plane = channels * _depth;
        float* rows = stackalloc float[_n * _r * _run];
        fixed (float* from = ordered, to = _turned)
        {
            for (int o = 0; o < channels; o++)
            {
                for (int phase = 0; phase < _shape.Stride; phase++)
                {
                    // G g, then that times Gᵀ.
                    float* g = from + (o * _shape.Kernel + phase) * kernelRow;
                    Weights(g, _shape.Stride * kernelRow, rows, _r * _run, _r * _run);
                    for (int row = 0; row < _n; row++)
                    {
                        Weights(rows + row * _r * _run, _run, to + row * _n * plane + o * _depth + phase * _run, plane, _run);
                    }
                }
            }
        }

        for (int i = 0; i < _n * _n; i++)
        {
            Gemm.Pack(_turned.AsSpan(i * plane), 1, _depth, _depth, channels, _panels.AsSpan(i * Matrix));
        }
    }

    /// <summary>One of so many parts of a picture's results, which differ in rows of tiles or, where those are few, in channels.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="bias">One number a channel.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="y">The results, of which this part's are written.</param>
    /// <param name="part">Which.</param>
    /// <param name="parts">Of how many.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/>.</param>
    public void Forward(float* image, float* bias, bool relu, float* y, int part, int parts, Span<float> scratch)
    {
        int panels = Gemm.Panels(_shape.Channels);
        bool byChannels = parts > 1 && panels % parts == 0;
        (int firstRow, int endRow) = byChannels ? (0, _tilesHigh) : (_tilesHigh * part / parts, _tilesHigh * (part + 1) / parts);
        int firstChannel = byChannels ? panels / parts * part * Tile.Columns : 0;
        int endChannel = byChannels ? Math.Min(_shape.Channels, panels / parts * (part + 1) * Tile.Columns) : _shape.Channels;
        fixed (float* space = scratch.Slice(0, ScratchLength))
        {
            for (int row = firstRow; row < endRow; row += _rowsAtOnce)
            {
                Rows(image, bias, relu, y, row, Math.Min(row + _rowsAtOnce, endRow), firstChannel, endChannel, space);
            }
        }
    }

    private void Rows(float* image, float* bias, bool relu, float* y, int firstRow, int endRow, int firstChannel, int endChannel, float* space)
    {
        int tiles = (endRow - firstRow) * _tilesWide, channels = endChannel - firstChannel;
        int bandRow = _blocksWide * _run, plane = tiles * _depth, sums = tiles * channels;
        float* band = space, v = band + _n * _shape.Stride * bandRow, products = v + _n * _n * plane;
        for (int row = firstRow; row < endRow; row++)
        {
            ReadTiles(image, row, band, v + (row - firstRow) * _tilesWide * _depth, plane);
        }

        var tile = new Tile { ARow = _depth, AStep = 1, Segments = 1, Steps = _depth, CRow = channels };
        fixed (float* panels = _panels)
        {
            for (int i = 0; i < _n * _n; i++)
            {
                for (int n0 = 0; n0 < channels; n0 += Tile.Columns)
                {
                    int width = Math.Min(Tile.Columns, channels - n0);
                    tile.A = v + i * plane;
                    tile.B = panels + i * Matrix + (firstChannel + n0) * _depth;
                    tile.BStep = width;
                    tile.C = products + i * sums + n0;
                    tile.Run(_path, tiles, width);
                }
            }
        }

        // Aᵀ, over all columns at once; the rows that come out take the places of the first that went in.
        Results(products, _n * sums, 0, products, _n * sums, 0, 1, _n * sums, null, false);
        int whole = _shape.OutWidth / _m, last = Start(_tilesWide - 1, _shape.OutWidth);
        for (int row = firstRow; row < endRow; row++)
        {
            for (int r = 0; r < _m; r++)
            {
                float* from = products + r * _n * sums + (row - firstRow) * _tilesWide * channels;
                float* to = y + (Start(row, _shape.OutHeight) + r) * _shape.OutWidth * _shape.Channels + firstChannel;
                Results(from, sums, channels, to, _shape.Channels, _m * _shape.Channels, whole, channels, bias + firstChannel, relu);
                if (whole < _tilesWide)
                {
                    Results(from + whole * channels, sums, 0, to + last * _shape.Channels, _shape.Channels, 0, 1, channels, bias + firstChannel, relu);
                }
            }
        }
    }

    /// <summary>Bᵀ d B for a row of tiles.</summary>
    private void ReadTiles(float* image, int tileRow, float* band, float* v, int plane)
    {
        int rowLength = _shape.Width * _shape.Depth, bandRow = _blocksWide * _run, stride = _shape.Stride;
        int whole = _shape.OutWidth / _m, last = Start(_tilesWide - 1, _shape.OutWidth);
        image += Start(tileRow, _shape.OutHeight) * stride * rowLength;
        for (int phase = 0; phase < stride; phase++, image += rowLength, v += _run)
        {
            Inputs(image, stride * rowLength, 0, band, bandRow, 0, 1, bandRow);
            for (int row = 0; row < _n; row++)
            {
                float* from = band + row * bandRow, to = v + row * _n * plane;
                Inputs(from, _run, _m * _run, to, plane, _depth, whole, _run);
                if (whole < _tilesWide)
                {
                    Inputs(from + last * _run, _run, 0, to + whole * _depth, plane, 0, 1, _run);
                }
            }
        }
    }

    // The last tile lies where it still fits: some results are computed twice.
    private int Start(int tile, int results) => Math.Min(tile * _m, results - _m);

    /// <summary>Bᵀ times n rows, so many times: <paramref name="length"/> numbers of each row.</summary>
    private void Inputs(float* from, nint fromRow, nint fromNext, float* to, nint toRow, nint toNext, int times, int length)
    {
        if (_n == 3)
        {
            for (; times > 0; times--, from += fromNext, to += toNext)
            {
                for (int i = 0; i < length; i += Vector<float>.Count)
                {
                    float* d = from + i, v = to + i;
                    Vector<float> middle = Lanes.Load(d + fromRow);
                    Lanes.Store(v, Lanes.Load(d) - middle);
                    Lanes.Store(v + toRow, middle);
                    Lanes.Store(v + 2 * toRow, Lanes.Load(d + 2 * fromRow) - middle);
                }
            }

            return;
        }

        for (; times > 0; times--, from += fromNext, to += toNext)
        {
            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                float* d = from + i, v = to + i;
                Vector<float> d1 = Lanes.Load(d + fromRow), d2 = Lanes.Load(d + 2 * fromRow);
                Lanes.Store(v, Lanes.Load(d) - d2);
                Lanes.Store(v + toRow, d1 + d2);
                Lanes.Store(v + 2 * toRow, d2 - d1);
                Lanes.Store(v + 3 * toRow, d1 - Lanes.Load(d + 3 * fromRow));
            }
        }
    }

    /// <summary>G times r rows.</summary>
    private void Weights(float* from, nint fromRow, float* to, nint toRow, int length)
    {
        var half = new Vector<float>(0.5f);
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<float> g0 = Lanes.Load(from + i), g1 = Lanes.Load(from + fromRow + i);
            Vector<float> last = _r == 3 ? Lanes.Load(from + 2 * fromRow + i) : g1, even = _r == 3 ? g0 + last : g0;
            Lanes.Store(to + i, g0);
            if (_n == 3)
            {
                Lanes.Store(to + toRow + i, g0 + g1);
            }
            else
            {
                Lanes.Store(to + toRow + i, half * (even + g1));
                Lanes.Store(to + 2 * toRow + i, half * (even - g1));
            }

            Lanes.Store(to + (_n - 1) * toRow + i, last);
        }
    }

    /// <summary>Aᵀ times n rows, so many times, then the bias if there is one, then ReLU.</summary>
    private void Results(float* from, nint fromRow, nint fromNext, float* to, nint toRow, nint toNext, int times, int length, float* bias, bool relu)
    {
        Vector<float> floor = relu ? Vector<float>.Zero : new Vector<float>(float.NegativeInfinity), none = Vector<float>.Zero;
        int n = _n, m = _m;
        for (; times > 0; times--, from += fromNext, to += toNext)
        {
            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                float* p = from + i, v = to + i;
                Vector<float> b = bias is null ? none : Lanes.Load(bias + i), p0 = Lanes.Load(p), p1 = Lanes.Load(p + fromRow), p2 = Lanes.Load(p + 2 * fromRow);
                if (n == 3)
                {
                    Lanes.Store(v, Vector.Max(p0 + p1 + b, floor));
                    Lanes.Store(v + toRow, Vector.Max(p1 + p2 + b, floor));
                    continue;
                }

                Vector<float> p3 = Lanes.Load(p + 3 * fromRow), sum = p1 + p2, difference = p1 - p2;
                Lanes.Store(v, Vector.Max(p0 + sum + b, floor));
                if (m == 3)
                {
                    Lanes.Store(v + toRow, Vector.Max(difference + b, floor));
                    Lanes.Store(v + 2 * toRow, Vector.Max(sum - p3 + b, floor));
                }
                else
                {
                    Lanes.Store(v + toRow, Vector.Max(difference - p3 + b, floor));
                }
            }
        }
    }
}
