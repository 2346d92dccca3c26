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
}
