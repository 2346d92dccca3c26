using System.Globalization;
using System.Reflection;
using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent bench train</c>: trains the same settings on many stages and seeds, one after the other, and makes a table of it, and curves.</summary>
/// <param name="rom">The game.</param>
/// <param name="settings">Of every run, but for the stage and the seed.</param>
/// <param name="folder">Where the runs lie, the table and the curves.</param>
internal sealed class TrainBenchmark(GameRom rom, RunSettings settings, string folder)
{
    /// <summary>Trains whatever is not done yet, and writes the table and the curves after each run. A run that was interrupted is gone on with.</summary>
    /// <param name="stages">A run each; several in one entry are trained together.</param>
    /// <param name="seeds">One run each of every stage.</param>
    /// <param name="stop">Ends it cleanly; the same command goes on from there.</param>
    public void Run(IReadOnlyList<IReadOnlyList<StageId>> stages, IReadOnlyList<ulong> seeds, CancellationToken stop)
    {
        var rows = new List<TrainRow>();
        var runs = new List<ComparedRun>();
        int all = stages.Count * seeds.Count, done = 0;
        foreach (IReadOnlyList<StageId> some in stages)
        {
            foreach (ulong seed in seeds)
            {
                string where = some.Count == 1 ? some[0].ToString() : $"{some[0]}..{some[^1]}", name = $"{where}-seed{seed}";
                string path = Path.Combine(folder, name), row = Path.Combine(path, "row.json");
                if (!File.Exists(row))
                {
                    Console.WriteLine($"{name} ({done + 1} of {all})");
                    if (Train(RunFolder.At(path), In(some) with { Seed = seed }, name, stop) is not { } trained)
                    {
                        Console.WriteLine($"Stopped; the same command goes on from here.");
                        return;
                    }

                    WholeFile.Write(row, JsonConvert.SerializeObject(trained, Formatting.Indented) + "\n");
                }

                rows.Add(JsonConvert.DeserializeObject<TrainRow>(File.ReadAllText(row))!);
                done++;
                WholeFile.Write(Table, Report(rows));
                runs.Add(new ComparedRun(where, $"seed {seed}", MetricsLog.Read(RunFolder.At(path).Metrics)));
                Curves.Compare(runs, "Sticky episodes cleared", $"{settings.Preset}; evaluations, running mean; dots: confirmations on fresh episodes", Path.Combine(folder, "curves.svg"), Path.Combine(folder, "curves.png"));
            }
        }

        Console.WriteLine();
        Console.Write(Report(rows));
        Console.WriteLine($"\nWritten to {Table}, with curves.png beside it.");
    }

    private string Table => Path.Combine(folder, "results.md");

    private RunSettings In(IReadOnlyList<StageId> stages) => settings with
    {
        Environment = stages.Count == 1
            ? settings.Environment with { Task = TaskKind.Stage, Stages = "", World = stages[0].World, Stage = stages[0].Stage }
            : settings.Environment with { Task = TaskKind.RandomStages, Stages = string.Join(",", stages) },
    };

