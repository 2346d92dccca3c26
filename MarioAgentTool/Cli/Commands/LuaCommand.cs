using System.CommandLine;
using MarioAgentTool.Cli.Lua;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent lua</c>: runs a BizHawk Lua script on the headless core.</summary>
internal static class LuaCommand
{
    private static readonly Argument<FileInfo> Script = new("SCRIPT") { Description = "A Lua script written for BizHawk." };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<long?> Frames = CommonOptions.Number<long>("--frames", "Stop after so many frames. Default: when the script ends.", "1 or more frames", n => n >= 1);
    private static readonly Option<string?> UserData = new("--userdata") { Description = "Values for the script's userdata.get, written key:value;key:value as for EmuHawk.", HelpName = "PAIRS" };
    private static readonly Option<FileInfo?> Record = new("--record") { Description = "Record a movie from power-on, for scripts that save or stop one. .bk2 or .fm2.", HelpName = "FILE" };
    private static readonly Option<FileInfo?> Picture = new("--screenshot") { Description = "Write the last picture, with what the script drew over it, as a PNG.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("lua", "Runs a BizHawk Lua script on the headless core: no window, no waiting for frames.") { Script, Rom, Timing, Frames, UserData, Record, Picture };
        command.SetAction(parsed => Run(parsed));
        Examples.Set(command,
            ("mario-agent lua Lua/mario_hud.lua --frames 600 --screenshot hud.png", "what does it draw?"),
            ("mario-agent lua bot.lua --rom smb.nes", "your script on your cartridge"),
            ("mario-agent lua bot.lua --record bot.bk2 --frames 3600", "and a movie of it"));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        FileInfo script = parsed.GetRequiredValue(Script);
        if (!script.Exists)
        {
            throw new FileNotFoundException($"{script} does not exist; expected a Lua script.");
        }

        GameRom rom = GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing));
        using var host = new LuaHost(rom, Console.Out);
        foreach ((string key, string value) in Pairs(parsed.GetValue(UserData)))
        {
            host.SetUserData(key, value);
        }

        if (parsed.GetValue(Record) is { } movie)
        {
            host.Movie.Record(movie.FullName);
        }

        using var signals = new StopSignals(host.Stop);
        string? end = null;
        int code = CommandLine.Success;
        try
        {
            host.Start(script.FullName);
            long limit = parsed.GetValue(Frames) ?? long.MaxValue;
            for (long turn = 0; turn < limit && !host.IsOver && !signals.Token.IsCancellationRequested; turn++)
            {
                host.Step();
            }

            code = host.ExitCode ?? CommandLine.Success;
        }
        catch (OperationCanceledException)
        {
            end = "stopped";
        }
        catch (LuaScriptException e)
        {
            (end, code) = (e.Message, CommandLine.Failure);
        }

        if (end is not null)
        {
            Console.Error.WriteLine($"mario-agent: {end}");
        }

        code = Finish(host, code);
        host.Movie.Stop(save: true);
        if (parsed.GetValue(Picture) is { } picture)
        {
            WholeFile.Write(picture.FullName, s => s.Write(host.Screenshot(withShapes: true)));
        }

        return code;
    }

    // Handlers of onexit run whatever happened before, and can fail themselves.
    private static int Finish(LuaHost host, int code)
    {
        try
        {
            host.Finish();
            return code;
        }
        catch (LuaScriptException e)
        {
            Console.Error.WriteLine($"mario-agent: {e.Message}");
            return CommandLine.Failure;
        }
    }

    private static IEnumerable<(string Key, string Value)> Pairs(string? text)
    {
        foreach (string pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split(':', 2);
            yield return parts.Length == 2 ? (parts[0], parts[1]) : throw new SettingsException($"--userdata {pair}: expected key:value pairs with ; between them.");
        }
    }
}
