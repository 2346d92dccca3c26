namespace NesCoreShim;

// Time: which events end a run of instructions, and what is decided between two instructions.
internal sealed unsafe partial class Cpu
{
    // An instruction that begins so long before a DMC fetch might meet it, and runs cycle by cycle; the longest take 8 cycles.
    private const int DmaGuard = 7;

    // Where RunTo stops; idle loops are not skipped beyond it.
    private long _stopAt = Never;

    private readonly bool _skipIdle;

    /// <summary>
    /// Runs to the first instruction boundary at which the PPU has entered vertical blank (line 241, dot 1
    /// is done). The vblank NMI, if enabled, has been noticed but not yet taken.
    /// </summary>
    public void RunToVBlank()
    {
        do
        {
            RunToEvent();
        }
        while (!_ppu.TakeFrameEnd());
    }

    /// <summary>Runs to the first instruction boundary at or after a cycle, wherever the PPU may be.</summary>
    public void RunTo(long cycle)
    {
        _stopAt = cycle;
        while (_cycle < cycle)
        {
            RunToEvent();
            _ppu.TakeFrameEnd();
        }

        _stopAt = Never;
    }

    private void RunToEvent()
    {
        if (_oamDmaPending)
        {
            RunDma(_pc);
        }

        if (_pending != Interrupt.None)
        {
            ServiceInterrupt();
        }

        RunInstructions();
        CatchUpChips();
        PollInterrupts();
    }

    private void RunInstructions()
    {
        if (_plain || Tracer is not null)
        {
            // The reference: one instruction at a time, nothing foretold.
            Tracer?.Invoke(Snapshot());
            if (_jammed)
            {
                _cycle++;
            }
            else
            {
                Execute();
            }

            return;
        }

        if (_jammed)
        {
            _cycle = Math.Max(_cycle + 1, Math.Min(Math.Min(_ppu.NextEvent, _apu.NextEvent), _stopAt));
            return;
        }

        _nextEvent = NextEvent();

        long fetch = _apu.NextDmcFetch - DmaGuard;
        if (_cycle < fetch)
        {
            _nextEvent = Math.Min(_nextEvent, fetch);
            RunFast();
            if (_watch)
            {
                WatchRound();
            }
        }
        else
        {
            ExecuteNearFetch();
        }
    }

    /// <summary>One instruction, cycle by cycle if it may meet the fetch.</summary>
    private void ExecuteNearFetch()
    {
        // A branch takes two cycles more at most, and other instructions one.
        byte* code = _readPages[_pc >> Board.CpuPageShift];
        if (code != null && _cycle + _opcodes[code[_pc] + 512] + 2 <= _apu.NextDmcFetch)
        {
            _nextEvent = _cycle;
            ExecuteFast();
        }
        else
        {
            Execute();
        }
    }

#if NETSTANDARD2_0
    private void RunFast() => ExecuteFast();

    private static bool MeetsCode(int pc) => false;
#endif

    /// <summary>The first cycle count at which the chips or the interrupt lines may want attention.</summary>
    private long NextEvent()
    {
        long next = Math.Min(Math.Min(_ppu.NextEvent, _apu.NextEvent), _stopAt);

        // A line seen at the end of cycle n is acted on after the instruction whose last cycle is n + 1 or later.
        next = Math.Min(next, _nmiAt + 2);
        if ((_flags & InterruptBit) == 0)
        {
            next = Math.Min(next, _irqSince + 2);
        }

        return next;
    }

    private void CatchUpChips()
    {
        if (_plain || _cycle >= _ppu.NextEvent)
        {
            _ppu.CatchUpToBoundary(_cycle);
        }

        if (_plain || _cycle >= _apu.NextEvent)
        {
            _apu.CatchUp(_cycle);
        }
    }
}
