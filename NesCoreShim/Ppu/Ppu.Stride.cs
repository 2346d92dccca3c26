using System.Buffers.Binary;

namespace NesCoreShim;

// Parts of a visible line in one stride: tiles of eight dots, sprite fetches of eight, the end of the line. For lines that
// somebody does look at, between two looks.
internal sealed unsafe partial class Ppu
{
    private bool TryStride(long dots)
    {
        int dot = _dot;
        if (dot >= 337)
        {
            return TryStrideToLineEnd(dots);
        }

        if ((dot & 7) != 1 || dots < 8)
        {
            return false;
        }

        int units = (int)Math.Min(dots, DotsPerLine) >> 3;
        if (dot <= 256)
        {
            StrideTiles(Math.Min(units, 257 - dot >> 3));
        }
        else if (dot == HorizontalReloadDot && TryOweLineEnd(dots))
        {
            return true;
        }
        else if (dot <= 320)
        {
            StrideSprites(Math.Min(units, 321 - dot >> 3));
        }
        else
        {
            WatchStride(8);
            PrefetchTile(dot);
            Advance(8);
        }

        return true;
    }

    /// <summary>Single dots, at least one, no further than to where the next tile is fetched.</summary>
    private void RunDotsToTile(long target)
    {
        int dot = _dot;
        if (dot is 0 or > 256)
        {
            _lineReady = false;
            RunDot();
            return;
        }

        int end = (int)Math.Min(dot + target - _clock, (dot - 1 | 7) + 2);
        if (_watchesA12)
        {
            WatchDots(dot, end, slots: 0);
        }

        OweEvaluation(dot);
        if ((dot & 7) == 1 && dot > 1)
        {
            ReloadBackground();
        }

        if (Render || MayHitSpriteZero(dot - 1 & ~7, tiles: 1))
        {
            for (int x = dot - 1; x < end - 1; x++)
            {
                PixelDot(x);
            }
        }
        else
        {
            for (int i = dot; i < end; i++)
            {
                _backgroundPixels = _backgroundPixels << 4 | SerialIn;
            }
        }

        for (int i = dot; i < end; i++)
        {
            FetchBackground(i);
        }

        Advance(end - dot);
        if (end == HorizontalReloadDot)
        {
            EndPicture();
        }
    }

    private void Advance(int dots)
    {
        _lineReady = false;
        _clock += dots;
        _dot += dots;
    }

    private void WatchStride(int dots)
    {
        if (_watchesA12)
        {
            WatchDots(_dot, _dot + dots, _dot > 256 ? SlotsFromSecondary() : 0);
        }
    }

    /// <summary>Dots 257-340, if nobody comes while sprites and the next line's first tiles are fetched: that line owes them.</summary>
    private bool TryOweLineEnd(long dots)
    {
        const int left = DotsPerLine - HorizontalReloadDot;
        if (dots < left || !IsEvaluationAllOwed || Bits.PopCount(SpritesHere) >= 8)
        {
            return false;
        }

        if (_watchesA12)
        {
            WatchLineEnd();
        }

        _evaluationOwedFrom = 0;
        _v.CopyHorizontal(_t);
        _v.IncrementX();
        _v.IncrementX();
        _deferred = true;
        Advance(left);
        NextLine();
        return true;
    }

    private bool TryStrideToLineEnd(long dots)
    {
        int left = DotsPerLine - _dot;
        if (dots < left)
        {
            return false;
        }

        WatchStride(left);
        if (_dot == 337)
        {
            ReloadBackground();
        }

        Advance(left);
        NextLine();
        return true;
    }

    private void StrideTiles(int count)
    {
        int dot = _dot;
        WatchStride(8 * count);
        OweEvaluation(dot);
        if (Render && !Layers.IsWhole)
        {
            for (int i = 0; i < count; i++)
            {
                ShowPixels(dot + 8 * i);
                FetchTile();
            }
        }
        else if (Render || MayHitSpriteZero(dot - 1, count))
        {
            ShowTiles(dot, count);
        }
        else
        {
            PassTiles(dot, count);
        }

        Advance(8 * count);
        if (_dot == 257)
        {
            EndPicture();
        }
    }

    /// <summary>Dot 256 is done.</summary>
    private void EndPicture()
    {
        _v.IncrementY();
        _emphasis[_line] = (byte)(_mask >> 5);
        _spriteLineLive = false;
    }

