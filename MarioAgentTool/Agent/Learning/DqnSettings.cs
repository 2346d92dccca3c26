using MarioAgentTool.Learning.Returns;

namespace MarioAgentTool.Learning;

/// <summary>What the network says of the return that an action leads to.</summary>
public enum EstimateKind
{
    /// <summary>Its mean: DQN.</summary>
    Mean,

    /// <summary>How likely it is to lie at each of some fixed values: C51 (Bellemare et al., 2017).</summary>
    C51,

    /// <summary>The values that it stays below with given chances: QR-DQN (Dabney et al., 2018).</summary>
    Quantiles,

    /// <summary>The values that it stays below with chances drawn anew each time: IQN (Dabney et al., 2018). The network wants <c>cosines</c>.</summary>
    ImplicitQuantiles,
}

/// <summary>
/// Every knob of <see cref="Dqn"/>. The defaults are Double DQN's, which cleared 1-1 within 250,000 steps from tiles, on 32 and 64
/// consoles. Rainbow is <c>double</c>, a dueling and noisy network, <c>nStep</c> 3, <c>priorityExponent</c> 0.5 and <c>estimate</c> c51.
/// </summary>
public sealed record DqnSettings
{
    /// <summary>The network's shape, online and target alike.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>Whether the online network chooses the next action that the target network prices (van Hasselt et al., 2016).</summary>
    public bool Double { get; init; } = true;

    /// <summary>What the network says of a return.</summary>
    public EstimateKind Estimate { get; init; }

    /// <summary>N: values of C51's support, or quantiles. 51 in Bellemare et al. (2017); Dabney et al. (2018) took 200 quantiles, and 8 drawn anew each time.</summary>
    public int Atoms { get; init; } = 51;

    /// <summary>The lowest return that C51 can tell; −10 as in Rainbow.</summary>
    public float LowestReturn { get; init; } = -10;

    /// <summary>The highest return that C51 can tell; 10 as in Rainbow. (Progress of 0.29 a step at full speed comes to 9.7 at γ = .97.)</summary>
    public float HighestReturn { get; init; } = 10;

    /// <summary>α: the share of the log-policy added to the reward (Vieillard et al., 2020, where it is 0.9); 0 for none of it, and no soft policy either.</summary>
    public float Munchausen { get; init; }

    /// <summary>τ: the temperature of Munchausen's policy, in units of reward. 0.03 as in the paper.</summary>
    public float MunchausenTemperature { get; init; } = 0.03f;

    /// <summary>l₀: the lowest that the scaled log-policy counts as. −1 as in the paper.</summary>
    public float MunchausenFloor { get; init; } = -1;

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

    /// <summary>
    /// A file to keep their frames in, mapped into memory, for replay that memory does not hold; empty for memory. It is scratch: made
    /// when the run begins, taken down when it ends. Checkpoints hold the frames themselves.
    /// </summary>
    public string ReplayFile { get; init; } = "";

    /// <summary>
    /// α of prioritised replay (Schaul et al., 2016): how much a transition's error decides how often it is drawn. 0 draws all alike;
    /// 0.6 in the paper, 0.5 in Rainbow.
    /// </summary>
    public float PriorityExponent { get; init; }

    /// <summary>β of prioritised replay at the beginning: how far weights make up for drawing some more often. 0.4 in the paper and in Rainbow.</summary>
    public float PriorityCorrection { get; init; } = 0.4f;

    /// <summary>Agent steps over which that β grows to 1.</summary>
    public long PriorityCorrectionSteps { get; init; } = 1_000_000;

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

    /// <summary>κ: where the Huber loss turns from square to straight, in units of reward. 1 as in Nature DQN's clipped error; C51 has no use for it.</summary>
    public float HuberDelta { get; init; } = 1;

    /// <summary>Chance of a random action at step 0. (0, and 0 after the decay, leaves exploring to a noisy network.)</summary>
    public float EpsilonStart { get; init; } = 1;

    /// <summary>Chance of a random action after the decay.</summary>
    public float EpsilonFinal { get; init; } = 0.02f;

    /// <summary>Agent steps from start to final. Fast decay mattered: long random phases only rehearse the first screen.</summary>
    public long EpsilonDecay { get; init; } = 100_000;

    /// <summary>What papers call the combination: Rainbow, Double DQN, Munchausen QR-DQN.</summary>
    public string AlgorithmName()
    {
        if (Double && Network.Dueling && Network.Noisy && NStep > 1 && PriorityExponent > 0 && Estimate == EstimateKind.C51)
        {
            return "Rainbow";
        }

        string name = Estimate switch { EstimateKind.C51 => "C51", EstimateKind.Quantiles => "QR-DQN", EstimateKind.ImplicitQuantiles => "IQN", _ => "DQN" };
        return Munchausen > 0 ? $"Munchausen {name}" : Double ? $"Double {name}" : name;
    }

    /// <summary>Refuses values no run could use, naming them.</summary>
    internal void Check()
    {
        Network.Check();
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
        Require.Share(PriorityExponent, nameof(PriorityExponent));
        Require.Share(PriorityCorrection, nameof(PriorityCorrection));
        Require.AtLeast(PriorityCorrectionSteps, 0, nameof(PriorityCorrectionSteps));
        Require.Share(Munchausen, nameof(Munchausen));
        Require.Positive(MunchausenTemperature, nameof(MunchausenTemperature));
        if (Estimate != EstimateKind.Mean)
        {
            Require.AtLeast(Atoms, 2, nameof(Atoms));
        }

        if ((Estimate == EstimateKind.ImplicitQuantiles) != (Network.Cosines > 0))
        {
            throw new ArgumentException(
                $"{nameof(Estimate)} is {Estimate} and {nameof(Network)}.{nameof(Network.Cosines)} {Network.Cosines}; implicit quantiles take cosines (64), and nothing else does.");
        }

        if (!(LowestReturn < HighestReturn))
        {
            throw new ArgumentException($"{nameof(LowestReturn)} is {LowestReturn} and {nameof(HighestReturn)} {HighestReturn}; the lowest has to be less.");
        }

        if (!(MunchausenFloor <= 0))
        {
            throw new ArgumentException($"{nameof(MunchausenFloor)} is {MunchausenFloor}; a log-policy is negative, so take 0 or less.");
        }

        if (Munchausen > 0 && Double)
        {
            throw new ArgumentException($"{nameof(Munchausen)} is {Munchausen} and {nameof(Double)} true; Munchausen weighs all next actions by the target network, so set {nameof(Double)} to false.");
        }
    }

    /// <summary>What a network's outputs say of a return.</summary>
    internal IReturnModel ReturnModel() => Estimate switch
    {
        EstimateKind.C51 => new CategoricalReturn(Atoms, LowestReturn, HighestReturn),
        EstimateKind.Quantiles or EstimateKind.ImplicitQuantiles => new QuantileReturn(Atoms, HuberDelta),
        _ => new MeanReturn(HuberDelta),
    };
}
