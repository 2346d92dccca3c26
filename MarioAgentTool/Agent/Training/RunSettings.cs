using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using Newtonsoft.Json;

namespace MarioAgentTool.Training;

/// <summary>Which algorithm learns.</summary>
public enum LearnerKind
{
    /// <summary>Parallelised Q-network: no replay, no target network, many consoles.</summary>
    Pqn,

    /// <summary>Deep Q-network with replay and a target network: Double DQN, Rainbow, Munchausen and what lies between.</summary>
    Dqn,

    /// <summary>DQN as notebooks have it: one environment, one transition at a time.</summary>
    ClassicDqn,
}

/// <summary>What a count of the trainer's goes by.</summary>
public enum CountUnit
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>Agent steps over all consoles.</summary>
    Steps,

    /// <summary>Episodes that have ended.</summary>
    Episodes,
}

/// <summary>
/// Every knob of a run. Printed and saved as <c>settings.json</c> before the first step; together with the ROM and a
/// number of frames it decides every deterministic column of the metrics, on whatever number of threads. (On one kind of machine:
/// where CPU or runtime have other vector widths or no fused multiply-add, sums round otherwise and the run takes another course.)
/// </summary>
public sealed record RunSettings
{
    /// <summary>The preset these settings began as.</summary>
    public string Preset { get; init; } = "fast";

    /// <summary>Fixes applied to the preset, separated by commas; what they changed stands in the settings themselves.</summary>
    public string Fixes { get; init; } = "";

    /// <summary>One seed makes a run: weights, exploration, no-ops and evaluations draw from streams named after it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads for emulation and learning; 0 takes one a core.</summary>
    public int Threads { get; init; }

    /// <summary>What computes the networks, and where. Changes how fast a run goes and the rounding of its numbers, nothing else.</summary>
    public ComputeSettings Compute { get; init; } = new();

    /// <summary>Consoles that play at the same time, in lock step.</summary>
    public int Consoles { get; init; } = 64;

    /// <summary>The game that is played; null plays the built-in one.</summary>
    public RomIdentity? Rom { get; init; }

    /// <summary>
    /// A weights file that the networks begin with, target and online alike, under our names or a notebook's; null for random ones. It is
    /// looked at as the run starts, and no more after that.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>
    /// Where training's episodes start: states of the headless core, and movies along which states are taken; files with | between them,
    /// empty for the stages' beginnings. Evaluations always begin at those.
    /// </summary>
    public string Starts { get; init; } = "";

    /// <summary>How episodes are spread over them.</summary>
    public CurriculumSettings Curriculum { get; init; } = new();

    /// <summary>What the agent sees, does and is rewarded for.</summary>
    public EnvironmentSettings Environment { get; init; } = new();

    /// <summary>Which algorithm learns.</summary>
    public LearnerKind Learner { get; init; } = LearnerKind.Pqn;

    /// <summary>Knobs of <see cref="LearnerKind.Pqn"/>.</summary>
    public PqnSettings Pqn { get; init; } = new();

    /// <summary>Knobs of <see cref="LearnerKind.Dqn"/>.</summary>
    public DqnSettings Dqn { get; init; } = new();

    /// <summary>Knobs of <see cref="LearnerKind.ClassicDqn"/>.</summary>
    public ClassicDqnSettings ClassicDqn { get; init; } = new();

    /// <summary>Networks kept on the way.</summary>
    public SaveSettings Save { get; init; } = new();

    /// <summary>How often and how strictly the agent is examined.</summary>
    public EvaluationSettings Evaluation { get; init; } = new();

    /// <summary>When the run ends.</summary>
    public BudgetSettings Budget { get; init; } = new();

    /// <summary>Records kept beside the metrics.</summary>
    public RecordSettings Records { get; init; } = new();

    /// <summary>Agent steps between lines of metrics.</summary>
    public int LogPeriod { get; init; } = 8_192;

    /// <summary>Minutes between checkpoints. (By the clock, not by steps: saving changes nothing that is measured.)</summary>
    public double AutosaveMinutes { get; init; } = 1;

    /// <summary>Whether a checkpoint holds the replay memory, so that going on equals never having stopped.</summary>
    public bool CheckpointReplay { get; init; } = true;

