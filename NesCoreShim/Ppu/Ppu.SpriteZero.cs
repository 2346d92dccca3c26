namespace NesCoreShim;

// Where sprite 0 will hit: on a line that is owed from its eight pixels and the two tiles under them, on others from what has been fetched.
// https://www.nesdev.org/wiki/PPU_OAM#Sprite_0_hits
internal sealed unsafe partial class Ppu
{
    /// <summary>How many lines from here on, no more than so many, sprite 0 does not hit on; the first is deferred.</summary>
    private int CountLinesBeforeHit(int most)
    {
        if (_rowsDirty)
        {
            FindSpriteRows();
        }

        // Sprite 0 is on the lines below its Y.
        int above = _oam[0] + 1 - _line;
        if (_spriteZeroHit || !_showBackground || !_showSprites)
        {
            return most;
        }

        VramAddress v = _v;
        int count = Math.Max(above, 0), end = Math.Min(above + SpriteHeight, most);
        if (count < end)
        {
            v.IncrementY(count);
        }

        for (; count < end; count++, v.IncrementY())
        {
            if (FindHitDot(v, count - above) != 0)
            {
                return count;
            }
        }

        return most;
    }

    /// <summary>The dot of a hit on an undisturbed line, or 0.</summary>
    /// <param name="v">The line's address, which stands on its third tile.</param>
    /// <param name="row">The row of sprite 0.</param>
    private int FindHitDot(VramAddress v, int row)
    {
        int pattern = SpritePattern(_oam, row), x = _oam[3], end = Math.Min(x + 8, Width - 1);
        int pixels = ReadVram(pattern) | ReadVram(pattern | 8);
        bool isMirrored = (_oam[2] & 0x40) != 0;
        v.DecrementX();
        v.DecrementX();
        int under = pixels == 0 ? 0 : OpaqueFrom(v, x + _fineX);
        int first = _showLeftBackground && _showLeftSprites ? 0 : 8;
        for (int column = x; column < end && under != 0; column++, under = under << 1 & 0xFF)
        {
            int bit = isMirrored ? column - x : x + 7 - column;
            if ((under & 0x80) != 0 && (pixels >> bit & 1) != 0 && column >= first)
            {
                return column + 1;
            }
        }

        return 0;
    }

    /// <summary>Which of eight pixels of the background are opaque, the leftmost in bit 7.</summary>
    /// <param name="v">The line's first tile.</param>
    /// <param name="place">How far the first pixel is from that tile's left edge.</param>
    private int OpaqueFrom(VramAddress v, int place)
    {
        v.IncrementX(place >> 3);
        int left = OpaqueInTile(v);
        v.IncrementX();
        return (left << 8 | OpaqueInTile(v)) >> 8 - (place & 7) & 0xFF;
    }

    private int OpaqueInTile(VramAddress v)
    {
        int pattern = _backgroundTable | ReadVram(v.Nametable) << 4 | v.FineY;
        return ReadVram(pattern) | ReadVram(pattern | 8);
    }

    private int FindHitDot()
    {
        if (_deferred && _line > 0)
        {
            // The previous line's evaluation put sprite 0 on this one, or it did not.
            return (_spriteRows[_line - 1] & 1) == 0 ? 0 : FindHitDot(_v, _line - 1 - _oam[0]);
        }

        if (!_spriteLineLive)
        {
            return 0;
        }

        if (_deferred)
        {
            Materialize();
        }

        for (int x = 0; x < 255; x++)
        {
            if ((x & 7) == 0 && (*(ulong*)(_spriteLine + x) & SpriteIsZero * Scanline.Ones) == 0)
            {
                x += 7;
            }
            else if ((_spriteLine[x] & SpriteIsZero) != 0 && IsBackgroundOpaque(x) && (x >= 8 || _showLeftBackground && _showLeftSprites))
            {
                return x + 1;
            }
        }

        return 0;
    }

    private bool IsBackgroundOpaque(int x)
    {
        int place = x + _fineX;
        if (place < 16)
        {
            return (_backgroundPixels >> (60 - 4 * place) & 3) != 0;
        }

        VramAddress v = _v;
        v.IncrementX((place >> 3) - 2);
        return (OpaqueInTile(v) >> (7 - (place & 7)) & 1) != 0;
    }
}
