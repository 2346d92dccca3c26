namespace NesCoreShim;

/// <summary>
/// Silences a channel when it has counted down. A write to its registers takes effect a cycle late, after
/// a clock in that same cycle; a reload then yields to the clock.
/// https://www.nesdev.org/wiki/APU_Length_Counter
/// </summary>
internal struct LengthCounter
{
    private byte _count;
    private byte _countAtWrite;
    private byte _reload;
    private bool _enabled;
    private bool _halt;
    private bool _haltWritten;

    private static ReadOnlySpan<byte> Lengths =>
    [
        10, 254, 20, 2, 40, 4, 80, 6, 160, 8, 60, 10, 14, 12, 26, 14,
        12, 16, 24, 18, 48, 20, 96, 22, 192, 24, 72, 26, 16, 28, 32, 30,
    ];

    public readonly bool IsCounting => _count != 0;

    public void SetEnabled(bool enabled)
    {
        _enabled = enabled;
        if (!enabled)
        {
            _count = 0;
        }
    }

    public void WriteHalt(bool halt) => _haltWritten = halt;

    public void WriteLength(byte value)
    {
        if (_enabled)
        {
            _reload = Lengths[value >> 3];
            _countAtWrite = _count;
        }
    }

    /// <summary>The cycle after a write has been clocked: the written values take over.</summary>
    public void ApplyWrites()
    {
        _halt = _haltWritten;
        if (_reload != 0)
        {
            if (_count == _countAtWrite)
            {
                _count = _reload;
            }

            _reload = 0;
        }
    }

    public void Clock()
    {
        if (_count != 0 && !_halt)
        {
            _count--;
        }
    }

    public void Sync(ref StateSync s)
    {
        s.Sync(ref _count);
        s.Sync(ref _countAtWrite);
        s.Sync(ref _reload);
        s.Sync(ref _enabled);
        s.Sync(ref _halt);
        s.Sync(ref _haltWritten);
    }
}
