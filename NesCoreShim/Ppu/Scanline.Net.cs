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

        // Parts of lines may end anywhere: the last eight pixels overlap those before.
        for (; x < width && width >= 8; x += 8)
        {
            x = Math.Min(x, width - 8);
            Vector128<byte> entries = Vector128.CreateScalar(*(ulong*)(background + x)).AsByte();
            Vector128<byte> colours = Ssse3.Shuffle(low, entries);
            if (sprites != null && *(ulong*)(sprites + x) != 0)
            {
                Vector128<byte> pixels = Vector128.CreateScalar(*(ulong*)(sprites + x)).AsByte();
                Vector128<byte> inFront = Vector128.Equals(pixels & behind.GetLower(), Vector128<byte>.Zero) | Vector128.Equals(entries, Vector128<byte>.Zero);
                Vector128<byte> shown = Vector128.AndNot(inFront, Vector128.Equals(pixels, Vector128<byte>.Zero));
                colours = Vector128.ConditionalSelect(shown, Ssse3.Shuffle(high, pixels & entryBits.GetLower()), colours);
            }

            *(ulong*)(screen + x) = colours.AsUInt64().ToScalar();
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
            Vector512<byte> isLeft = Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)(split & 63)));
            int whole = split & ~63;
            for (; lines > 0; lines--)
            {
                for (x = 0; x < whole; x += 64)
                {
                    Avx512BW.Shuffle(wide, Vector512.Load(left + x)).Store(screen + x);
                }

                // Where the two parts meet; nothing but the right one if the left one ends here.
                if (x < Ppu.Width)
                {
                    Vector512<byte> entries = Vector512.ConditionalSelect(isLeft, Vector512.Load(left + x), Vector512.Load(right + x));
                    Avx512BW.Shuffle(wide, entries).Store(screen + x);
                }

                for (x += 64; x < Ppu.Width; x += 64)
                {
                    Avx512BW.Shuffle(wide, Vector512.Load(right + x)).Store(screen + x);
                }

                left += Ppu.Width;
                right += Ppu.Width;
                screen += Ppu.Width;
            }

            return;
        }

        Vector256<byte> isInLeft = Vector256.LessThan(Vector256<byte>.Indices, Vector256.Create((byte)(split & 31)));
        int wholes = split & ~31;
        for (; lines > 0; lines--)
        {
            for (x = 0; x < wholes; x += 32)
            {
                Avx2.Shuffle(colours, Vector256.Load(left + x)).Store(screen + x);
            }

            if (x < Ppu.Width)
            {
                Vector256<byte> entries = Vector256.ConditionalSelect(isInLeft, Vector256.Load(left + x), Vector256.Load(right + x));
                Avx2.Shuffle(colours, entries).Store(screen + x);
            }

            for (x += 32; x < Ppu.Width; x += 32)
            {
                Avx2.Shuffle(colours, Vector256.Load(right + x)).Store(screen + x);
            }

            left += Ppu.Width;
            right += Ppu.Width;
            screen += Ppu.Width;
        }
    }

    // Four lines at a time: each plane's byte eight times over, and of each copy another bit.
    static partial void LayTileNet(byte* pattern, int palette, byte* target, ref int line)
    {
        if (!Avx2.IsSupported)
        {
            return;
        }

        Vector256<byte> bits = Vector256.Create(0x0102040810204080).AsByte();
        Vector256<byte> lowEntry = Vector256.Create((byte)(palette << 2 | 1)), highEntry = Vector256.Create((byte)(palette << 2 | 2));
        Vector128<byte> bytes = Vector128.Load(pattern);
        Vector256<byte> planes = Vector256.Create(bytes, bytes);
        Vector256<byte> copies = Vector256.Create(0UL, Ones, 2 * Ones, 3 * Ones).AsByte(), eight = Vector256.Create((byte)8);
        for (; line < 8; line += 4, copies += Vector256.Create((byte)4))
        {
            Vector256<byte> low = Vector256.Equals(Avx2.Shuffle(planes, copies) & bits, bits);
            Vector256<byte> high = Vector256.Equals(Avx2.Shuffle(planes, copies + eight) & bits, bits);
            Vector256<ulong> entries = (low & lowEntry | high & highEntry).AsUInt64();
            ulong* lines = (ulong*)(target + line * Ppu.Width);
            lines[0] = entries[0];
            lines[Ppu.Width / 8] = entries[1];
            lines[2 * Ppu.Width / 8] = entries[2];
            lines[3 * Ppu.Width / 8] = entries[3];
        }
    }
}
