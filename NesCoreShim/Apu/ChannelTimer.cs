namespace NesCoreShim;

/// <summary>
/// The divider that moves a channel's sequencer. Ticks may lie behind: they are all alike until a register changes, so
/// whoever changes one first calls for the ticks that are due. A new period is taken up with the next tick.
/// </summary>
internal struct ChannelTimer
{
    private long _tickAt;

    /// <summary>The cycle of the next tick.</summary>
    public readonly long TickAt => _tickAt;

    public void Start(long cycle) => _tickAt = cycle;

    /// <summary>One tick is done.</summary>
    public void Tick(int period) => _tickAt += period;

    /// <summary>Takes all ticks before a cycle at once.</summary>
    /// <returns>How many there were.</returns>
    public long TakeTicks(long cycle, int period)
    {
        if (_tickAt >= cycle)
        {
            return 0;
        }

        long ticks = (cycle - _tickAt + period - 1) / period;
        _tickAt += ticks * period;
        return ticks;
    }

    public void Sync(ref StateSync s) => s.Sync(ref _tickAt);

    /// <summary>A state may say anything; no tick is further away than the slowest channel's.</summary>
    public void Settle(long cycle)
    {
        const int slowest = 4096;
        if (_tickAt < cycle || _tickAt > cycle + slowest)
        {
            _tickAt = cycle;
        }
    }
}
