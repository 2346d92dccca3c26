namespace NesCoreShim;

/// <summary>
/// A square wave of four widths, with a volume envelope and a pitch sweep.
/// https://www.nesdev.org/wiki/APU_Pulse https://www.nesdev.org/wiki/APU_Sweep
/// </summary>
internal struct Pulse(bool onesComplement)
{
    private const int LowestPeriod = 8, HighestPeriod = 0x7FF;

    public LengthCounter Length;

    // "The first pulse channel's adder negates by ones' complement, the second's by two's complement."
    private readonly int _negateExtra = onesComplement ? 1 : 0;

    private Envelope _envelope;
    private ChannelTimer _timer;

    // $4000 bits 6-7; $4002 and $4003
    private byte _duty;
    private int _period;

    // $4001: EPPP NSSS
    private bool _sweepEnabled, _sweepNegate;
    private byte _sweepPeriod, _sweepShift;

    private bool _sweepReload;
    private byte _sweepDivider;
    private byte _position;

    // One byte a width, bit 0 for position 0. The sequencer counts down: the wave is read right to left.
    private static ReadOnlySpan<byte> Waves => [0b1000_0000, 0b1100_0000, 0b1111_0000, 0b0011_1111];

    public readonly long TickAt => _timer.TickAt;

    /// <summary>Whether the output stays 0 wherever the sequencer stands.</summary>
    public readonly bool IsSilent => !Length.IsCounting || IsSweptAway || _envelope.Level == 0;

    public readonly int Output => IsSilent || (Waves[_duty] >> _position & 1) == 0 ? 0 : _envelope.Level;

    // "Two conditions cause the sweep unit to mute the channel", also while it is not enabled.
    private readonly bool IsSweptAway => _period < LowestPeriod || SweepTarget > HighestPeriod;

    private readonly int SweepTarget
    {
        get
        {
            int change = _period >> _sweepShift;
            return _sweepNegate ? Math.Max(0, _period - change - _negateExtra) : _period + change;
        }
    }

    // The timer counts APU cycles.
    private readonly int TickCycles => (_period + 1) * 2;

    /// <param name="register">0-3: the address's low two bits.</param>
    /// <param name="value">What is written.</param>
    /// <param name="cycle">The first cycle that sees it.</param>
    public void Write(int register, byte value, long cycle)
    {
        CatchUp(cycle);
        switch (register)
        {
            case 0:
                _duty = (byte)(value >> 6);
                _envelope.Write(value);
                Length.WriteHalt((value & 0x20) != 0);
                break;
            case 1:
                _sweepEnabled = (value & 0x80) != 0;
                _sweepPeriod = (byte)(value >> 4 & 7);
                _sweepNegate = (value & 0x08) != 0;
                _sweepShift = (byte)(value & 7);
                _sweepReload = true;
                break;
            case 2:
                _period = _period & 0x700 | value;
                break;
            case 3:
                // "The sequencer is immediately restarted [...]. The envelope is also restarted. The period divider is not reset."
                _period = _period & 0xFF | (value & 7) << 8;
                _position = 0;
                _envelope.Restart();
                Length.WriteLength(value);
                break;
        }
    }

    /// <summary>Takes all ticks before a cycle.</summary>
    public void CatchUp(long cycle) => _position = (byte)(_position - _timer.TakeTicks(cycle, TickCycles) & 7);

    public void Tick()
    {
        _position = (byte)(_position - 1 & 7);
        _timer.Tick(TickCycles);
    }

    public void ClockEnvelope() => _envelope.Clock();

    public void ClockSweep(long cycle)
    {
        if (_sweepDivider == 0 && _sweepEnabled && _sweepShift != 0 && !IsSweptAway)
        {
            CatchUp(cycle);
            _period = SweepTarget;
        }

        if (_sweepDivider == 0 || _sweepReload)
        {
            _sweepDivider = _sweepPeriod;
            _sweepReload = false;
        }
        else
        {
            _sweepDivider--;
        }
    }

    public void Sync(ref StateSync s)
    {
        Length.Sync(ref s);
        _envelope.Sync(ref s);
        _timer.Sync(ref s);
        s.Sync(ref _duty);
        s.Sync(ref _period);
        s.Sync(ref _sweepEnabled);
        s.Sync(ref _sweepNegate);
        s.Sync(ref _sweepPeriod);
        s.Sync(ref _sweepShift);
        s.Sync(ref _sweepReload);
        s.Sync(ref _sweepDivider);
        s.Sync(ref _position);
        _duty &= 3;
        _period &= HighestPeriod;
        _sweepShift &= 7;
        _position &= 7;
    }

    public void Settle(long cycle) => _timer.Settle(cycle);
}
