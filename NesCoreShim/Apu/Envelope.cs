namespace NesCoreShim;

/// <summary>
/// A channel's volume: a constant, or a saw tooth from 15 down to 0 clocked by the frame counter.
/// https://www.nesdev.org/wiki/APU_Envelope
/// </summary>
internal struct Envelope
{
    // $4000, $4004, $400C: --LC VVVV
    private bool _loop, _constant;
    private byte _volume;

    private bool _start;
    private byte _divider, _decay;

    public readonly int Level => _constant ? _volume : _decay;

    public void Write(byte value)
    {
        _loop = (value & 0x20) != 0;
        _constant = (value & 0x10) != 0;
        _volume = (byte)(value & 0x0F);
    }

    /// <summary>A write to the channel's last register.</summary>
    public void Restart() => _start = true;

    /// <summary>A quarter of a frame has passed.</summary>
    public void Clock()
    {
        if (_start)
        {
            _start = false;
            _decay = 15;
            _divider = _volume;
        }
        else if (_divider != 0)
        {
            _divider--;
        }
        else
        {
            _divider = _volume;
            _decay = _decay != 0 ? (byte)(_decay - 1) : _loop ? (byte)15 : (byte)0;
        }
    }

    public void Sync(ref StateSync s)
    {
        s.Sync(ref _loop);
        s.Sync(ref _constant);
        s.Sync(ref _volume);
        s.Sync(ref _start);
        s.Sync(ref _divider);
        s.Sync(ref _decay);
        _volume &= 0x0F;
        _decay &= 0x0F;
    }
}
