using MarioAgentTool.Game;
using Newtonsoft.Json;

namespace MarioAgentTool.Environment;

/// <summary>Every knob of the environment. A value of this record and a seed fix what an agent meets.</summary>
public sealed record EnvironmentSettings
{
    /// <summary>
    /// Who sees to it that steps follow each other. Default ours: RAM is never written, so that an episode can be replayed from
    /// its buttons. Gym: as gym-super-mario-bros 7.4.0 does, write by write.
    /// </summary>
    public ConductKind Conduct { get; init; }

    /// <summary>When a frame is over. Default console: at vertical blank. Only the headless core can keep nes-py's time.</summary>
    public ClockKind Clock { get; init; }

    /// <summary>What an episode is. Default one stage.</summary>
    public TaskKind Task { get; init; }

    /// <summary>The stages drawn from, equally often, for <see cref="TaskKind.RandomStages"/>: <c>1-1,1-2,8-4</c>. Default all 32.</summary>
    public string Stages { get; init; } = "";

    /// <summary>Which of gym's ROMs the picture resembles. Default the game's own.</summary>
    public RomLook Look { get; init; }

    /// <summary>World to play, 1-8. Default 1.</summary>
    public int World { get; init; } = 1;

    /// <summary>Stage of it, 1-4. Default 1: 1-1 is where most begin, and the one stage reached by buttons alone.</summary>
    public int Stage { get; init; } = 1;

    /// <summary>
    /// Actions by name or as a list; see <see cref="ActionSet.Parse"/>. Default "simple": four actions without left or a plain
    /// jump stalled for good in trials, and complex is needed for pipes and vines only.
    /// </summary>
    public string ActionSet { get; init; } = "simple";

    /// <summary>Frames an action is held. Default 4, as everywhere since DQN: 15 decisions a second.</summary>
    public int FrameSkip { get; init; } = 4;

    /// <summary>What the agent sees. Default tiles: the network stays small enough to learn 1-1 in minutes on one core.</summary>
    public ObservationKind Observation { get; init; } = ObservationKind.Tiles;

    /// <summary>Used with all but <see cref="ObservationKind.Pixels"/>.</summary>
    public TileSettings Tiles { get; init; } = new();

    /// <summary>Used with <see cref="ObservationKind.Pixels"/>.</summary>
    public PixelSettings Pixels { get; init; } = new();

    /// <summary>What is worth how much, and when it is over.</summary>
    public RewardSettings Reward { get; init; } = new();

    /// <summary>
    /// Most frames of waiting before an episode's first action; the number is drawn anew for each, 0 to this. Default 30 (Mnih et
    /// al., 2015): without it every episode begins alike and an agent may learn a sequence of buttons instead of the game.
    /// </summary>
    public int NoOpStarts { get; init; } = 30;

    /// <summary>
    /// Chance that the action before is held on instead of the one chosen (Machado et al., 2018, there a frame, here a step).
    /// Default 0. Training at 0.25 is what makes an agent sturdy: .8 of stages cleared under it instead of .4.
    /// </summary>
    public float StickyActions { get; init; }

    /// <summary>Steps before an episode is cut off as truncated; 0 for never. Default 0: the game's own clock ends it at about 2,400.</summary>
    public int MaxSteps { get; init; }

    /// <summary>Which of several starts an episode begins from. Default: all equally often.</summary>
    public StartDraw StartDraw { get; init; }

    /// <summary>Where episodes start: one stage, or those drawn from.</summary>
    /// <exception cref="FormatException"><see cref="Stages"/> names what is none.</exception>
    public IReadOnlyList<StageId> StartStages() => Task switch
    {
        TaskKind.FullGame => [StageId.First],
        TaskKind.RandomStages => Stages.Length == 0 ? StageId.All : StageId.ParseList(Stages),
        _ => [new StageId(World, Stage)],
    };

    /// <summary>The world for people: <c>1-1</c>, <c>the whole game</c>; gym's by its id.</summary>
    [JsonIgnore]
    public string WorldName
    {
        get
        {
            string drawn = Stages.Length == 0 ? "" : $" ({Stages})";
            return Conduct == ConductKind.Gym ? new EnvironmentId(Task, new StageId(World, Stage), Look) + drawn : Task switch
            {
                TaskKind.FullGame => "the whole game",
                TaskKind.RandomStages => "random stages" + drawn,
                _ => $"{World}-{Stage}",
            };
        }
    }

