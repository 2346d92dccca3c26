namespace NesCoreShim;

// What a board sees of the PPU's address bus: the line A12, which tells pattern table 1 from pattern table 0. Dot by dot,
// in closed form for dots that pass undisturbed, and ahead of time.
// https://www.nesdev.org/wiki/MMC3#IRQ_Specifics
internal sealed unsafe partial class Ppu
{
    // A rise counts when the line has been low for three falling edges of the CPU's clock. The shortest gap that does is
    // 12 dots, between sprites of different tables; the longest that does not is 9, between two lines' backgrounds.
    private const int A12LowDots = 10;

    private readonly bool _watchesA12;

    private bool _a12;
    private long _a12FellAt;

    // A12 has been followed to here, though the line itself may still be owed.
    private long _watchedTo;
    private long _boardEventAt = Cpu.Never;

    // Outside rendering the bus shows v.
    private bool IsA12HighInV => (_v.Bits & 0x1000) != 0;

    /// <summary>Brings the PPU up to a write that is about to change what it sees.</summary>
    public void BeforeBanksMove(long cycle)
    {
        CatchUp(cycle);
        _lineReady = false;
    }

    /// <summary>Brings what the board has seen of A12 up to a write; the picture may wait.</summary>
    public void BeforeClockMoves(long cycle)
    {
        if (!TryWatchAhead(AccessDots(cycle)))
        {
            CatchUp(cycle);
        }
    }

    /// <summary>A12 as a CPU access in this cycle finds it.</summary>
    public bool IsA12HighAt(long cycle)
    {
        CatchUp(cycle);
        return !IsFetching ? IsA12HighInV : _dot > 0 && IsA12HighOn(_dot - 1);
    }

    /// <summary>Foretells anew when the board may next raise its interrupt; never later than the truth.</summary>
    public void ReviseBoardEvent()
    {
        if (_watchesA12 && !_plain)
        {
            int clocks = _board.ClocksUntilIrq;
            long dot = clocks == 0 ? Cpu.Never : EarliestClock(clocks);
            _boardEventAt = dot == Cpu.Never ? Cpu.Never : SampleCycle(dot) + 1;
            _cpu.NoteEvent(_boardEventAt);
        }
    }

    private void SetA12(bool high, long dot)
    {
        if (high == _a12 || dot < _watchedTo)
        {
            return;
        }

        _a12 = high;
        if (!high)
        {
            _a12FellAt = dot;
        }
        else if (dot - _a12FellAt >= A12LowDots)
        {
            _board.ClockA12(SampleCycle(dot));
        }
    }

    /// <summary>Follows A12 through a line that nothing has disturbed yet, or through its picture, and leaves the line itself for later.</summary>
    private bool TryWatchAhead(long target)
    {
        if (_plain || !_watchesA12)
        {
            return false;
        }

        RunWholeLines(target);
        if (_delay != 0 || !_rendering || _line >= Height || target < _clock)
        {
            return false;
        }

        int end = _dot + (int)(target - _clock);
        if (CanFinishLine)
        {
            WatchDots(1, end, SlotsOnLine(_line));
        }
        else if (_dot > 0 && !_deferred && end <= HorizontalReloadDot)
        {
            WatchDots(_dot, end, slots: 0);
        }
        else
        {
            return false;
        }

        _watchedTo = Math.Max(_watchedTo, target);
        return true;
    }

    private int SlotsOnLine(int line)
    {
        if (!_tallSprites)
        {
            return _spriteTable != 0 ? 0xFF : 0;
        }

        FindLineSlots();
        return _lineSlots[line];
    }

    /// <summary>Follows A12 through dots of a visible line, from where it has been followed to.</summary>
    /// <param name="first">The first dot.</param>
    /// <param name="end">The dot after the last one.</param>
    /// <param name="slots">Which of the eight sprites are fetched from table 1.</param>
    private void WatchDots(int first, int end, int slots)
    {
        // A12 changes every four dots at most, and for all tiles between the first and the last alike.
        long origin = _clock - _dot;
        int start = (int)Math.Max(first, _watchedTo - origin);
        if (_backgroundTable == 0 && end <= HorizontalReloadDot)
        {
            if (start < end)
            {
                SetA12(false, origin + start);
            }

            return;
        }

        for (int dot = start; dot < end; dot = (dot - 1 | 3) + 2)
        {
            SetA12((dot - 1 & 4) != 0 && IsFetchHigh(dot, slots), origin + dot);
            int last = Math.Min(end - 1, 256) - 1 & ~7 | 1;
            if ((dot & 7) == 1 && dot > start && last > dot)
            {
                dot = last;
                _a12FellAt = _backgroundTable != 0 ? origin + dot : _a12FellAt;
            }
        }
    }

    /// <summary>Whether the pattern that is fetched by these dots of a visible line lies in table 1.</summary>
    private bool IsFetchHigh(int dot, int slots) =>
        dot is > 256 and <= 320 ? (slots >> (dot - 257 >> 3) & 1) != 0 : dot <= 336 && _backgroundTable != 0;

    private void WatchDot()
    {
        if (_dot != 0 || !IsFetching)
        {
            SetA12(IsA12HighOn(_dot), _clock);
        }
    }

