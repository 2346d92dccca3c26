namespace NesCoreShim;

// When a board that counts rises of A12 may next raise its interrupt: lines that are still to come, followed by the tables they will fetch from.
internal sealed unsafe partial class Ppu
{
    // How often an undisturbed line clocks the board, by the tables that it fetches from: see DotOfClock.
    private static readonly byte[] ClocksOfLine = CountClocks();

    // With tall sprites: which places of each line fetch from table 1, the first in bit 0. Void when the sprites' rows are.
    private readonly byte[] _lineSlots = new byte[Height];
    private bool _lineSlotsKnown;

    // And how often the lines before each one clock the board, if the background is fetched from this table.
    private readonly short[] _clocksBefore = new short[Height + 1];
    private int _clocksKnownFor = -1;

    // The same of the line under way, by the dot that it began with.
    private long _slotsKnownFor = -1;
    private int _slotsOfThisLine;

    /// <summary>A dot before which A12 cannot have risen so many times, if nobody touches the registers.</summary>
    private long EarliestClock(int clocks)
    {
        if (_maskDelay != 0 || !IsFetching && (_delay != 0 || IsA12HighInV && !_a12))
        {
            return _clock;
        }

        if (!_rendering)
        {
            return Cpu.Never;
        }

        // After the last line v comes back onto the bus, and its bit 12 may be set.
        bool preRender = !IsFetching || _line == PreRenderLine;
        long origin = IsFetching ? _clock - _dot : _clock + (PreRenderLine - _line) * DotsPerLine - _dot;
        int line = preRender ? 0 : _line + 1;
        long next = origin + DotsPerLine - (preRender ? 1 : 0);
        long rest = next + (Height - line) * DotsPerLine - 1;

        // The line we are in may have begun otherwise than it will end. All that follow are alike but for their sprites.
        long dot = RehearseLine(origin, preRender, ref clocks);
        if (clocks == 0)
        {
            return Math.Min(dot, rest);
        }

        int background = _backgroundTable != 0 ? 256 : 0;
        if (!_tallSprites)
        {
            int pattern = background | (_spriteTable != 0 ? 0xFF : 0), perLine = ClocksOfLine[pattern];
            int lines = perLine == 0 ? Height : (clocks - 1) / perLine;
            return Math.Min(rest, next + (long)lines * DotsPerLine + DotOfClock(pattern, clocks - lines * perLine));
        }

        FindLineClocks();
        int wanted = _clocksBefore[line] + clocks;
        if (_clocksBefore[Height] < wanted)
        {
            return rest;
        }

        int first = line, last = Height - 1;
        while (first < last)
        {
            int middle = first + last >> 1;
            (first, last) = _clocksBefore[middle + 1] < wanted ? (middle + 1, last) : (first, middle);
        }

        return Math.Min(rest, next + (long)(first - line) * DotsPerLine + DotOfClock(background | _lineSlots[first], wanted - _clocksBefore[first]));
    }

    /// <summary>Takes the clocks of what is left of this line, or of the coming pre-render line, off the count.</summary>
    /// <returns>The dot of the last one, if they were enough.</returns>
    private long RehearseLine(long origin, bool preRender, ref int clocks)
    {
        bool a12 = _a12;
        long fellAt = _a12FellAt;
        int slots = !_tallSprites ? _spriteTable != 0 ? 0xFF : 0
            : preRender || _dot > HorizontalReloadDot ? SlotsFromSecondary() : SlotsOfThisLine(origin);

        // A12 can change every four dots.
        int first = IsFetching ? (int)Math.Max(Math.Max(_dot, 1), _watchedTo - origin) : 1;
        const int longBefore = HorizontalReloadDot - 16;
        if (_backgroundTable == 0 && !_tallSprites && first <= longBefore)
        {
            // The sprites' first pattern is the only rise that counts.
            return _spriteTable != 0 && --clocks == 0 ? origin + 261 : 0;
        }

        for (int dot = first; dot <= 337; dot = (dot - 1 | 3) + 2)
        {
            bool high = (dot - 1 & 4) != 0 && IsFetchHigh(dot, slots);
            if ((dot & 7) == 1 && dot > first && dot < 249)
            {
                // All tiles but the first are alike.
                fellAt = a12 ? origin + dot : fellAt;
                a12 = false;
                dot = 249;
                fellAt = _backgroundTable != 0 ? origin + dot : fellAt;
                continue;
            }

            if (high == a12)
            {
                continue;
            }

            a12 = high;
            if (!high)
            {
                fellAt = origin + dot;
            }
            else if (origin + dot - fellAt >= A12LowDots && --clocks == 0)
            {
                return origin + dot;
            }
        }

        // The next line's first pattern fetch counts only if this line has not made A12 rise at its end.
        long next = origin + DotsPerLine + 5;
        return _backgroundTable != 0 && !a12 && next - fellAt >= A12LowDots && --clocks == 0 ? next - 1 : 0;
    }

