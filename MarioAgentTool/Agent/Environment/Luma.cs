using System.Numerics;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Environment;

/// <summary>Grey levels of a picture: Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), as cv2 and PIL compute it.</summary>
public static class Luma
{
    private const int ScreenWidth = 256;

    /// <summary>Y of a colour, rounded.</summary>
    /// <param name="argb">0xAARRGGBB.</param>
    public static byte Of(int argb)
    {
        int r = argb >> 16 & 255, g = argb >> 8 & 255, b = argb & 255;
        return (byte)((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);
    }

    /// <summary>
    /// Fills <paramref name="luma"/> with the scanlines from <paramref name="firstLine"/> on, 256 bytes each. Scanlines the host
    /// has cropped away are taken to look like the nearest it shows.
    /// </summary>
    public static void From(in Screen screen, int firstLine, Span<byte> luma)
    {
        if (screen.Width != ScreenWidth || screen.Height < 1)
        {
            throw new ArgumentException($"The host's picture is {screen.Width} by {screen.Height}; expected are 256 columns and 224 to 240 rows. Is a filter or a zoom on?");
        }

        var table = Palette.Luma;
        int lines = luma.Length / ScreenWidth;
        for (int line = 0; line < lines; line++)
        {
            int row = Math.Min(Math.Max(firstLine + line - screen.Top, 0), screen.Height - 1);
            var target = luma.Slice(line * ScreenWidth, ScreenWidth);
            if (!screen.Indices.IsEmpty)
            {
                FromIndices(screen.Indices.Slice(row * ScreenWidth, ScreenWidth), table, target);
            }
            else
            {
                FromArgb(screen.Argb.Slice(row * ScreenWidth, ScreenWidth), target);
            }
        }
    }

    /// <summary>luma = max(luma, other), byte by byte.</summary>
    public static void MaxWith(Span<byte> luma, ReadOnlySpan<byte> other)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(luma);
        var wideOther = MemoryMarshal.Cast<byte, Vector<byte>>(other);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.Max(wide[i], wideOther[i]);
        }

        for (int i = wide.Length * Vector<byte>.Count; i < luma.Length; i++)
        {
            luma[i] = Math.Max(luma[i], other[i]);
        }
    }

    private static void FromIndices(ReadOnlySpan<byte> indices, ReadOnlySpan<byte> table, Span<byte> luma)
    {
        // The mask is one the compiler knows the table to cover.
        table = table.Slice(0, 64);
        for (int x = 0; x < luma.Length && x < indices.Length; x++)
        {
            luma[x] = table[indices[x] & 63];
        }
    }

    private static void FromArgb(ReadOnlySpan<int> argb, Span<byte> luma)
    {
        for (int x = 0; x < luma.Length && x < argb.Length; x++)
        {
            luma[x] = Of(argb[x]);
        }
    }
}
