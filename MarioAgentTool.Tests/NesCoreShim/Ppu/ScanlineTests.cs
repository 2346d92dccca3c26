using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed unsafe class ScanlineTests
{
    [Test]
    public void Colours_are_the_same_in_lanes_and_one_by_one([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        var background = new byte[Ppu.Width];
        var sprites = new byte[Ppu.Width];
        var palette = new byte[32];
        for (int i = 0; i < palette.Length; i++)
        {
            palette[i] = (byte)random.Next(64);
        }

        for (int x = 0; x < Ppu.Width; x++)
        {
            int entry = random.Next(16);
            background[x] = (byte)((entry & 3) == 0 ? 0 : entry);
            int sprite = random.Next(64);
            sprites[x] = (byte)((sprite & 3) == 0 || x / 32 % 3 == seed % 3 ? 0 : sprite);
        }

        byte grey = seed % 4 == 0 ? (byte)0x30 : (byte)0x3F;
        var fast = new byte[Ppu.Width];
        var plain = new byte[Ppu.Width];
        fixed (byte* b = background, s = sprites, p = palette, f = fast, l = plain)
        {
            byte* shown = seed % 5 == 0 ? null : s;
            Scanline.Colour(b, shown, p, grey, f);
            Scanline.ColourFrom(0, b, shown, p, grey, l);
        }

        Assert.That(fast, Is.EqualTo(plain));
    }
}
