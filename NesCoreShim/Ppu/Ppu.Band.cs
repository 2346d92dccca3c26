using System.Buffers.Binary;

namespace NesCoreShim;

// Many whole lines in one stride: nobody looks while they pass, and nothing happens in them but that they are drawn. What they
// share is then found out once, a row of tiles is coloured as one block, and each sprite is drawn as a whole.
internal sealed unsafe partial class Ppu
{
    // The most sprites that any line's evaluation finds. Void when the sprites' rows are.
    private int _mostSpritesOnLine;

    /// <summary>Does whole lines that end by then, at least one.</summary>
    private void RunLines(long target)
    {
        int count = _deferred && _line > 0 && _line < Height ? CountPlainLines(target) : 0;
        if (count == 0)
        {
            RunLine();
            return;
        }

        if (Render)
        {
            DrawBand(count);
        }

        new Span<byte>(_emphasis, _line, count).Fill((byte)(_mask >> 5));
        _v.IncrementY(count);
        _v.CopyHorizontal(_t);
        _v.IncrementX();
        _v.IncrementX();
        _lineReady = false;
        if (_watchesA12)
        {
            WatchLines(count);
        }

        _line += count - 1;
        _clock += (long)count * DotsPerLine;
        NextLine();
    }

    /// <summary>Dots 0-256 of a line that is touched after 257, where the sprites that are still owed here would have been forgotten.</summary>
    private bool TryRunPicture()
    {
        if (!CanFinishLine || _line == 0 || _line >= Height || _watchesFetches || !IsDrawnPlainly || CountLinesBeforeHit(1) == 0)
        {
            return false;
        }

        if (_watchesA12)
        {
            WatchDots(1, HorizontalReloadDot, slots: 0);
        }

        if (Render)
        {
            DrawBand(count: 1);
        }

        _deferred = false;
        OweEvaluation(1);
        PassTiles(dot: 1, count: Width / 8);
        Advance(HorizontalReloadDot);
        EndPicture();
        return true;
    }

    // Nothing is left out, and fine X is as it was when the line began.
    private bool IsDrawnPlainly => _oldFineXPixels == 0 && (!Render || Layers.IsWhole);

    /// <summary>How many lines from here on raise no flag and are drawn like each other; the first is deferred.</summary>
    private int CountPlainLines(long target)
    {
        if (!IsDrawnPlainly)
        {
            return 0;
        }

        // t may have changed since this line's v was loaded from it.
        VramAddress next = _v;
        next.CopyHorizontal(_t);
        next.IncrementX();
        next.IncrementX();
        int most = next.Bits == _v.Bits ? Height - _line : 1;
        int count = CountLinesBeforeHit((int)Math.Min((target - _clock) / DotsPerLine, most));
        if (!_spriteOverflow && _mostSpritesOnLine >= 8)
        {
            int plain = 0;
            while (plain < count && Bits.PopCount(_spriteRows[_line + plain]) < 8)
            {
                plain++;
            }

            count = plain;
        }

        return _watchesFetches ? CountLinesWithoutLatchTiles(count) : count;
    }

    private void DrawBand(int count)
    {
        byte* screen = _screen + _line * Width;

        // v stands on the line's third tile, fetched ahead of the first pixel.
        VramAddress v = _v;
        v.DecrementX();
        v.DecrementX();
        if (_showBackground)
        {
            DrawBackground(v, screen, count);
        }
        else
        {
            new Span<byte>(screen, count * Width).Fill((byte)(_palette[0] & _greyMask));
        }

        if (_showSprites)
        {
            DrawSprites(v, screen, count);
        }
    }

    private void DrawBackground(VramAddress v, byte* screen, int count)
    {
        int start = v.CoarseX * 8 + _fineX;
        for (int left = count; left > 0;)
        {
            // As far as this nametable goes; then its horizontal neighbour.
            int lines = Math.Min(8 - v.FineY, left);
            byte* here = TileRow(v) + start;
            byte* beside = TileRow(v.HorizontalNeighbour) - (Width - start);
            Scanline.ColourBlock(here, beside, Width - start, lines, _palette, (byte)_greyMask, screen);
            v.IncrementY(lines);
            screen += lines * Width;
            left -= lines;
        }

        if (!_showLeftBackground)
        {
            ulong backdrop = (ulong)(_palette[0] & _greyMask) * Scanline.Ones;
            for (screen -= count * Width; count > 0; count--, screen += Width)
            {
                *(ulong*)screen = backdrop;
            }
        }
    }

