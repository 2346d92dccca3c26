using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent bench</c>: the measurements that comments in the code speak of.</summary>
internal static class BenchCommand
{
    private const double DefaultSeconds = 5;
    private const int DefaultFrames = 600;

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of text." };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<double?> Seconds = CommonOptions.Number<double>("--seconds", "Time for each measurement. Default: 5.", "seconds, more than 0", s => s > 0);

    private static readonly Option<int?> Threads = CommonOptions.Number<int>("--threads", "Threads for the learner. Default: one a core.", "a whole number of threads from 1 to 1024", n => n is >= 1 and <= 1024);

    private static readonly Option<bool> Kernels = new("--kernels") { Description = "Measure single kernels instead, on one thread, beside the processor's peak." };

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

    private static readonly Option<BackendKind?> Backend = CommonOptions.Backend();
    private static readonly Option<BackendDevice?> Device = CommonOptions.Device();
    private static readonly Option<string> Stages = new("--stages") { Description = "Which stages, a run each: 1-1,1-3, or all of the game's. Default: all.", HelpName = "LIST", DefaultValueFactory = _ => AllStages };
    private static readonly Option<bool> Together = new("--together") { Description = "One network for all of the stages instead of one each." };
    private static readonly Option<string> Seeds = new("--seeds") { Description = "Which seeds: 1-5, or 1,2,7. Default: 1.", HelpName = "LIST", DefaultValueFactory = _ => "1" };
    private static readonly Option<double?> TrainMinutes = CommonOptions.Number<double>("--minutes", "Longest time for a run. Default: 30.", "minutes, more than 0", m => m > 0 && double.IsFinite(m));
    private static readonly Option<string?> TrainUntil = new("--until") { Description = "What ends a run early, as train has it: 95, no-op:95, off. Default: 95.", HelpName = "GOAL" };
    private static readonly Option<string?> TrainPreset = new("--preset") { Description = "What to begin with. Default: the one train begins with.", HelpName = "NAME" };
    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting by its path in settings.json; may be repeated.", HelpName = "KEY=VALUE" };
    private static readonly Option<DirectoryInfo> Folder = new("--out") { Description = "Folder for the runs, the table, results.md, and curves.png.", HelpName = "DIR", Required = true };

    private const string AllStages = "all";
    private const double DefaultTrainMinutes = 30;

    // The worlds of the built-in game.
    private const int BuiltInWorlds = 2;

