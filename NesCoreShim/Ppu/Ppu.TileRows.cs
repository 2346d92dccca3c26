using System.Runtime.InteropServices;

namespace NesCoreShim;

// Rows of tiles, drawn ahead: a row of a nametable as eight lines of 256 palette entries. Most rows look in this frame as
// they did in the last one. Each remembers the bytes it was drawn from, and only tiles whose bytes differ are drawn again.
internal sealed unsafe partial class Ppu
{
    private const int RowsPerTable = 32, Tables = 4;
    private const int TileRowSize = 8 * Width;

    // Vectors reach beyond both ends.
    private const int TileRowMargin = 64;
    private readonly PinnedBytes _tileRows = new(TileRowMargin + Tables * RowsPerTable * TileRowSize + TileRowMargin);
    private readonly PinnedBytes _tileRowKeys = new(Tables * RowsPerTable * sizeof(TileRowKey));

    // Raised whenever pattern memory may have changed under its pages; bit 12 is left for the table's address.
    private const long PatternVersionStep = 0x2000;
    private long _patternVersion = PatternVersionStep;

    /// <summary>The bytes a row was drawn from: 32 tiles, 8 attributes, and where their patterns lay: pages are biased by
    /// their addresses, so the two pattern tables may have the same ones.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TileRowKey
    {
        public fixed ulong Tiles[4];
        public ulong Attributes;
        public fixed ulong Patterns[4];
        public long PatternTable;
    }

    /// <summary>The line of 256 pixels that v's nametable, coarse Y and fine Y name.</summary>
    private byte* TileRow(VramAddress v)
    {
        byte* page = _pages[v.Nametable >> Board.PpuPageShift];
        byte* tiles = page + (v.Nametable & ~0x1F);
        byte* attributes = page + (v.Attribute & ~0x07);
        int row = v.Bits >> 5 & 31;

        // Nametables are told apart by where they lie, not by their addresses: mirrors share what is drawn.
        int slot = (int)((nuint)(tiles - row * 32) >> 10 & (Tables - 1)) * RowsPerTable + row;
        var key = (TileRowKey*)_tileRowKeys.Pointer + slot;
        byte* pixels = _tileRows.Pointer + TileRowMargin + slot * TileRowSize;
        ulong* now = (ulong*)tiles;
        ulong* patterns = (ulong*)(_pages + (_backgroundTable >> Board.PpuPageShift));
        ulong tileChanges = now[0] ^ key->Tiles[0] | now[1] ^ key->Tiles[1] | now[2] ^ key->Tiles[2] | now[3] ^ key->Tiles[3]
            | *(ulong*)attributes ^ key->Attributes;
        ulong patternChanges = patterns[0] ^ key->Patterns[0] | patterns[1] ^ key->Patterns[1] | patterns[2] ^ key->Patterns[2]
            | patterns[3] ^ key->Patterns[3] | (ulong)((_patternVersion | (long)_backgroundTable) ^ key->PatternTable);
        if ((tileChanges | patternChanges) != 0)
        {
            DrawTiles(tiles, attributes, row, key, pixels, all: patternChanges != 0);
        }

        return pixels + v.FineY * Width;
    }

    private void DrawTiles(byte* tiles, byte* attributes, int row, TileRowKey* key, byte* pixels, bool all)
    {
        byte* oldTiles = (byte*)key->Tiles;
        byte* oldAttributes = (byte*)&key->Attributes;
        int rowShift = row << 1 & 4;
        for (int column = 0; column < 32; column++)
        {
            int attribute = attributes[column >> 2];
            if (!all && tiles[column] == oldTiles[column] && attribute == oldAttributes[column >> 2])
            {
                continue;
            }

            int palette = attribute >> (rowShift | column & 2) & 3;
            int pattern = _backgroundTable | tiles[column] << 4;
            Scanline.LayTile(_pages[pattern >> Board.PpuPageShift] + pattern, palette, pixels + column * 8);
        }

        ulong* source = (ulong*)tiles;
        ulong* banks = (ulong*)(_pages + (_backgroundTable >> Board.PpuPageShift));
        for (int i = 0; i < 4; i++)
        {
            key->Tiles[i] = source[i];
            key->Patterns[i] = banks[i];
        }

        key->Attributes = *(ulong*)attributes;
        key->PatternTable = _patternVersion | (long)_backgroundTable;
    }
}
