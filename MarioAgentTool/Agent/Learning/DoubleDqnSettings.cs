namespace MarioAgentTool.Learning;

/// <summary>Every knob of <see cref="DoubleDqn"/>. The defaults cleared 1-1 within 250,000 steps from tiles, on 32 and 64 consoles.</summary>
public sealed record DoubleDqnSettings
{
    /// <summary>The network's shape, online and target alike.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>γ, per agent step. At .99, what is far off drowned what the next jump does, and nothing was learned.</summary>
    public float Discount { get; init; } = 0.97f;

    /// <summary>n: rewards summed before bootstrapping. 3 as in Rainbow.</summary>
    public int NStep { get; init; } = 3;

    /// <summary>Transitions in one update. Large because updates are few: one for 64 steps.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Agent steps, over all environments, between updates.</summary>
    public int LearnEvery { get; init; } = 64;

    /// <summary>Agent steps collected before the first update.</summary>
    public int BurnIn { get; init; } = 5_000;

    /// <summary>Transitions kept, over all environments. About 1 KB each for tiles, 7 KB for pixels.</summary>
    public int ReplayCapacity { get; init; } = 200_000;

    /// <summary>Updates between copies of the online network into the target. (Nature DQN: 10,000 updates of 32; here batches are larger and runs shorter.)</summary>
    public int TargetUpdatePeriod { get; init; } = 500;

    /// <summary>Adam's step size at the beginning.</summary>
    public float LearningRate { get; init; } = 5e-4f;

    /// <summary>Agent steps over which the step size falls to zero; 0 keeps it constant, which suits runs of unknown length.</summary>
    public long LearningRateDecay { get; init; }

    /// <summary>Adam's ε. PyTorch's default.</summary>
    public float AdamEpsilon { get; init; } = 1e-8f;

    /// <summary>Largest norm of all gradients together; 0 leaves them alone.</summary>
    public float GradientNorm { get; init; } = 10;

    /// <summary>Where the Huber loss turns from square to straight, in units of reward. 1 as in Nature DQN's clipped error.</summary>
    public float HuberDelta { get; init; } = 1;

    /// <summary>Chance of a random action at step 0.</summary>
    public float EpsilonStart { get; init; } = 1;

    /// <summary>Chance of a random action after the decay.</summary>
    public float EpsilonFinal { get; init; } = 0.02f;

    /// <summary>Agent steps from start to final. Fast decay mattered: long random phases only rehearse the first screen.</summary>
    public long EpsilonDecay { get; init; } = 100_000;

    /// <summary>Refuses values no run could use, naming them.</summary>
    internal void Check()
    {
        Require.Share(Discount, nameof(Discount));
        Require.AtLeast(NStep, 1, nameof(NStep));
        Require.AtLeast(BatchSize, 1, nameof(BatchSize));
        Require.AtLeast(LearnEvery, 1, nameof(LearnEvery));
        Require.AtLeast(TargetUpdatePeriod, 1, nameof(TargetUpdatePeriod));
        Require.AtLeast(ReplayCapacity, BurnIn, $"{nameof(ReplayCapacity)} (below {nameof(BurnIn)} nothing would ever be learned)");
        Require.Share(EpsilonStart, nameof(EpsilonStart));
        Require.Share(EpsilonFinal, nameof(EpsilonFinal));
        Require.Positive(LearningRate, nameof(LearningRate));
        Require.AtLeast(LearningRateDecay, 0, nameof(LearningRateDecay));
        Require.Positive(AdamEpsilon, nameof(AdamEpsilon));
        Require.Positive(HuberDelta, nameof(HuberDelta));
    }
}