    public static Command Create()
    {
        var emulate = new Command("emulate", "Frames per second of user CPU time, without video and with it; what a state costs; what is skipped and allocated.") { Json, Rom, Timing, Seconds, Board, Consoles };
        emulate.SetAction(parsed => Print(parsed, Emulate(parsed)));
        Examples.Set(emulate, ("mario-agent bench emulate --rom smb.nes", "your cartridge"), ("mario-agent bench emulate --board all", "every board, with games made for it"), ("mario-agent bench emulate --threads 8", "eight consoles at once"), ("mario-agent bench emulate --json", "for a script"));

        var observe = new Command("observe", "Microseconds for one observation of tiles, and of pixels.") { Json, Rom, Timing };
        observe.SetAction(parsed => Print(parsed, Observe(GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing)))));
        Examples.Set(observe, ("mario-agent bench observe", "on the built-in game's first screen"));

        var learn = new Command("learn", "Milliseconds for the learners' forward passes and updates; and PyTorch's for the same, in turns, where $PYTHON, /usr/bin/python3 or python3 has it.") { Json, Threads, Kernels, Backend, Device };
        learn.SetAction(parsed => Learn(parsed, parsed.GetValue(Threads) ?? System.Environment.ProcessorCount));
        Examples.Set(learn, ("mario-agent bench learn", "on all cores"), ("mario-agent bench learn --threads 1", "on one"), ("mario-agent bench learn --backend torch --device cuda", "TorchSharp on a GPU, where it has been added"), ("mario-agent bench learn --kernels", "what share of the processor's peak each kernel reaches"));

        var plugin = new Command("plugin", "Milliseconds a frame that the BizHawk tool takes while one watches it play. In a checkout, with the plug-in built.") { Json, Watched, Frames };
        plugin.SetAction(parsed => Print(parsed, PluginBenchmark.Run(parsed.GetValue(Watched)?.FullName, parsed.GetValue(Frames) ?? DefaultFrames)));
        Examples.Set(plugin, ("mario-agent bench plugin", "callbacks of the window, on mono or .NET Framework"), ("mario-agent bench plugin --run runs/<run>", "with an agent of yours"));

        var train = new Command("train", "Trains the same settings on stage after stage and seed after seed, and makes a table and curves of how it went. The same command goes on where it was stopped.")
        {
            Rom, Timing, Stages, Together, Seeds, TrainMinutes, TrainUntil, TrainPreset, Set, Threads, Folder,
        };
        train.SetAction(parsed => Train(parsed));
        Examples.Set(train,
            ("mario-agent bench train --stages all --seeds 1-5 --out bench-stages", "each stage of the built-in game, five times"),
            ("mario-agent bench train --stages 1-1 --seeds 1-5 --until no-op:95 --minutes 1 --out bench-quick", "how quickly the first is cleared undisturbed"),
            ("mario-agent bench train --stages all --together --minutes 180 --until 90 --out bench-all", "one network for all"));

        var bench = new Command("bench", "Measures emulation, observation, learning, the BizHawk tool and whole trainings on this machine.") { emulate, observe, learn, plugin, train };
        Examples.Set(bench, ("mario-agent bench emulate", "frames per second"), ("mario-agent bench learn", "updates per second"));
        return bench;
    }

    private static int Train(ParseResult parsed)
    {
        GameRom rom = GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing));
        RomChecks.Demand(rom);
        RunSettings settings = Presets.Get(parsed.GetValue(TrainPreset) ?? Presets.All[0].Name).Settings with { Rom = rom.Identity };
        settings = settings with { Threads = parsed.GetValue(Threads) ?? 0, Budget = new BudgetSettings { Minutes = parsed.GetValue(TrainMinutes) ?? DefaultTrainMinutes } };
        settings = parsed.GetValue(TrainUntil) is { } goal ? TrainCommand.WithGoal(settings, goal) : settings;
        settings = SettingsFile.With(settings, parsed.GetValue(Set) ?? []);
        settings.Validate();

        string list = parsed.GetValue(Stages)!;
        IReadOnlyList<StageId> stages = list == AllStages ? [.. StageId.All.Where(s => rom.Path is not null || s.World <= BuiltInWorlds)] : StageId.ParseList(list);
        using var signals = new StopSignals(() => Console.Error.WriteLine("Stopping after this step; again to stop at once."));
        new TrainBenchmark(rom, settings, parsed.GetValue(Folder)!.FullName).Run(
            parsed.GetValue(Together) ? [stages] : [.. stages.Select(s => new[] { s })], ParseSeeds(parsed.GetValue(Seeds)!), signals.Token);
        return CommandLine.Success;
    }

    private static ulong[] ParseSeeds(string text)
    {
        var seeds = new List<ulong>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
                || !ulong.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong last) || last < first || last - first >= 1000)
            {
                throw new SettingsException($"--seeds {text}: expected whole numbers from 0, such as 1-5 or 1,2,7.");
            }

            for (ulong seed = first; seed <= last; seed++)
            {
                seeds.Add(seed);
            }
        }

        return [.. seeds];
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

    private static int Learn(ParseResult parsed, int threads)
    {
        if (parsed.GetValue(Kernels))
        {
            return PrintKernels(parsed, KernelBenchmark.Run());
        }

        BackendOptions options = new(threads, parsed.GetValue(Device) ?? BackendDevice.Auto);
        Func<IBackend> backend = () => Backends.Create(parsed.GetValue(Backend) ?? BackendKind.Managed, options);
        string name;
        using (IBackend one = backend())
        {
            name = one.Name;
        }

        using TorchPeer? peer = TorchPeer.Start(threads);
        IEnumerable<LearnTiming> timings = LearnComparison.Run(backend, peer);
        if (parsed.GetValue(Json))
        {
            return Print(parsed, [.. timings.SelectMany(t => t.Measurements)]);
        }

        Console.WriteLine(Machine());
        Console.WriteLine($"Milliseconds, {name}{(peer is null ? "; no PyTorch to compare with" : $"; {peer.About}{(threads > 1 ? ", OMP_WAIT_POLICY=PASSIVE" : "")}")}");
        if (peer is { HasReferenceBlas: true })
        {
            Console.WriteLine("This is the reference BLAS: PyTorch's dense layers are some twenty times slower than they need be. Install another (Debian: libopenblas0) to compare.");
        }

        Console.WriteLine($"{"",-64}{"median",9}{"best",10}{"GFLOP/s",9}{(peer is null ? "" : $"{"PyTorch",11}{"best",10}{"ratio",9}{"of bests",9}{"difference",12}")}");
        foreach (LearnTiming t in timings)
        {
            string torch = peer is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{t.TorchMilliseconds,11:0.000}{t.TorchBest,10:0.000}{t.Ratio,8:0.00}x{t.BestRatio,8:0.00}x{t.Difference,12:0e+0}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{t.Name,-64}{t.Milliseconds,9:0.000}{t.Best,10:0.000}{t.Gigaflops,9:0.0}{torch}"));
        }

        return CommandLine.Success;
    }

    private static int PrintKernels(ParseResult parsed, IReadOnlyList<KernelTiming> timings)
    {
        if (parsed.GetValue(Json))
        {
            return Print(parsed, [.. timings.SelectMany(t => new Measurement[] { new(t.Name, t.Milliseconds, "ms"), new($"{t.Name}: rate", t.Rate, t.ShareOfPeak is null ? "GB/s" : "GFLOP/s") })]);
        }

        Console.WriteLine(Machine());
        foreach (KernelTiming t in timings)
        {
            string share = t.ShareOfPeak is { } peak ? string.Create(CultureInfo.InvariantCulture, $"GFLOP/s {100 * peak,5:0} % of peak") : "GB/s";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{t.Name,-52}{t.Milliseconds,9:0.0000} ms{t.Rate,9:0.0} {share}"));
        }

        return CommandLine.Success;
    }

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
