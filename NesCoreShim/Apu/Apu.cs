namespace NesCoreShim;

/// <summary>
/// The 2A03's sound half: five channels, the frame counter, both interrupts, and samples if somebody listens.
/// It lags behind the CPU and counts whole CPU cycles.
/// https://www.nesdev.org/wiki/APU
/// </summary>
internal sealed partial class Apu
{
    private readonly RegionTiming _timing;
    private readonly bool _plain;
    private Cpu _cpu = null!;
    private Pulse _pulse1 = new(onesComplement: true), _pulse2 = new(onesComplement: false);
    private Triangle _triangle;
    private Noise _noise;

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
        _samples = options.SoundRate == 0 ? null : new SampleBuffer(options.SoundRate, timing.CpuCyclesPerSecond);
    }

    /// <summary>The first boundary at which an interrupt may have been raised; never later than the truth.</summary>
    public long NextEvent { get; private set; }

    public void Connect(Cpu cpu) => _cpu = cpu;

    public void Reset(bool power, long cycle)
    {
        if (power)
        {
            _cycle = 0;
            _pulse1 = new Pulse(onesComplement: true);
            _pulse2 = new Pulse(onesComplement: false);
            _triangle = default;
            _noise = default;
            _noise.PowerOn(_timing.NoisePeriods[0]);
            MoveSamplesTo(0);
            _writesApplyAt = Cpu.Never;
            PowerOnDmc();
        }

        // "APU was silenced ($4015 = 0). APU triangle phase is reset to 0 [...]. APU DPCM output ANDed with 1."
        // https://www.nesdev.org/wiki/CPU_power_up_state
        Hear(cycle);
        SetEnabled(0, cycle);
        _triangle.Start(cycle);
        _dmcLevel &= 1;
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
        (_pulse1.Length.IsCounting ? 0x01 : 0) | (_pulse2.Length.IsCounting ? 0x02 : 0)
        | (_triangle.Length.IsCounting ? 0x04 : 0) | (_noise.Length.IsCounting ? 0x08 : 0)
        | (_dmcBytesLeft != 0 ? 0x10 : 0) | (_frameIrq ? 0x40 : 0) | (_dmcIrq ? 0x80 : 0));

    public void WriteRegister(int address, byte value, long cycle)
    {
        CatchUp(cycle + 1);
        Hear(cycle + 1);
        switch (address)
        {
            case >= 0x4000 and <= 0x4003:
                _pulse1.Write(address & 3, value, cycle + 1);
                break;
            case >= 0x4004 and <= 0x4007:
                _pulse2.Write(address & 3, value, cycle + 1);
                break;
            case >= 0x4008 and <= 0x400B:
                _triangle.Write(address & 3, value, cycle + 1);
                break;
            case >= 0x400C and <= 0x400F:
                _noise.Write(address & 3, value, cycle + 1, _timing.NoisePeriods);
                break;
            case >= 0x4010 and <= 0x4013:
                RunDmc(cycle + 1);
                WriteDmc(address, value, cycle);
                Schedule();
                return;
            case 0x4015:
                RunDmc(cycle + 1);
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

    public void SyncClocks(ref StateSync s)
    {
        s.Sync(ref _cycle);
        s.Sync(ref _writesApplyAt);
        SyncFrameClocks(ref s);
        SyncDmcClocks(ref s);
    }

    public void Sync(ref StateSync s)
    {
        if (!s.IsLoading)
        {
            CatchUpChannels(_cycle);
        }

        _pulse1.Sync(ref s);
        _pulse2.Sync(ref s);
        _triangle.Sync(ref s);
        _noise.Sync(ref s);
        SyncFrameCounter(ref s);
        SyncDmc(ref s);
        if (s.IsLoading)
        {
            SettleChannels(_cycle);
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
            && (DmcFetchAt >= 0 && DmcFetchAt < cycle + far || DmcFetchAt == Cpu.Never);

        bool IsSoon(long at) => at > cycle - far && at < cycle + far;
        bool IsSoonOrNever(long at) => at == Cpu.Never || IsSoon(at);
    }

    private void SetEnabled(byte value, long cycle)
    {
        _triangle.CatchUp(cycle + 1);
        _pulse1.Length.SetEnabled((value & 0x01) != 0);
        _pulse2.Length.SetEnabled((value & 0x02) != 0);
        _triangle.Length.SetEnabled((value & 0x04) != 0);
        _noise.Length.SetEnabled((value & 0x08) != 0);
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

            if (_samples is not null)
            {
                // Listeners want the DMC's steps in their place.
                RunDmc(next);
                Hear(next);
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
                _triangle.CatchUp(next);
                _pulse1.Length.ApplyWrites();
                _pulse2.Length.ApplyWrites();
                _triangle.Length.ApplyWrites();
                _noise.Length.ApplyWrites();
                _writesApplyAt = Cpu.Never;
            }
        }

        RunDmc(cycle);
        Schedule();
    }

    private void Schedule()
    {
        long frame = Math.Min(Math.Min(_stepAt, _sequenceResetAt), Math.Min(_writesApplyAt, _frameIrqClearAt));
        _workAt = Math.Min(frame, DmcIsIdle ? Cpu.Never : Math.Min(DmcWorkAt, _dmcStopAt));
        NextEvent = Math.Min(NextFrameIrq, _frameIrqClearAt + 1);
    }
}