    /// <summary>The same world under our own conduct and on a console's frames, so that movies can hold its episodes; of random stages 1-1, if it is among them.</summary>
    public EnvironmentSettings AsMovies() => this with
    {
        Conduct = ConductKind.Ours,
        Clock = ClockKind.Console,
        Task = Task == TaskKind.FullGame ? TaskKind.FullGame : TaskKind.Stage,
        Stages = "",
        World = Task == TaskKind.RandomStages && StartStages().Contains(StageId.First) ? 1 : StartStages()[0].World,
        Stage = Task == TaskKind.RandomStages && StartStages().Contains(StageId.First) ? 1 : StartStages()[0].Stage,
    };

    /// <summary>
    /// Why an episode of this world is no movie, as the end of a sentence; null if it is one: a movie holds the buttons of each
    /// frame from power-on, and nothing else.
    /// </summary>
    /// <param name="stage">Where the episode begins.</param>
    public string? NoMovieBecause(StageId stage) =>
        Conduct == ConductKind.Gym ? "gym's conduct writes RAM between steps, and a movie holds buttons only"
        : Clock == ClockKind.NesPy ? "nes-py's frames are not a console's"
        : stage != StageId.First ? $"{stage} is reached by writing RAM, and a movie holds buttons only"
        : null;

    /// <summary>Throws with the name of the first value that makes no sense.</summary>
    public void Validate()
    {
        Check(World is >= 1 and <= 8, nameof(World), World, "1 to 8");
        Check(Stage is >= 1 and <= 4, nameof(Stage), Stage, "1 to 4");
        Check(FrameSkip is >= 1 and <= 60, nameof(FrameSkip), FrameSkip, "1 to 60 frames");
        Check(NoOpStarts is >= 0 and <= 600, nameof(NoOpStarts), NoOpStarts, "0 to 600 frames");
        Check(StickyActions is >= 0 and < 1, nameof(StickyActions), StickyActions, "a chance from 0 to less than 1");
        Check(MaxSteps >= 0, nameof(MaxSteps), MaxSteps, "0 (never) or more steps");
        Check(Tiles.Stack is >= 1 and <= 8, "Tiles.Stack", Tiles.Stack, "1 to 8 frames");
        Pixels.Validate();
        Check(Reward.StallSteps >= 0, "Reward.StallSteps", Reward.StallSteps, "0 (never) or more steps");
        Check(Task == TaskKind.RandomStages || Stages.Length == 0, nameof(Stages), Stages, "empty unless Task is randomStages");
        _ = StartStages();
        Game.ActionSet.Parse(ActionSet);
    }

    private static void Check(bool holds, string name, object value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it should be {expected}.");
        }
    }
}

/// <summary>Who sees to it that steps follow each other.</summary>
public enum ConductKind
{
    /// <summary>Buttons only: frames in which the game leads Mario are played out, and belong to the step before them.</summary>
    Ours,

    /// <summary>gym-super-mario-bros 7.4.0: starts and skips by writing RAM, see <see cref="GymStarter"/> and <see cref="GymSkip"/>.</summary>
    Gym,
}

/// <summary>When a frame is over.</summary>
public enum ClockKind
{
    /// <summary>As vertical blank begins, in BizHawk and here.</summary>
    Console,

    /// <summary>After nes-py's 29,781 CPU cycles, which falls into the game's own frame.</summary>
    NesPy,
}

/// <summary>What an episode is.</summary>
public enum TaskKind
{
    /// <summary>One life in one stage.</summary>
    Stage,

    /// <summary>Three lives from 1-1 on, warps and all.</summary>
    FullGame,

    /// <summary>One life in a stage drawn anew for each episode.</summary>
    RandomStages,
}

/// <summary>The look of gym's ROMs.</summary>
public enum RomLook
{
    /// <summary>v0: the game's own.</summary>
    Vanilla,

    /// <summary>v1: flat backgrounds.</summary>
    Downsample,
}

