namespace NesCoreShim;

// What is heard. Without a sample buffer the channels' timers are left behind and caught up in closed form when a
// register or a counter changes; with one, every tick is taken in its turn. Both arrive at the same state.
internal sealed partial class Apu
{
    private readonly SampleBuffer? _samples;

    // Ticks before this cycle have been heard.
    private long _heardTo;

    public int SamplesWaiting => _samples?.Count ?? 0;

    public int TakeSamples(Span<short> target) => _samples?.Take(target) ?? 0;

    /// <summary>Makes the samples of all cycles before this one.</summary>
    public void FinishSamples(long cycle)
    {
        if (_samples is not null)
        {
            CatchUp(cycle);
            Hear(cycle);
            _samples.Finish(cycle, all: true);
        }
    }

    /// <summary>Plays on to a cycle, up to which no register and no counter changes.</summary>
    private void Hear(long cycle)
    {
        if (_samples is not null && cycle > _heardTo)
        {
            PlayOn(_samples, cycle);
        }
    }

    private void PlayOn(SampleBuffer samples, long cycle)
    {
        // What is silent need not be followed.
        if (_pulse1.IsSilent)
        {
            _pulse1.CatchUp(cycle);
        }

        if (_pulse2.IsSilent)
        {
            _pulse2.CatchUp(cycle);
        }

        if (_triangle.IsHalted)
        {
            _triangle.CatchUp(cycle);
        }

        if (_noise.IsSilent)
        {
            _noise.CatchUp(cycle);
        }

        long now = _heardTo;
        while (now < cycle)
        {
            samples.Set(now, Mixer.Mix(_pulse1.Output, _pulse2.Output, _triangle.Output, _noise.Output, _dmcLevel));
            long next = Math.Min(Math.Min(_pulse1.TickAt, _pulse2.TickAt), Math.Min(_triangle.TickAt, _noise.TickAt));
            if (next >= cycle)
            {
                break;
            }

            // A tick is heard from its cycle on.
            now = Math.Max(now, next);
            if (_pulse1.TickAt == next)
            {
                _pulse1.Tick();
            }

            if (_pulse2.TickAt == next)
            {
                _pulse2.Tick();
            }

            if (_triangle.TickAt == next)
            {
                _triangle.Tick();
            }

            if (_noise.TickAt == next)
            {
                _noise.Tick();
            }
        }

        _heardTo = cycle;
    }

    /// <summary>A state was loaded, and may say anything.</summary>
    private void SettleChannels(long cycle)
    {
        _pulse1.Settle(cycle);
        _pulse2.Settle(cycle);
        _triangle.Settle(cycle);
        _noise.Settle(cycle);
        MoveSamplesTo(cycle);
    }

    private void MoveSamplesTo(long cycle)
    {
        _samples?.Jump(_heardTo, cycle);
        _heardTo = cycle;
    }

    private void CatchUpChannels(long cycle)
    {
        _pulse1.CatchUp(cycle);
        _pulse2.CatchUp(cycle);
        _triangle.CatchUp(cycle);
        _noise.CatchUp(cycle);
    }

    private void ClockQuarterFrame(long cycle)
    {
        _triangle.CatchUp(cycle);
        _triangle.ClockLinear();
        _pulse1.ClockEnvelope();
        _pulse2.ClockEnvelope();
        _noise.ClockEnvelope();
    }

    private void ClockHalfFrame(long cycle)
    {
        _triangle.CatchUp(cycle);
        _pulse1.Length.Clock();
        _pulse2.Length.Clock();
        _triangle.Length.Clock();
        _noise.Length.Clock();
        _pulse1.ClockSweep(cycle);
        _pulse2.ClockSweep(cycle);
    }
}
