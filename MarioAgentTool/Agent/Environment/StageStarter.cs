using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// Brings a freshly powered-on console to the first frame on which a stage can be played, by pressing Start on every other frame
/// of the title screen. For 1-1 nothing is written, so that the buttons alone lead there again. Driven one frame at a time:
/// hold <see cref="Buttons"/>, run a frame, tell <see cref="AfterFrame"/>, until <see cref="IsStarted"/>.
/// </summary>
public sealed class StageStarter
{
    /// <summary>Frames after which a ROM that does not get going is given up: 20 seconds; the game needs about four.</summary>
    public const int DefaultFrameLimit = 1200;

    private readonly int _world, _stage, _frameLimit;
    private readonly List<Buttons> _inputs = [];

    /// <param name="world">1-8.</param>
    /// <param name="stage">1-4.</param>
    /// <param name="frameLimit">Frames before <see cref="AfterFrame"/> throws.</param>
    public StageStarter(int world = 1, int stage = 1, int frameLimit = DefaultFrameLimit)
    {
        if (world is < 1 or > 8 || stage is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(stage), $"{world}-{stage}", $"There is no stage {world}-{stage}; worlds are 1-8, stages 1-4.");
        }

        _world = world;
        _stage = stage;
        _frameLimit = frameLimit;
    }

    /// <summary>To hold during the coming frame.</summary>
    public Buttons Buttons { get; private set; }

    /// <summary>The stage is in play; nothing has been pressed in it yet.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Frames so far.</summary>
    public int Frames => _inputs.Count;

    /// <summary>Told of each frame.</summary>
    /// <exception cref="StageStartException">The limit is reached; says how far it came.</exception>
    public void AfterFrame(IGameHost host)
    {
        if (IsStarted)
        {
            throw new InvalidOperationException("The stage has started; Finish is due.");
        }

        _inputs.Add(Buttons);
        var frame = new MarioFrame(host.ReadRam());
        IsStarted = IsPlayable(frame);
        bool inTitle = frame.Mode == OperatingMode.Title;
        Buttons = inTitle && Buttons == Buttons.None ? Buttons.Start : Buttons.None;

        if (inTitle && (_world, _stage) != (1, 1))
        {
            // The title screen loads the area these name when it hears Start.
            host.WriteByte(RamMap.World, (byte)(_world - 1));
            host.WriteByte(RamMap.Stage, (byte)(_stage - 1));
            host.WriteByte(RamMap.Area, (byte)AreaIndex(_world, _stage));
        }

        if (IsStarted && (frame.World, frame.Stage) != (_world, _stage))
        {
            throw new StageStartException($"The game began {frame.World}-{frame.Stage} instead of {_world}-{_stage}; this ROM does not take its stage from $075F, $075C and $0760.");
        }

        if (!IsStarted && Frames >= _frameLimit)
        {
            throw new StageStartException($"No stage was in play after {Frames} frames: {WhatIsMissing(frame)}");
        }
    }

    /// <summary>The start state, once <see cref="IsStarted"/>.</summary>
    public StartState Finish(IGameHost host)
    {
        if (!IsStarted)
        {
            throw new InvalidOperationException($"The stage has not started after {Frames} frames; run on until IsStarted.");
        }

        return new StartState(host.SaveState(), [.. _inputs]);
    }

    /// <summary>
    /// Area of the world, from 0, that a stage begins in. Worlds 1, 2, 4 and 7 open their second stage with a walk into a pipe,
    /// an area of its own, which is left out here as gym leaves it out.
    /// </summary>
    public static int AreaIndex(int world, int stage) => stage - 1 + (world is 1 or 2 or 4 or 7 && stage > 1 ? 1 : 0);

    private static bool IsPlayable(in MarioFrame frame) =>
        frame.IsInStage && frame.Routine == PlayerRoutine.Control && !frame.IsFrozen && frame.Time > 0;

    private static string WhatIsMissing(in MarioFrame frame)
    {
        if (frame.Mode > OperatingMode.GameOver || frame.Routine > PlayerRoutine.FlowerPickup)
        {
            return $"$0770 is {(byte)frame.Mode} and $000E is {(byte)frame.Routine}, values Super Mario Bros. never has. Is this an SMB-like ROM?";
        }

        if (frame.Mode == OperatingMode.Title)
        {
            return "Start was pressed on every other frame, yet $0770 stays 0 (title). Is this an SMB-like ROM, and does it see pad 1?";
        }

        if (frame.Mode != OperatingMode.Game)
        {
            return $"$0770 says {frame.Mode} instead of Game.";
        }

        if (!frame.IsInStage)
        {
            return "$0770 says a game began, but $0772 has not come to 3 (play).";
        }

        return frame.Routine != PlayerRoutine.Control
            ? $"$000E stays at {frame.Routine}; Mario is not under control."
            : $"the clock at $07F8 reads {frame.Time}, timers frozen: {frame.IsFrozen}.";
    }
}

/// <summary>A ROM did not come to a playable stage.</summary>
public sealed class StageStartException(string message) : Exception(message);
