using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>Every knob of the environment. A value of this record and a seed fix what an agent meets.</summary>
public sealed record EnvironmentSettings
{
    /// <summary>
    /// After notebook 002 (dueling DQN): its reward, 96×96 pictures of all 240 lines as PIL shrinks them, the four frames of one
    /// action stacked, a flat background, every episode from the same frame. Frames in which the game leads Mario are played out
    /// where gym cut them short by writing RAM.
    /// </summary>
    public static EnvironmentSettings DuelingNotebook { get; } = new()
    {
        Observation = ObservationKind.Pixels,
        Pixels = new()
        {
            Size = 96,
            Method = ResizeMethod.PillowBilinear,
            Palette = PaletteKind.NesPy,
            EachFrame = true,
            FirstLine = 0,
            Lines = 240,
            Background = BackgroundKind.Flat,
        },
        Reward = new() { Kind = RewardKind.Custom },
        NoOpStarts = 0,
    };

    /// <summary>
    /// After PyTorch's Mario tutorial: two actions, gym's reward, four 84×84 pictures of all 240 lines as torchvision shrinks
    /// them, one start. Led frames are played out as in <see cref="DuelingNotebook"/>.
    /// </summary>
    public static EnvironmentSettings TutorialNotebook { get; } = new()
    {
        ActionSet = "tutorial",
        Observation = ObservationKind.Pixels,
        Pixels = new() { Method = ResizeMethod.TorchBilinear, Palette = PaletteKind.NesPy, FirstLine = 0, Lines = 240 },
        Reward = new() { Kind = RewardKind.Gym },
        NoOpStarts = 0,
    };

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

    /// <summary>gym-super-mario-bros 7.4. <see cref="GymReward"/>.</summary>
    Gym,
}

/// <summary>The reward's knobs. All but <see cref="Kind"/> belong to <see cref="RewardKind.Progress"/>; the other two are quotations.</summary>
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
}