    private bool IsA12HighOn(int dot)
    {
        if (!IsFetching)
        {
            return IsA12HighInV;
        }

        // Of eight dots, the first four fetch from a nametable and the others from a pattern table.
        bool pattern = (dot - 1 & 4) != 0 && dot is > 0 and <= 336;
        return pattern && (dot is > 256 and <= 320 ? IsSpriteHigh(_secondary[(dot - 257 >> 3) * 4 + 1]) : _backgroundTable != 0);
    }

    private bool IsSpriteHigh(int tile) => _tallSprites ? (tile & 1) != 0 : _spriteTable != 0;

    /// <summary>A whole visible line, or what is left of the pre-render line.</summary>
    private void WatchLine()
    {
        long origin = _clock - _dot;
        if (!_rendering)
        {
            SetA12(IsA12HighInV, _clock);
            return;
        }

        if (_watchedTo > _clock && _line != PreRenderLine)
        {
            WatchDots(1, DotsPerLine, SlotsOnLine(_line));
            return;
        }

        WatchBackground(origin);
        WatchLineEnd();
    }

    /// <summary>Dots 257-340 of a line that fetches what it should.</summary>
    private void WatchLineEnd()
    {
        long origin = _clock - _dot;
        if (_watchedTo > _clock && _line != PreRenderLine)
        {
            WatchDots(HorizontalReloadDot, DotsPerLine, SlotsOnLine(_line));
            return;
        }

        if (_line == PreRenderLine || !_tallSprites)
        {
            WatchSprites(origin);
        }
        else
        {
            WatchSpritesInRange(origin);
        }

        WatchPrefetch(origin);
    }

    /// <summary>Whole visible lines, of which those between the first and the last are alike but for their sprites.</summary>
    private void WatchLines(int count)
    {
        int start = _line, last = _line + count - 1;
        long clock = _clock;
        WatchLine();
        NextWatchedLine();
        if (_line < last && TryPassLines(last))
        {
            _clock += (long)(last - _line) * DotsPerLine;
            _line = last;
            _a12FellAt = _backgroundTable != 0 ? _clock - DotsPerLine + 337 : _a12FellAt;
        }

        for (; _line <= last; NextWatchedLine())
        {
            WatchLine();
        }

        _line = start;
        _clock = clock;
    }

    private void NextWatchedLine()
    {
        _line++;
        _clock += DotsPerLine;
    }

    /// <summary>Clocks the board for whole lines at once, unless it would raise its interrupt there. The line before was undisturbed.</summary>
    private bool TryPassLines(int end)
    {
        // The line after them tells when A12 fell last.
        int background = _backgroundTable != 0 ? 256 : 0, slots = SlotsOnLine(end);
        if (!_rendering || _watchedTo > _clock || _tallSprites && background + slots == 0)
        {
            return false;
        }

        if (!_tallSprites)
        {
            return _board.TryPassClocks((end - _line) * ClocksOfLine[background | slots]);
        }

        FindLineClocks();
        return _board.TryPassClocks(_clocksBefore[end] - _clocksBefore[_line]);
    }

    // 1-256: after the first rise the line is never low for more than four dots.
    private void WatchBackground(long origin)
    {
        int dot = Math.Max(_dot, 1);
        bool pattern = (dot - 1 & 4) != 0;
        if (!pattern || _backgroundTable == 0)
        {
            SetA12(false, origin + dot);
        }

        if (_backgroundTable != 0)
        {
            SetA12(true, origin + (pattern ? dot : (dot - 1 | 3) + 2));
            SetA12(false, origin + 257);
        }
    }

    // 257-320: with tall sprites each tile names its own table.
    private void WatchSprites(long origin)
    {
        SetA12(false, origin + 257);
        if (!_tallSprites)
        {
            if (_spriteTable != 0)
            {
                SetA12(true, origin + 261);
                SetA12(false, origin + 321);
            }

            return;
        }

        for (int slot = 0; slot < 8; slot++)
        {
            WatchSlot(origin + 257 + 8 * slot, _secondary[slot * 4 + 1]);
        }
    }

    /// <summary>The same from OAM, for a line whose evaluation is skipped. Free places fetch tile $FF.</summary>
    private void WatchSpritesInRange(long origin)
    {
        ulong sprites = _spriteRows[_line];
        SetA12(false, origin + 257);
        for (int slot = 0; slot < 8; slot++)
        {
            int tile = sprites == 0 ? 0xFF : _oam[Bits.TrailingZeroCount(sprites) * 4 + 1];
            sprites &= sprites - 1;
            WatchSlot(origin + 257 + 8 * slot, tile);
        }
    }

    private void WatchSlot(long start, int tile)
    {
        if ((tile & 1) != 0)
        {
            SetA12(true, start + 4);
            SetA12(false, start + 8);
        }
    }

    // 321-340
    private void WatchPrefetch(long origin)
    {
        SetA12(false, origin + 321);
        if (_backgroundTable != 0)
        {
            SetA12(true, origin + 325);
            SetA12(false, origin + 337);
        }
    }
}
