using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>A named beginning for settings.</summary>
/// <param name="Name">For <c>--preset</c>.</param>
/// <param name="Summary">One line about what it is for.</param>
/// <param name="Settings">The settings.</param>
public sealed record Preset(string Name, string Summary, RunSettings Settings);

/// <summary>The presets, as data: what is known to work, and what comes near two notebooks that many begin with.</summary>
public static class Presets
{
    // Learning from pictures takes hours rather than minutes; an hour shows whether it is on its way.
    private static readonly BudgetSettings AnHour = new() { Minutes = 60 };

    // Nature DQN's network, as the notebooks have it.
    private static readonly NetworkSettings Plain = new() { LayerNorm = false, Dueling = false };

    // Sticky actions in training: on Trail, three seeds each, the run is over after 1.4 to 2.2M frames instead of 1.0 to 1.8M, and
    // what it leaves clears 25 to 33 of 50 sticky episodes instead of 8 to 16.
    private static readonly EnvironmentSettings Sturdy = new() { StickyActions = 0.25f };

    /// <summary>The default first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new("fast", "PQN on 64 consoles, the quickest known way to a clear", new RunSettings { Preset = "fast", Environment = Sturdy }),
        new("double-dqn", "Double DQN with replay", new RunSettings { Preset = "double-dqn", Environment = Sturdy, Learner = LearnerKind.DoubleDqn }),

        // Feng, Subramanian, Wang and Guo, "Train a Mario-playing RL Agent" (PyTorch tutorials, 2020). Departure: its epsilon
        // decays exponentially to .1 at 9.2M steps; a straight line over half of that spends as many random actions.
        new("tutorial", "after PyTorch's Mario tutorial: one console, pictures, two actions; takes many hours", new RunSettings
        {
            Preset = "tutorial",
            Environment = EnvironmentSettings.TutorialNotebook,
            Records = new() { TensorBoard = true, Log = EpisodeLogKind.MetricLogger },
            Consoles = 1,
            Learner = LearnerKind.DoubleDqn,
            DoubleDqn = new DoubleDqnSettings
            {
                Network = Plain,
                Discount = 0.9f,
                NStep = 1,
                BatchSize = 32,
                LearnEvery = 3,
                BurnIn = 10_000,
                ReplayCapacity = 100_000,
                TargetUpdatePeriod = 10_000 / 3,
                LearningRate = 2.5e-4f,
                GradientNorm = 0,
                EpsilonFinal = 0.1f,
                EpsilonDecay = 4_600_000,
            },
            Budget = AnHour,
            AutosaveMinutes = 10,
        }),

        // The dueling notebook's world and knobs. Departures: Double DQN's target for its plain one, Huber for squared error,
        // LayerNorm for BatchNorm (which it never puts into evaluation mode), and a straight line to epsilon .1.
        new("dueling", "after the dueling notebook: one console, 96 x 96 pictures, custom reward; takes many hours", new RunSettings
        {
            Preset = "dueling",
            Environment = EnvironmentSettings.DuelingNotebook,
            Records = new() { TensorBoard = true },
            Consoles = 1,
            Learner = LearnerKind.DoubleDqn,
            DoubleDqn = new DoubleDqnSettings
            {
                Discount = 0.95f,
                NStep = 1,
                BatchSize = 128,
                LearnEvery = 1,
                BurnIn = 128,
                ReplayCapacity = 75_000,
                TargetUpdatePeriod = 25_000,
                LearningRate = 2e-4f,
                GradientNorm = 0,
                EpsilonStart = 0.99f,
                EpsilonFinal = 0.1f,
                EpsilonDecay = 150_000,
            },
            Budget = AnHour,
            CheckpointReplay = false, // It takes 2.8 GB.
            AutosaveMinutes = 10,
        }),
    ];

    /// <summary>The preset of that name.</summary>
    public static Preset Get(string name) =>
        All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException($"There is no preset {name}. {Suggestion.Sentence(name, [.. All.Select(p => p.Name)])}");

    /// <summary>The settings with another observation, and what goes with it: pictures want smaller batches and more time.</summary>
    public static RunSettings Observing(RunSettings settings, ObservationKind observation)
    {
        if (settings.Environment.Observation == observation)
        {
            return settings;
        }

        settings = settings with { Environment = settings.Environment with { Observation = observation } };
        return observation != ObservationKind.Pixels ? settings : settings with
        {
            Pqn = settings.Pqn with { Epochs = 1, MinibatchSize = 256, LearningRate = 5e-4f, EpsilonDecay = 300_000 },
            DoubleDqn = settings.DoubleDqn with { BatchSize = 32, LearnEvery = 16, LearningRate = 2.5e-4f, ReplayCapacity = 100_000, EpsilonDecay = 300_000 },
            Budget = AnHour,
            AutosaveMinutes = 10,
        };
    }
}
