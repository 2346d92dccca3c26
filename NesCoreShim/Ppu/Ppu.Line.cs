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

    private bool IsIdleLine => _line >= Height ? _line != PreRenderLine : !_rendering;

    // A line can be done in one stride from its start, the pre-render line from anywhere left of its sprite fetches:
    // what the dots before 256 do to the horizontal scroll is forgotten at 257.
    private bool CanFinishLine =>
        (_line == PreRenderLine ? _dot <= 256 : _dot == 0 && _oamAddress == 0) && (!_watchesFetches || CanFinishLatchLine);

    /// <summary>Lines without rendering: only the vblank flag happens there.</summary>
    private void RunIdle(long target)
    {
        if (_line == _timing.VBlankLine && _dot == 1)
        {
            RunDot();
            return;
        }

        if (_watchesA12)
        {
            SetA12(IsA12HighInV, _clock);
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
            if (_watchesA12)
            {
                WatchLine();
            }

            if (_dot <= 1)
            {
                long start = _clock;
                _clock += 1 - _dot;
                EndVBlank();
                _clock = start;
            }

            if (_rendering)
            {
                if (_watchesFetches && HasLatchTiles(_v))
                {
                    WalkTiles();
                }

                FetchAllSprites();
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
            if (_watchesA12)
            {
                WatchLine();
            }

            bool movesBanks = _watchesFetches && HasLatchTiles(_v);
            if (Render)
            {
                DrawLine(movesBanks);
            }
            else if (movesBanks)
            {
                WalkTiles();
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
        _oldFineXPixels = 0;
        bool endMovesBanks = _watchesFetches && _rendering && EndHasLatchTiles();
        _clock += dots;
        NextLine();
        if (endMovesBanks && _deferred)
        {
            Materialize();
        }
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

        _v.DecrementX();
        _v.DecrementX();
        PrefetchTile(321);
        PrefetchTile(329);
        ReloadBackground();
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

        EvaluateAtOnce(sprites);
        ClearSpriteLine();
        for (int place = 0; place < _secondaryIndex; place += 4)
        {
            FetchSprite(_secondary + place, isZero: place == 0 && _spriteZeroNext);
        }

        _spriteLineLive = true;
    }

    private void ClearPipeline()
    {
        _deferred = false;
        _lineReady = false;
        _oldFineXPixels = 0;
        _evaluationOwedFrom = 0;
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
