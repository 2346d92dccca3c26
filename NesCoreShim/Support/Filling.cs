namespace NesCoreShim;

/// <summary>What memories hold when the power comes on.</summary>
internal static class Filling
{
    /// <summary>Repeats a pattern until memory is full; an empty one is zeros.</summary>
    public static void Fill(Span<byte> memory, ReadOnlySpan<byte> pattern)
    {
        memory.Clear();
        for (int at = 0; at < memory.Length && pattern.Length > 0; at += pattern.Length)
        {
            pattern.Slice(0, Math.Min(pattern.Length, memory.Length - at)).CopyTo(memory.Slice(at));
        }
    }
}