    private int SlotsFromSecondary() => _tallSprites ? SlotsInSecondary() : _spriteTable != 0 ? 0xFF : 0;

    private int SlotsInSecondary()
    {
        int slots = 0;
        for (int slot = 0; slot < 8; slot++)
        {
            slots |= (_secondary[slot * 4 + 1] & 1) << slot;
        }

        return slots;
    }

    /// <summary>Which of the eight places of a line that is being evaluated will fetch from table 1, the first in bit 0.</summary>
    private int SlotsOfThisLine(long origin)
    {
        if (_slotsKnownFor == origin)
        {
            return _slotsOfThisLine;
        }

        _slotsKnownFor = origin;
        if (_oamAddress == 0 && (_dot == 0 || _evaluationOwedFrom == 1))
        {
            FindLineSlots();
            return _slotsOfThisLine = _lineSlots[_line];
        }

        // The evaluation itself tells.
        SettleEvaluation();
        Evaluation before = KeepEvaluation();
        for (int dot = Math.Max(_dot, 1); dot <= 256; dot++)
        {
            EvaluateDot(dot);
        }

        _slotsOfThisLine = SlotsInSecondary();
        PutBack(before);
        return _slotsOfThisLine;
    }

    private void FindLineSlots()
    {
        if (_rowsDirty)
        {
            FindSpriteRows();
        }

        if (_lineSlotsKnown)
        {
            return;
        }

        _lineSlotsKnown = true;
        _clocksKnownFor = -1;
        for (int line = 0; line < Height; line++)
        {
            if (line > 0 && _spriteRows[line] == _spriteRows[line - 1])
            {
                _lineSlots[line] = _lineSlots[line - 1];
                continue;
            }

            // Free places fetch tile $FF, from table 1.
            int slots = 0xFF;
            ulong sprites = _spriteRows[line];
            for (int slot = 0; slot < 8 && sprites != 0; slot++, sprites &= sprites - 1)
            {
                slots ^= (~_oam[Bits.TrailingZeroCount(sprites) * 4 + 1] & 1) << slot;
            }

            _lineSlots[line] = (byte)slots;
        }
    }

    private void FindLineClocks()
    {
        FindLineSlots();
        if (_clocksKnownFor == _backgroundTable)
        {
            return;
        }

        _clocksKnownFor = _backgroundTable;
        int background = _backgroundTable != 0 ? 256 : 0, clocks = 0;
        for (int line = 0; line < Height; line++)
        {
            clocks += ClocksOfLine[background | _lineSlots[line]];
            _clocksBefore[line + 1] = (short)clocks;
        }
    }

    /// <summary>The dot of a line's clock, the first being 1; the pattern is the line's eight places, and 256 for the background.</summary>
    private static int DotOfClock(int pattern, int clock)
    {
        // A rise counts 12 dots after the fall or more, not 4: one place must have been low, or the background.
        bool background = pattern >= 256, wasHigh = background;
        for (int slot = 0; slot < 8; slot++)
        {
            bool high = (pattern >> slot & 1) != 0;
            if (high && !wasHigh && --clock == 0)
            {
                return 261 + 8 * slot;
            }

            wasHigh = high;
        }

        return background && !wasHigh && --clock == 0 ? 325 : 0;
    }

    private static byte[] CountClocks()
    {
        var counts = new byte[512];
        for (int pattern = 0; pattern < counts.Length; pattern++)
        {
            while (DotOfClock(pattern, counts[pattern] + 1) != 0)
            {
                counts[pattern]++;
            }
        }

        return counts;
    }
}
