namespace MarioAgentTool.Learning;

/// <summary>Which value of the next state a target takes.</summary>
public enum TargetKind
{
    /// <summary>The target network's highest (Mnih et al., 2015).</summary>
    Max,

    /// <summary>The target network's, of the action the online network likes best (van Hasselt et al., 2016).</summary>
    Double,
}

/// <summary>How an error becomes a loss.</summary>
public enum LossKind
{
    /// <summary>Mean of δ²; PyTorch's MSELoss.</summary>
    SquaredError,

    /// <summary>Mean of δ²/2 while |δ| ≤ 1, |δ| − 1/2 beyond; PyTorch's SmoothL1Loss.</summary>
    SmoothL1,
}

/// <summary>What the copies into the target network are counted by.</summary>
public enum SyncUnit
{
    /// <summary>Agent steps: a copy once a step that the period divides has been stored, burn-in or not, before it is learned from.</summary>
    Steps,

    /// <summary>Updates: a copy before the update that follows as many as the period divides, never before the first.</summary>
    Updates,

    /// <summary>Episodes, the first being 0: a copy at the end of each that the period divides.</summary>
    Episodes,
}

/// <summary>What epsilon's decay is counted by.</summary>
public enum EpsilonUnit
{
    /// <summary>Every decision.</summary>
    Steps,

    /// <summary>Every update.</summary>
    Updates,
}

/// <summary>What a network with BatchNorm normalises by when it acts and when it is the target.</summary>
public enum ActingStatistics
{
    /// <summary>The batch's own, as a module that was never put into evaluation mode: when acting, those of the one picture seen.</summary>
    Batch,

    /// <summary>The running ones, as after PyTorch's eval().</summary>
    Running,
}

/// <summary>What a picture's bytes are to the network.</summary>
public enum InputRange
{
    /// <summary>As the observation says: 0 … 1 for pictures.</summary>
    Observation,

    /// <summary>The bytes themselves, 0 … 255.</summary>
    Bytes,
}

/// <summary>How the raised epsilon beyond the frontier behaves.</summary>
public enum FrontierRule
{
    /// <summary>No frontier: epsilon only falls.</summary>
    Off,

    /// <summary>
    /// As the dueling notebook is written: looked at before each decision with the position the last step left, be that of the
    /// episode before; raised for that one decision; at the minimum for all others.
    /// </summary>
    AsCoded,

    /// <summary>As its comments have it: raised once an episode, when this episode passes the frontier, and decaying to its end.</summary>
    AsDescribed,
}

/// <summary>
/// Exploring anew beyond what is known. Once epsilon has decayed to its minimum, an episode that comes further than the frontier
/// has it raised; the frontier itself moves when enough episodes have passed it.
/// </summary>
public sealed record FrontierSettings
{
    /// <summary>How a raise behaves.</summary>
    public FrontierRule Rule { get; init; }

    /// <summary>What epsilon is raised to.</summary>
    public double RaiseTo { get; init; } = 0.5;

    /// <summary>Factor per decision after a raise.</summary>
    public double Decay { get; init; } = 0.998;

    /// <summary>Where the frontier begins, in the environment's unit of position: pixels of the stage.</summary>
    public float Start { get; init; } = 40;

    /// <summary>Episodes beyond the frontier after which it moves to the least far of the last as many.</summary>
    public int Episodes { get; init; } = 25;
}

/// <summary>Every knob of <see cref="ClassicDqn"/>. The defaults are the PyTorch tutorial's.</summary>
public sealed record ClassicDqnSettings
{
    /// <summary>The network's shape, online and target alike.</summary>
    public NetworkSettings Network { get; init; } = new() { LayerNorm = false, Dueling = false };

    /// <summary>What a picture's bytes are to the network.</summary>
    public InputRange InputRange { get; init; }

    /// <summary>Only for networks with BatchNorm.</summary>
    public ActingStatistics ActingStatistics { get; init; }

    /// <summary>Which value of the next state a target takes.</summary>
    public TargetKind Target { get; init; } = TargetKind.Double;

    /// <summary>How an error becomes a loss.</summary>
    public LossKind Loss { get; init; } = LossKind.SmoothL1;

    /// <summary>γ, per agent step.</summary>
    public float Discount { get; init; } = 0.9f;

    /// <summary>Transitions in one update.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The first agent step that may be learned from. (At least one transition is stored by then.)</summary>
    public int BurnIn { get; init; } = 10_000;

    /// <summary>An update follows each agent step that this divides.</summary>
    public int LearnEvery { get; init; } = 3;

    /// <summary>Transitions kept, drawn from uniformly with replacement.</summary>
    public int ReplayCapacity { get; init; } = 100_000;

    /// <summary>What the copies into the target network are counted by.</summary>
    public SyncUnit SyncUnit { get; init; }

    /// <summary>Units between copies of the online network into the target.</summary>
    public int SyncPeriod { get; init; } = 10_000;

    /// <summary>Whether the target network begins as a copy; otherwise with random weights of its own until the first copy.</summary>
    public bool TargetStartsAsCopy { get; init; } = true;

    /// <summary>Adam's step size.</summary>
    public float LearningRate { get; init; } = 2.5e-4f;

    /// <summary>Adam's ε. PyTorch's default.</summary>
    public float AdamEpsilon { get; init; } = 1e-8f;

    /// <summary>Chance of a random action at first.</summary>
    public double EpsilonStart { get; init; } = 1;

    /// <summary>Factor on epsilon, each <see cref="EpsilonUnit"/>. (.99999975: a tenth after 9.2 million.)</summary>
    public double EpsilonDecay { get; init; } = 0.99999975;

    /// <summary>Epsilon never falls below.</summary>
    public double EpsilonMin { get; init; } = 0.1;

    /// <summary>What epsilon's decay is counted by.</summary>
    public EpsilonUnit EpsilonUnit { get; init; }

    /// <summary>Exploring anew beyond what is known.</summary>
    public FrontierSettings Frontier { get; init; } = new();

    /// <summary>Refuses values no run could use, naming them.</summary>
    internal void Check()
    {
        Network.Check();
        Require.Share(Discount, nameof(Discount));
        Require.AtLeast(BatchSize, 1, nameof(BatchSize));
        Require.AtLeast(BurnIn, 0, nameof(BurnIn));
        Require.AtLeast(LearnEvery, 1, nameof(LearnEvery));
        Require.AtLeast(ReplayCapacity, BatchSize, nameof(ReplayCapacity));
        Require.AtLeast(SyncPeriod, 1, nameof(SyncPeriod));
        Require.Positive(LearningRate, nameof(LearningRate));
        Require.Positive(AdamEpsilon, nameof(AdamEpsilon));
        Require.Share((float)EpsilonStart, nameof(EpsilonStart));
        Require.Share((float)EpsilonDecay, nameof(EpsilonDecay));
        Require.Share((float)EpsilonMin, nameof(EpsilonMin));
        Require.Share((float)Frontier.RaiseTo, $"{nameof(Frontier)}.{nameof(Frontier.RaiseTo)}");
        Require.Share((float)Frontier.Decay, $"{nameof(Frontier)}.{nameof(Frontier.Decay)}");
        Require.AtLeast(Frontier.Episodes, 1, $"{nameof(Frontier)}.{nameof(Frontier.Episodes)}");
    }
}
