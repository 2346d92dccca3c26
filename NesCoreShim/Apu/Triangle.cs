namespace NesCoreShim;

/// <summary>
/// Sixteen steps down and sixteen up, all at one volume, gated by two counters.
/// https://www.nesdev.org/wiki/APU_Triangle
/// </summary>
internal struct Triangle
{
    public LengthCounter Length;

    private ChannelTimer _timer;

    // $4008: CRRR RRRR; $400A and $400B
    private bool _control;
    private byte _linearReloadValue;
    private int _period;

    private bool _linearReload;
    private byte _linear, _position;

    public readonly long TickAt => _timer.TickAt;

    /// <summary>Whether the sequencer stands still; it then holds its output.</summary>
    public readonly bool IsHalted => !Length.IsCounting || _linear == 0;

    public readonly int Output => _position < 16 ? 15 - _position : _position - 16;

    private readonly int TickCycles => _period + 1;

    /// <param name="register">0-3: the address's low two bits.</param>
    /// <param name="value">What is written.</param>
    /// <param name="cycle">The first cycle that sees it.</param>
    public void Write(int register, byte value, long cycle)
    {
        CatchUp(cycle);
        switch (register)
        {
            case 0:
                _control = (value & 0x80) != 0;
                _linearReloadValue = (byte)(value & 0x7F);
                Length.WriteHalt(_control);
                break;
            case 2:
                _period = _period & 0x700 | value;
                break;
            case 3:
                _period = _period & 0xFF | (value & 7) << 8;
                _linearReload = true;
                Length.WriteLength(value);
                break;
        }
    }

    /// <summary>Power and reset: the wave stands at its first step.</summary>
    public void Start(long cycle)
    {
        _timer.Start(cycle);
        _position = 0;
    }

    /// <summary>Takes all ticks before a cycle. It must be done before a counter moves.</summary>
    public void CatchUp(long cycle)
    {
        long ticks = _timer.TakeTicks(cycle, TickCycles);
        if (!IsHalted)
        {
            _position = (byte)(_position + ticks & 31);
        }
    }

    public void Tick()
    {
        _position = (byte)(_position + 1 & 31);
        _timer.Tick(TickCycles);
    }

    public void ClockLinear()
    {
        if (_linearReload)
        {
            _linear = _linearReloadValue;
        }
        else if (_linear != 0)
        {
            _linear--;
        }

        _linearReload &= _control;
    }

    public void Sync(ref StateSync s)
    {
        Length.Sync(ref s);
        _timer.Sync(ref s);
        s.Sync(ref _control);
        s.Sync(ref _linearReloadValue);
        s.Sync(ref _period);
        s.Sync(ref _linearReload);
        s.Sync(ref _linear);
        s.Sync(ref _position);
        _period &= 0x7FF;
        _position &= 31;
    }

    public void Settle(long cycle) => _timer.Settle(cycle);
}
