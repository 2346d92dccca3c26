using System.Numerics;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Environment;

/// <summary>
/// A screen of palette indices as a small grey picture, row by row so that all stays in the first cache: indices become shades,
/// shades become sums across and down. Of the two directions the one that comes first is the method's choice.
/// </summary>
internal abstract class GreyResize
{
    /// <summary>Columns of every screen.</summary>
    public const int ScreenWidth = 256;

    /// <summary>Fractional bits of torchvision's weights, and of its greys before they are rounded.</summary>
    private const int TorchBits = 14, TorchGreyBits = 7;

    // PIL's own: 32 bits less 8 for the pixel and 2 for sums of more than 1.
    private const int PillowBits = 22;

    /// <summary>The resize that the settings ask for.</summary>
    public static GreyResize For(PixelSettings settings)
    {
        int lines = settings.Lines, size = settings.Size;
        var colours = Palette.Argb(settings.Palette);
        switch (settings.Method)
        {
            case ResizeMethod.Area:
                // Sums down reach 255 × 256: less 2^15 they fit 16 bits, and are given it back in the end.
                return new DownThenAcross(
                    ShadesOf(colours, Luma.Rounded),
                    new ResizePass(ResizeTaps.Area(lines, size), rounding: 0, shift: 0, offset: -0x8000),
                    new ResizePass(ResizeTaps.Area(ScreenWidth, size), rounding: 0x8000 * 256 + 0x8000, shift: 16, offset: 0));

            case ResizeMethod.TorchBilinear:
                const int toGrey = TorchBits + TorchGreyBits;
                return new DownThenAcross(
                    ShadesOf(colours, argb => (short)(Luma.Torch(argb) * (1 << TorchGreyBits) + 0.5f)),
                    new ResizePass(ResizeTaps.Triangle(lines, size, TorchBits, addUp: true), 1 << (TorchBits - 1), TorchBits, 0),
                    new ResizePass(ResizeTaps.Triangle(ScreenWidth, size, TorchBits, addUp: true), 1 << (toGrey - 1), toGrey, 0));

            case ResizeMethod.PillowBilinear:
                return new AcrossThenDown(
                    ShadesOf(colours, Luma.OpenCv),
                    new ResizePass(ResizeTaps.Triangle(ScreenWidth, size, PillowBits, addUp: false), 1 << (PillowBits - 1), PillowBits, 0),
                    new ResizePass(ResizeTaps.Triangle(lines, size, PillowBits, addUp: false), 1 << (PillowBits - 1), PillowBits, 0));

            case ResizeMethod.OpenCvArea:
                return new OpenCvArea(colours, lines, size);

            default:
                throw new ArgumentOutOfRangeException(nameof(settings), settings.Method, "No such resize method.");
        }
    }

    /// <summary>Shrinks one screen.</summary>
    /// <param name="screen">Lines × 256 palette indices, or a cut of it: see <see cref="IndexRows"/>.</param>
    /// <param name="previous">The screen before, where the brighter of two is wanted; else empty.</param>
    /// <param name="grey">Size × size greys.</param>
    public abstract void Resize(in IndexRows screen, in IndexRows previous, Span<byte> grey);

    private protected static Shades ShadesOf(ReadOnlySpan<int> colours, Func<int, short> shade)
    {
        var table = new short[64];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = shade(colours[i]);
        }

        return new Shades(table);
    }

    /// <summary>The smallest power of two that holds so many rows.</summary>
    private protected static int RingOf(int rows)
    {
        int ring = 1;
        while (ring < rows)
        {
            ring *= 2;
        }

        return ring;
    }

    private protected static void Narrow(ReadOnlySpan<short> row, Span<byte> grey)
    {
        int x = 0;
        for (; x + Vector<byte>.Count <= grey.Length; x += Vector<byte>.Count)
        {
            var wide = MemoryMarshal.Cast<short, Vector<ushort>>(row.Slice(x, Vector<byte>.Count));
            MemoryMarshal.Cast<byte, Vector<byte>>(grey.Slice(x, Vector<byte>.Count))[0] = Vector.Narrow(wide[0], wide[1]);
        }

        for (; x < grey.Length; x++)
        {
            grey[x] = (byte)row[x];
        }
    }

    /// <summary>Shades of one row; of the brighter of two where there are two.</summary>
    private protected static void Look(Shades shades, in IndexRows screen, in IndexRows previous, int y, Span<short> row, Span<short> scratch)
    {
        row = row.Slice(0, ScreenWidth);
        shades.Look(screen[y], row);
        if (!previous.IsEmpty)
        {
            scratch = scratch.Slice(0, ScreenWidth);
            shades.Look(previous[y], scratch);
            Shades.Brighten(row, scratch);
        }
    }
}

/// <summary>Columns are summed first: fewer rows are left to be summed across, which is the slower half.</summary>
internal sealed class DownThenAcross(Shades shades, ResizePass down, ResizePass across) : GreyResize
{
    private readonly int _stride = ResizePass.PaddedWidth(ScreenWidth), _mask = RingOf(down.Count + 1) - 1;
    private readonly short[] _ring = new short[RingOf(down.Count + 1) * ResizePass.PaddedWidth(ScreenWidth)];
    private readonly short[] _sums = new short[ResizePass.PaddedWidth(ScreenWidth)], _row = new short[ResizePass.PaddedWidth(across.Outputs)];
    private readonly short[] _scratch = new short[ScreenWidth];

    public override void Resize(in IndexRows screen, in IndexRows previous, Span<byte> grey)
    {
        int ready = 0, size = across.Outputs;
        for (int y = 0; y < down.Outputs; y++)
        {
            int end = Math.Min(down.First(y) + down.Count, screen.Count);
            for (; ready < end; ready++)
            {
                Look(shades, screen, previous, ready, _ring.AsSpan((ready & _mask) * _stride), _scratch);
            }

            down.Down(_ring, _stride, _mask, y, _sums.AsSpan(0, ScreenWidth));
            across.Across(_sums, _row);
            Narrow(_row, grey.Slice(y * size, size));
        }
    }
}

/// <summary>Rows are summed first, for methods that round in between.</summary>
internal sealed class AcrossThenDown(Shades shades, ResizePass across, ResizePass down) : GreyResize
{
    private readonly int _stride = ResizePass.PaddedWidth(across.Outputs), _mask = RingOf(down.Count + 1) - 1;
    private readonly short[] _ring = new short[RingOf(down.Count + 1) * ResizePass.PaddedWidth(across.Outputs)];
    private readonly short[] _shades = new short[ResizePass.PaddedWidth(ScreenWidth)], _row = new short[ResizePass.PaddedWidth(across.Outputs)];
    private readonly short[] _scratch = new short[ScreenWidth];

    public override void Resize(in IndexRows screen, in IndexRows previous, Span<byte> grey)
    {
        int ready = 0, size = across.Outputs;
        for (int y = 0; y < down.Outputs; y++)
        {
            int end = Math.Min(down.First(y) + down.Count, screen.Count);
            for (; ready < end; ready++)
            {
                Look(shades, screen, previous, ready, _shades, _scratch);
                across.Across(_shades, _ring.AsSpan((ready & _mask) * _stride, _stride));
            }

            down.Down(_ring, _stride, _mask, y, _row.AsSpan(0, (size + 31) / 32 * 32));
            Narrow(_row, grey.Slice(y * size, size));
        }
    }
}
