namespace NesCoreShim;

// Boards that move banks when the PPU fetches tile $FD or $FE. Lines without such tiles pass as on any other board; on the
// others tiles are fetched one after another, but still a line at a time.
// https://www.nesdev.org/wiki/MMC2#PPU_$0000-$0FFF_Latch
internal sealed unsafe partial class Ppu
{
    private const int FetchesPerLine = 32;

    private readonly bool _watchesFetches;

    // When banks move in the middle of a line, only its dots know whether sprite 0 hits.
    private bool CanFinishLatchLine => _line == PreRenderLine
        ? _dot <= 1 || !HasLatchTiles(_v)
        : _spriteZeroHit || !_showBackground || !_showSprites || !IsSpriteZeroHere || !HasLatchTiles(_v);

    private static bool IsLatchTile(int tile) => tile is 0xFD or 0xFE;

    /// <summary>Whether the tile row that v names, or its horizontal neighbour, has a tile that may move banks.</summary>
    private bool HasLatchTiles(VramAddress v)
    {
        int row = v.Nametable & ~0x1F;
        return Has(row) || Has(row ^ 0x0400);

        bool Has(int address) =>
            new ReadOnlySpan<byte>(_pages[address >> Board.PpuPageShift] + address, Width / 8).IndexOfAny((byte)0xFD, (byte)0xFE) >= 0;
    }

    /// <summary>How many of the coming lines, no more than so many, fetch nothing that may move banks, at their end neither.</summary>
    private int CountLinesWithoutLatchTiles(int most)
    {
        VramAddress v = _v;
        int lines = 0;
        while (lines < most && !FindsLatchSprites(_line + lines))
        {
            if ((lines == 0 || v.FineY == 0) && HasLatchTiles(v))
            {
                // The line above has fetched two of these tiles.
                return Math.Max(lines - 1, 0);
            }

            v.IncrementY();
            lines++;
        }

        return v.FineY == 0 && lines > 0 && HasLatchTiles(v) ? lines - 1 : lines;
    }

    private bool FindsLatchSprites(int row)
    {
        ulong sprites = _spriteRows[row];
        for (int slot = 0; slot < 8 && sprites != 0; slot++, sprites &= sprites - 1)
        {
            // A tall sprite's tiles are an even one and the next.
            if (_oam[Bits.TrailingZeroCount(sprites) * 4 + 1] >= 0xFC)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what is fetched after dot 256 may move banks: eight sprites, and two tiles of the next line, where v is by two.</summary>
    private bool EndHasLatchTiles()
    {
        VramAddress v = _v;
        v.DecrementX();
        bool found = IsLatchTile(ReadVram(v.Nametable));
        v.DecrementX();
        found |= IsLatchTile(ReadVram(v.Nametable));

        // The pre-render line's sprites have been fetched already.
        return found || _line < Height && FindsLatchSprites(_line);
    }

    /// <summary>Dots 1-256 of a line that is not drawn, as the board sees them.</summary>
    private void WalkTiles()
    {
        VramAddress v = _v;
        for (int i = 0; i < FetchesPerLine; i++)
        {
            int tile = ReadVram(v.Nametable);
            if (IsLatchTile(tile))
            {
                _board.PatternFetched(_backgroundTable | tile << 4 | 8 | v.FineY);
            }

            v.IncrementX();
        }
    }

    /// <summary>The line's background where banks move under it: like <see cref="LayBackground"/>.</summary>
    private void LayBackgroundTileByTile()
    {
        VramAddress v = _v;
        if (_deferred)
        {
            v.DecrementX();
            v.DecrementX();
            LayTile(v, 0);
            v.IncrementX();
            LayTile(v, 8);
            v.IncrementX();
        }
        else
        {
            LayFetchedTiles();
        }

        for (int i = 0; i < FetchesPerLine; i++)
        {
            int x = 16 + 8 * i;
            int tile = ReadVram(v.Nametable);

            // The last tile that is fetched is never shown.
            if (x < LineBufferSize)
            {
                LayTile(v, x);
            }

            if (IsLatchTile(tile))
            {
                _board.PatternFetched(_backgroundTable | tile << 4 | 8 | v.FineY);
            }

            v.IncrementX();
        }
    }

    private void LayTile(VramAddress v, int x)
    {
        ulong palette = (ulong)(ReadVram(v.Attribute) >> v.AttributeShift & 3) << 2;
        int pattern = _backgroundTable | ReadVram(v.Nametable) << 4 | v.FineY;
        byte* planes = _pages[pattern >> Board.PpuPageShift] + pattern;
        ulong low = Scanline.Planes[planes[0]], high = Scanline.Planes[planes[8]];
        *(ulong*)(_lineBuffer + x) = low | high << 1 | (low | high) * palette;
    }
}
