namespace NesCoreShim;

// Drawing a whole line: where the background comes from, which sprites are on it, and both through the palette.
internal sealed unsafe partial class Ppu
{
    private void DrawLine(bool movesBanks)
    {
        bool sprites = _showSprites && GatherSprites();
        if (movesBanks)
        {
            LayBackgroundTileByTile();
        }
        else if (_showBackground)
        {
            LayBackground();
        }

        if (!_showBackground)
        {
            new Span<byte>(_lineBuffer, LineBufferSize).Clear();
        }

        if (!Layers.IsWhole)
        {
            LeaveOut(ref sprites);
        }

        byte* background = _lineBuffer + _fineX;
        if (_oldFineXPixels != 0)
        {
            new Span<byte>(_lineBuffer + _oldFineX, _oldFineXPixels).CopyTo(new Span<byte>(background, _oldFineXPixels));
        }

        if (!_showLeftBackground)
        {
            *(ulong*)background = 0;
        }

        ulong left = *(ulong*)_spriteLine;
        if (!_showLeftSprites)
        {
            *(ulong*)_spriteLine = 0;
        }

        Scanline.Colour(background, sprites ? _spriteLine : null, _palette, (byte)_greyMask, _screen + _line * Width);
        *(ulong*)_spriteLine = left;
        _spriteLineLive = false;
    }

    /// <summary>The line's background as palette entries, 33 tiles from the left edge of the first; fine X is still to be skipped.</summary>
    private void LayBackground()
    {
        VramAddress v = _v;
        int x = 0;
        if (_deferred)
        {
            v.DecrementX();
            v.DecrementX();
        }
        else
        {
            LayFetchedTiles();
            x = 16;
        }

        LayRows(v, x, LineBufferSize);
    }

    /// <summary>Some of a line's background, from rows of tiles that are drawn ahead.</summary>
    private void LayRows(VramAddress v, int x, int end)
    {
        // As far as this nametable goes; then its horizontal neighbour.
        while (x < end)
        {
            int from = v.CoarseX * 8;
            int count = Math.Min(Width - from, end - x);
            new ReadOnlySpan<byte>(TileRow(v) + from, count).CopyTo(new Span<byte>(_lineBuffer + x, count));
            x += count;
            v.Bits = (v.Bits & ~0x1F) ^ 0x0400;
        }
    }

    /// <summary>Takes out of a line what <see cref="Layers"/> hides.</summary>
    private void LeaveOut(ref bool sprites)
    {
        sprites &= Layers.Sprites;
        if (!Layers.Background)
        {
            new Span<byte>(_lineBuffer, LineBufferSize).Clear();
            return;
        }

        // v stands on the line's third tile, fetched ahead of the first pixel.
        VramAddress v = _v;
        v.DecrementX();
        v.DecrementX();
        for (int x = 0; x < LineBufferSize; x += 8)
        {
            if ((Layers.FlatRow(v) >> v.CoarseX & 1) != 0)
            {
                *(ulong*)(_lineBuffer + x) = 0;
            }

            v.IncrementX();
        }
    }

    /// <summary>The line's first two tiles, fetched at the end of the previous one; somebody has been here since.</summary>
    private void LayFetchedTiles()
    {
        for (int x = 0; x < 16; x++)
        {
            int pixel = (int)(_backgroundPixels >> (60 - 4 * x)) & 15;
            _lineBuffer[x] = (byte)((pixel & 3) != 0 ? pixel : 0);
        }
    }

    /// <summary>Fetches what the previous line has found for this one, unless it is there already.</summary>
    private bool GatherSprites()
    {
        if (!_deferred || _line == 0)
        {
            return _spriteLineLive;
        }

        ulong sprites = _spriteRows[_line - 1];
        if (sprites == 0)
        {
            return false;
        }

        ClearSpriteLine();
        _line--;
        for (int slot = 0; slot < 8 && sprites != 0; slot++, sprites &= sprites - 1)
        {
            int sprite = Bits.TrailingZeroCount(sprites);
            FetchSprite(_oam + sprite * 4, isZero: sprite == 0);
        }

        _line++;
        return true;
    }
}
