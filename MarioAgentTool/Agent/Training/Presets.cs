using System.Reflection;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>A named beginning for settings.</summary>
/// <param name="Name">For <c>--preset</c>.</param>
/// <param name="Summary">One line about what it is for.</param>
/// <param name="Settings">The settings.</param>
public sealed record Preset(string Name, string Summary, RunSettings Settings)
{
    /// <summary>What a notebook does that its author may not have meant, and that the preset does too.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Where ours differs from the notebook on purpose.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>The presets: what is known to work, and three notebooks that many begin with, to the letter.</summary>
public static class Presets
{
    // Learning from pictures takes hours rather than minutes; an hour shows whether it is on its way.
    private static readonly BudgetSettings AnHour = new() { Minutes = 60 };

    // Sticky actions in training: on Trail, three seeds each, the run is over after 1.4 to 2.2M frames instead of 1.0 to 1.8M, and
    // what it leaves clears 25 to 33 of 50 sticky episodes instead of 8 to 16.
    // And a wrong turn in a maze is known as one at once.
    private static readonly EnvironmentSettings Sturdy = new() { StickyActions = 0.25f, Reward = new() { MazeEnds = true } };

    private static readonly string[] OursAlways =
    [
        "Greys are kept and learned from as whole bytes.",
        "Random numbers come from the run's own seeded streams, not NumPy's and PyTorch's.",
        "Evaluations, curves and checkpoints are added; they change nothing in the training.",
    ];

    private static readonly string[] GymsAlways =
    [
        "flag_get holds only while the castle's flag is loaded (fix: flag-get).",
        "Falling out of a coin heaven, which is the way out, is a death (fix: coin-heaven).",
    ];

    /// <summary>The default first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new("fast", "PQN on 64 consoles, the quickest known way to a clear", new RunSettings { Preset = "fast", Environment = Sturdy }),
        new("double-dqn", "Double DQN with replay", new RunSettings { Preset = "double-dqn", Environment = Sturdy, Learner = LearnerKind.DoubleDqn }),

        // Notebook 000, R. C. Stricescu's study of DQN on RIGHT_ONLY.
        new("right-only-dqn", "the RIGHT_ONLY notebook: plain DQN on 84 x 84 pictures, 20 episodes", Read("right-only-dqn"))
        {
            Quirks =
            [
                "A step's first frame always pays what gym pays: x is compared with 0 there (fix: first-frame-pays).",
                "A frame on which x does not grow costs 0.5 instead of what gym pays, even if it is a death (fix: death-unpaid).",
                .. GymsAlways,
                "The network is fed bytes, 0 to 255, though PyTorch's initial weights expect numbers around 1 (fix: scale-pixels).",
                "The target network has random weights of its own until the first copy, after 10,000 updates (fix: target-copy).",
                "Epsilon takes 9.2 million updates to its minimum (fix: quick-epsilon).",
                "A network is saved every 100 episodes, and 20 are played: none is.",
                "The first line of scores divides the sum of eleven episodes by ten.",
            ],
            Differences =
            [
                "It begins from nothing with epsilon 1; the notebook as printed goes on from a file: --weights FILE --set classicDqn.epsilonStart=0.9353.",
                .. OursAlways,
            ],
        },

        // Notebook 001: Feng, Subramanian, Wang and Guo, "Train a Mario-playing RL Agent" (PyTorch tutorials, 2020).
        new("tutorial-ddqn", "PyTorch's Mario tutorial: Double DQN, two actions, 40 episodes", Read("tutorial-ddqn"))
        {
            Quirks =
            [
                "Epsilon takes 9.2 million steps to its minimum: some 46,000 episodes (fix: quick-epsilon).",
                "Nothing is learned before step 10,000, which 40 episodes hardly reach; the tutorial itself advises 40,000 episodes.",
                .. GymsAlways,
            ],
            Differences =
            [
                "A network is kept after its step's update, not before it; the two differ where that step has one, as at 1.5 million.",
                "Plots are PNGs, not JPEGs.",
                .. OursAlways,
            ],
        },

        // Notebook 002, a dueling DQN with a reward of its own on 2-2.
        new("dueling-custom", "the dueling notebook: BatchNorm, custom reward, four frames a step, 2-2, 4,000 episodes", Read("dueling-custom"))
        {
            Quirks =
            [
                "BatchNorm is never put into evaluation mode: acting normalises by the one picture seen, the target network by its batch (fix: batchnorm-eval).",
                "The target network is copied every 125 episodes, where the comment says steps (fix: sync-steps).",
                "Beyond the frontier epsilon is raised for one decision, where the comment says for an episode; and an episode that ended there makes the next one begin with it (fix: raise-episode).",
                "A death's -10 and the flag's 25 replace what the step had earned (fix: reward-overwrite).",
                "max_x stays where a pipe leads to a smaller x, and nothing pays until it is passed (fix: room-change).",
                "500 frames without progress end an episode as a death does (fix: give-up-ends).",
                .. GymsAlways,
                "No network is saved: the lines that would are commented out (--set save.unit=episodes).",
            ],
            Differences =
            [
                "Frames are shared and packed in replay: some 0.7 GB where the notebook takes 22.",
                .. OursAlways,
            ],
        },
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
        if (observation != ObservationKind.Pixels)
        {
            // A flat observation has no channels for BatchNorm, and is no 0 … 255.
            NetworkSettings network = settings.ClassicDqn.Network;
            return settings with
            {
                ClassicDqn = settings.ClassicDqn with
                {
                    Network = network with { BatchNorm = false, LayerNorm = network.LayerNorm || network.BatchNorm },
                    InputRange = InputRange.Observation,
                },
            };
        }

        return settings with
        {
            Pqn = settings.Pqn with { Epochs = 1, MinibatchSize = 256, LearningRate = 5e-4f, EpsilonDecay = 300_000 },
            DoubleDqn = settings.DoubleDqn with { BatchSize = 32, LearnEvery = 16, LearningRate = 2.5e-4f, ReplayCapacity = 100_000, EpsilonDecay = 300_000 },
            Budget = AnHour,
            AutosaveMinutes = 10,
        };
    }

    private static RunSettings Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.json")
            ?? throw new InvalidOperationException($"The preset {name}.json is not part of this build.");
        using var reader = new StreamReader(stream);
        return SettingsFile.FromJson(reader.ReadToEnd(), $"preset {name}");
    }
}
