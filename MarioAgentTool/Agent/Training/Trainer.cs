using System.Diagnostics;
using System.Text;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Metrics;
using MarioAgentTool.Recording;
using MarioAgentTool.Support;
using Newtonsoft.Json;

namespace MarioAgentTool.Training;

/// <summary>
/// The training loop: act, step, observe; log, examine and save when due. All that it decides follows from the settings
/// and the seed, except when to stop for the clock.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly RunSettings _settings;
    private readonly RunFolder _folder;
    private readonly TrainingShell _shell;
    private readonly Func<TimeSpan> _clock;
    private readonly Seeds _seeds;
    private readonly WorkerPool _pool;
    private readonly StartState _start;
    private readonly ConsoleFleet _fleet;
    private readonly Evaluator _evaluator;
    private readonly ILearner _learner;
    private readonly WeightAverage _average;
    private readonly MetricsLog _metrics;
    private readonly Ledger _ledger;
    private readonly TimeSpan _startedAt;

    // Clock columns of the interval under way.
    private TimeSpan _emulating, _learning;
    private double _loggedSeconds;
    private long _loggedFrames;

    private Trainer(RunSettings settings, RunFolder folder, TrainingShell shell, string? checkpoint)
    {
        _settings = settings;
        _folder = folder;
        _shell = shell;
        _clock = shell.Clock ?? Stopwatch();
        _seeds = new Seeds(settings.Seed);
        _pool = new WorkerPool(settings.ThreadsOrCores);
        _start = Boot.ToStart(shell.NewHost(), settings.Environment);

        var sessions = new GameSession[settings.Consoles];
        var hosts = new IFrameHost[settings.Consoles];
        for (int i = 0; i < settings.Consoles; i++)
        {
            sessions[i] = new GameSession(settings.Environment, _start, _seeds.Stream("console", i));
            hosts[i] = shell.NewHost();
        }

        _fleet = new ConsoleFleet(sessions, hosts, _pool);
        _evaluator = new Evaluator(settings.Environment, _start, shell.NewHost, _pool);
        _learner = Learners.Create(settings, sessions[0].ObservationSpec, sessions[0].ActionCount, settings.Consoles);
        _average = new WeightAverage(settings.Evaluation.AverageSteps);
        if (checkpoint is null)
        {
            _ledger = new Ledger();
            _fleet.Begin();
        }
        else
        {
            _ledger = Load(checkpoint);
        }

        folder.WriteSettings(settings);
        _metrics = new MetricsLog(folder.Metrics, _ledger.MetricsLength);
        _startedAt = _clock();
        _loggedSeconds = _ledger.Seconds;
        _loggedFrames = _ledger.Frames;
    }

    /// <summary>What has been counted so far.</summary>
    public Ledger Ledger => _ledger;

    /// <summary>The learner, for whoever wants to look into it.</summary>
    public ILearner Learner => _learner;

    /// <summary>A new run in an empty folder.</summary>
    public static Trainer Start(RunSettings settings, RunFolder folder, TrainingShell shell) => new(settings, folder, shell, checkpoint: null);

    /// <summary>Goes on from the folder's checkpoint as if the run had never stopped.</summary>
    /// <param name="settings">The run's own; only budgets may differ.</param>
    /// <param name="folder">An earlier run.</param>
    /// <param name="shell">With the same cartridge.</param>
    public static Trainer Resume(RunSettings settings, RunFolder folder, TrainingShell shell) => new(
        settings, folder, shell, Checkpoint.Find(folder.Checkpoint)
            ?? throw new SettingsException($"{folder.Path} has no whole checkpoint to go on from; start anew with --out and another folder."));

    /// <summary>Trains until a budget is spent, the agent is solid, or someone asks to stop. Ends with a checkpoint, curves and a summary.</summary>
    public RunEnd Run(CancellationToken stop)
    {
        var actions = new int[_settings.Consoles];
        double savedSeconds = Seconds;
        RunEnd? end = null;
        while (end is null)
        {
            if (stop.IsCancellationRequested)
            {
                end = RunEnd.Stopped;
                break;
            }

            if (BudgetSpent() is { } spent)
            {
                end = spent;
                break;
            }

            Step(actions);

            if (_average.IsOn && IsDue(WeightAverage.Period))
            {
                _average.Add(_learner.Weights);
            }

            if (IsDue(_settings.LogPeriod))
            {
                Log();
            }

            if (IsDue(_settings.Evaluation.Period) && Examine())
            {
                end = RunEnd.Solid;
            }
            else if (Seconds - savedSeconds >= _settings.AutosaveMinutes * 60)
            {
                Save();
                savedSeconds = Seconds;
            }
        }

        // A budget that ends between two evaluations still deserves one; someone who asked to stop does not wait for it.
        if (end is RunEnd.FramesSpent or RunEnd.TimeSpent && _ledger.Latest?.Steps != _ledger.Steps)
        {
            Examine();
        }

        Save();
        WholeFile.Write(_folder.Summary, RunSummary.Text(_settings, _ledger, Seconds, end.Value));
        return end.Value;
    }

    /// <summary>The final examination: the best network kept, on fresh seeds, with and without sticky actions.</summary>
    public FinalExamination ExamineBest()
    {
        if (File.Exists(_folder.BestWeights))
        {
            WeightsFile.ReadInto(_folder.BestWeights, _learner.Weights);
        }

        EvaluationSettings e = _settings.Evaluation;
        var greedy = _evaluator.Play(_learner, e.ConfirmationEpisodes, e.NoOps, sticky: 0, _seeds, "final");
        var sticky = _evaluator.Play(_learner, e.ConfirmationEpisodes, e.NoOps, e.Sticky, _seeds, "final sticky");
        var result = new FinalExamination(e.ConfirmationEpisodes, greedy.Count(p => p.Cleared), sticky.Count(p => p.Cleared), e.Sticky);
        File.AppendAllText(_folder.Summary, result.Text() + "\n");
        return result;
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _learner.Dispose();
        _pool.Dispose();
    }

    private double Seconds => _ledger.Seconds + (_clock() - _startedAt).TotalSeconds;

    private void Step(int[] actions)
    {
        TimeSpan before = _clock();
        _learner.Act(_fleet.Observations, actions);
        TimeSpan acted = _clock();
        _fleet.Step(actions);
        TimeSpan stepped = _clock();
        _learner.Observe(_fleet.Batch);
        TimeSpan observed = _clock();
        _emulating += stepped - acted;
        _learning += acted - before + (observed - stepped);

        _ledger.Steps += _fleet.Count;
        _ledger.Frames = _fleet.Frames;
        for (int i = 0; i < _fleet.Count; i++)
        {
            if (_fleet.Ends[i] != StepEnd.None)
            {
                EpisodeSummary episode = _fleet[i].LastEpisode;
                _ledger.Episodes++;
                _ledger.Clears += episode.End == EpisodeEnd.FlagReached ? 1 : 0;
                _ledger.Interval.Add(episode.End, episode.Reward, episode.Steps, episode.FurthestX);
            }
        }
    }

    // Functions of the step, not counters of their own: a run that goes on agrees with one that never stopped.
    private bool IsDue(int period) => _ledger.Steps / period != (_ledger.Steps - _fleet.Count) / period;

    private RunEnd? BudgetSpent() =>
        _ledger.Frames >= _settings.Budget.Frames ? RunEnd.FramesSpent
        : (_clock() - _startedAt).TotalMinutes >= _settings.Budget.Minutes ? RunEnd.TimeSpent
        : null;

    private TimeSpan? TimeLeft()
    {
        double? byFrames = _settings.Budget.Frames is { } frames && _ledger.Frames > 0 ? Seconds * (frames - _ledger.Frames) / _ledger.Frames : null;
        double? byClock = _settings.Budget.Minutes * 60 - (_clock() - _startedAt).TotalSeconds;
        double? left = byFrames is null ? byClock : byClock is null ? byFrames : Math.Min(byFrames.Value, byClock.Value);
        return left is null ? null : TimeSpan.FromSeconds(Math.Max(0, left.Value));
    }

    private void Log()
    {
        LearnerProgress progress = _learner.Progress;
        IntervalTally tally = _ledger.Interval;
        double seconds = Seconds;
        var line = new IntervalMetrics
        {
            Steps = _ledger.Steps,
            Frames = _ledger.Frames,
            Episodes = _ledger.Episodes,
            Ended = tally.Ended,
            Reward = tally.Mean(tally.RewardSum),
            Length = tally.Mean(tally.StepSum),
            FurthestX = tally.Mean(tally.FurthestXSum),
            BestX = tally.Ended == 0 ? null : tally.BestX,
            Clears = tally.Clears,
            Ends = tally.Ends,
            Epsilon = progress.Epsilon,
            Updates = progress.Updates,
            Loss = float.IsNaN(progress.Loss) ? null : progress.Loss,
            MeanQ = float.IsNaN(progress.MeanQ) ? null : progress.MeanQ,
            Clock = new ClockColumns
            {
                Seconds = seconds,
                FramesPerSecond = (_ledger.Frames - _loggedFrames) / Math.Max(1e-9, seconds - _loggedSeconds),
                EmulationSeconds = _emulating.TotalSeconds,
                LearningSeconds = _learning.TotalSeconds,
            },
        };
        _metrics.Write(line);
        _ledger.Interval = new IntervalTally();
        _loggedFrames = _ledger.Frames;
        _loggedSeconds = seconds;
        _emulating = _learning = TimeSpan.Zero;
        _shell.Watcher?.Logged(line, TimeLeft());
    }

    /// <summary>Evaluates, keeps what is best, and confirms what looks solid.</summary>
    /// <returns>Whether the run may end.</returns>
    private bool Examine()
    {
        EvaluationMetrics line = Evaluate(_settings.Evaluation.Episodes, _settings.Evaluation.StickyEpisodes, confirmation: false);
        _ledger.Solid = line.Clears == line.Episodes ? _ledger.Solid + 1 : 0;
        if (!_settings.Budget.StopWhenSolid || _ledger.Solid < _settings.Evaluation.SolidAfter)
        {
            return false;
        }

        int episodes = _settings.Evaluation.ConfirmationEpisodes;
        line = Evaluate(episodes, episodes, confirmation: true);
        bool solid = line.Clears >= 0.95 * line.Episodes;
        _ledger.Solid = solid ? _ledger.Solid : 0;
        return solid;
    }

    private EvaluationMetrics Evaluate(int episodes, int stickyEpisodes, bool confirmation)
    {
        _average.Swap(_learner.Weights);
        EvaluationMetrics line = Play(episodes, stickyEpisodes, confirmation);
        _average.Swap(_learner.Weights);
        return line;
    }

    private EvaluationMetrics Play(int episodes, int stickyEpisodes, bool confirmation)
    {
        EvaluationSettings e = _settings.Evaluation;
        double before = Seconds;
        int number = ++_ledger.Evaluations;
        IReadOnlyList<PlayedEpisode> greedy = _evaluator.Play(_learner, episodes, e.NoOps, sticky: 0, _seeds, $"evaluation {number}");
        int clears = greedy.Count(p => p.Cleared);

        // Whoever never clears undisturbed is spared the harder test.
        stickyEpisodes = clears == 0 ? 0 : stickyEpisodes;
        IReadOnlyList<PlayedEpisode> sticky = _evaluator.Play(_learner, stickyEpisodes, e.NoOps, e.Sticky, _seeds, $"sticky evaluation {number}");
        var line = new EvaluationMetrics
        {
            Steps = _ledger.Steps,
            Frames = _ledger.Frames,
            Number = number,
            Confirmation = confirmation,
            Episodes = episodes,
            Clears = clears,
            Reward = greedy.Average(p => (double)p.Reward),
            FurthestX = greedy.Average(p => (double)p.FurthestX),
            ClearFrames = clears == 0 ? null : greedy.Where(p => p.Cleared).Average(p => (double)p.Frames),
            StickyEpisodes = stickyEpisodes,
            StickyClears = sticky.Count(p => p.Cleared),
        };
        line = line with { Best = IsBest(line) };
        double after = Seconds;
        line = line with
        {
            Clock = new ClockColumns
            {
                Seconds = after,
                FramesPerSecond = (greedy.Sum(p => p.Frames) + sticky.Sum(p => p.Frames)) / Math.Max(1e-9, after - before),
                EmulationSeconds = after - before,
            },
        };

        if (line.Best)
        {
            _ledger.Best = line;
            KeepWeights(line);
        }

        _ledger.Latest = line;
        _ledger.FirstClear ??= clears > 0 ? line : null;
        _ledger.FirstPerfect ??= clears == episodes ? line : null;
        KeepBestEpisode(greedy);
        _metrics.Write(line);
        _loggedSeconds += Seconds - before; // Training's frames per second leaves evaluations out.
        _shell.Watcher?.Evaluated(line);
        return line;
    }

    // By clear rate; among equals by clears under sticky actions, the harder test; then by how far it came.
    private bool IsBest(EvaluationMetrics line)
    {
        if (_ledger.Best is not { } best)
        {
            return true;
        }

        double rate = line.Clears / (double)line.Episodes, bestRate = best.Clears / (double)best.Episodes;
        double sticky = line.StickyClears / Math.Max(1.0, line.StickyEpisodes), bestSticky = best.StickyClears / Math.Max(1.0, best.StickyEpisodes);
        return (rate, sticky, line.FurthestX).CompareTo((bestRate, bestSticky, best.FurthestX)) > 0;
    }

    private void KeepWeights(EvaluationMetrics line) => WeightsFile.Write(_folder.BestWeights, _learner.Weights, new Dictionary<string, string>
    {
        ["algorithm"] = _learner.Algorithm,
        ["steps"] = $"{line.Steps}",
        ["evaluation"] = $"{line.Number}",
        ["clears"] = $"{line.Clears} of {line.Episodes}",
        ["sticky_clears"] = $"{line.StickyClears} of {line.StickyEpisodes}",
    });

    private void KeepBestEpisode(IReadOnlyList<PlayedEpisode> episodes)
    {
        PlayedEpisode? best = _ledger.BestEpisode;
        foreach (PlayedEpisode episode in episodes)
        {
            best = episode.IsBetterThan(best) ? episode : best;
        }

        if (best is null || ReferenceEquals(best, _ledger.BestEpisode))
        {
            return;
        }

        // Another stage than 1-1 is reached by writing RAM, which no movie can hold.
        if (_shell.Movies is { } movies && (_settings.Environment.World, _settings.Environment.Stage) == (1, 1))
        {
            EpisodeTape tape = EpisodeTape.Join(_start, best.Inputs, RunSummary.Describe(best));
            foreach (string extension in movies.Extensions)
            {
                movies.Write(_folder.BestEpisode(extension), tape);
            }
        }

        _ledger.BestEpisode = best with { Inputs = [] };
    }

    private void Save()
    {
        _metrics.FlushToDisk();
        double seconds = Seconds;
        var ledger = JsonConvert.DeserializeObject<Ledger>(JsonConvert.SerializeObject(_ledger))!;
        ledger.MetricsLength = _metrics.Length;
        ledger.Seconds = seconds;
        Checkpoint.Write(_folder.Checkpoint,
        [
            ("learner.bin", stream => _learner.Save(stream, _settings.CheckpointReplay)),
            ("consoles.bin", stream =>
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                _fleet.Save(writer);
            }),
            ("average.bin", stream =>
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                _average.Save(writer);
            }),
            ("ledger.json", stream =>
            {
                byte[] json = Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(ledger, Formatting.Indented));
                stream.Write(json, 0, json.Length);
            }),
        ]);
        DrawCurves();
        _shell.Watcher?.Saved();
    }

    private Ledger Load(string checkpoint)
    {
        using (var learner = new FileStream(Path.Combine(checkpoint, "learner.bin"), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16))
        {
            _learner.Load(learner);
        }

        using (var consoles = new BinaryReader(File.OpenRead(Path.Combine(checkpoint, "consoles.bin"))))
        {
            _fleet.Load(consoles);
        }

        using (var average = new BinaryReader(File.OpenRead(Path.Combine(checkpoint, "average.bin"))))
        {
            _average.Load(average);
        }

        string ledger = Path.Combine(checkpoint, "ledger.json");
        try
        {
            return JsonConvert.DeserializeObject<Ledger>(File.ReadAllText(ledger)) ?? new Ledger();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{ledger} cannot be read ({e.Message}); the checkpoint is damaged, so start a new run.");
        }
    }

    private void DrawCurves() => Curves.Write(
        MetricsLog.Read(_folder.Metrics), $"{_settings.Preset}, seed {_settings.Seed}", RunSummary.Progress(_ledger, Seconds), _folder.CurvesSvg, _folder.CurvesPng);

    private static Func<TimeSpan> Stopwatch()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        return () => watch.Elapsed;
    }
}
