namespace NesCoreShim;

// $4017: the sequencer that clocks envelopes, sweeps and counters, and raises the frame interrupt.
// https://www.nesdev.org/wiki/APU_Frame_Counter
internal sealed partial class Apu
{
    private bool _fiveSteps, _pendingFiveSteps, _irqInhibited, _frameIrq;
    private int _step;
    private long _sequenceStart, _stepAt, _sequenceResetAt = Cpu.Never, _frameIrqClearAt = Cpu.Never;

    private int[] StepCycles => _fiveSteps ? _timing.FiveStepCycles : _timing.FourStepCycles;

    private long NextFrameIrq
    {
        get
        {
            if (_sequenceResetAt != Cpu.Never)
            {
                return _sequenceResetAt + 1;
            }

            bool silent = _fiveSteps || _irqInhibited || _frameIrq;
            return silent ? Cpu.Never : Math.Max(_stepAt, _sequenceStart + StepCycles[3]) + 1;
        }
    }

    private void ResetFrameCounter(bool power, long cycle)
    {
        // At power-on and reset the chip behaves as if $4017 had been written shortly before the first
        // instruction; a reset keeps the mode. https://www.nesdev.org/wiki/CPU_power_up_state
        if (power)
        {
            _fiveSteps = _pendingFiveSteps = false;
            _irqInhibited = false;
        }

        _frameIrq = false;
        _frameIrqClearAt = Cpu.Never;
        _sequenceResetAt = Cpu.Never;
        _sequenceStart = cycle;
        ResetSequence();
        _sequenceStart = cycle;
        _stepAt = _sequenceStart + StepCycles[0];
    }

    private void WriteFrameCounter(byte value, long cycle)
    {
        _pendingFiveSteps = (value & 0x80) != 0;
        _irqInhibited = (value & 0x40) != 0;
        if (_irqInhibited)
        {
            SetFrameIrq(false, cycle);
        }

        // "If the write occurs during an APU cycle, the effects occur 3 CPU cycles after the $4017 write
        // cycle, and if the write occurs between APU cycles, the effects occurs 4 CPU cycles after."
        _sequenceResetAt = cycle + ((cycle & 1) == 0 ? 4 : 3);
    }

    private void ResetSequence()
    {
        if (_sequenceResetAt != Cpu.Never)
        {
            _fiveSteps = _pendingFiveSteps;
            _sequenceStart = _sequenceResetAt;
            _sequenceResetAt = Cpu.Never;
        }

        _step = 0;
        _stepAt = _sequenceStart + StepCycles[0];
        if (_fiveSteps)
        {
            ClockQuarterFrame(_sequenceStart);
            ClockHalfFrame(_sequenceStart);
        }
    }

    private void Step()
    {
        // Four steps: quarter, half, quarter, IRQ, half and IRQ, IRQ. Five: quarter, half, quarter, -, half, -.
        if (_step is 0 or 1 or 2 or 4)
        {
            ClockQuarterFrame(_stepAt);
        }

        if (_step is 1 or 4)
        {
            ClockHalfFrame(_stepAt);
        }

        // The flag goes up in three cycles running; inhibiting it only takes effect in the last of them, but no
        // interrupt leaves the chip.
        if (_step >= 3 && !_fiveSteps)
        {
            SetFrameIrq(!_irqInhibited || _step < 5, _stepAt);
        }

        _step++;
        if (_step == StepCycles.Length)
        {
            _step = 0;
            _sequenceStart = _stepAt;
        }

        _stepAt = _sequenceStart + StepCycles[_step];
    }

    private void SetFrameIrq(bool flag, long cycle)
    {
        _frameIrq = flag;
        _cpu.SetFrameIrq(flag && !_irqInhibited, cycle);
    }

    private void SyncFrameClocks(ref StateSync s)
    {
        s.Sync(ref _sequenceStart);
        s.Sync(ref _stepAt);
        s.Sync(ref _sequenceResetAt);
        s.Sync(ref _frameIrqClearAt);
    }

    private void SyncFrameCounter(ref StateSync s)
    {
        s.Sync(ref _fiveSteps);
        s.Sync(ref _pendingFiveSteps);
        s.Sync(ref _irqInhibited);
        s.Sync(ref _frameIrq);
        s.Sync(ref _step);
        _step = Math.Min(Math.Max(_step, 0), StepCycles.Length - 1);
    }
}
