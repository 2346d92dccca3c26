using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// Brings a freshly powered-on console to where a stage's episodes start. Driven one frame at a time: hold <see cref="Buttons"/>,
/// run a frame with a picture, tell <see cref="AfterFrame"/>, until <see cref="IsStarted"/>.
/// </summary>
public abstract class Starter
{
    /// <summary>Frames after which a ROM that does not get going is given up: 20 seconds; the game needs about four.</summary>
    public const int DefaultFrameLimit = 1200;

    private readonly List<Buttons> _inputs = [];
    private readonly int _frameLimit;

    private protected Starter(StageId stage, int frameLimit)
    {
        Stage = stage;
        _frameLimit = frameLimit;
    }

    /// <summary>Where to.</summary>
    public StageId Stage { get; }

    /// <summary>To hold during the coming frame.</summary>
    public Buttons Buttons { get; private protected set; }

    /// <summary>The stage is in play.</summary>
    public bool IsStarted { get; private protected set; }

    /// <summary>Frames so far.</summary>
    public int Frames => _inputs.Count;

    /// <summary>The one for a world's conduct.</summary>
    /// <param name="settings">The world.</param>
    /// <param name="stage">Where to; a full game begins in 1-1.</param>
    public static Starter For(EnvironmentSettings settings, StageId stage) => settings.Conduct == ConductKind.Gym
        ? new GymStarter(stage, fullGame: settings.Task == TaskKind.FullGame)
        : new StageStarter(stage.World, stage.Stage);

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
        Advance(host, frame);
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

        return new StartState(host.SaveState(), [.. _inputs]) { Stage = Stage, Picture = Still.Of(host.ReadScreen()), WroteRam = WroteRam };
    }

    private protected bool WroteRam { get; private set; }

    private protected abstract void Advance(IGameHost host, in MarioFrame frame);

    private protected void Write(IGameHost host, int address, int value)
    {
        host.WriteByte(address, (byte)value);
        WroteRam = true;
    }

    /// <summary>The title screen loads the area these name when it hears Start.</summary>
    private protected void WriteStage(IGameHost host)
    {
        Write(host, RamMap.World, Stage.World - 1);
        Write(host, RamMap.Stage, Stage.Stage - 1);
        Write(host, RamMap.Area, Stage.AreaIndex);
    }

    private static string WhatIsMissing(in MarioFrame frame)
    {
        if (frame.Mode > OperatingMode.GameOver || frame.Routine > PlayerRoutine.FlowerPickup)
        {
            return $"$0770 is {(byte)frame.Mode} and $000E is {(byte)frame.Routine}, values that no SMB-like ROM has.";
        }

        if (frame.Mode == OperatingMode.Title)
        {
            return "Start was pressed on every other frame, yet $0770 stays 0 (title), as in no SMB-like ROM that sees pad 1.";
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
