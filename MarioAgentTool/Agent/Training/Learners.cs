using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>Makes the learner that settings ask for.</summary>
public static class Learners
{
    // Pixels a frame at full speed.
    private const float RunningPixels = 2.5f;

    // Horizons beyond 1,000 steps are longer than any stage.
    private const float LongestDiscount = 0.999f;

    /// <param name="settings">The run's.</param>
    /// <param name="observation">What a session observes.</param>
    /// <param name="actions">How many actions it offers.</param>
    /// <param name="environments">Consoles that play at once.</param>
    public static ILearner Create(RunSettings settings, ObservationSpec observation, int actions, int environments)
    {
        InputSpec input = InputOf(settings.Environment, observation);
        var seeds = new Seeds(settings.Seed);
        IBackend backend = BackendOf(settings.Compute, settings.ThreadsOrCores);
        try
        {
            return settings.Learner switch
            {
                LearnerKind.Pqn => new Pqn(input, actions, environments, PqnOf(settings), seeds, backend),
                LearnerKind.Dqn => new Dqn(input, actions, environments, settings.Dqn, seeds, backend),
                LearnerKind.ClassicDqn => new ClassicDqn(input, actions, environments, settings.ClassicDqn, seeds, backend),
                _ => throw new SettingsException($"learner {settings.Learner} cannot be made here; expected pqn, dqn or classicDqn."),
            };
        }
        catch (ArgumentException e)
        {
            backend.Dispose();

            // The learner names the setting; which of the sections it stands in is known here.
            throw new SettingsException($"{SettingsFile.SectionOf(settings.Learner)}: {e.Message}");
        }
    }

    /// <summary>Sees whether what settings want networks computed by can be had.</summary>
    /// <exception cref="BackendException">It cannot; the message says what is missing and what adds it.</exception>
    public static void Demand(ComputeSettings compute) => BackendOf(compute, threads: 1).Dispose();

    /// <summary>A copy of the network such a learner has, to ask which inputs a value rests on; it has no weights of the learner's yet.</summary>
    public static InputGradients CreateGradients(RunSettings settings, ObservationSpec observation, int actions)
    {
        InputSpec input = InputOf(settings.Environment, observation);
        return settings.Learner switch
        {
            LearnerKind.Pqn => new InputGradients(input, actions, PqnOf(settings)),
            LearnerKind.Dqn => new InputGradients(input, actions, settings.Dqn),
            _ => new InputGradients(input, actions, settings.ClassicDqn.Network, settings.ClassicDqn.ActingStatistics == ActingStatistics.Running),
        };
    }

    /// <summary>Throws with the name of the first knob of the chosen learner that makes no sense.</summary>
    /// <exception cref="SettingsException">There is one.</exception>
    public static void Check(RunSettings settings) => CreateToPlay(settings with { Threads = 1 }).Dispose();

    /// <summary>What the replay of such a run takes, before there is one; null for an algorithm without.</summary>
    public static ReplaySize? ReplayOf(RunSettings settings)
    {
        var session = new GameSession(settings.Environment, new StartState([], []), new Seeds(settings.Seed).Stream("shape"));
        InputSpec input = InputOf(settings.Environment, session.ObservationSpec);
        return settings.Learner switch
        {
            LearnerKind.Dqn => ReplaySize.Of(settings.Dqn, input, settings.Consoles),
            LearnerKind.ClassicDqn => ReplaySize.Of(settings.ClassicDqn, input),
            _ => null,
        };
    }

    /// <summary>Learning has never heard of environments; the two layouts say the same in their own rooms.</summary>
    internal static InputSpec InputOf(EnvironmentSettings environment, ObservationSpec observation) => new()
    {
        FrameBytes = observation.FrameBytes,
        Stack = observation.Stack,
        SlidesByOne = environment is not { Observation: ObservationKind.Pixels, Pixels.EachFrame: true, FrameSkip: > 1 },
        Signed = observation.Signed,
        Scale = observation.Scale,
        Height = observation.Height,
        Width = observation.Width,
    };

    /// <summary>
    /// What PQN's settings leave to the world: how sticky it is, and what returns can come to. Under our reward nothing is above running for ever and
    /// then the flag, and little below standing still and then death.
    /// </summary>
    private static PqnSettings PqnOf(RunSettings settings)
    {
        PqnSettings pqn = settings.Pqn with { Sticky = settings.Pqn.Sticky ?? settings.Environment.StickyActions };
        RewardSettings reward = settings.Environment.Reward;
        if (reward.Kind != RewardKind.Progress)
        {
            return pqn.Estimate == PqnEstimate.Auto && pqn is { LowestReturn: null, HighestReturn: null } ? pqn with { Estimate = PqnEstimate.Mean } : pqn;
        }

        float running = RunningPixels * settings.Environment.FrameSkip / reward.PixelsPerPoint + Math.Max(0, reward.PerStep);
        float longest = 1 / (1 - Math.Min(Math.Max(pqn.Discount, pqn.DiscountAt(long.MaxValue)), LongestDiscount));
        float highest = running * longest + Math.Max(0, reward.Flag);
        return pqn with
        {
            LowestReturn = pqn.LowestReturn ?? Math.Min(0, reward.Death) * Math.Max(1, pqn.FailureGrowth) + Math.Min(0, reward.PerStep) * longest - highest / 10,
            HighestReturn = pqn.HighestReturn ?? highest,
        };
    }

    /// <summary>Where networks tell values by chances of bins, the middles of these; null where they tell a number, or quantiles.</summary>
    public static ValueBins? BinsOf(RunSettings settings)
    {
        IEstimate? estimate = settings.Learner switch
        {
            LearnerKind.Pqn => PqnOf(settings).Regression(),
            LearnerKind.Dqn => settings.Dqn.ReturnModel(),
            _ => null,
        };
        return estimate switch { Histogram h => h.Values, CategoricalReturn c => c.Values, _ => null };
    }

    private static IBackend BackendOf(ComputeSettings compute, int threads) => Backends.Create(compute.Backend, new BackendOptions(threads, compute.Device, compute.Precision, compute.Frames, compute.FrameShare));

    /// <summary>A learner whose network is only asked, made without a console to look at.</summary>
    public static ILearner CreateToPlay(RunSettings settings)
    {
        var session = new GameSession(settings.Environment, new StartState([], []), new Seeds(settings.Seed).Stream("shape"));
        return CreateToPlay(settings, session.ObservationSpec, session.ActionCount);
    }

    /// <summary>A learner whose network is only asked: without the memory that learning would need, on our own kernels whoever trained it.</summary>
    public static ILearner CreateToPlay(RunSettings settings, ObservationSpec observation, int actions) => Create(
        settings with
        {
            Compute = new(),
            Pqn = settings.Pqn with { RolloutSteps = 1 },
            ClassicDqn = settings.ClassicDqn with { BatchSize = 1, ReplayCapacity = 1 },
            Dqn = settings.Dqn with { BatchSize = 1, BurnIn = 0, ReplayCapacity = settings.Dqn.NStep + 2 * observation.Stack + 1, ReplayFile = "" },
        },
        observation, actions, environments: 1);
}
