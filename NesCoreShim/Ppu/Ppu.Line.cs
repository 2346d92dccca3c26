namespace NesCoreShim;

// Whole lines in one stride, for lines during which nobody looks at the PPU or touches it. What the dots
// would have left behind in the pipeline is owed (_deferred) and made good if somebody comes in time.
internal sealed unsafe partial class Ppu
{
    // For each line, the sprites whose evaluation on that line succeeds, one bit per sprite.
    private readonly ulong[] _spriteRows = new ulong[Height];
    private bool _rowsDirty = true;

    // The line about to start has neither its sprites nor its first two tiles in the pipeline yet.
    private bool _deferred;

    // What the current line will do to PPUSTATUS: the dots at which flags go up, or 0.
    private bool _lineReady;
    private int _lineHitDot, _lineOverflowDot;

    private bool IsIdleLine => _line >= Height ? _line != PreRenderLine : !_rendering;

    // A line can be done in one stride from its start, the pre-render line from anywhere left of its sprite fetches:
    // what the dots before 256 do to the horizontal scroll is forgotten at 257.
    private bool CanFinishLine => _line == PreRenderLine ? _dot <= 256 : _dot == 0 && _oamAddress == 0;

    /// <summary>Lines without rendering: only the vblank flag happens there.</summary>
    private void RunIdle(long target)
    {
        if (_line == _timing.VBlankLine && _dot == 1)
        {
            RunDot();
            return;
        }

        int stop = _line == _timing.VBlankLine && _dot == 0 ? 1 : DotsPerLine;
        int count = (int)Math.Min(target - _clock, stop - _dot);
        if (_line < Height)
        {
            int first = Math.Max(_dot, 1);
            int last = Math.Min(_dot + count - 1, 256);
            if (Render && first <= last)
            {
                new Span<byte>(_screen + _line * Width + first - 1, last - first + 1).Fill(BackdropColour);
            }

            if (_dot <= 256 && _dot + count > 256)
            {
                _emphasis[_line] = (byte)(_mask >> 5);
                _spriteLineLive = false;
            }
        }

        _clock += count;
        _dot += count;
        if (_dot == DotsPerLine)
        {
            NextLine();
        }
    }

    private void RunLine()
    {
        int dots = DotsPerLine - _dot;
        if (_line == PreRenderLine)
        {
            if (_dot <= 1)
            {
                long start = _clock;
                _clock += 1 - _dot;
                EndVBlank();
                _clock = start;
            }

            if (_rendering)
            {
                _oamAddress = 0;
                _v.IncrementY();
                _v.CopyVertical(_t);
                if (_oddFrame && _timing.SkipsOddDot)
                {
                    dots--;
                }
            }
        }
        else
        {
            PrepareLine();
            if (Render)
            {
                DrawLine();
            }

            _spriteZeroHit |= _lineHitDot != 0;
            _spriteOverflow |= _lineOverflowDot != 0;
            _emphasis[_line] = (byte)(_mask >> 5);
            _v.IncrementY();
        }

        if (_rendering)
        {
            _v.CopyHorizontal(_t);
            _v.IncrementX();
            _v.IncrementX();
            _deferred = true;
        }

        _lineReady = false;
        _clock += dots;
        NextLine();
    }

    /// <summary>PPUSTATUS as a read in this CPU cycle finds it, without disturbing the line if possible.</summary>
    private int StatusAt(long cycle)
    {
        long target = AccessDots(cycle);
        if (_plain)
        {
            RunTo(target);
            return Status;
        }

        if (!IsStatusForeseen)
        {
            RunTo(Math.Min(target, _clock + DotsPerLine - _dot));
        }

        RunTo(target - DotsPerLine);
        if (!IsStatusForeseen || target - _clock >= DotsPerLine - _dot)
        {
            RunTo(target);
            return Status;
        }

        if (_line == PreRenderLine)
        {
            return Status;
        }

        PrepareLine();
        long done = target - _clock;
        return Status
            | (_lineHitDot != 0 && done > _lineHitDot ? 0x40 : 0)
            | (_lineOverflowDot != 0 && done > _lineOverflowDot ? 0x20 : 0);
    }

    // At the start of a visible line we can say what it will do to the flags; on the pre-render line nothing happens
    // after dot 1.
    private bool IsStatusForeseen =>
        _delay == 0 && (_line == PreRenderLine ? _dot >= 2 : _rendering && _line < Height && CanFinishLine);

    /// <summary>
    /// For a loop that does nothing but read PPUSTATUS: a cycle, at most the limit, before which every read gives
    /// what the last one gave. Lines that end before then are done.
    /// </summary>
    public long StatusStableUntil(long cycle, long limit)
    {
        long limitDots = AccessDots(limit);
        while (_delay == 0)
        {
            long lineEnd = _clock + DotsPerLine - _dot;
            if (IsIdleLine)
            {
                if (_line == _timing.VBlankLine && _dot <= 1)
                {
                    return Math.Min(limit, CycleBefore(_clock));
                }
            }
            else if (!IsStatusForeseen)
            {
                break;
            }
            else if (_line < Height)
            {
                PrepareLine();
                int change = _lineHitDot == 0 ? _lineOverflowDot
                    : _lineOverflowDot == 0 ? _lineHitDot
                    : Math.Min(_lineHitDot, _lineOverflowDot);
                if (change != 0)
                {
                    return Math.Min(limit, CycleBefore(_clock + change));
                }
            }

            if (lineEnd > limitDots)
            {
                return limit;
            }

            if (_line == PreRenderLine && CanFinishLine)
            {
                // It may be a dot shorter than its end says.
                RunLine();
            }
            else
            {
                RunTo(lineEnd);
            }
        }

        return Math.Min(limit, CycleBefore(_clock));
    }

