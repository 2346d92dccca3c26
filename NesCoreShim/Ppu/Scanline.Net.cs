using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NesCoreShim;

// 32 pixels at a time: a palette half is 16 bytes, so a byte shuffle looks 32 colours up at once.
internal static unsafe partial class Scanline
{
    static partial void ColourNet(byte* background, byte* sprites, byte* palette, byte grey, byte* screen, int width, ref int x)
    {
        if (!Avx2.IsSupported)
        {
            return;
        }

        Vector128<byte> mask = Vector128.Create(grey);
        Vector128<byte> low = Vector128.Load(palette) & mask, high = Vector128.Load(palette + 16) & mask;
        Vector256<byte> backgroundColours = Vector256.Create(low, low), spriteColours = Vector256.Create(high, high);
        Vector256<byte> behind = Vector256.Create((byte)Ppu.SpriteIsBehind), entryBits = Vector256.Create((byte)0x0F);
        for (; x <= width - 32; x += 32)
        {
            Vector256<byte> entries = Vector256.Load(background + x);
            Vector256<byte> colours = Avx2.Shuffle(backgroundColours, entries);
            if (sprites != null)
            {
                Vector256<byte> pixels = Vector256.Load(sprites + x);
                if (pixels != Vector256<byte>.Zero)
                {
                    // Shown: a sprite's pixel that stands in front, or over the backdrop.
                    Vector256<byte> inFront = Vector256.Equals(pixels & behind, Vector256<byte>.Zero) | Vector256.Equals(entries, Vector256<byte>.Zero);
                    Vector256<byte> shown = Vector256.AndNot(inFront, Vector256.Equals(pixels, Vector256<byte>.Zero));
                    colours = Vector256.ConditionalSelect(shown, Avx2.Shuffle(spriteColours, pixels & entryBits), colours);
                }
            }

            colours.Store(screen + x);
        }
    }

    static partial void ColourBlockNet(byte* left, byte* right, int split, int lines, byte* palette, byte grey, byte* screen, ref int x)
    {
        if (!Avx2.IsSupported)
        {
            return;
        }

        Vector128<byte> half = Vector128.Load(palette) & Vector128.Create(grey);
        Vector256<byte> colours = Vector256.Create(half, half);
        if (Avx512BW.IsSupported)
        {
            Vector512<byte> wide = Vector512.Create(colours, colours);
            for (; x < Ppu.Width; x += 64)
            {
                byte* target = screen + x;
                if (x < split && x + 64 > split)
                {
                    Vector512<byte> isLeft = Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)(split - x)));
                    for (int at = x, end = x + lines * Ppu.Width; at < end; at += Ppu.Width, target += Ppu.Width)
                    {
                        Vector512<byte> entries = Vector512.ConditionalSelect(isLeft, Vector512.Load(left + at), Vector512.Load(right + at));
                        Avx512BW.Shuffle(wide, entries).Store(target);
                    }
                }
                else
                {
                    byte* entries = (x < split ? left : right) + x;
                    for (byte* end = target + lines * Ppu.Width; target < end; target += Ppu.Width, entries += Ppu.Width)
                    {
                        Avx512BW.Shuffle(wide, Vector512.Load(entries)).Store(target);
                    }
                }
            }
        }

        for (; x < Ppu.Width; x += 32)
        {
            byte* target = screen + x;
            if (x < split && x + 32 > split)
            {
                Vector256<byte> isLeft = Vector256.LessThan(Vector256<byte>.Indices, Vector256.Create((byte)(split - x)));
                for (int at = x, end = x + lines * Ppu.Width; at < end; at += Ppu.Width, target += Ppu.Width)
                {
                    Vector256<byte> entries = Vector256.ConditionalSelect(isLeft, Vector256.Load(left + at), Vector256.Load(right + at));
                    Avx2.Shuffle(colours, entries).Store(target);
                }
            }
            else
            {
                byte* entries = (x < split ? left : right) + x;
                for (byte* end = target + lines * Ppu.Width; target < end; target += Ppu.Width, entries += Ppu.Width)
                {
                    Avx2.Shuffle(colours, Vector256.Load(entries)).Store(target);
                }
            }
        }
    }
}
