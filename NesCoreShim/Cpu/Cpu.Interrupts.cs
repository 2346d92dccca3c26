namespace NesCoreShim;

// Interrupts: when the lines are sampled, when they are polled, and the seven-cycle sequence.
// https://www.nesdev.org/wiki/CPU_interrupts
internal sealed unsafe partial class Cpu
{
    private enum Interrupt
    {
        None,
        Nmi,
        Irq,
        Reset,
    }

    // The cycle at whose end the NMI edge was latched; it stays until an NMI is taken.
    private long _nmiAt = Never;

    // The first cycle at whose end each IRQ source was asserted, and the earliest of them: the line is
    // the OR of all. _irqLastHigh is the last cycle at whose end the line was seen before it dropped.
    private long _irqFrame = Never, _irqDmc = Never, _irqBoard = Never, _irqSince = Never;
    private long _irqLastHigh = -1;

    private Interrupt _pending;

    // 1 after a taken branch without page crossing, which polls one cycle earlier than other instructions.
    private int _pollLag;

    // A taken branch across a page polls twice: an IRQ seen by the first poll is taken even if it is gone by the second.
    private bool _branchCrossed;

    // CLI, SEI and PLP change I after the poll of their own instruction: the mask that poll still sees.
    private int _maskAtPoll = -1;

    /// <summary>The PPU's NMI output rose; the edge is latched at the end of that cycle.</summary>
    public void RaiseNmi(long cycle)
    {
        if (_nmiAt == Never)
        {
            _nmiAt = cycle;
            _nextEvent = 0;
        }
    }

    /// <summary>The PPU's NMI output fell during a cycle: an edge not yet sampled never happened.</summary>
    public void DropNmi(long cycle)
    {
        if (_nmiAt != Never && _nmiAt >= cycle)
        {
            _nmiAt = Never;
        }
    }

    public void SetFrameIrq(bool asserted, long cycle) => SetIrq(ref _irqFrame, asserted, cycle);

    public void SetDmcIrq(bool asserted, long cycle) => SetIrq(ref _irqDmc, asserted, cycle);

    public void SetBoardIrq(bool asserted, long cycle)
    {
        if (!asserted)
        {
            // What the line was like just before depends on the other sources.
            _apu.CatchUp(cycle + 1);
        }

        SetIrq(ref _irqBoard, asserted, cycle);
    }

    /// <summary>Something may happen sooner than foretold when this run of instructions began.</summary>
    public void NoteEvent(long boundary) => _nextEvent = Math.Min(_nextEvent, boundary);

    private void SetIrq(ref long source, bool asserted, long cycle)
    {
        if (asserted == (source != Never))
        {
            return;
        }

        if (!asserted && _irqSince < cycle)
        {
            _irqLastHigh = cycle - 1;
        }

        source = asserted ? cycle : Never;
        _irqSince = Math.Min(Math.Min(_irqFrame, _irqDmc), _irqBoard);
        _nextEvent = 0;
    }

    /// <summary>Decides, after an instruction, which interrupt replaces the next one.</summary>
    private void PollInterrupts()
    {
        // The lines are polled at the end of the second-to-last cycle; _cycle - 1 was the last one.
        long polled = _cycle - 2 - _pollLag;
        int mask = _maskAtPoll >= 0 ? _maskAtPoll : _flags & InterruptBit;
        bool seenBefore = _branchCrossed && _irqLastHigh >= _cycle - 4;
        _pollLag = 0;
        _maskAtPoll = -1;
        _branchCrossed = false;
        if (_nmiAt <= polled)
        {
            _pending = Interrupt.Nmi;
        }
        else if (mask == 0 && (_irqSince <= polled || _irqLastHigh == polled || seenBefore))
        {
            _pending = Interrupt.Irq;
        }
    }

    private void ServiceInterrupt()
    {
        Interrupt interrupt = _pending;
        _pending = Interrupt.None;
        if (_jammed && interrupt != Interrupt.Reset)
        {
            return;
        }

        // What a loop waits for may have come.
        _round = 0;
        ReadExact(_pc);
        ReadExact(_pc);
        if (interrupt == Interrupt.Reset)
        {
            // The pushes of a reset are reads: the stack pointer moves, memory does not change.
            for (int i = 0; i < 3; i++)
            {
                ReadExact(0x100 | _s);
                _s = _s - 1 & 0xFF;
            }

            JumpThrough(ResetVector);
            return;
        }

        PushReturn(0);

        // Nothing but an interrupt leads to its handler, which may be worth compiling.
        MeetsCode(_pc);
    }

    /// <summary>BRK after its opcode fetch: the padding byte is read and skipped.</summary>
    private void Break()
    {
        Fetch();
        PushReturn(BreakBit);
    }

    private void PushReturn(int breakBit)
    {
        Push(_pc >> 8);
        Push(_pc);

        // The vector is chosen now: an NMI that has arrived by this cycle hijacks a BRK or an IRQ.
        // https://www.nesdev.org/wiki/CPU_interrupts#Interrupt_hijacking
        CatchUpChips();
        bool nmi = _nmiAt < _cycle;
        if (nmi)
        {
            _nmiAt = Never;
        }

        Push(StatusWithoutBreak | breakBit);
        JumpThrough(nmi ? NmiVector : IrqVector);
    }

    private void JumpThrough(int vector)
    {
        _flags |= InterruptBit;
        int low = ReadExact(vector);
        _pc = low | ReadExact(vector + 1) << 8;
    }
}
