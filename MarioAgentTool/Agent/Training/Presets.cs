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
    /// <summary>What it is and what it is good for, in a paragraph; empty where the summary says all.</summary>
    public string Story { get; init; } = "";

    /// <summary>What a notebook does that its author may not have meant, and that the preset does too.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Where ours differs from the notebook, or the paper, on purpose.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>The presets: what is known to work, what papers recommend, and three notebooks that many begin with, to the letter.</summary>
public static class Presets
{
    // Pixels a side: a tile is four wide.
    private const int SmallPicture = 64;

    // Learning from pictures takes longer, with a replay hours; an hour shows whether it is on its way.
    private static readonly BudgetSettings AnHour = new() { Minutes = 60 };

    // Sticky actions in training: on Trail, three seeds each, the run is over after 1.4 to 2.2M frames instead of 1.0 to 1.8M, and
    // what it leaves clears 25 to 33 of 50 sticky episodes instead of 8 to 16.
    // And a wrong turn in a maze is known as one at once.
    private static readonly EnvironmentSettings Sturdy = new() { StickyActions = 0.25f, Reward = new() { MazeEnds = true, MazeTurn = 1 } };

    private static readonly RunSettings Fast = new() { Preset = "fast", Environment = Sturdy, Curriculum = new() { Kind = CurriculumKind.Rewind } };

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
        new("fast", "PQN on 64 consoles, the quickest known way to a clear", Fast)
        {
            Story =
                "PQN (Gallici et al., 2024) needs neither replay nor a target network: 64 consoles play in lock step, every 32 steps Q(lambda) returns of what they "
                + "did are learned four times over and forgotten, and LayerNorm keeps the network from running away. Values are told as histograms, and six of ten "
                + "episodes begin a few seconds before a recent death. It sees tiles, which a small network reads at once, and is the one to begin with: half a "
                + "minute to a first clear on two cores.",
            Differences =
            [
                "gamma is 0.97 instead of 0.99, and grows to 0.985 between a million and two and a half million steps (pqn.horizonGrowth=1 keeps it); lambda is 0.8 instead of 0.65.",
                "Four epochs a rollout instead of two, and epsilon falls within 80,000 steps; both chosen for runs of minutes.",
                "A value is a histogram of 48 bins, fitted by cross-entropy (HL-Gauss), instead of a number: pqn.estimate=mean for the paper's.",
                "What is learned of is the action performed, and next values reckon with its being held on to, as sticky actions will: pqn.sticky=0 for the paper's.",
                "Six of ten episodes begin one to six seconds before one of the latest 400 deaths: --curriculum uniform for the stage's beginning alone.",
                "The step size eases with the root of time from 0.0005 on; the paper's falls to zero at the run's end (pqn.learningRateDecay).",
            ],
        },
        new("fast-pixels", "PQN from the picture", Observing(Fast, ObservationKind.Pixels) with { Preset = "fast-pixels" })
        {
            Story =
                "What fast is for tiles, for 64 x 64 grey pictures of the last four steps, through the convolutions of Nature DQN: for hacks whose RAM or tiles "
                + "mean something else, or for the sake of it. A quarter of an hour shows whether it is on its way.",
            Differences = ["As fast; and pictures of 64 x 64, two epochs a rollout instead of four, smaller batches and steps, a longer decay of epsilon, lambda 0.65, 32 bins, and a horizon that does not grow."],
        },
        new("double-dqn", "Double DQN with replay", new RunSettings { Preset = "double-dqn", Environment = Sturdy, Learner = LearnerKind.Dqn })
        {
            Story =
                "Double DQN (van Hasselt et al., 2016) with three-step returns and a dueling network, few updates of large batches on 64 consoles. It learns from what it "
                + "remembers, so it wants fewer steps than PQN where steps are dear, as in EmuHawk's own window. --set dqn.estimate, dqn.munchausen, dqn.priorityExponent and "
                + "dqn.network.noisy make other members of the family of it.",
        },
        new("rainbow", "Rainbow: six improvements of DQN together, from the picture", Read("rainbow"))
        {
            Story =
                "Rainbow (Hessel et al., 2018): Double DQN, dueling streams, three-step returns, prioritised replay, noisy layers in place of epsilon, and C51's distribution "
                + "of returns. Made for a GPU and days of play; it runs anywhere, at some tens of steps a second on two cores. On tiles (--observation tiles) it takes over "
                + "double-dqn's pace and runs in minutes.",
            Differences =
            [
                "gamma is 0.97 instead of 0.99, and rewards are ours, unclipped; with both, returns lie within the paper's -10 to 10.",
                "Eight consoles play in lock step and share the noise of a step, where the paper has one; still an update of 32 for four steps.",
                "Replay keeps 200,000 transitions (1.4 GB) where the paper keeps a million; dqn.replayCapacity and dqn.replayFile give it more.",
                "The correction of priorities grows to 1 within a million steps, not the paper's 50; gradients are clipped to a norm of 10, as in the dueling paper.",
                "Actions are sticky in training (0.25), for sturdiness.",
            ],
        },
        new("btr", "Beyond the Rainbow: IMPALA's network, implicit quantiles, Munchausen", Read("btr"))
        {
            Story =
                "\"Beyond the Rainbow\" (Clark et al., 2024): IMPALA's residual network at twice its width with spectral norm and adaptive pooling, implicit quantiles of the return (IQN), Munchausen's soft "
                + "targets, dueling noisy streams, three-step returns and mild priorities, learned from 64 consoles in batches of 256. What comes closest to the state of the art "
                + "on a desktop with a GPU; here, on CPUs, one update takes seconds from pictures. On tiles (--observation tiles) it runs in minutes.",
            Differences =
            [
                "gamma is 0.97 instead of 0.997, and rewards are ours, unclipped.",
                "Replay keeps 200,000 transitions (1.4 GB) where the paper keeps a million, and learning begins after 20,000 steps, not 200,000. A batch is drawn from all consoles' "
                + "transitions; the authors' code takes each from one console's.",
                "The correction of priorities grows to 1 within a million steps, not over the whole run.",
                "Epsilon falls evenly to 0.01 within 100,000 steps and stays there, beside the noise; theirs falls by shares within some millions and is 0 from half of the run on.",
                "Munchausen's log-policy is the target network's, as in its own paper; in the authors' code the online network's.",
                "Spectral norm takes one power iteration an update, theirs one a forward pass. Evaluations put the 8 quantiles at fixed chances, theirs draw them.",
                "Actions are sticky in training (0.25). bfloat16 only if asked for (compute.precision, with TorchSharp).",
            ],
        },

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

