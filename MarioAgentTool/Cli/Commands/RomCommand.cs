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

    private static readonly Option<string?> Map = new("--map")
    {
        Description = "Draws a stage, such as 1-1, with all its rooms, into the picture of --out.",
        HelpName = "STAGE",
        Validators =
        {
            result =>
            {
                string text = result.Tokens[0].Value;
                if (!TryStage(text, out _, out _))
                {
                    result.AddError($"--map {text}: expected a stage from 1-1 to 8-4");
                }
            },
        },
    };

    private static readonly Option<FileInfo?> Out = new("--out") { Description = "The PNG file that --map writes. Default: STAGE.png.", HelpName = "FILE" };

    private static readonly Option<FileInfo?> RomOption = CommonOptions.Rom();

    public static Command Create()
    {
        var command = new Command("rom", "Says what a ROM file is, and tries whether it plays like Super Mario Bros.; draws its stages.") { Rom, RomOption, Timing, Map, Out, Log };
        command.SetAction(parsed =>
        {
            FileInfo? file = parsed.GetValue(Rom) ?? parsed.GetValue(RomOption);
            Region? region = CommonOptions.GetRegion(parsed, Timing);
            return parsed.GetValue(Map) is { } stage ? DrawMap(file, region, stage, parsed.GetValue(Out))
                : parsed.GetValue(Log) is { } log ? CheckLog(log, file)
                : Inspect(file, region);
        });
        Examples.Set(command,
            ("mario-agent rom smb.nes", "header, checksums, and what an agent needs"),
            ("mario-agent rom", "the built-in game"),
            ("mario-agent rom --map 1-2 --out 1-2.png", "a stage and its rooms as a picture"),
            ("mario-agent rom --log Lua/mario.jsonl", "what a game played in BizHawk was worth"));
        return command;
    }

    private static int DrawMap(FileInfo? file, Region? region, string name, FileInfo? target)
    {
        TryStage(name, out int world, out int stage);
        string path = target?.FullName ?? $"{name}.png";
        File.WriteAllBytes(path, StageMap.Draw(GameRom.Load(file, region).NewConsole(), world, stage));
        Console.WriteLine($"{path}: stage {name}");
        return CommandLine.Success;
    }

    private static bool TryStage(string text, out int world, out int stage)
    {
        string[] parts = text.Split('-');
        stage = 0;
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out world)
            & (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out stage))
            && world is >= 1 and <= 8 && stage is >= 1 and <= 4;
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
