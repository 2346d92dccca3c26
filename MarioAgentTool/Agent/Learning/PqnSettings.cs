using MarioAgentTool.Learning.Returns;

namespace MarioAgentTool.Learning;

/// <summary>How <see cref="Pqn"/>'s network tells a value.</summary>
public enum PqnEstimate
{
    /// <summary>As a histogram, where it is known between what bounds returns lie; under another reward than ours as a number.</summary>
    Auto,

    /// <summary>As a number, fitted by squared error: PQN as published.</summary>
    Mean,

    /// <summary>As chances of bins, fitted by cross-entropy: HL-Gauss (Farebrother et al., 2024).</summary>
    Histogram,
}

/// <summary>Every knob of <see cref="Pqn"/>. The defaults, with 64 environments, cleared 1-1 from tiles after 100,000 to 250,000 steps.</summary>
public sealed record PqnSettings
{
    /// <summary>The network's shape. LayerNorm stands in for the target network; without it nothing was learned.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>γ, per agent step, at first. At .99 from the beginning, what is far off drowned what the next jump does: 2-4 was understood much later.</summary>
    public float Discount { get; init; } = 0.97f;

    /// <summary>
    /// Factor by which the horizon, 1/(1 − γ) agent steps, has grown in the end; 1 for never. Default 2, which makes .985 of .97: once it is known what
    /// the next jump does, who looks farther ahead hurries less and falls less.
    /// </summary>
    public float HorizonGrowth { get; init; } = 2;

    /// <summary>Agent steps after which the horizon begins to grow, by as much with each.</summary>
    public long HorizonGrowthFrom { get; init; } = 1_000_000;

    /// <summary>Agent steps after which it has grown.</summary>
    public long HorizonGrowthTo { get; init; } = 2_500_000;

    /// <summary>
    /// Factor by which an ending that costs has become dearer in the end, over the same steps as the horizon grows; 1 for never. Who does not yet know how to go on would rather stand
    /// still than risk a dear ending; who does, learns to take his time where haste kills one time in fifty.
    /// </summary>
    public float FailureGrowth { get; init; } = 1;

    /// <summary>What the network says of a return. Default auto.</summary>
    public PqnEstimate Estimate { get; init; }

    /// <summary>Bins of a histogram. Default 48: 0.7 apart for our reward and the farthest horizon, over which its means are exact to a fraction of that.</summary>
    public int Bins { get; init; } = 48;

    /// <summary>Where a histogram's lowest bin begins; null for what the reward can come to. Returns below count as it.</summary>
    public float? LowestReturn { get; init; }

    /// <summary>Where its highest bin ends; null for what the reward can come to. Returns above count as it.</summary>
    public float? HighestReturn { get; init; }

    /// <summary>
    /// ς: the chance that the environment holds on to the action performed last, which next values then reckon with; null for what it is (sticky
    /// actions), 0 to learn of actions as chosen, as PQN does. On Trail 2-1 it cleared sooner, and was as sturdy.
    /// </summary>
    public float? Sticky { get; init; }

    /// <summary>
    /// λ of Q(λ): how much of a return comes from rewards seen rather than values estimated. Default .8: on Trail 2-4 it cleared sooner than the .65 of
    /// the paper's Atari runs; .9 was no better.
    /// </summary>
    public float Lambda { get; init; } = 0.8f;

    /// <summary>T: steps each environment takes between two rounds of learning. With few environments take more: 64 × 32 steps a round worked.</summary>
    public int RolloutSteps { get; init; } = 32;

    /// <summary>Passes over each rollout. Default 4: where emulation is dearer than learning, what was played is worth looking at twice more than the paper does.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Transitions in one update; a rollout is cut into equal parts no larger than this.</summary>
    public int MinibatchSize { get; init; } = 512;

    /// <summary>RAdam's step size at the beginning. Default 5e-4: at 1e-3 it learned 2-1 as soon, and stayed at 3 of 4 sticky clears where this went on to 9 of 10.</summary>
    public float LearningRate { get; init; } = 5e-4f;

    /// <summary>Agent steps over which the step size falls to zero; 0 keeps it constant. A decay to the run's end steadies the last evaluations.</summary>
    public long LearningRateDecay { get; init; }

