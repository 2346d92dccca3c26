using System.Buffers.Binary;

namespace NesCoreShim;

// Parts of a visible line in one stride: tiles of eight dots, sprite fetches of eight, the end of the line. For lines that
// somebody does look at, between two looks.
internal sealed unsafe partial class Ppu
{
    // So many pixels from a row that is drawn ahead cost less than tiles one by one, even if it is not there yet.
    private const int RowWorthDrawing = 64;

    private void Stride(long dots)
    {
        int dot = _dot;
        if (dot == 0)
        {
            Advance(1);
        }
        else if (dot <= 256)
        {
            StridePicture((int)Math.Min(dots, HorizontalReloadDot - dot));
        }
        else if (dot >= 337)
        {
            StrideToLineEnd((int)Math.Min(dots, DotsPerLine - dot));
        }
        else if ((dot & 7) != 1 || dots < 8)
        {
            _lineReady = false;
            RunDot();
        }
        else if (dot == HorizontalReloadDot && TryOweLineEnd(dots))
        {
            return;
        }
        else if (dot <= 320)
        {
            StrideSprites((int)Math.Min(dots, 321 - dot) >> 3);
        }
        else
        {
            WatchStride(8);
            PrefetchTile(dot);
            Advance(8);
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

    /// <summary>Dots 337-340: the next line's third tile is asked for twice, and not looked at.</summary>
    private void StrideToLineEnd(int dots)
    {
        WatchStride(dots);
        if (_dot == 337)
        {
            ReloadBackground();
        }

        Advance(dots);
        if (_dot == DotsPerLine)
        {
            NextLine();
        }
    }

    /// <summary>Some of dots 1-256.</summary>
    private void StridePicture(int dots)
    {
        int dot = _dot;
        WatchStride(dots);
        OweEvaluation(dot);
        if (Render && !Layers.IsWhole)
        {
            ShowPixels(dot, dots);
        }
        else if (Render || MayHitSpriteZero(dot - 1, dots))
        {
            ShowPicture(dot, dots);
        }
        else
        {
            PassHead(ref dot, _dot + dots);
            PassRest(dot, _dot + dots);
        }

        Advance(dots);
        if (_dot == HorizontalReloadDot)
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

    private bool MayHitSpriteZero(int x, int count)
    {
        ulong found = 0;
        if (!_spriteZeroHit && _spriteLineLive && _showBackground && _showSprites)
        {
            for (int end = x + count; x < end; x += 8)
            {
                found |= *(ulong*)(_spriteLine + x);
            }
        }

        return (found & SpriteIsZero * Scanline.Ones) != 0;
    }

    /// <summary>The rest of a tile that somebody has come in the middle of, or a part of the rest.</summary>
    private void PassHead(ref int dot, int end)
    {
        if ((dot & 7) != 1)
        {
            int stop = Math.Min(end, (dot - 1 | 7) + 2);
            PassDots(dot, stop);
            dot = stop;
        }
    }

    /// <summary>Whole tiles, and a part of another.</summary>
    private void PassRest(int dot, int end)
    {
        int tiles = end - dot >> 3;
        PassTiles(dot, tiles);
        dot += 8 * tiles;
        if (dot < end)
        {
            if (dot > 1)
            {
                ReloadBackground();
            }

            PassDots(dot, end);
        }
    }

    /// <summary>Dots of one tile.</summary>
    private void PassDots(int dot, int end)
    {
        int bits = 4 * (end - dot);
        _backgroundPixels = _backgroundPixels << bits | SerialInTile & (1UL << bits) - 1;
        for (; dot < end; dot++)
        {
            FetchBackground(dot);
        }
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

    private void ShowPixels(int dot, int count)
    {
        for (int end = dot + count; dot < end; dot++)
        {
            if ((dot & 7) == 1 && dot > 1)
            {
                ReloadBackground();
            }

            PixelDot(dot - 1);
            FetchBackground(dot);
        }
    }

    private void ShowPicture(int dot, int count)
    {
        int first = dot - 1, end = dot + count;
        LayPicture(dot, end);
        byte* background = _lineBuffer + _fineX;
        if (!_showBackground)
        {
            new Span<byte>(background, count).Clear();
        }
        else if (first < 8 && !_showLeftBackground)
        {
            new Span<byte>(background, Math.Min(8 - first, count)).Clear();
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
            Scanline.Colour(background, sprites ? _spriteLine + first : null, _palette, (byte)_greyMask, screen, count);
        }

        *(ulong*)_spriteLine = left;
    }

    /// <summary>What these dots will show, as palette entries; fine X is still to be skipped. The fetches are done too.</summary>
    private void LayPicture(int dot, int end)
    {
        int needed = end - dot + 8, at = 16 - (dot - 1 & 7);
        if (at == 16 && dot > 1)
        {
            ReloadBackground();
        }

        // Two tiles in the pipeline, of which some pixels may have been shown; the one being fetched; those not yet fetched.
        *(ulong*)_lineBuffer = Entries((uint)(_backgroundPixels >> 32));
        *(ulong*)(_lineBuffer + 8) = Entries((uint)_backgroundPixels);
        if (at < 16)
        {
            PassHead(ref dot, end);
            *(ulong*)(_lineBuffer + at) = Entries(TilePixels(_tileLow, _tileHigh, _tileAttribute));
            at += 8;
        }

        VramAddress v = _v;
        if (end == HorizontalReloadDot && needed - at >= RowWorthDrawing && v.FineY < 7)
        {
            // The next line will want the whole row, if it is like this one.
            LayRows(v, at, needed);
            at = needed;
        }

        for (; at < needed; at += 8)
        {
            LayTile(v, at);
            v.IncrementX();
        }

        PassRest(dot, end);
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

    private bool HitsSpriteZero(byte* background, int x, int count)
    {
        // The last column never hits.
        for (int end = Math.Min(x + count, Width - 1); x < end; x += 8, background += 8)
        {
            ulong entries = *(ulong*)background;
            ulong hits = (entries | entries >> 1) & *(ulong*)(_spriteLine + x) >> 5 & Scanline.Ones;
            if ((end - x < 8 ? hits << 8 * (8 - (end - x)) : hits) != 0)
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
