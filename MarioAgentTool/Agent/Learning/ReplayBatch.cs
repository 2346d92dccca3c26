namespace MarioAgentTool.Learning;

/// <summary>Transitions side by side, for one update. The caller owns the memory and draws into it again and again.</summary>
internal sealed class ReplayBatch(int size, int observationLength)
{
    public int Size { get; } = size;

    /// <summary>s.</summary>
    public Observations States { get; } = new(size, observationLength);

    /// <summary>s', n steps on or where the episode was truncated; zeros after a terminal step.</summary>
    public Observations NextStates { get; } = new(size, observationLength);

    public int[] Actions { get; } = new int[size];

    /// <summary>Σ γᵏ r_k.</summary>
    public float[] Returns { get; } = new float[size];

    /// <summary>What Q(s') counts for: γ to the steps taken, 0 after a terminal step.</summary>
    public float[] Discounts { get; } = new float[size];

    /// <summary>What each loss counts for: 1, unless some are drawn more often than others.</summary>
    public float[] Weights { get; } = Ones(size);

    /// <summary>Where each was drawn from, by prioritised replay.</summary>
    public int[] Places { get; } = new int[size];

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        ones.AsSpan().Fill(1);
        return ones;
    }
}