    /// <summary>
    /// Agent steps after which the step size has eased to 0.71 of what it was, as 1/√(1 + steps/this); 0 for never. Default a million: what is
    /// found is held on to without a run's end having to be known. Multiplies with <see cref="LearningRateDecay"/>.
    /// </summary>
    public long LearningRateEasing { get; init; } = 1_000_000;

    /// <summary>RAdam's ε. PyTorch's default.</summary>
    public float AdamEpsilon { get; init; } = 1e-8f;

    /// <summary>Largest norm of all gradients together; 0 leaves them alone. 10 as in the paper.</summary>
    public float GradientNorm { get; init; } = 10;

    /// <summary>Chance of a random action at step 0.</summary>
    public float EpsilonStart { get; init; } = 1;

    /// <summary>Chance of a random action after the decay.</summary>
    public float EpsilonFinal { get; init; } = 0.02f;

    /// <summary>Share of the environments, the first ones, that explore more: at least at <see cref="ExplorerEpsilon"/> for ever. After Ape-X (Horgan et al., 2018). Default 0.</summary>
    public float Explorers { get; init; }

    /// <summary>Chance of a random action on those. Default 0.2.</summary>
    public float ExplorerEpsilon { get; init; } = 0.2f;

    /// <summary>Agent steps from start to final. 60,000 to 100,000 worked; 200,000 was slower.</summary>
    public long EpsilonDecay { get; init; } = 80_000;

    /// <summary>Refuses values no run could use, naming them.</summary>
    internal void Check()
    {
        Require.Share(Discount, nameof(Discount));
        Require.Positive(HorizonGrowth, nameof(HorizonGrowth));
        Require.Positive(FailureGrowth, nameof(FailureGrowth));
        Require.AtLeast(HorizonGrowthFrom, 0, nameof(HorizonGrowthFrom));
        Require.AtLeast(HorizonGrowthTo, HorizonGrowthFrom + 1, nameof(HorizonGrowthTo));
        Require.Share(Lambda, nameof(Lambda));
        Require.AtLeast(Bins, 2, nameof(Bins));
        Require.Share(Sticky ?? 0, nameof(Sticky));
        if (!(Lowest < Highest))
        {
            throw new ArgumentException($"{nameof(LowestReturn)} is {Lowest} and {nameof(HighestReturn)} {Highest}; the lowest has to be less.");
        }

        Require.AtLeast(RolloutSteps, 1, nameof(RolloutSteps));
        Require.AtLeast(Epochs, 1, nameof(Epochs));
        Require.AtLeast(MinibatchSize, 1, nameof(MinibatchSize));
        Require.Share(EpsilonStart, nameof(EpsilonStart));
        Require.Share(EpsilonFinal, nameof(EpsilonFinal));
        Require.Share(Explorers, nameof(Explorers));
        Require.Share(ExplorerEpsilon, nameof(ExplorerEpsilon));
        Require.Positive(LearningRate, nameof(LearningRate));
        Require.AtLeast(LearningRateDecay, 0, nameof(LearningRateDecay));
        Require.AtLeast(LearningRateEasing, 0, nameof(LearningRateEasing));
        Require.Positive(AdamEpsilon, nameof(AdamEpsilon));
    }

    /// <summary>γ after so many agent steps.</summary>
    internal float DiscountAt(long step) =>
        (float)(1 - (1 - (double)Discount) / Schedules.Linear(step - HorizonGrowthFrom, 1, HorizonGrowth, HorizonGrowthTo - HorizonGrowthFrom));

    /// <summary>What an ending that costs is multiplied by after so many agent steps.</summary>
    internal float FailureFactorAt(long step) => Schedules.Linear(step - HorizonGrowthFrom, 1, FailureGrowth, HorizonGrowthTo - HorizonGrowthFrom);

    // Where nobody says what returns can come to.
    private float Lowest => LowestReturn ?? -10;

    private float Highest => HighestReturn ?? 10;

    /// <summary>What a network's outputs say of a return.</summary>
    internal IRegression Regression() => Estimate == PqnEstimate.Mean ? new SquaredError() : new Histogram(Bins, Lowest, Highest);
}
