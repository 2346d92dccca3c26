using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent bench</c>: the measurements that comments in the code speak of.</summary>
internal static class BenchCommand
{
    private const double DefaultSeconds = 5;
    private const int LearnRepetitions = 25, DefaultFrames = 600;

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of text." };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<double?> Seconds = CommonOptions.Number<double>("--seconds", "Time for each measurement. Default: 5.", "seconds, more than 0", s => s > 0);

    private static readonly Option<int?> Threads = CommonOptions.Number<int>("--threads", "Threads for the learner. Default: one a core.", "a whole number of threads from 1 to 1024", n => n is >= 1 and <= 1024);

    private const string AllBoards = "all";

    private static readonly string[] BoardNames = [AllBoards, .. BenchGame.All.Select(g => g.Name)];

    private static readonly Option<string?> Board = new("--board")
    {
        Description = $"Measure a small game made for the board instead: {string.Join(", ", BoardNames)}.",
        HelpName = "NAME",
        Validators =
        {
            result =>
            {
                if (!BoardNames.Contains(result.Tokens[0].Value))
                {
                    result.AddError($"--board {result.Tokens[0].Value} is unknown. {Suggestion.Sentence(result.Tokens[0].Value, BoardNames)}");
                }
            },
        },
    };

    private static readonly Option<int?> Consoles = CommonOptions.Number<int>("--threads", "Run so many consoles at once, one a thread, and say how that scales.", "a whole number of threads from 1 to 1024", n => n is >= 1 and <= 1024);

    private static readonly Option<DirectoryInfo?> Watched = new("--run") { Description = "The run to watch. Default: a network of the default preset that has learnt nothing.", HelpName = "DIR" };

    private static readonly Option<int?> Frames = CommonOptions.Number<int>("--frames", "Frames to measure of each thing that can be looked at, sixty a second. Default: 600.", "a whole number of frames, more than 0", n => n > 0);

    public static Command Create()
    {
        var emulate = new Command("emulate", "Frames per second of user CPU time, without video and with it; what a state costs; what is skipped and allocated.") { Json, Rom, Timing, Seconds, Board, Consoles };
        emulate.SetAction(parsed => Print(parsed, Emulate(parsed)));
        Examples.Set(emulate, ("mario-agent bench emulate --rom smb.nes", "your cartridge"), ("mario-agent bench emulate --board all", "every board, with games made for it"), ("mario-agent bench emulate --threads 8", "eight consoles at once"), ("mario-agent bench emulate --json", "for a script"));

        var observe = new Command("observe", "Microseconds for one observation of tiles, and of pixels.") { Json, Rom, Timing };
        observe.SetAction(parsed => Print(parsed, Observe(GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing)))));
        Examples.Set(observe, ("mario-agent bench observe", "on the built-in game's first screen"));

        var learn = new Command("learn", "Milliseconds for the learners' forward passes and updates.") { Json, Threads };
        learn.SetAction(parsed => Print(parsed, Learn(parsed.GetValue(Threads) ?? System.Environment.ProcessorCount)));
        Examples.Set(learn, ("mario-agent bench learn", "on all cores"), ("mario-agent bench learn --threads 1", "on one"));

        var plugin = new Command("plugin", "Milliseconds a frame that the BizHawk tool takes while one watches it play. In a checkout, with the plug-in built.") { Json, Watched, Frames };
        plugin.SetAction(parsed => Print(parsed, PluginBenchmark.Run(parsed.GetValue(Watched)?.FullName, parsed.GetValue(Frames) ?? DefaultFrames)));
        Examples.Set(plugin, ("mario-agent bench plugin", "callbacks of the window, on mono or .NET Framework"), ("mario-agent bench plugin --run runs/<run>", "with an agent of yours"));

        var bench = new Command("bench", "Measures emulation, observation, learning and the BizHawk tool on this machine.") { emulate, observe, learn, plugin };
        Examples.Set(bench, ("mario-agent bench emulate", "frames per second"), ("mario-agent bench learn", "updates per second"));
        return bench;
    }

    private static IReadOnlyList<Measurement> Emulate(ParseResult parsed)
    {
        double seconds = parsed.GetValue(Seconds) ?? DefaultSeconds;
        FileInfo? rom = parsed.GetValue(Rom);
        if (parsed.GetValue(Board) is { } board)
        {
            return rom is null && parsed.GetValue(Consoles) is null && parsed.GetValue(Timing) is null
                ? EmulateBenchmark.RunBoards(BenchGame.All.Where(g => board is AllBoards || g.Name == board), seconds)
                : throw new SettingsException($"--board {board} brings its own game and runs it alone; leave out --rom, --region and --threads.");
        }

        GameRom game = GameRom.Load(rom, CommonOptions.GetRegion(parsed, Timing));
        return parsed.GetValue(Consoles) is { } threads ? EmulateBenchmark.RunThreads(game, threads, seconds) : EmulateBenchmark.Run(game, seconds);
    }

    private static IReadOnlyList<Measurement> Observe(GameRom rom)
    {
        var host = rom.NewNesHost();
        Boot.ToStart(host, new EnvironmentSettings());
        host.FrameAdvance(Buttons.None, render: true);
        return [.. ObserveBenchmark.Run(host.ReadRam(), host.ReadScreen()).Select(r => new Measurement(r.Name, r.Microseconds, "us"))];
    }

    private static IReadOnlyList<Measurement> Learn(int threads) =>
        [.. LearnBenchmark.Run(threads, LearnRepetitions).SelectMany(r => new Measurement[] { new(r.Name, r.Milliseconds, "ms"), new($"{r.Name}: arithmetic", r.Gigaflops, "GFLOP/s") })];

    private static int Print(ParseResult parsed, IReadOnlyList<Measurement> measurements)
    {
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(new JObject
            {
                ["machine"] = Machine(),
                ["measurements"] = new JArray(measurements.Select(m => new JObject { ["name"] = m.Name, ["value"] = m.Value, ["unit"] = m.Unit })),
            }.ToString(Formatting.Indented));
            return CommandLine.Success;
        }

        Console.WriteLine(Machine());
        foreach (Measurement m in measurements)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{m.Name,-58}{(m.Value >= 100 ? m.Value.ToString("N0", CultureInfo.InvariantCulture) : m.Value.ToString("0.###", CultureInfo.InvariantCulture)),12} {m.Unit}"));
        }

        return CommandLine.Success;
    }

    private static string Machine()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? model = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() : null;
        string vectors = System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? "AVX-512" : System.Runtime.Intrinsics.X86.Avx2.IsSupported ? "AVX2" : "no AVX2";
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {System.Environment.ProcessorCount} cores, {vectors}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
    }
}

/// <summary>One figure.</summary>
internal sealed record Measurement(string Name, double Value, string Unit);
