using System.Runtime.CompilerServices;

namespace NesCoreShim;

// Idle loops: rounds that can change nothing are taken in one stride, to the same cycle. The commonest are known by
// their shape; any other is watched for a round: if memory, registers and PPUSTATUS are as before, so is the next round.
internal sealed unsafe partial class Cpu
{
    // Longer rounds than this do work, and near an event there is nothing to gain.
    private const int LongestRound = 400;
    private const int WorthwhileCycles = 128;

    // A loop that turned out to do something is left alone for so long.
    private const int RetryCycles = 4000;

    // Where the last jump backwards led, and with which registers.
    private ulong _round;

    private const int RetryPlaces = 256;
    private readonly long[] _watchAgainAt = new long[RetryPlaces];
    private bool _watch;

    // What a watched round has done: anything that leaves traces; and what it saw in PPUSTATUS, or -1.
    private bool _leftTraces;
    private int _statusSeen;

    // The memory that a short round reads, cycle by cycle, and what was on the bus before.
    private const int RoundReads = 32;
    private readonly ushort[] _roundAddress = new ushort[RoundReads];
    private readonly byte[] _roundBus = new byte[RoundReads];
    private int _roundReads;

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

    /// <summary>
    /// After one round of <c>DEX, BNE</c> or one of its kin: the rounds that neither end the loop nor reach the next event,
    /// five cycles each.
    /// </summary>
    private long SkipCountdown(int loop, long cycle, ref int x, ref int y, ref int nz)
    {
        const byte dex = 0xCA, dey = 0x88, inx = 0xE8, iny = 0xC8, bne = 0xD0;
        const int round = 5;
        byte* code = _readPages[loop >> Board.CpuPageShift];
        if (!_skipIdle || code == null || (loop & CpuPageMask) == CpuPageMask || code[loop + 1] != bne)
        {
            return cycle;
        }

        int left = code[loop] switch
        {
            dex => x,
            inx => 256 - x,
            dey => y,
            iny => 256 - y,
            _ => 0,
        };
        int rounds = (int)Math.Min(left - 1, (_nextEvent - cycle) / round - 1);
        if (rounds <= 0)
        {
            return cycle;
        }

        nz = code[loop] switch
        {
            dex => x -= rounds,
            inx => x += rounds,
            dey => y -= rounds,
            _ => y += rounds,
        };
        SkippedCycles += rounds * round;
        return cycle + rounds * round;
    }

    /// <summary>Whether the last jump backwards led to the same place with the same registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSameRound(int pc, int a, int x, int y)
    {
        ulong round = (uint)(pc | a << 16) | (ulong)(uint)(x | y << 8) << 32;
        if (round == _round)
        {
            return true;
        }

        _round = round;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsWorthWatching(int pc, long cycle)
    {
        // Time may have been turned back since the last attempt: longer than the longest wait is none.
        long wait = WatchAgainAt(pc) - cycle;
        _watch = _skipIdle && _nextEvent - cycle >= WorthwhileCycles && wait is <= 0 or > RetryCycles;
        return _watch;
    }

    private ref long WatchAgainAt(int pc) => ref _watchAgainAt[(pc ^ pc >> 8) & RetryPlaces - 1];

    /// <summary>
    /// Runs one round cycle by cycle. If it changed nothing, neither will those that follow: they are skipped until
    /// shortly before the next event, or until PPUSTATUS may change if the round looks there. Rounds that a DMC fetch falls into
    /// are run.
    /// </summary>
    private void WatchRound()
    {
        _watch = false;
        CpuSnapshot before = Snapshot();
        long round = -_cycle;
        bool isIdle = RunRound(before, _apu.NextDmcFetch - DmaGuard);
        round += _cycle;
        bool isReading = _roundReads == round && _statusSeen < 0;
        if (!isIdle)
        {
            WatchAgainAt(before.Pc) = _cycle + RetryCycles;
        }

        while (isIdle)
        {
            long fetch = _apu.NextDmcFetch, until = Math.Min(NextEvent(), fetch);
            if (_statusSeen >= 0)
            {
                until = _ppu.StatusStableUntil(_cycle, Math.Min(until, _ppu.LatchFadesAt));
            }

            // The last round leaves its traces on the bus itself.
            bool meetsFetch = until == fetch;
            long rounds = (until - _cycle) / round - (meetsFetch ? 0 : 1);
            if (rounds > 0)
            {
                _cycle += rounds * round;
                SkippedCycles += rounds * round;
                _pollLag = 0;
                _branchCrossed = false;
            }
            else if (!meetsFetch)
            {
                WatchAgainAt(before.Pc) = _cycle + WorthwhileCycles;
            }

            isIdle = meetsFetch && (TryPassFetch(fetch, (int)round, isReading) || RunRound(before, Never));
        }
    }

    /// <summary>A round that only reads memory, with the sample fetch that falls into it: but for the halt it is like the others.</summary>
    private bool TryPassFetch(long fetch, int round, bool isReading)
    {
        const int longestHalt = 4;
        int at = (int)(fetch - _cycle), left = round - at;
        if (!isReading || at < 0 || !_apu.IsAmidSample || fetch + longestHalt + left >= NextEvent())
        {
            return false;
        }

        _apu.CatchUp(fetch + 1);
        if (_apu.DmcFetchAt != fetch)
        {
            return false;
        }

        byte last = _bus;
        _cycle = fetch;
        _bus = at == 0 ? last : _roundBus[at];
        RunDma(_roundAddress[at]);
        _cycle += left;
        _bus = last;
        _pollLag = 0;
        _branchCrossed = false;
        SkippedCycles += round;
        return true;
    }

    /// <summary>Runs from one place back to it.</summary>
    /// <returns>Whether it changed nothing on the way, and was back before the next event.</returns>
    private bool RunRound(CpuSnapshot before, long end)
    {
        _leftTraces = false;
        _statusSeen = -1;
        _roundReads = 0;
        long start = _cycle;
        do
        {
            _pollLag = 0;
            _branchCrossed = false;
            Execute();

            // An RTI may let an interrupt in that has long been waiting.
            bool unmasked = (_flags & InterruptBit) < (before.P & InterruptBit);
            if (unmasked || _leftTraces || _maskAtPoll >= 0 || _oamDmaPending || _jammed || _cycle - start > LongestRound || _cycle >= Math.Min(NextEvent(), end))
            {
                return false;
            }
        }
        while (_pc != before.Pc || Snapshot() with { Cycle = before.Cycle } != before);

        return true;
    }

    private void NoteRead(int address)
    {
        if (_roundReads < RoundReads)
        {
            _roundAddress[_roundReads] = (ushort)address;
            _roundBus[_roundReads++] = _bus;
        }
    }

    /// <summary>A watched round may read PPUSTATUS, if that gives the same every time and clears nothing.</summary>
    private void NoteRegisterRead(int address, int value)
    {
        const int vblank = 0x80, flags = 0xE0;
        _leftTraces |= address >= 0x4000 || (address & 7) != 2 || (value & vblank) != 0 || _statusSeen >= 0 && _statusSeen != (value & flags);
        _statusSeen = value & flags;
    }
}
