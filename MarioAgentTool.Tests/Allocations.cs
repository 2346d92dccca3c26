namespace MarioAgentTool.Tests;

/// <summary>What code allocates on the heap, and not what the runtime allocates beside it now and then.</summary>
internal static class Allocations
{
    private const int Rounds = 6;

    /// <summary>The fewest bytes that any of some rounds allocates. All of them must do the same: what they allocate, each does.</summary>
    public static long Fewest(Action round)
    {
        long fewest = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