    [JsonIgnore]
    internal int ThreadsOrCores => Threads > 0 ? Threads : System.Environment.ProcessorCount;

    /// <summary><see cref="Starts"/>, one by one.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> StartFiles => Starts.Length == 0 ? [] : Starts.Split('|');

    /// <summary>Throws with the name of the first value that makes no sense.</summary>
    public void Validate()
    {
        Check(Threads is >= 0 and <= 1024, "threads", Threads, "0 (one a core) to 1024");
        Check(Consoles is >= 1 and <= 4096, "consoles", Consoles, "1 to 4096");
        Check(Compute.FrameShare is >= 0 and <= 1, "compute.frameShare", Compute.FrameShare, "a share from 0 to 1");
        Check(Starts is not null, "starts", "null", "files with | between them, or an empty text");
        Check(Curriculum.Every >= 1, "curriculum.every", Curriculum.Every, "1 or more frames");
        Check(Curriculum.Threshold is > 0 and <= 1, "curriculum.threshold", Curriculum.Threshold, "a share above 0 up to 1");
        Check(Curriculum.Share is > 0 and <= 1, "curriculum.share", Curriculum.Share, "a share above 0 up to 1");
        Check(Curriculum.Places >= 1, "curriculum.places", Curriculum.Places, "1 or more");
        Check(Curriculum.PlacePixels is >= 16 and <= 4096, "curriculum.placePixels", Curriculum.PlacePixels, "16 to 4096 pixels");
        Check(Curriculum.Kind != CurriculumKind.Backward || Starts?.Length > 0, "curriculum.kind", "backward", "with it --start and a movie that clears the stage, or states along one");
        Check(LogPeriod >= 1, "logPeriod", LogPeriod, "1 or more steps");
        Check(AutosaveMinutes > 0, "autosaveMinutes", AutosaveMinutes, "more than 0 minutes");
        Check(Evaluation.Period >= 1, "evaluation.period", Evaluation.Period, "1 or more steps");
        Check(Evaluation.AverageSteps >= 0, "evaluation.averageSteps", Evaluation.AverageSteps, "0 (off) or more steps");
        Check(Evaluation.AverageShare is >= 0 and <= 1, "evaluation.averageShare", Evaluation.AverageShare, "a share from 0 to 1");
        Check(Evaluation.Episodes >= 1, "evaluation.episodes", Evaluation.Episodes, "1 or more");
        Check(Evaluation.StickyEpisodes >= 0, "evaluation.stickyEpisodes", Evaluation.StickyEpisodes, "0 or more");
        Check(Evaluation.ConfirmationEpisodes >= 1, "evaluation.confirmationEpisodes", Evaluation.ConfirmationEpisodes, "1 or more");
        Check(Budget.Until is null or (> 0 and <= 100), "budget.until", Budget.Until, "a percentage above 0 up to 100, or null");
        Check(Budget.Frames is null or > 0, "budget.frames", Budget.Frames, "more than 0, or null");
        Check(Budget.Minutes is null or > 0, "budget.minutes", Budget.Minutes, "more than 0, or null");
        Check(Pqn.RolloutSteps >= 1, "pqn.rolloutSteps", Pqn.RolloutSteps, "1 or more");
        Check(Pqn.Epochs >= 1, "pqn.epochs", Pqn.Epochs, "1 or more");
        Check(Pqn.MinibatchSize >= 1, "pqn.minibatchSize", Pqn.MinibatchSize, "1 or more");
        Check(Dqn.BatchSize >= 1, "dqn.batchSize", Dqn.BatchSize, "1 or more");
        Check(Dqn.NStep >= 1, "dqn.nStep", Dqn.NStep, "1 or more");
        Check(Dqn.LearnEvery >= 1, "dqn.learnEvery", Dqn.LearnEvery, "1 or more");
        Check(Dqn.TargetUpdatePeriod >= 1, "dqn.targetUpdatePeriod", Dqn.TargetUpdatePeriod, "1 or more");
        Check(Dqn.ReplayCapacity >= Dqn.BatchSize, "dqn.replayCapacity", Dqn.ReplayCapacity, "at least dqn.batchSize");
        Check(Dqn.ReplayFile is not null, "dqn.replayFile", "null", "a file that is not there yet, or an empty text for memory");
        Check(Dqn.Atoms is >= 1 and <= 1_024, "dqn.atoms", Dqn.Atoms, "1 to 1024");
        Check(ClassicDqn.BatchSize >= 1, "classicDqn.batchSize", ClassicDqn.BatchSize, "1 or more");
        Check(ClassicDqn.LearnEvery >= 1, "classicDqn.learnEvery", ClassicDqn.LearnEvery, "1 or more");
        Check(ClassicDqn.SyncPeriod >= 1, "classicDqn.syncPeriod", ClassicDqn.SyncPeriod, "1 or more");
        Check(ClassicDqn.ReplayCapacity >= ClassicDqn.BatchSize, "classicDqn.replayCapacity", ClassicDqn.ReplayCapacity, "at least classicDqn.batchSize");
        Check(Budget.Episodes is null or > 0, "budget.episodes", Budget.Episodes, "more than 0, or null");
        Check(Save.Period >= 1, "save.period", Save.Period, "1 or more");
        Check(SaveSettings.IsFileName(Save.Name), "save.name", Save.Name, $"a file name without folders that ends in {string.Join(", ", WeightsFile.Extensions)}, such as network_{{count}}.safetensors");
        foreach ((NetworkSettings network, string name) in new[]
        {
            (Pqn.Network, "pqn.network"), (Dqn.Network, "dqn.network"), (ClassicDqn.Network, "classicDqn.network"),
        })
        {
            Check(network.HiddenLayers >= 1, $"{name}.hiddenLayers", network.HiddenLayers, "1 or more");
            Check(network.HiddenUnits >= 1, $"{name}.hiddenUnits", network.HiddenUnits, "1 or more");
            Check(network.PictureUnits >= 1, $"{name}.pictureUnits", network.PictureUnits, "1 or more");
            Check(network.StreamUnits >= 0, $"{name}.streamUnits", network.StreamUnits, "0 (a common layer) or more");
        }

        Check(Environment.ActionSet is not null, "environment.actionSet", "null", "a name or a list of actions");
        try
        {
            Environment.Validate();
            (Environment with { NoOpStarts = Evaluation.NoOps, StickyActions = Evaluation.Sticky }).Validate();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or FormatException)
        {
            throw new SettingsException($"environment: {e.Message}");
        }
    }

