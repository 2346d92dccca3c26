namespace NesCoreShim;

// Idle loops: iterations that can change nothing are taken in one stride, to the same cycle.
internal sealed unsafe partial class Cpu
{
    /// <summary>After one round of <c>JMP *</c>: the rounds until the next event, three cycles each.</summary>
    private long SkipJumpToSelf(long cycle)
    {
        long left = _nextEvent - cycle;
        return _skipIdle && left > 0 ? cycle + (left + 2) / 3 * 3 : cycle;
    }

    private long SkipStatusPoll(int loop, long cycle) => cycle;
}