    private TrainRow? Train(RunFolder run, RunSettings asked, string name, CancellationToken stop)
    {
        var shell = new TrainingShell
        {
            NewHost = rom.HostsFor(asked.Environment),
            Movies = new MovieSink(rom),
            Watcher = new Evaluations(),
            AlongMovie = (path, every) => MovieStarts.Along(rom, path, every),
        };
        bool resumes = Checkpoint.Find(run.Checkpoint) is not null;
        if (!resumes)
        {
            Directory.CreateDirectory(run.Path);
        }

        using Trainer trainer = resumes ? Trainer.Resume(Going(run, asked), run, shell) : Trainer.Start(asked, run, shell);
        RunEnd end = trainer.Run(stop);
        if (end == RunEnd.Stopped)
        {
            return null;
        }

        try
        {
            FinalExamination examination = trainer.ExamineBest(stop);
            Ledger ledger = trainer.Ledger;
            return new TrainRow
            {
                Name = name,
                Frames = ledger.Frames,
                Seconds = ledger.Seconds,
                FirstClear = Moment.Of(ledger.FirstClear),
                Goal = Moment.Of(ledger.Goal),
                NoOp = examination.Rate(ProtocolKind.NoOp),
                Sticky = examination.Rate(ProtocolKind.Sticky),
                WorstSticky = examination.Results.Where(r => r.Protocol.Kind == ProtocolKind.Sticky).Select(r => r.Rate).MinBy(r => r.Share),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    // A sitting's minutes are what is left of the run's.
    private static RunSettings Going(RunFolder run, RunSettings asked)
    {
        RunSettings saved = run.ReadSettings();
        double spent = MetricsLog.Read(run.Metrics).LastOrDefault()?.Clock.Seconds ?? 0;
        return saved with { Threads = asked.Threads, Budget = asked.Budget with { Minutes = asked.Budget.Minutes is { } minutes ? Math.Max(0.01, minutes - spent / 60) : null } };
    }

    private string Report(IReadOnlyList<TrainRow> rows)
    {
        string version = typeof(TrainBenchmark).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var text = new System.Text.StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{rom.Name}; {settings.Preset}; version {version}; {Load()}\n");
        text.Append("Goal: ").Append(settings.Budget.Until is null ? "none" : RunSummary.Goal(settings)).Append('\n');
        text.Append("\n| run | first clear | goal confirmed | trained | no-op, fresh | sticky, fresh | worst stage, sticky |\n|---|---|---|---|---|---|---|\n");
        foreach (TrainRow row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {When(row.FirstClear)} | {When(row.Goal)} | {row.Frames / 1e6:0.0}M, {RunSummary.Duration(row.Seconds)} | {Percent(row.NoOp)} | {Percent(row.Sticky)} | {row.WorstSticky} |\n");
        }

        return text.ToString();
    }

    private static string When(Moment? moment) => moment is null ? "no" : FormattableString.Invariant($"{RunSummary.Duration(moment.Seconds)}, {moment.Frames / 1e6:0.0}M");

    private static string Percent(ClearRate rate) => FormattableString.Invariant($"{rate} ({100 * rate.Low:0}-{100 * rate.High:0} %)");

    private static string Load() => File.Exists("/proc/loadavg") ? $"load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} on {System.Environment.ProcessorCount} cores" : $"{System.Environment.ProcessorCount} cores";

    /// <summary>One run's line, kept in its folder.</summary>
    private sealed record TrainRow
    {
        public required string Name { get; init; }

        public long Frames { get; init; }

        public double Seconds { get; init; }

        public Moment? FirstClear { get; init; }

        public Moment? Goal { get; init; }

        public ClearRate NoOp { get; init; }

        public ClearRate Sticky { get; init; }

        public ClearRate WorstSticky { get; init; }
    }

    /// <summary>When something happened first.</summary>
    private sealed record Moment(double Seconds, long Frames)
    {
        public static Moment? Of(EvaluationMetrics? evaluation) => evaluation is null ? null : new(evaluation.Clock.Seconds, evaluation.Frames);
    }

    /// <summary>Tells of evaluations alone.</summary>
    private sealed class Evaluations : ITrainingWatcher
    {
        public void Logged(IntervalMetrics interval, TimeSpan? left)
        {
        }

        public void Evaluated(EvaluationMetrics e) => Console.WriteLine(FormattableString.Invariant(
            $"  {RunSummary.Duration(e.Clock.Seconds),12}  {e.Frames / 1e6,7:0.00}M frames  {RunSummary.Counts(e)}{(e.Confirmation ? " (confirms)" : "")}{(e.Best ? ", best so far" : "")}"));

        public void Noted(string line)
        {
        }

        public void Saved()
        {
        }
    }
}