    private long AccessDots(long cycle) => (cycle * _timing.CpuDivider + AccessPhase) / _timing.PpuDivider;

    /// <summary>A cycle whose register access comes before this dot.</summary>
    private long CycleBefore(long dot) => (dot * _timing.PpuDivider - AccessPhase) / _timing.CpuDivider - 1;

    private void PrepareLine()
    {
        if (_lineReady)
        {
            return;
        }

        if (_rowsDirty)
        {
            FindSpriteRows();
        }

        _lineReady = true;
        _lineHitDot = 0;
        _lineOverflowDot = 0;
        if (!_spriteOverflow && Bits.PopCount(_spriteRows[_line]) >= 8)
        {
            _lineOverflowDot = FindOverflowDot();
        }

        if (!_spriteZeroHit && _showBackground && _showSprites)
        {
            _lineHitDot = FindHitDot();
        }
    }

    private void FindSpriteRows()
    {
        _rowsDirty = false;
        Array.Clear(_spriteRows, 0, Height);
        int height = SpriteHeight;
        for (int sprite = 0; sprite < 64; sprite++)
        {
            int y = _oam[sprite * 4];
            int last = Math.Min(y + height, Height);
            for (; y < last; y++)
            {
                _spriteRows[y] |= 1UL << sprite;
            }
        }
    }

    /// <summary>Rehearses the evaluation of this line; it begins by overwriting all it leaves behind.</summary>
    private int FindOverflowDot()
    {
        int found = 0;
        for (int dot = 65; dot <= 256 && found == 0; dot++)
        {
            EvaluateDot(dot);
            if (_spriteOverflow)
            {
                found = dot;
            }
        }

        _spriteOverflow = false;
        _oamAddress = 0;
        return found;
    }

    private int FindHitDot()
    {
        if (_deferred)
        {
            // The previous line's evaluation put sprite 0 on this one, or it did not.
            if (_line == 0 || (_spriteRows[_line - 1] & 1) == 0)
            {
                return 0;
            }

            Materialize();
        }

        if (!_spriteLineLive)
        {
            return 0;
        }

        for (int x = 0; x < 255; x++)
        {
            if ((_spriteLine[x] & SpriteIsZero) != 0 && IsBackgroundOpaque(x) && (x >= 8 || _showLeftBackground && _showLeftSprites))
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
        for (int tile = 2; tile < place >> 3; tile++)
        {
            v.IncrementX();
        }

        int pattern = _backgroundTable | ReadVram(v.Nametable) << 4 | v.FineY;
        return ((ReadVram(pattern) | ReadVram(pattern | 8)) >> (7 - (place & 7)) & 1) != 0;
    }

    /// <summary>Fills the pipeline with what the end of the previous line would have left there.</summary>
    private void Materialize()
    {
        _deferred = false;
        if (_line > 0)
        {
            _line--;
            MaterializeSprites();
            _line++;
        }
        else
        {
            ClearSpriteLine();
            _spriteLineLive = false;
        }

        _v.DecrementX();
        _v.DecrementX();
        for (int dot = 321; dot <= 337; dot++)
        {
            PrefetchDot(dot);
        }
    }

    private void MaterializeSprites()
    {
        ulong sprites = _spriteRows[_line];
        if (Bits.PopCount(sprites) >= 8)
        {
            // Eight or more: only the evaluation itself knows where it ended up.
            bool overflow = _spriteOverflow;
            for (int dot = 1; dot <= 256; dot++)
            {
                EvaluateDot(dot);
            }

            FetchAllSprites();
            _spriteOverflow = overflow;
            return;
        }

        new Span<byte>(_secondary, 32).Fill(0xFF);
        ClearSpriteLine();
        _spriteLineLive = true;
        _spriteZeroNext = (sprites & 1) != 0;
        int found = 0;
        bool copiedLast = sprites >> 63 != 0;
        for (; sprites != 0; sprites &= sprites - 1)
        {
            int sprite = Bits.TrailingZeroCount(sprites);
            *(uint*)(_secondary + found) = *(uint*)(_oam + sprite * 4);
            FetchSprite(_secondary + found, isZero: sprite == 0);
            found += 4;
        }

        // The last Y looked at stays in the first free place.
        if (!copiedLast)
        {
            _secondary[found] = _oam[63 * 4];
        }

        _secondaryIndex = found;
        _copying = false;
        _evaluationDone = true;
        _overflowReads = 0;
        _oamBus = _secondary[31];
    }

    private void ClearPipeline()
    {
        _deferred = false;
        _lineReady = false;
        _backgroundPixels = 0;
        _tile = _tileAttribute = 0;
        _tileLow = _tileHigh = 0;
        _oamBus = 0xFF;
        _secondaryIndex = 0;
        _copying = _evaluationDone = _spriteZeroNext = _spriteLineLive = false;
        _overflowReads = 0;
        new Span<byte>(_secondary, 32).Fill(0xFF);
        ClearSpriteLine();
    }
}
