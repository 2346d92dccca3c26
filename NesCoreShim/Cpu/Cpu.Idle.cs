namespace NesCoreShim;

// Idle loops: iterations that can change nothing are taken in one stride, to the same cycle.
internal sealed unsafe partial class Cpu
{
    /// <summary>What was saved since the console was made; no part of its state.</summary>
    public long SkippedCycles { get; private set; }

    /// <summary>After one round of <c>JMP *</c>: the rounds until the next event, three cycles each.</summary>
    private long SkipJumpToSelf(long cycle)
    {
        long left = _nextEvent - cycle;
        if (!_skipIdle || left <= 0)
        {
            return cycle;
        }

        long skipped = (left + 2) / 3 * 3;
        SkippedCycles += skipped;
        return cycle + skipped;
    }

    /// <summary>
    /// After one round of a loop that waits for a PPUSTATUS flag: <c>LDA $2002, AND #flag, BNE/BEQ</c>,
    /// <c>LDA $2002, BPL</c> or <c>BIT $2002, BPL/BVC/BVS</c>. Whole rounds are skipped while the flags cannot
    /// change, but for the last one: it leaves its traces itself.
    /// </summary>
    private long SkipStatusPoll(int loop, long cycle)
    {
        byte* code = _readPages[loop >> Board.CpuPageShift];
        if (!_skipIdle || code == null || (loop & 0x7FF) > 0x7F8 || code[loop + 1] != 0x02 || code[loop + 2] != 0x20)
        {
            return cycle;
        }

        // The round just done may have begun in its middle, so the flags are asked whether they hold the loop. They are
        // as the next read will find them: a vblank flag would fall with that read.
        const byte lda = 0xAD, bit = 0x2C, and = 0x29, bpl = 0x10, bvc = 0x50, bvs = 0x70, bne = 0xD0, beq = 0xF0;
        int flags = _ppu.FlagsIgnoringTime;
        int round = 0;
        if (code[loop] == lda && code[loop + 3] == and)
        {
            int mask = code[loop + 4];
            byte holds = (flags & mask) == 0 ? beq : bne;
            round = (mask & 0x1F) == 0 && code[loop + 5] == holds && code[loop + 6] == 0xF9 ? 9 : 0;
        }
        else if (code[loop] is lda or bit && code[loop + 4] == 0xFB)
        {
            byte holds = (flags & 0x40) == 0 ? bvc : bvs;
            round = code[loop + 3] == bpl || code[loop] == bit && code[loop + 3] == holds ? 7 : 0;
        }

        if (round == 0 || (flags & 0x80) != 0)
        {
            return cycle;
        }

        long stable = _ppu.StatusStableUntil(cycle, _nextEvent);
        long rounds = (stable - cycle) / round - 1;
        if (rounds <= 0)
        {
            return cycle;
        }

        SkippedCycles += rounds * round;
        return cycle + rounds * round;
    }
}