    /// <summary>Sprites over lines whose background is drawn, the last sprite first, so that earlier ones cover it.</summary>
    private void DrawSprites(VramAddress v, byte* screen, int count)
    {
        // Whatever is on any of the lines is on one of every eighth, or on the last. Lines show what the lines above them found.
        int last = _line + count - 2;
        ulong sprites = _spriteRows[last];
        for (int row = _line - 1; row < last; row += 8)
        {
            sprites |= _spriteRows[row];
        }

        while (sprites != 0)
        {
            int sprite = Bits.HighestBit(sprites);
            sprites ^= 1UL << sprite;
            DrawSprite(sprite, v, screen, count);
        }
    }

    private void DrawSprite(int sprite, VramAddress v, byte* screen, int count)
    {
        byte* entry = _oam + sprite * 4;
        int x = entry[3], attributes = entry[2], top = entry[0] + 1;
        ulong window = SpriteWindow(x);
        byte* colours = _palette + 0x10 + (attributes & 3) * 4;
        ulong colour1 = (ulong)(colours[1] & _greyMask), colour2 = (ulong)(colours[2] & _greyMask), colour3 = (ulong)(colours[3] & _greyMask);
        int first = Math.Max(top, _line), end = Math.Min(top + SpriteHeight, _line + count);
        byte* target = screen + (first - _line) * Width + x;
        for (int line = first; line < end; line++, target += Width)
        {
            if (_mostSpritesOnLine > 8 && !IsAmongFirstEight(sprite, line - 1))
            {
                continue;
            }

            int pattern = SpritePattern(entry, line - top);
            ulong low = Scanline.Planes[ReadVram(pattern)], high = Scanline.Planes[ReadVram(pattern | 8)];
            ulong both = low & high, opaque = (low | high) * 0xFF;
            ulong pixels = (low ^ both) * colour1 | (high ^ both) * colour2 | both * colour3;
            if ((attributes & 0x40) != 0)
            {
                opaque = BinaryPrimitives.ReverseEndianness(opaque);
                pixels = BinaryPrimitives.ReverseEndianness(pixels);
            }

            opaque &= window;
            if ((attributes & 0x20) != 0)
            {
                PutBehind(v, line - _line, x, opaque, ref pixels);
            }

            *(ulong*)target = *(ulong*)target & ~opaque | pixels & opaque;
        }
    }

    /// <summary>Which of the eight pixels from x on can be seen, as 0 or $FF.</summary>
    private ulong SpriteWindow(int x)
    {
        ulong window = x <= Width - 8 ? ulong.MaxValue : ulong.MaxValue >> 8 * (x - (Width - 8));
        return _showLeftSprites || x >= 8 ? window : x == 0 ? 0 : window << 8 * (8 - x);
    }

    /// <summary>Eight lines find more sprites than they show.</summary>
    private bool IsAmongFirstEight(int sprite, int row) => Bits.PopCount(_spriteRows[row] & (1UL << sprite) - 1) < 8;

    /// <summary>Where the background is opaque, it is what a sprite behind it shows, whatever later sprites have put there.</summary>
    private void PutBehind(VramAddress v, int line, int x, ulong opaque, ref ulong pixels)
    {
        v.IncrementY(line);
        for (int i = 0; i < 8 && x + i < Width; i++)
        {
            int at = v.CoarseX * 8 + _fineX + x + i;
            int entry = TileRow(at < Width ? v : v.HorizontalNeighbour)[at & Width - 1];
            if (entry != 0 && (opaque >> 8 * i & 1) != 0 && _showBackground && (x + i >= 8 || _showLeftBackground))
            {
                pixels = pixels & ~(0xFFUL << 8 * i) | (ulong)(_palette[entry] & _greyMask) << 8 * i;
            }
        }
    }
}