    private static void Check(bool holds, string name, object? value, string expected)
    {
        if (!holds)
        {
            throw new SettingsException(FormattableString.Invariant($"{name} is {value}; expected {expected}."));
        }
    }
}

/// <summary>Which game a run was trained on, so that it goes on with the same one.</summary>
/// <param name="Path">Where the file was; null for the built-in game.</param>
/// <param name="Name">For people.</param>
/// <param name="Sha1">Of the whole file, upper-case hexadecimal, as BizHawk prints it.</param>
public sealed record RomIdentity(string? Path, string Name, string Sha1)
{
    /// <summary>Whose timing it was told to keep (Ntsc, Pal, Dendy); null for the header's.</summary>
    public string? Region { get; init; }
}

/// <summary>Examinations: greedy play on consoles of their own, from the stages' beginnings, with their own random streams.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Agent steps between evaluations; in a long run more, so that it is not examined to death: see <see cref="IsDue"/>.</summary>
    public int Period { get; init; } = 49_152;

    /// <summary>
    /// Agent steps over which the examined weights are a running mean; 0 examines the latest. What greedy play achieves swings
    /// between nothing and everything from one update to the next; the mean does so far less.
    /// </summary>
    public int AverageSteps { get; init; } = 40_000;

    /// <summary>
    /// Share of all agent steps so far over which that mean reaches back at least, so that it grows steadier as the run grows longer. Default
    /// 0.08: on Trail 2-1, after 2.7M steps, means over 200,000 steps cleared 59 of 80 sticky episodes where means over 40,000 cleared 47.
    /// </summary>
    public float AverageShare { get; init; } = 0.08f;

    /// <summary>Episodes of an evaluation, each after random no-ops; of several stages, so many together, and three of each at least.</summary>
    public int Episodes { get; init; } = 20;

    /// <summary>Most no-op frames before an episode; how many is drawn for each.</summary>
    public int NoOps { get; init; } = 30;

    /// <summary>Further episodes, counted alike, in which the console repeats its previous action at random, the harder examination.</summary>
    public int StickyEpisodes { get; init; } = 20;

    /// <summary>Chance of such a repetition per step.</summary>
    public float Sticky { get; init; } = 0.25f;

    /// <summary>Which of the two decides what is best and whether the goal is reached. No-ops make few distinct courses, so that their rate flips between none and all.</summary>
    public ProtocolKind Judge { get; init; } = ProtocolKind.Sticky;

    /// <summary>
    /// Episodes of each stage that confirm an evaluation better than all before, and, under each protocol, those of the final examination. Default
    /// 200: a run tries oftener than once, and an agent that clears 90 of 100 is lucky enough for 95 of 100 in every 17th try, for 190 of 200 in
    /// every hundredth.
    /// </summary>
    public int ConfirmationEpisodes { get; init; } = 200;

    /// <summary>
    /// Whether an evaluation falls between two counts of agent steps: at every multiple of the period at first; from the 64th on at every
    /// second, from the 128th on at every fourth, and so on.
    /// </summary>
    internal bool IsDue(long before, long now)
    {
        long number = now / Period, stride = 1;
        while (number >= 64 * stride)
        {
            stride *= 2;
        }

        return number / stride != before / Period / stride;
    }

    /// <summary>Episodes of each stage when so many are to be played of <paramref name="stages"/> together.</summary>
    internal static int PerStage(int episodes, int stages) => stages == 1 || episodes == 0 ? episodes : Math.Max(3, (episodes + stages - 1) / stages);

    /// <summary>What is best and whether the goal is reached is seen under this; where no sticky episodes are played, under the other.</summary>
    [JsonIgnore]
    public Protocol JudgingProtocol => Judge == ProtocolKind.Sticky && StickyEpisodes > 0 ? StickyProtocol : NoOpProtocol;

    internal Protocol NoOpProtocol => Protocol.NoOp(NoOps);

    internal Protocol StickyProtocol => Protocol.StickyActions(NoOps, Sticky);
}

