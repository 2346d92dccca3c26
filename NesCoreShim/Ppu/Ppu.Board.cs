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

    // With tall sprites: how many rises of each line's sprite fetches may count. Void when the sprites' rows are.
    private readonly byte[] _lineClocks = new byte[Height];
    private bool _lineClocksKnown;

    private bool _a12;
    private long _a12FellAt;
    private long _boardEventAt = Cpu.Never;

    // Outside rendering the bus shows v.
    private bool IsA12HighInV => (_v.Bits & 0x1000) != 0;

    /// <summary>Brings the PPU up to a write that is about to change what it sees.</summary>
    public void BeforeBanksMove(long cycle)
    {
        CatchUp(cycle);
        _lineReady = false;
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
        if (high == _a12)
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

        WatchBackground(origin);
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

    /// <summary>A dot before which A12 cannot have risen so many times, if nobody touches the registers.</summary>
    private long EarliestClock(int clocks)
    {
        if (_delay != 0 || !IsFetching && IsA12HighInV && !_a12)
        {
            return _clock;
        }

        if (!_rendering)
        {
            return Cpu.Never;
        }

        // After the last line v comes back onto the bus, and its bit 12 may be set.
        long rest = IsFetching ? _clock - _dot + (Height - (_line < Height ? _line : -1)) * DotsPerLine - 1 : Cpu.Never;
        return Math.Min(rest, _tallSprites ? EarliestLineWith(clocks) : EarliestClockByFetches(clocks));
    }

    /// <summary>With tall sprites a line cannot be worse than its tiles, the one we are in not worse than five rises.</summary>
    private long EarliestLineWith(int clocks)
    {
        const int most = 5;
        FindLineClocks();
        int background = _backgroundTable != 0 ? 1 : 0;
        int line = IsFetching ? _line : PreRenderLine;
        bool isUnderWay = IsFetching && _dot != 0;
        int unknown = _oamAddress != 0 ? 2 : 1;
        long origin = IsFetching ? _clock - _dot : _clock + (PreRenderLine - _line) * DotsPerLine - _dot;
        for (int ahead = 0; ; ahead++)
        {
            // The frame's first background fetch rises once more.
            clocks -= background + (line == PreRenderLine || ahead < unknown && (isUnderWay || _oamAddress != 0) ? most + background : _lineClocks[line]);
            if (clocks <= 0)
            {
                return ahead == 0 ? Math.Max(_clock, origin + (background != 0 ? 5 : 261)) : origin + ahead * DotsPerLine - 1 + (background != 0 ? 5 : 261);
            }

            line = line == PreRenderLine ? 0 : line + 1;
            if (line == Height)
            {
                // Vertical blank comes first.
                return Cpu.Never;
            }
        }
    }

    private void FindLineClocks()
    {
        if (_rowsDirty)
        {
            FindSpriteRows();
        }

        if (_lineClocksKnown)
        {
            return;
        }

        _lineClocksKnown = true;
        for (int line = 0; line < Height; line++)
        {
            // Free places fetch tile $FF, from table 1. A rise counts unless the place before was high too.
            ulong sprites = _spriteRows[line];
            bool wasHigh = false;
            int rises = 0;
            for (int slot = 0; slot < 8 && sprites != 0; slot++)
            {
                bool high = (_oam[Bits.TrailingZeroCount(sprites) * 4 + 1] & 1) != 0;
                rises += high && !wasHigh ? 1 : 0;
                wasHigh = high;
                sprites &= sprites - 1;
            }

            _lineClocks[line] = (byte)(rises + (wasHigh ? 0 : 1));
        }
    }

    private long EarliestClockByFetches(int clocks)
    {
        // Rises come at 5 and 325 for the background, from 261 on for sprites.
        bool background = _backgroundTable != 0;
        bool sprites = _spriteTable != 0;
        if (!background && !sprites)
        {
            return Cpu.Never;
        }

        bool resting = !IsFetching;
        int dot = resting ? 0 : _dot;
        long first = _clock + (resting ? (PreRenderLine - _line) * DotsPerLine - _dot : 0) - dot;
        if (background && dot <= 256)
        {
            first += Math.Max(dot, 5);
        }
        else if (sprites && dot <= 261)
        {
            first += Math.Max(dot, 261);
        }
        else if (background && dot <= 336)
        {
            first += Math.Max(dot, 325);
        }
        else
        {
            // On the next line, which may come a dot early.
            first += DotsPerLine - 1 + (background ? 5 : 261);
        }

        // One rise a line, but for the frame's first background fetch.
        return first + (clocks - 1) * (background ? 320L : DotsPerLine) - 1;
    }
}
