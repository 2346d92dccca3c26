namespace NesCoreShim;

/// <summary>
/// A 15-bit feedback shift register under an envelope.
/// https://www.nesdev.org/wiki/APU_Noise
/// </summary>
internal struct Noise
{
    public LengthCounter Length;

    private Envelope _envelope;
    private ChannelTimer _timer;

    // $400E: M--- PPPP
    private bool _short;
    private int _period;

    private ushort _shift;

    public readonly long TickAt => _timer.TickAt;

    public readonly bool IsSilent => !Length.IsCounting || _envelope.Level == 0;

    public readonly int Output => IsSilent || (_shift & 1) != 0 ? 0 : _envelope.Level;

    /// <param name="register">0-3: the address's low two bits.</param>
    /// <param name="value">What is written.</param>
    /// <param name="cycle">The first cycle that sees it.</param>
    /// <param name="periods">The region's sixteen periods, in CPU cycles.</param>
    public void Write(int register, byte value, long cycle, int[] periods)
    {
        switch (register)
        {
            case 0:
                _envelope.Write(value);
                Length.WriteHalt((value & 0x20) != 0);
                break;
            case 2:
                CatchUp(cycle);
                _short = (value & 0x80) != 0;
                _period = periods[value & 0x0F];
                break;
            case 3:
                _envelope.Restart();
                Length.WriteLength(value);
                break;
        }
    }

    public void PowerOn(int period)
    {
        _short = false;
        _period = period;
        _shift = 1;
        _timer.Start(0);
    }

    /// <summary>Takes all ticks before a cycle.</summary>
    public void CatchUp(long cycle) => _shift = NoiseSequence.Jump(_shift, _short, _timer.TakeTicks(cycle, _period));

    public void Tick()
    {
        _shift = NoiseSequence.Next(_shift, _short);
        _timer.Tick(_period);
    }

    public void ClockEnvelope() => _envelope.Clock();

    public void Sync(ref StateSync s)
    {
        Length.Sync(ref s);
        _envelope.Sync(ref s);
        _timer.Sync(ref s);
        s.Sync(ref _short);
        s.Sync(ref _period);
        s.Sync(ref _shift);
        _period = Math.Min(Math.Max(_period, 1), 4096);
        _shift = (_shift & 0x7FFF) == 0 ? (ushort)1 : (ushort)(_shift & 0x7FFF);
    }

    public void Settle(long cycle) => _timer.Settle(cycle);
}
