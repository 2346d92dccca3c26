using System.CommandLine;
using System.Globalization;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Training;
using NesCoreShim;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent rom</c>: what a ROM file is, and whether an agent can play it.</summary>
internal static class RomCommand
{
    // Long enough for the clock to tick and for Mario to get going.
    private const int TrialFrames = 90;

    private static readonly Argument<FileInfo?> Rom = new("FILE") { Description = "An iNES image (.nes). Without it, the built-in game.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Timing = CommonOptions.Region();

    public static Command Create()
    {
        var command = new Command("rom", "Says what a ROM file is, and tries whether it plays like Super Mario Bros.") { Rom, Timing };
        command.SetAction(parsed => Inspect(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing)));
        Examples.Set(command, ("mario-agent rom smb.nes", "header, checksums, and what an agent needs"), ("mario-agent rom", "the built-in game"));
        return command;
    }

    private static int Inspect(FileInfo? file, Region? region)
    {
        GameRom rom = GameRom.Load(file, region);
        Cartridge c = rom.Cartridge;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            File          {rom.Path ?? rom.Name}, {rom.Image.Length:N0} bytes, {c.Format}
            Board         mapper {c.Mapper}{(c.Submapper == 0 ? "" : $".{c.Submapper}")} ({c.BoardName}), {c.PrgRomSize / 1024} KiB PRG, {c.ChrRomSize / 1024} KiB CHR, {c.Mirroring} mirroring{(c.HasBattery ? ", battery" : "")}
            Region        {c.Region}{(region is null ? "" : $", run as {region}")}
            SHA-1         {c.Sha1} (whole file, as BizHawk)
            CRC-32        {c.Crc32:X8} (without header, as ROM databases)
            """));
        Console.WriteLine();

        bool playable = true;
        foreach ((string fact, string? problem) in Checks(rom))
        {
            Console.WriteLine($"{(problem is null ? "yes" : "NO ")}  {fact}{(problem is null ? "" : $": {problem}")}");
            playable &= problem is null;
        }

        Console.WriteLine();
        Console.WriteLine(playable ? "An agent can play this: mario-agent train" + (rom.Path is null ? "" : $" --rom {file}") : "An agent that knows Super Mario Bros. cannot play this.");
        return playable ? CommandLine.Success : CommandLine.Failure;
    }

    /// <summary>What an agent relies on, tried one after the other; the first that fails is the last.</summary>
    private static IEnumerable<(string Fact, string? Problem)> Checks(GameRom rom)
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
