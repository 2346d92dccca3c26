namespace NesCoreShim;

/// <summary>
/// The 2A03's sound half, as far as programs can observe it: length counters, the frame counter, the DMC's
/// memory reader, and both interrupts. It lags behind the CPU and counts whole CPU cycles.
/// https://www.nesdev.org/wiki/APU
/// </summary>
internal sealed partial class Apu
{
    private readonly RegionTiming _timing;
    private readonly bool _plain;
    private Cpu _cpu = null!;
    private LengthCounter _pulse1, _pulse2, _triangle, _noise;

    // Cycles before this one are done.
    private long _cycle;

    // The first cycle at which CatchUp has work; before it, time may pass unobserved.
    private long _workAt;

    // When register writes reach the length counters.
    private long _writesApplyAt = Cpu.Never;

    public Apu(RegionTiming timing, NesOptions options)
    {
        _timing = timing;
        _plain = options.Plain;
    }

    /// <summary>The first boundary at which an interrupt may have been raised; never later than the truth.</summary>
    public long NextEvent { get; private set; }

    public void Connect(Cpu cpu) => _cpu = cpu;

    public void Reset(bool power, long cycle)
    {
        if (power)
        {
            _cycle = 0;
            _pulse1 = _pulse2 = _triangle = _noise = default;
            _writesApplyAt = Cpu.Never;
            PowerOnDmc();
        }

        SetEnabled(0, cycle);
        ResetFrameCounter(power, cycle);
        _dmcIrq = false;
        Schedule();
    }

    /// <summary>Brings every cycle before this one to pass.</summary>
    public void CatchUp(long cycle)
    {
        if (cycle > _workAt)
        {
            Work(cycle);
        }

        if (cycle > _cycle)
        {
            _cycle = cycle;
        }
    }

    public byte ReadStatus(long cycle)
    {
        CatchUp(cycle + 1);
        byte status = PeekStatus(cycle);
        if (_frameIrq && _frameIrqClearAt == Cpu.Never)
        {
            // "Reading this register clears the frame interrupt flag (but not the DMC interrupt flag)": when the next
            // "get" cycle begins.
            _frameIrqClearAt = cycle + ((cycle & 1) == 0 ? 2 : 1);
            Schedule();
        }

        return status;
    }

    public byte PeekStatus(long cycle) => (byte)(
        (_pulse1.IsCounting ? 0x01 : 0) | (_pulse2.IsCounting ? 0x02 : 0)
        | (_triangle.IsCounting ? 0x04 : 0) | (_noise.IsCounting ? 0x08 : 0)
        | (_dmcBytesLeft != 0 ? 0x10 : 0) | (_frameIrq ? 0x40 : 0) | (_dmcIrq ? 0x80 : 0));

    public void WriteRegister(int address, byte value, long cycle)
    {
        CatchUp(cycle + 1);
        switch (address)
        {
            // $4000-$400F: a halt flag in the first register of each channel, a length in the last.
            case 0x4000:
                _pulse1.WriteHalt((value & 0x20) != 0);
                break;
            case 0x4003:
                _pulse1.WriteLength(value);
                break;
            case 0x4004:
                _pulse2.WriteHalt((value & 0x20) != 0);
                break;
            case 0x4007:
                _pulse2.WriteLength(value);
                break;
            case 0x4008:
                _triangle.WriteHalt((value & 0x80) != 0);
                break;
            case 0x400B:
                _triangle.WriteLength(value);
                break;
            case 0x400C:
                _noise.WriteHalt((value & 0x20) != 0);
                break;
            case 0x400F:
                _noise.WriteLength(value);
                break;
            case >= 0x4010 and <= 0x4013:
                WriteDmc(address, value, cycle);
                Schedule();
                return;
            case 0x4015:
                SetEnabled(value, cycle);
                Schedule();
                return;
            case 0x4017:
                WriteFrameCounter(value, cycle);
                Schedule();
                return;
            default:
                return;
        }

        _writesApplyAt = cycle + 1;
        Schedule();
    }

    public void Sync(ref StateSync s)
    {
        s.Sync(ref _cycle);
        _pulse1.Sync(ref s);
        _pulse2.Sync(ref s);
        _triangle.Sync(ref s);
        _noise.Sync(ref s);
        s.Sync(ref _writesApplyAt);
        SyncFrameCounter(ref s);
        SyncDmc(ref s);
        if (s.IsLoading)
        {
            Schedule();
        }
    }

    /// <summary>Whether everything that is due here comes at a time that it can come at, seen from this cycle.</summary>
    public bool IsNear(long cycle)
    {
        // Longer than any sequence.
        const long far = 50_000;
        return IsSoon(_cycle) && IsSoon(_sequenceStart) && IsSoon(_stepAt) && IsSoon(_dmcTickAt)
            && IsSoonOrNever(_sequenceResetAt) && IsSoonOrNever(_writesApplyAt) && IsSoonOrNever(_frameIrqClearAt)
            && IsSoonOrNever(_dmcStopAt) && _dmcFetchNotBefore < cycle + far

            // A processor that has jammed lets the fetch wait for ever.
            && (DmcFetchAt < cycle + far || DmcFetchAt == Cpu.Never);

        bool IsSoon(long at) => at > cycle - far && at < cycle + far;
        bool IsSoonOrNever(long at) => at == Cpu.Never || IsSoon(at);
    }

    private void SetEnabled(byte value, long cycle)
    {
        _pulse1.SetEnabled((value & 0x01) != 0);
        _pulse2.SetEnabled((value & 0x02) != 0);
        _triangle.SetEnabled((value & 0x04) != 0);
        _noise.SetEnabled((value & 0x08) != 0);
        EnableDmc((value & 0x10) != 0, cycle);
    }

    private void Work(long cycle)
    {
        while (true)
        {
            // The units meet only in $4015: the sequencer's events come in order, the DMC's after them.
            long next = Math.Min(Math.Min(_stepAt, _sequenceResetAt), Math.Min(_writesApplyAt, _frameIrqClearAt));
            if (next >= cycle)
            {
                break;
            }

            if (_frameIrqClearAt == next)
            {
                _frameIrqClearAt = Cpu.Never;
                SetFrameIrq(false, next);
            }

            if (_stepAt == next)
            {
                Step();
            }

            if (_sequenceResetAt == next)
            {
                ResetSequence();
            }

            if (_writesApplyAt == next)
            {
                _pulse1.ApplyWrites();
                _pulse2.ApplyWrites();
                _triangle.ApplyWrites();
                _noise.ApplyWrites();
                _writesApplyAt = Cpu.Never;
            }
        }

        RunDmc(cycle);
        Schedule();
    }

    private void Schedule()
    {
        long frame = Math.Min(Math.Min(_stepAt, _sequenceResetAt), Math.Min(_writesApplyAt, _frameIrqClearAt));
        _workAt = Math.Min(frame, DmcIsIdle ? Cpu.Never : Math.Min(_dmcTickAt, _dmcStopAt));
        NextEvent = Math.Min(NextFrameIrq, _frameIrqClearAt + 1);
    }
}
