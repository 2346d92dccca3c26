namespace NesCoreShim;

// Parts of a visible line in one stride: a tile's eight dots, the sprite fetches, the end of the line. For lines that
// somebody does look at, between two looks.
internal sealed unsafe partial class Ppu
{
    private bool TryStride(long dots)
    {
        int dot = _dot;
        if (dot <= 256)
        {
            if ((dot & 7) != 1 || dots < 8)
            {
                return false;
            }

            if (_watchesA12)
            {
                SetA12(false, _clock);
                SetA12(_backgroundTable != 0, _clock + 4);
            }

            TileStride();
            Advance(8);
            return true;
        }

        if (dot == 257 && dots >= 64)
        {
            if (_watchesA12)
            {
                WatchSprites(_clock - dot);
            }

            _v.CopyHorizontal(_t);
            ReloadBackground();
            FetchAllSprites();
            Advance(64);
            return true;
        }

        if (dot == 321 && dots >= DotsPerLine - 321)
        {
            if (_watchesA12)
            {
                WatchPrefetch(_clock - dot);
            }

            for (; dot <= 337; dot++)
            {
                PrefetchDot(dot);
            }

            Advance(DotsPerLine - 321);
            NextLine();
            return true;
        }

        return false;
    }

    private void Advance(int dots)
    {
        _lineReady = false;
        _clock += dots;
        _dot += dots;
    }

    private void TileStride()
    {
        int dot = _dot;
        for (int i = 0; i < 8; i++)
        {
            EvaluateDot(dot + i);
        }

        if (dot > 1)
        {
            ReloadBackground();
        }

        if (Render || !_spriteZeroHit && _spriteLineLive && _showBackground && _showSprites)
        {
            for (int i = 0; i < 8; i++)
            {
                PixelDot(dot - 1 + i);
            }
        }
        else
        {
            _backgroundPixels = _backgroundPixels << 32 | SerialInTile;
        }

        _tile = ReadVram(_v.Nametable);
        _tileAttribute = ReadVram(_v.Attribute) >> _v.AttributeShift & 3;
        int pattern = _backgroundTable | _tile << 4 | _v.FineY;
        _tileLow = ReadVram(pattern);
        _tileHigh = ReadVram(pattern | 8);
        if (_watchesFetches)
        {
            _board.PatternFetched(pattern | 8);
        }

        _v.IncrementX();
        if (dot == 249)
        {
            _v.IncrementY();
            _emphasis[_line] = (byte)(_mask >> 5);
            _spriteLineLive = false;
        }
    }

    private void FetchAllSprites()
    {
        _oamAddress = 0;
        ClearSpriteLine();
        for (int slot = 0; slot < 8; slot++)
        {
            FetchSprite(_secondary + slot * 4, isZero: slot == 0 && _spriteZeroNext);
        }

        _oamBus = _secondary[31];
        _spriteLineLive = true;
    }
}
