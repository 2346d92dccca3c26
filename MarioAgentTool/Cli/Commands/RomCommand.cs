using System.CommandLine;
using System.Globalization;
using NesCoreShim;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent rom</c>: what a ROM file is, and whether an agent can play it.</summary>
internal static class RomCommand
{
    private static readonly Argument<FileInfo?> Rom = new("FILE") { Description = "An iNES image (.nes). Without it, the built-in game.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<FileInfo?> Log = new("--log") { Description = "Check a log that Lua/mario_log.lua wrote: rewards, endings and observations are computed anew from its RAM.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("rom", "Says what a ROM file is, and tries whether it plays like Super Mario Bros.") { Rom, Timing, Log };
        command.SetAction(parsed => parsed.GetValue(Log) is { } log
            ? CheckLog(log, parsed.GetValue(Rom))
            : Inspect(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing)));
        Examples.Set(command, ("mario-agent rom smb.nes", "header, checksums, and what an agent needs"), ("mario-agent rom", "the built-in game"), ("mario-agent rom --log Lua/mario.jsonl", "what a game played in BizHawk was worth"));
        return command;
    }

    private static int CheckLog(FileInfo log, FileInfo? file)
    {
        if (!log.Exists)
        {
            throw new FileNotFoundException($"{log} does not exist; expected what Lua/mario_log.lua wrote.");
        }

        TransitionLog.Result result = TransitionLog.Check(log.FullName, file is null ? null : GameRom.Load(file).Cartridge.Sha1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Game          {result.Rom}, {result.Core}
            Episodes      {result.Episodes} ({string.Join(", ", result.Endings.GroupBy(e => e).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}"))})
            Steps         {result.Steps}, {result.Frames} frames
            Reward        {result.Reward:F2}
            """));
        Console.WriteLine(result.Difference is { } difference ? $"Difference    {difference}" : "Checked       rewards, endings and observations are as RAM gives them");
        return result.Difference is null ? CommandLine.Success : CommandLine.Failure;
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
        foreach ((string fact, string? problem) in RomChecks.Of(rom))
        {
            Console.WriteLine($"{(problem is null ? "yes" : "NO ")}  {fact}{(problem is null ? "" : $": {problem}")}");
            playable &= problem is null;
        }

        Console.WriteLine();
        Console.WriteLine(playable ? "An agent can play this: mario-agent train" + (rom.Path is null ? "" : $" --rom {file}") : "An agent that knows Super Mario Bros. cannot play this.");
        return playable ? CommandLine.Success : CommandLine.Failure;
    }
}
