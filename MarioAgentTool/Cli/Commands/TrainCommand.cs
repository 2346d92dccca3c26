using System.CommandLine;
using System.Globalization;
using MarioAgentTool.Cli.Display;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Metrics.TensorBoard;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent train</c>: learns, and leaves a run's folder.</summary>
internal static class TrainCommand
{
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();

    private static readonly Option<string?> PresetName = new("--preset")
    {
        Description = $"What to begin with: {string.Join(", ", Presets.All.Select(p => p.Name))}; mario-agent presets tells of each. Default: {Presets.All[0].Name}.",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Fix = new("--fix") { Description = "Mends one of the preset's quirks; may be repeated. mario-agent presets lists them.", HelpName = "NAME" };

    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<string?> Observation = new("--observation") { Description = "What the agent sees: tiles (from RAM, quick), pixels (the picture), mari-o (13 x 13 tiles) or screen-grid (13 x 16).", HelpName = "KIND" };
    private static readonly Dictionary<string, ObservationKind> ObservationNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tiles"] = ObservationKind.Tiles,
        ["pixels"] = ObservationKind.Pixels,
        ["mari-o"] = ObservationKind.MariO,
        ["screen-grid"] = ObservationKind.ScreenGrid,
    };

    private static readonly Option<DirectoryInfo?> Out = new("--out") { Description = "Folder for the run. Default: runs/<date>-<preset>.", HelpName = "DIR" };
    private static readonly Option<ulong?> Seed = CommonOptions.Number<ulong>("--seed", "One seed makes a run. Default: 1.", "a whole number from 0", _ => true);
    private static readonly Option<long?> Frames = CommonOptions.Number<long>("--frames", "Train for this many emulated frames, earlier sittings included, no matter how long it takes.", "a whole number of frames from 1", n => n > 0);
    private static readonly Option<long?> Episodes = CommonOptions.Number<long>("--episodes", "Train for this many episodes, earlier sittings included.", "a whole number of episodes from 1", n => n > 0);
    private static readonly Option<double?> Minutes = CommonOptions.Number<double>("--minutes", "Train for this long. Default: 5, or less once the goal is reached; 60 from pictures.", "minutes, more than 0", m => m > 0 && double.IsFinite(m));
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "Stop once so many percent of 200 fresh episodes clear each stage, and of another 200: 95, under sticky actions; no-op:95, after random waiting alone; off. Default: 95, or off where a budget is named.",
        HelpName = "GOAL",
    };

    private static readonly Option<DirectoryInfo?> Resume = new("--resume") { Description = "Go on with an earlier run from its checkpoint.", HelpName = "DIR" };
    private static readonly Option<int?> Threads = CommonOptions.Number<int>("--threads", "Threads for emulation and learning. Default: one a core.", "a whole number of threads from 1 to 1024", n => n is >= 1 and <= 1024);
    private static readonly Option<BackendKind?> Backend = CommonOptions.Backend();
    private static readonly Option<BackendDevice?> Device = CommonOptions.Device();
    private static readonly Option<bool> TensorBoard = new("--tensorboard") { Description = "Write every episode into an event file, for tensorboard --logdir runs. The notebooks' presets do so unasked." };
    private static readonly Option<string[]> Start = new("--start") { Description = "Where training's episodes begin: .state files, folders of them, or movies, along which states are taken; may be repeated. Evaluations begin where stages do.", HelpName = "FILES|DIR|MOVIE", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> CurriculumName = new("--curriculum")
    {
        Description = "How episodes are spread over starts: uniform; backward, from the end of a movie to its beginning as clears allow; frontier, also from wherever the agent has come; rewind, also from a few seconds before the latest deaths. Default: rewind with fast, else uniform.",
        HelpName = "KIND",
    };

    private static readonly Option<int?> StartEvery = CommonOptions.Number<int>("--start-every", "Frames between two states along a movie. Default: 60.", "a whole number of frames from 1", n => n > 0);
    private static readonly Option<bool> StartWhereItFails = new("--start-where-it-fails") { Description = "Of several starts draw those more often from which fewer episodes clear the stage." };
    private static readonly Option<bool> HasLifeline = new("--lifeline") { Description = "Stop cleanly when standard input closes, unless the line 'go on' came before.", Hidden = true };
    private static readonly WorldOptions World = new();
    private static readonly Option<FileInfo?> Weights = new("--weights")
    {
        Description = "A network to begin with instead of a random one: .pt, .pth, .chkpt or .safetensors. Epsilon begins at its exploration_rate, if it has one.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting by its path in settings.json; may be repeated.", HelpName = "KEY=VALUE" };

    public static Command Create()
    {
        var command = new Command("train", "Learns to play, with live progress. Ctrl-C stops cleanly; --resume goes on.")
        {
            Rom, Timing, PresetName, Fix, Observation, Out, Seed, Frames, Episodes, Minutes, Until, Resume, Threads, Backend, Device, TensorBoard, Weights, Start, StartEvery, CurriculumName, StartWhereItFails, Set, HasLifeline,
        };
        World.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Resume) is not null)
            {
                Option? clash = new Option[] { Timing, PresetName, Fix, Observation, World.Env, World.Stages, Out, Seed, TensorBoard, Weights, Start, StartEvery, CurriculumName, StartWhereItFails, Set }.FirstOrDefault(o => result.GetResult(o) is { Implicit: false });
                if (clash is not null)
                {
                    result.AddError($"{clash.Name} cannot be combined with --resume, which keeps the run's own settings; only --frames, --episodes, --minutes, --until, --threads, --backend, --device and --rom may be given anew");
                }
            }
        });
        command.SetAction(parsed => Run(parsed));
        Examples.Set(command,
            ("mario-agent train", "the built-in game; ends by itself within 5 minutes"),
            ("mario-agent train --until no-op:95", "ends as soon as it clears when nothing disturbs it"),
            ("mario-agent train --rom smb.nes --minutes 10", "your cartridge, ten minutes"),
            ("mario-agent train --preset double-dqn --observation pixels", "learn from the picture"),
            ("mario-agent train --rom smb.nes --stages 1-1,1-2,1-3", "a stage drawn for each episode"),
            ("mario-agent train --env SuperMarioBros-1-1-v0", "the world as gym conducts it; the reward stays the preset's"),
            ("mario-agent train --preset tutorial-ddqn --weights mario_net_1.chkpt", "go on from a network that PyTorch saved"),
            ("mario-agent train --start states/ --start-where-it-fails", "from your own states, the hard ones more often"),
            ("mario-agent train --stages 1-3 --start clear.bk2 --curriculum backward", "from the end of a movie back to its beginning"),
            ("mario-agent train --stages 1-2 --curriculum frontier", "also from wherever the agent has come"),
            ("mario-agent train --stages 1-1 --curriculum uniform", "from the stage's beginning alone"),
            ("mario-agent train --frames 10000000 --set consoles=128", "a longer run on more consoles"),
            ("mario-agent train --preset rainbow --backend torch --device cuda", "on an NVIDIA GPU, once dotnet build -c Release MarioAgentTool/Torch -p:Torch=cuda has added TorchSharp"),
            ("mario-agent train --resume runs/<run> --minutes 5", "five minutes more"));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        (RunSettings settings, RunFolder folder, GameRom rom, bool resumes) = parsed.GetValue(Resume) is { } earlier ? ToGoOn(parsed, earlier) : ToStart(parsed);

        using TrainDisplay display = TrainDisplay.For(settings, rom, folder);
        using var signals = new StopSignals(display.Stopping);
        if (parsed.GetValue(HasLifeline))
        {
            Lifeline.Watch(Console.In, signals.Stop);
        }

        var shell = new TrainingShell
        {
            NewHost = rom.HostsFor(settings.Environment),
            Movies = new MovieSink(rom),
            Watcher = display,
            TensorBoard = path => new TensorBoardRecord(path),
            AlongMovie = (path, every) => MovieStarts.Along(rom, path, every),
        };
        using Trainer trainer = resumes ? Trainer.Resume(settings, folder, shell) : Trainer.Start(settings, folder, shell);

        RunEnd end = trainer.Run(signals.Token);
        display.Dispose();

        // All is saved: from here on a signal ends the process at once, as it would without us.
        signals.Dispose();
        if (end != RunEnd.Stopped)
        {
            Console.WriteLine("Examining the best network on fresh seeds.");
            trainer.ExamineBest();
        }

        Console.WriteLine();
        Console.Write(File.ReadAllText(folder.Summary));
        string shown = Shorten(folder.Path);
        string[] files = ["metrics.jsonl", "curves.png", "best.safetensors", "best-episode.bk2", "log", "log.txt"];
        EnvironmentSettings filmed = settings.Environment.AsMovies();
        bool hasMovie = File.Exists(folder.BestEpisode(".bk2")), canHave = filmed.NoMovieBecause(filmed.StartStages()[0]) is null;
        Console.WriteLine($"Files           {shown}: {string.Join(", ", files.Where(name => File.Exists(Path.Combine(folder.Path, name))))}");
        Console.WriteLine();
        Console.WriteLine("Next:");
        Console.WriteLine($"  mario-agent eval {shown}");
        if (hasMovie || canHave)
        {
            Console.WriteLine($"  mario-agent record {shown} {(hasMovie ? "" : "--next ")}--out clear.bk2");
        }

        Console.WriteLine($"  mario-agent train --resume {shown} --minutes 5");
        return CommandLine.Success;
    }

    private static (RunSettings, RunFolder, GameRom, bool Resumes) ToStart(ParseResult parsed)
    {
        GameRom rom = GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing));
        RomChecks.Demand(rom);
        RunSettings settings = Presets.Get(parsed.GetValue(PresetName) ?? Presets.All[0].Name).Settings with { Rom = rom.Identity };
        settings = Fixes.Apply(settings, parsed.GetValue(Fix) ?? []);
        if (parsed.GetValue(Observation) is { } observation)
        {
            settings = Presets.Observing(settings, ParseObservation(observation));
        }

        settings = parsed.GetValue(TensorBoard) ? settings with { Records = settings.Records with { TensorBoard = true } } : settings;
        settings = WithBudgetAndThreads(parsed, settings with { Seed = parsed.GetValue(Seed) ?? settings.Seed });
        settings = settings with { Environment = World.In(settings.Environment, parsed), Starts = string.Join('|', StartFiles(parsed.GetValue(Start) ?? [])) };
        settings = settings with
        {
            Curriculum = settings.Curriculum with
            {
                Kind = parsed.GetValue(CurriculumName) is { } name ? ParseCurriculum(name) : settings.Curriculum.Kind,
                Every = parsed.GetValue(StartEvery) ?? settings.Curriculum.Every,
            },
        };
        if (settings.Starts.Length > 0 && !World.IsNamed(parsed))
        {
            settings = settings with { Environment = InStagesOf(Boot.ToGivenStarts(rom.HostsFor(settings.Environment), settings, (path, every) => MovieStarts.Along(rom, path, every)), settings.Environment) };
        }

        if (parsed.GetValue(StartWhereItFails))
        {
            settings = settings with { Environment = settings.Environment with { StartDraw = StartDraw.Failures } };
        }

        settings = parsed.GetValue(Weights) is { } weights ? From(weights, settings) : settings;
        settings = SettingsFile.With(settings, parsed.GetValue(Set) ?? []);
        settings.Validate();
        if (settings.Weights is { } file)
        {
            // Refused before there is a folder.
            using ILearner learner = Learners.CreateToPlay(settings);
            WeightsFile.ReadInto(file, learner);
        }

        // What cannot be had is said before there is a folder.
        Learners.Demand(settings.Compute);
        string path = parsed.GetValue(Out)?.FullName
            ?? Path.GetFullPath(Path.Combine("runs", $"{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{settings.Preset}"));
        return (settings, RunFolder.Create(path), rom, false);
    }

    private static RunSettings From(FileInfo weights, RunSettings settings)
    {
        if (!weights.Exists)
        {
            throw new FileNotFoundException($"{weights} does not exist; --weights expects a network that torch.save or mario-agent wrote.");
        }

        settings = settings with { Weights = weights.FullName };
        return settings.Learner == LearnerKind.ClassicDqn && WeightsFile.Read(weights.FullName).Number(WeightsFile.ExplorationRate) is { } epsilon
            ? settings with { ClassicDqn = settings.ClassicDqn with { EpsilonStart = epsilon } }
            : settings;
    }

    private static (RunSettings, RunFolder, GameRom, bool Resumes) ToGoOn(ParseResult parsed, DirectoryInfo earlier)
    {
        RunFolder folder = RunFolder.Open(earlier.FullName);
        RunSettings settings = WithBudgetAndThreads(parsed, folder.ReadSettings());
        settings.Validate();
        return (settings, folder, GameRom.LoadFor(settings, parsed.GetValue(Rom)), true);
    }

    // Whoever names a budget wants all of it; only the default one ends early, or one beside a goal.
    private static RunSettings WithBudgetAndThreads(ParseResult parsed, RunSettings settings)
    {
        long? frames = parsed.GetValue(Frames);
        long? episodes = parsed.GetValue(Episodes);
        double? minutes = parsed.GetValue(Minutes);
        settings = settings with
        {
            Threads = parsed.GetValue(Threads) ?? settings.Threads,
            Compute = settings.Compute with { Backend = parsed.GetValue(Backend) ?? settings.Compute.Backend, Device = parsed.GetValue(Device) ?? settings.Compute.Device },
            Budget = frames is null && episodes is null && minutes is null
                ? settings.Budget
                : new BudgetSettings { Frames = frames, Episodes = episodes, Minutes = minutes, Until = null },
        };
        return parsed.GetValue(Until) is { } goal ? WithGoal(settings, goal) : settings;
    }

    /// <summary>The settings with a goal as <c>--until</c> names it: 95, no-op:95, sticky:95, off.</summary>
    internal static RunSettings WithGoal(RunSettings settings, string goal)
    {
        if (goal.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            return settings with { Budget = settings.Budget with { Until = null } };
        }

        string[] parts = goal.Split(':');
        ProtocolKind? judge = parts is [_] ? settings.Evaluation.Judge : parts[0].ToLowerInvariant() switch { "no-op" => ProtocolKind.NoOp, "sticky" => ProtocolKind.Sticky, _ => null };
        return judge is { } kind && parts.Length <= 2 && double.TryParse(parts[^1].TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100
            ? settings with { Budget = settings.Budget with { Until = percent }, Evaluation = settings.Evaluation with { Judge = kind } }
            : throw new SettingsException($"--until {goal}: expected a percentage of clears above 0 up to 100, such as 95 or no-op:95, or off.");
    }

    // Evaluations begin where stages do: in those that the given states are of.
    private static EnvironmentSettings InStagesOf(IReadOnlyList<StartState> starts, EnvironmentSettings environment)
    {
        StageId[] stages = [.. starts.Select(s => s.Stage).Distinct()];
        return stages is [var one]
            ? environment with { Task = TaskKind.Stage, Stages = "", World = one.World, Stage = one.Stage }
            : environment with { Task = TaskKind.RandomStages, Stages = string.Join(",", stages) };
    }

    // In an order that does not depend on the file system: the same command is the same run.
    private static string[] StartFiles(IEnumerable<string> given) => [.. given.SelectMany(path =>
    {
        if (!Directory.Exists(path))
        {
            return [Path.GetFullPath(path)];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.state").Select(Path.GetFullPath).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new SettingsException($"--start {path}: the folder has no .state file; mario-agent replay --state writes one.");
    })];

    private static CurriculumKind ParseCurriculum(string text) =>
        Enum.TryParse(text, ignoreCase: true, out CurriculumKind kind) && Enum.IsDefined(kind) && !char.IsDigit(text[0])
            ? kind
            : throw new SettingsException($"--curriculum {text} is unknown. {Suggestion.Sentence(text, [.. Enum.GetNames<CurriculumKind>().Select(n => n.ToLowerInvariant())])}");

    private static ObservationKind ParseObservation(string text) =>
        ObservationNames.TryGetValue(text, out ObservationKind kind)
            ? kind
            : throw new SettingsException($"--observation {text} is unknown. {Suggestion.Sentence(text, [.. ObservationNames.Keys])}");

    private static string Shorten(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
