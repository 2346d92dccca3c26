using System.Globalization;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Training;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Plugin;

/// <summary>Where an agent comes from: the folder of a run, or nowhere yet.</summary>
public sealed class AgentSource
{
    private readonly Func<ObservationSpec, int, ILearner> _open;

    internal AgentSource(string description, RunSettings settings, Func<ObservationSpec, int, ILearner> open)
    {
        Description = description;
        Settings = settings;
        _open = open;
    }

    /// <summary>A line about it, for the window.</summary>
    public string Description { get; }

    /// <summary>The run's settings: what it sees, does and is rewarded for, and how it learns.</summary>
    public RunSettings Settings { get; }

    /// <summary>What it sees, does and is rewarded for.</summary>
    public EnvironmentSettings Environment => Settings.Environment;

    /// <summary>The best network of a run that 'mario-agent train' or <see cref="Save"/> wrote.</summary>
    /// <param name="path">The run's folder.</param>
    public static AgentSource FromRun(string path)
    {
        if (path.Length == 0)
        {
            throw new SettingsException("No run is chosen. Name a folder that 'mario-agent train' or 'Save as a run' wrote.");
        }

        RunFolder folder = RunFolder.Open(path);
        if (!File.Exists(folder.BestWeights))
        {
            throw new SettingsException($"{path} has no {Path.GetFileName(folder.BestWeights)} yet; it comes with the run's first evaluation.");
        }

        RunSettings settings = folder.ReadSettings() with { Threads = 1 };
        string name = Path.GetFileName(path.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        return new AgentSource($"{name}, {Describe(settings)}", settings, Open);

        ILearner Open(ObservationSpec observation, int actions)
        {
            ILearner learner = Learners.CreateToPlay(settings, observation, actions);
            WeightsFile.ReadInto(folder.BestWeights, learner.Weights);
            return learner;
        }
    }

    /// <summary>An agent that knows nothing, with settings for one console at EmuHawk's pace.</summary>
    public static AgentSource New(LearnerKind kind) => New(HereFrom(Presets.All.First(preset => preset.Settings.Learner == kind).Settings));

    /// <summary>An agent that knows nothing.</summary>
    /// <param name="settings">With one console.</param>
    public static AgentSource New(RunSettings settings)
    {
        settings.Validate();
        return new AgentSource(Describe(settings), settings, (observation, actions) => Learners.Create(settings, observation, actions, environments: 1));
    }

    /// <summary>The algorithm's name for people.</summary>
    public static string Name(LearnerKind kind) => kind switch
    {
        LearnerKind.DoubleDqn => "Double DQN",
        LearnerKind.ClassicDqn => "DQN",
        _ => "PQN",
    };

    /// <summary>How far it had come when it was kept; null for an agent that begins.</summary>
    public KeptProgress? Earlier { get; private init; }

    /// <summary>The file of the learner's state to go on from; null for an agent that begins.</summary>
    public string? State { get; private init; }

    /// <summary>This agent, going on from a learner's state.</summary>
    internal AgentSource GoingOn(string state, KeptProgress? earlier) => new(Description, Settings, _open) { State = state, Earlier = earlier };

    /// <summary>Makes its learner, weights and all.</summary>
    /// <param name="observation">What a session observes.</param>
    /// <param name="actions">How many actions it offers.</param>
    public ILearner Open(ObservationSpec observation, int actions) => _open(observation, actions);

    /// <summary>Makes a learner that learns elsewhere and plays here.</summary>
    /// <param name="connection">To where it learns.</param>
    /// <param name="observation">What a session observes.</param>
    /// <param name="actions">How many actions it offers.</param>
    /// <remarks>One core is left to EmuHawk. What is learned does not depend on the number of threads.</remarks>
    public RemoteLearner OpenElsewhere(LearnerConnection connection, ObservationSpec observation, int actions) =>
        new(connection, Settings with { Threads = Math.Max(1, System.Environment.ProcessorCount - 1) }, observation, actions);

    /// <summary>Writes settings and network as a run's folder, for watching here and for the command.</summary>
    /// <param name="path">A folder that holds no run yet.</param>
    /// <param name="learner">Whose network.</param>
    /// <param name="rom">The game it was trained on.</param>
    public void Save(string path, ILearner learner, RomIdentity rom) => Write(RunFolder.Create(path), learner, rom);

    /// <summary>As <see cref="Save"/>, in the place of a run that was written so before.</summary>
    internal void Replace(string path, ILearner learner, RomIdentity rom)
    {
        Directory.CreateDirectory(path);
        Write(RunFolder.At(path), learner, rom);
    }

    private void Write(RunFolder folder, ILearner learner, RomIdentity rom)
    {
        WeightsFile.Write(folder.BestWeights, learner.Weights, new Dictionary<string, string>
        {
            ["algorithm"] = learner.Algorithm,
            ["steps"] = learner.Progress.Steps.ToString(CultureInfo.InvariantCulture),
        });

        // The settings make it a run, so they come last.
        folder.WriteSettings(Settings with { Rom = rom });
    }

    /// <summary>A preset for one console at EmuHawk's pace.</summary>
    internal static RunSettings HereFrom(RunSettings preset) => preset with
    {
        Preset = "emuhawk",
        Consoles = 1,

        // Between two frames there is no time for other threads to start and stop.
        Threads = 1,

        // As many samples a step as the preset takes, in smaller helpings: one of 256 holds the picture up for half a second.
        DoubleDqn = preset.DoubleDqn with
        {
            BatchSize = 32,
            LearnEvery = 8,
            TargetUpdatePeriod = 2_000,
            BurnIn = 1_000,
            ReplayCapacity = 100_000,
            EpsilonDecay = 40_000,
        },

        // A round of learning has as many transitions as 64 consoles would bring.
        Pqn = preset.Pqn with { RolloutSteps = 64 * preset.Pqn.RolloutSteps, EpsilonDecay = 40_000 },
    };

    private static string Describe(RunSettings settings) =>
        $"{Name(settings.Learner)} on {settings.Environment.Observation.ToString().ToLowerInvariant()}, {settings.Environment.WorldName}"
        + (settings.Environment.Clock == ClockKind.NesPy ? ", on EmuHawk's frames instead of nes-py's, whose clock only mario-agent keeps" : "");
}
