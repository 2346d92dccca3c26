using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli;

/// <summary>Whether a ROM plays like Super Mario Bros., by trying it.</summary>
internal static class RomChecks
{
    // Long enough for the clock to tick and for Mario to get going.
    private const int TrialFrames = 90;

    /// <summary>Refuses a ROM that fails one, and names it.</summary>
    /// <exception cref="SettingsException">Which check failed.</exception>
    public static void Demand(GameRom rom)
    {
        foreach ((string fact, string? problem) in Of(rom))
        {
            if (problem is not null)
            {
                throw new SettingsException($"{rom.Name} does not play like Super Mario Bros.; this should hold: {fact}, but {char.ToLowerInvariant(problem[0])}{problem[1..].TrimEnd('.', '?')}. Give another with --rom, or none for the built-in game.");
            }
        }
    }

    /// <summary>What an agent relies on, tried one after the other; the first that fails is the last.</summary>
    public static IEnumerable<(string Fact, string? Problem)> Of(GameRom rom)
    {
        var host = rom.NewNesHost();
        StartState? start = null;
        string? problem = null;
        try
        {
            start = Boot.ToStart(host, new EnvironmentSettings());
        }
        catch (StageStartException e)
        {
            problem = e.Message;
        }

        yield return ($"Start leads into stage 1-1{(start is null ? "" : $" ({start.InputsFromPowerOn.Length} frames)")}", problem);
        if (start is null)
        {
            yield break;
        }

        int time = new MarioFrame(host.ReadRam()).Time, x = new MarioFrame(host.ReadRam()).LevelX;
        MarioFrame after = Try(host, start, Buttons.Right);
        yield return ("the clock runs", after.Time < time ? null : $"it stays at {time} for {TrialFrames} frames");
        yield return ("Right moves Mario to the right", Try(host, start, Buttons.Right).LevelX > x ? null : $"he stays at x {x}");
        yield return ("A makes him jump", Leaves(host, start) ? null : "he stays on the ground");

        Try(host, start, Buttons.Right);
        ulong first = host.Nes.StateHash();
        Try(host, start, Buttons.Right);
        yield return ("the same state and buttons lead to the same state", host.Nes.StateHash() == first ? null : "two trials differ");
    }

    private static MarioFrame Try(NesHost host, StartState start, Buttons buttons)
    {
        host.LoadState(start.State);
        for (int i = 0; i < TrialFrames; i++)
        {
            host.FrameAdvance(buttons, render: false);
        }

        return new MarioFrame(host.ReadRam());
    }

    private static bool Leaves(NesHost host, StartState start)
    {
        host.LoadState(start.State);
        for (int i = 0; i < TrialFrames; i++)
        {
            host.FrameAdvance(Buttons.A, render: false);
            if (new MarioFrame(host.ReadRam()).FloatState == FloatState.Jumping)
            {
                return true;
            }
        }

        return false;
    }
}