/// <summary>When a run ends: whichever comes first.</summary>
public sealed record BudgetSettings
{
    /// <summary>Emulated frames of the training consoles; null for no limit. The only limit that two runs reach at the same step.</summary>
    public long? Frames { get; init; }

    /// <summary>Episodes that have ended on the training consoles; null for no limit.</summary>
    public long? Episodes { get; init; }

    /// <summary>Minutes on the clock of one sitting, evaluations included; null for no limit.</summary>
    public double? Minutes { get; init; } = 5;

    /// <summary>
    /// The goal: a percentage of clears that every stage must reach on <see cref="EvaluationSettings.ConfirmationEpisodes"/> fresh episodes, and on
    /// as many again, under the protocol the run is judged by, to end the run early; null for none.
    /// </summary>
    public double? Until { get; init; } = 95;
}

/// <summary>Networks kept on the way, each in a file of its own in the run's folder.</summary>
public sealed record SaveSettings
{
    /// <summary>What the period is counted by.</summary>
    public CountUnit Unit { get; init; }

    /// <summary>Units between networks.</summary>
    public int Period { get; init; } = 100;

    /// <summary>
    /// The file's name: {count} becomes the count reached, {number} the file's number from 1, {env} gym's name of the environment.
    /// </summary>
    public string Name { get; init; } = "network_{count}.safetensors";

    internal static bool IsFileName(string name) =>
        WeightsFile.Extensions.Contains(Path.GetExtension(name).ToLowerInvariant()) && name == Path.GetFileName(name) && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0 && name is not ("." or "..");

    /// <summary>The name of the file for a count.</summary>
    internal string FileName(long count, EnvironmentSettings environment) => Name
        .Replace("{count}", FormattableString.Invariant($"{count}"))
        .Replace("{number}", FormattableString.Invariant($"{count / Period}"))
        .Replace("{env}", new EnvironmentId(environment.Task, new StageId(environment.World, environment.Stage), environment.Look).ToString());
}
