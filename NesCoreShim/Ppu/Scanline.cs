namespace NesCoreShim;

/// <summary>Eight pixels in one ulong, leftmost in its low byte; and 256 of them through the palette.</summary>
internal static unsafe partial class Scanline
{
    public const ulong Ones = 0x0101010101010101;

    // A pattern byte's bits as eight bytes of 0 or 1.
    private static readonly PinnedBytes PlaneTable = MakePlanes();

    public static ulong* Planes => (ulong*)PlaneTable.Pointer;

    /// <summary>
    /// Puts sprites over the background, or behind it, and looks the colours up.
    /// </summary>
    /// <param name="background">The line's palette entries; 0 is the backdrop, others of 4-15 multiples do not occur.</param>
    /// <param name="sprites">As many pixels as the sprite line holds them, or null where there are none.</param>
    /// <param name="palette">The 32 bytes of palette memory.</param>
    /// <param name="grey">What PPUMASK leaves of a colour.</param>
    /// <param name="screen">Room for the colours.</param>
    /// <param name="width">How many pixels; a whole line if not said.</param>
    public static void Colour(byte* background, byte* sprites, byte* palette, byte grey, byte* screen, int width = Ppu.Width)
    {
        int x = 0;
        ColourNet(background, sprites, palette, grey, screen, width, ref x);
        ColourFrom(x, background, sprites, palette, grey, screen, width);
    }

    /// <summary>A pixel at a time.</summary>
    public static void ColourFrom(int x, byte* background, byte* sprites, byte* palette, byte grey, byte* screen, int width = Ppu.Width)
    {
        for (; x < width; x++)
        {
            int entry = background[x];
            int sprite = sprites != null ? sprites[x] : 0;
            if (sprite != 0 && (entry == 0 || (sprite & Ppu.SpriteIsBehind) == 0))
            {
                entry = 0x10 | sprite & 15;
            }

            screen[x] = (byte)(palette[entry] & grey);
        }
    }

    /// <summary>
    /// Looks the colours of several lines up; lines lie <see cref="Ppu.Width"/> bytes apart wherever they are.
    /// </summary>
    /// <param name="left">The first line's palette entries for the columns left of the split. 64 bytes on both sides may be read.</param>
    /// <param name="right">Where those of column 0 would be if the columns from the split on began there.</param>
    /// <param name="split">Columns that come from the left, 1-256.</param>
    /// <param name="lines">How many lines.</param>
    /// <param name="palette">The background's 16 bytes of palette memory.</param>
    /// <param name="grey">What PPUMASK leaves of a colour.</param>
    /// <param name="screen">Room for the colours.</param>
    public static void ColourBlock(byte* left, byte* right, int split, int lines, byte* palette, byte grey, byte* screen)
    {
        int x = 0;
        ColourBlockNet(left, right, split, lines, palette, grey, screen, ref x);
        ColourBlockFrom(x, left, right, split, lines, palette, grey, screen);
    }

    /// <summary>A pixel at a time.</summary>
    public static void ColourBlockFrom(int x, byte* left, byte* right, int split, int lines, byte* palette, byte grey, byte* screen)
    {
        for (; x < Ppu.Width; x++)
        {
            byte* entries = x < split ? left : right;
            for (int at = x, end = x + lines * Ppu.Width; at < end; at += Ppu.Width)
            {
                screen[at] = (byte)(palette[entries[at]] & grey);
            }
        }
    }

    static partial void ColourBlockNet(byte* left, byte* right, int split, int lines, byte* palette, byte grey, byte* screen, ref int x);

    /// <summary>Lays the eight lines of a tile as palette entries, <see cref="Ppu.Width"/> bytes apart.</summary>
    /// <param name="pattern">Its 16 bytes: two planes of eight.</param>
    /// <param name="palette">Which of the four palettes.</param>
    /// <param name="target">Where its first pixel goes.</param>
    public static void LayTile(byte* pattern, int palette, byte* target)
    {
        int line = 0;
        LayTileNet(pattern, palette, target, ref line);
        LayTileFrom(line, pattern, palette, target);
    }

    /// <summary>A line at a time.</summary>
    public static void LayTileFrom(int line, byte* pattern, int palette, byte* target)
    {
        for (; line < 8; line++)
        {
            ulong low = Planes[pattern[line]], high = Planes[pattern[line + 8]];
            *(ulong*)(target + line * Ppu.Width) = low | high << 1 | (low | high) * (ulong)(palette << 2);
        }
    }

    static partial void LayTileNet(byte* pattern, int palette, byte* target, ref int line);

    static partial void ColourNet(byte* background, byte* sprites, byte* palette, byte grey, byte* screen, int width, ref int x);

    private static PinnedBytes MakePlanes()
    {
        var table = new PinnedBytes(256 * sizeof(ulong));
        for (int value = 0; value < 256; value++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                table.Array[value * 8 + bit] = (byte)(value >> (7 - bit) & 1);
            }
        }

        return table;
    }
}