        bool wasPicture = settings.Environment.Observation == ObservationKind.Pixels;
        settings = settings with { Environment = settings.Environment with { Observation = observation } };
        if (observation != ObservationKind.Pixels)
        {
            // A flat observation has no channels for BatchNorm, and is no 0 … 255.
            NetworkSettings network = settings.ClassicDqn.Network;
            settings = settings with
            {
                ClassicDqn = settings.ClassicDqn with
                {
                    Network = network with { BatchNorm = false, LayerNorm = network.LayerNorm || network.BatchNorm },
                    InputRange = InputRange.Observation,
                },
            };

            if (!wasPicture || settings.Learner == LearnerKind.ClassicDqn)
            {
                return settings;
            }

            // What of it is for pictures goes, and the pace is that of tiles.
            return settings with
            {
                Consoles = Fast.Consoles,
                Pqn = Fast.Pqn,
                Dqn = settings.Dqn with
                {
                    Network = settings.Dqn.Network with { Body = PictureBody.Nature, SpectralNorm = false, BatchNorm = false, LayerNorm = true },
                    BatchSize = Fast.Dqn.BatchSize,
                    LearnEvery = Fast.Dqn.LearnEvery,
                    BurnIn = Fast.Dqn.BurnIn,
                    TargetUpdatePeriod = Fast.Dqn.TargetUpdatePeriod,
                    LearningRate = Fast.Dqn.LearningRate,
                    AdamEpsilon = Fast.Dqn.AdamEpsilon,
                },
                Budget = Fast.Budget,
                AutosaveMinutes = Fast.AutosaveMinutes,
            };
        }

        // PQN learns from what it just played, so that small pictures are as many more of them; who has a replay can afford to look closer.
        PixelSettings pixels = settings.Environment.Pixels;
        return settings with
        {
            Environment = settings.Environment with { Pixels = settings.Learner == LearnerKind.Pqn ? pixels with { Size = SmallPicture } : pixels },
            Pqn = settings.Pqn with { Lambda = 0.65f, HorizonGrowth = 1, Bins = 32, Epochs = 2, MinibatchSize = 128, LearningRate = 3e-4f, EpsilonDecay = 150_000 },
            Dqn = settings.Dqn with { BatchSize = 32, LearnEvery = 16, LearningRate = 2.5e-4f, ReplayCapacity = 100_000, EpsilonDecay = 300_000 },
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
