namespace MarioAgentTool.Support;

/// <summary>
/// One seed makes a run. Every consumer draws from a stream of its own name, so that one more draw in exploration leaves
/// replay sampling unchanged.
/// </summary>
public sealed class Seeds(ulong seed)
{
    /// <summary>The run's seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>The stream of that name, from its beginning.</summary>
    /// <param name="name">What draws from it: "explore", "replay", "weights"…</param>
    /// <param name="index">Which of several alike: the number of the console, say.</param>
    public RandomStream Stream(string name, int index = 0)
    {
        // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) over the name, then the index and the seed.
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        hash = (hash ^ (uint)index) * 0x100000001B3;
        return new RandomStream(hash ^ (Seed * 0x9E3779B97F4A7C15));
    }
}
