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

        // Whole lines, and parts of lines of any width.
        int width = seed < 10 ? Ppu.Width : random.Next(1, Ppu.Width);
        byte grey = seed % 4 == 0 ? (byte)0x30 : (byte)0x3F;
        var fast = new byte[Ppu.Width];
        var plain = new byte[Ppu.Width];
        fixed (byte* b = background, s = sprites, p = palette, f = fast, l = plain)
        {
            byte* shown = seed % 5 == 0 ? null : s;
            Scanline.Colour(b, shown, p, grey, f, width);
            Scanline.ColourFrom(0, b, shown, p, grey, l, width);
        }

        Assert.That(fast, Is.EqualTo(plain));
    }

    [Test]
    public void A_block_is_the_same_in_lanes_and_one_by_one([Values(1, 31, 32, 63, 64, 65, 100, 129, 192, 255, 256)] int split, [Values(1, 8)] int lines)
    {
        const int margin = 64;
        var random = new Random(split);
        var palette = new byte[16];
        var entries = new byte[margin + 2 * lines * Ppu.Width + margin];
        random.NextBytes(palette);
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = (byte)random.Next(16);
        }

        var fast = new byte[lines * Ppu.Width];
        var plain = new byte[lines * Ppu.Width];
        fixed (byte* e = entries, p = palette, f = fast, l = plain)
        {
            // The block's left part ends where its rows of tiles end, and its right part begins where the next rows begin.
            byte* left = e + margin + Ppu.Width - split, right = e + margin + lines * Ppu.Width - split;
            Scanline.ColourBlock(left, right, split, lines, p, 0x3F, f);
            Scanline.ColourBlockFrom(0, left, right, split, lines, p, 0x3F, l);
        }

        Assert.That(fast, Is.EqualTo(plain));
        Assert.That(plain[split - 1], Is.EqualTo(palette[entries[margin + Ppu.Width - 1]] & 0x3F), "left of the split");
        Assert.That(split == Ppu.Width || plain[split] == (palette[entries[margin + lines * Ppu.Width]] & 0x3F), "right of it");
    }

    [Test]
    public void A_tile_is_the_same_in_lanes_and_line_by_line([Range(0, 3)] int attribute)
    {
        const int column = 5 * 8;
        var random = new Random(attribute);
        var pattern = new byte[16];
        var fast = new byte[8 * Ppu.Width];
        var plain = new byte[8 * Ppu.Width];
        random.NextBytes(pattern);
        (pattern[3], pattern[11]) = (0b1100_0000, 0b1010_0000);
        fixed (byte* t = pattern, f = fast, l = plain)
        {
            Scanline.LayTile(t, attribute, f + column);
            Scanline.LayTileFrom(0, t, attribute, l + column);
        }

        Assert.That(fast, Is.EqualTo(plain));
        int palette = attribute * 4;
        Assert.That(plain.AsSpan(3 * Ppu.Width + column, 4).ToArray(), Is.EqualTo(new[] { palette + 3, palette + 1, palette + 2, 0 }));
        Assert.That(plain.AsSpan(0, column).ToArray(), Is.All.Zero, "nothing beside it");
    }
}