    private bool MayHitSpriteZero(int x, int tiles)
    {
        ulong found = 0;
        if (!_spriteZeroHit && _spriteLineLive && _showBackground && _showSprites)
        {
            for (int end = x + 8 * tiles; x < end; x += 8)
            {
                found |= *(ulong*)(_spriteLine + x);
            }
        }

        return (found & SpriteIsZero * Scanline.Ones) != 0;
    }

    /// <summary>Nobody sees these tiles. The last two stay in the pipeline.</summary>
    private void PassTiles(int dot, int count)
    {
        if (count > 2)
        {
            _v.IncrementX(count - 2);
        }

        for (int i = Math.Max(count - 2, 0); i < count; i++)
        {
            if (dot + i > 1)
            {
                ReloadBackground();
            }

            _backgroundPixels = _backgroundPixels << 32 | SerialInTile;
            FetchTile();
        }
    }

    private void ShowPixels(int dot)
    {
        if (dot > 1)
        {
            ReloadBackground();
        }

        for (int x = dot - 1; x < dot + 7; x++)
        {
            PixelDot(x);
        }
    }

    private void ShowTiles(int dot, int count)
    {
        // The pipeline holds two tiles; those that are fetched now follow them, and the last one is shown later.
        int first = dot - 1;
        if (first > 0)
        {
            ReloadBackground();
        }

        *(ulong*)_lineBuffer = Entries((uint)(_backgroundPixels >> 32));
        *(ulong*)(_lineBuffer + 8) = Entries((uint)_backgroundPixels);
        VramAddress v = _v;
        for (int x = 16; x < 8 * count + 8; x += 8)
        {
            LayTile(v, x);
            v.IncrementX();
        }

        PassTiles(dot, count);
        byte* background = _lineBuffer + _fineX;
        if (!_showBackground)
        {
            new Span<byte>(background, 8 * count).Clear();
        }
        else if (first == 0 && !_showLeftBackground)
        {
            *(ulong*)background = 0;
        }

        bool sprites = _spriteLineLive && _showSprites;
        ulong left = *(ulong*)_spriteLine;
        if (!_showLeftSprites)
        {
            *(ulong*)_spriteLine = 0;
        }

        if (sprites && !_spriteZeroHit)
        {
            _spriteZeroHit = HitsSpriteZero(background, first, count);
        }

        if (Render)
        {
            byte* screen = _screen + _line * Width + first;
            Scanline.Colour(background, sprites ? _spriteLine + first : null, _palette, (byte)_greyMask, screen, 8 * count);
        }

        *(ulong*)_spriteLine = left;
    }

    /// <summary>Eight 4-bit pixels, the leftmost on top, as palette entries, the leftmost in the low byte.</summary>
    private static ulong Entries(uint pixels)
    {
        ulong entries = pixels;
        entries = (entries | entries << 16) & 0x0000FFFF0000FFFF;
        entries = (entries | entries << 8) & 0x00FF00FF00FF00FF;
        entries = (entries | entries << 4) & 0x0F0F0F0F0F0F0F0F;
        entries &= ((entries | entries >> 1) & Scanline.Ones) * 0xFF;
        return BinaryPrimitives.ReverseEndianness(entries);
    }

    private bool HitsSpriteZero(byte* background, int x, int tiles)
    {
        for (int end = x + 8 * tiles; x < end; x += 8, background += 8)
        {
            ulong entries = *(ulong*)background;
            ulong hits = (entries | entries >> 1) & *(ulong*)(_spriteLine + x) >> 5 & Scanline.Ones;

            // The last column never hits.
            if ((x == 248 ? hits << 8 : hits) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void FetchTile()
    {
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
    }

    /// <summary>Dots 321-328 or 329-336.</summary>
    private void PrefetchTile(int dot)
    {
        if (dot == 321)
        {
            _oamBus = _secondary[0];
        }
        else
        {
            ReloadBackground();
        }

        _backgroundPixels = _backgroundPixels << 32 | SerialInTile;
        FetchTile();
    }

    private void StrideSprites(int count)
    {
        if (_dot == 257)
        {
            FinishEvaluation();
            _v.CopyHorizontal(_t);
            ReloadBackground();
            ClearSpriteLine();
        }

        WatchStride(8 * count);
        int slot = _dot - 257 >> 3;
        for (int end = slot + count; slot < end; slot++)
        {
            FetchSprite(_secondary + slot * 4, isZero: slot == 0 && _spriteZeroNext);
        }

        _oamAddress = 0;
        _oamBus = _secondary[slot * 4 - 1];
        Advance(8 * count);
        _spriteLineLive |= _dot == 321;
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