/// <summary>What an agent sees.</summary>
public enum ObservationKind
{
    /// <summary>The level around Mario, read from RAM: <see cref="TileObserver"/>.</summary>
    Tiles,

    /// <summary>The picture in grey: <see cref="PixelObserver"/>.</summary>
    Pixels,

    /// <summary>What MarI/O's networks see, 13 × 13 tiles around Mario: <see cref="GridObserver"/>.</summary>
    MariO,

    /// <summary>What yumouwei's agent sees, the screen as 13 × 16 tiles: <see cref="GridObserver"/>.</summary>
    ScreenGrid,
}

/// <summary>Whose idea of a reward, and of an ending.</summary>
public enum RewardKind
{
    /// <summary>Ours: distance, a little haste, and the ending. <see cref="ProgressReward"/>.</summary>
    Progress,

    /// <summary>Notebook 002's custom_reward, frame by frame. <see cref="CustomReward"/>.</summary>
    Custom,

    /// <summary>gym-super-mario-bros 7.4.0 summed over the skip, as notebook 001 has it. <see cref="GymReward"/>.</summary>
    Gym,

    /// <summary>Notebook 000's SkipFrame on top of gym's. <see cref="ShapedReward"/>.</summary>
    Shaped,
}

/// <summary>
/// The reward's knobs. The numbers belong to <see cref="RewardKind.Progress"/>; the others are quotations, which the switches
/// mend, each under the name of a fix.
/// </summary>
public sealed record RewardSettings
{
    /// <summary>Default progress: it learned 1-1 in 100 to 300 thousand steps in trials.</summary>
    public RewardKind Kind { get; init; }

    /// <summary>Pixels forward that are worth 1. Default 32: running flat out is 10 pixels a step, 0.3.</summary>
    public float PixelsPerPoint { get; init; } = 32f;

    /// <summary>Added each step. Default −0.02: standing still costs, yet less than any detour.</summary>
    public float PerStep { get; init; } = -0.02f;

    /// <summary>Added on falling, being hit, running out of time, and stalling. Default −2: six steps of running.</summary>
    public float Death { get; init; } = -2f;

    /// <summary>Added on the flagpole or the axe. Default 5.</summary>
    public float Flag { get; init; } = 5f;

    /// <summary>Steps without new ground before an episode ends as stalled; 0 for never. Default 90 (6 seconds); 40 works too.</summary>
    public int StallSteps { get; init; } = 90;

    /// <summary>
    /// Whether a wrong turn in a maze ends an episode as stalled, at once: when the game counts it, or when it sends Mario back. Default false:
    /// being sent back does so anyway, but only after <see cref="StallSteps"/>, which is too late to tell which turn was wrong; and meanwhile
    /// the same ground is worth nothing.
    /// </summary>
    public bool MazeEnds { get; init; }

    /// <summary>Added for each right turn in a maze that judges three together, as the game counts it. Default 0.</summary>
    public float MazeTurn { get; init; }

    /// <summary>Fix flag-get: the pole is the flag, whatever objects are loaded. (Under our own conduct it always is.)</summary>
    public bool RobustClear { get; init; }

    /// <summary>Fix coin-heaven: falling out of a coin heaven is no death.</summary>
    public bool CoinHeavenExit { get; init; }

    /// <summary>Fix first-frame-pays, of <see cref="RewardKind.Shaped"/>: x is carried from step to step.</summary>
    public bool CarryX { get; init; }

    /// <summary>Fix death-unpaid, of <see cref="RewardKind.Shaped"/>: a death costs what gym says.</summary>
    public bool KeepDeath { get; init; }

    /// <summary>Fix reward-overwrite, of <see cref="RewardKind.Custom"/>: endings are added to the step's reward.</summary>
    public bool AddEndings { get; init; }

    /// <summary>Fix room-change, of <see cref="RewardKind.Custom"/>: in another room progress starts anew.</summary>
    public bool NewGroundPerRoom { get; init; }

    /// <summary>Fix give-up-ends, of <see cref="RewardKind.Custom"/>: giving up cuts the episode off instead of ending it.</summary>
    public bool GiveUpTruncates { get; init; }
}
