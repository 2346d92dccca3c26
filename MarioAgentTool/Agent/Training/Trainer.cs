using System.Diagnostics;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// The training loop: act, step, observe; log, examine and save when due. All that it decides follows from the settings
/// and the seed, except when to stop for the clock.
/// </summary>
public sealed partial class Trainer : IDisposable
{
    private readonly RunSettings _settings;
    private readonly RunFolder _folder;
    private readonly TrainingShell _shell;
    private readonly Func<TimeSpan> _clock;
    private readonly Seeds _seeds;
    private readonly WorkerPool _pool;
    private readonly IReadOnlyList<StartState> _beginnings;
    private readonly Curriculum _curriculum;
    private readonly ConsoleFleet _fleet;
    private readonly Evaluator _evaluator;
    private readonly ILearner _learner;
    private readonly WeightAverage _average;
    private readonly MetricsLog _metrics;
    private readonly Ledger _ledger;
    private readonly TimeSpan _startedAt;
    private readonly double _secondsBefore;

    // A century: a budget that means "for ever" is more seconds than a TimeSpan can hold.
    private const double LongestLeft = 100 * 365.25 * 24 * 3600;

    // The folder is this trainer's alone.
    private IDisposable? _claim;

    // Clock columns of the interval under way.
    private TimeSpent _spent = new();
    private double _loggedSeconds;
    private long _loggedFrames, _loggedUpdates;

    private Trainer(RunSettings settings, RunFolder folder, TrainingShell shell, string? checkpoint)
    {
        _settings = settings;
        _folder = folder;
        _shell = shell;
        _clock = shell.Clock ?? Stopwatch();
        _seeds = new Seeds(settings.Seed);
        _pool = new WorkerPool(settings.ThreadsOrCores);
        using var unfinished = new Disposables(_pool);
        _beginnings = Boot.ToStarts(shell.NewHost, settings.Environment);
        _curriculum = Curriculum.Create(settings, _beginnings, Boot.ToGivenStarts(shell.NewHost, settings, shell.AlongMovie));

        var sessions = new GameSession[settings.Consoles];
        var hosts = new IFrameHost[settings.Consoles];
        for (int i = 0; i < settings.Consoles; i++)
        {
            sessions[i] = new GameSession(settings.Environment, _curriculum, _seeds.Stream("console", i));
            hosts[i] = shell.NewHost();
        }

        _fleet = new ConsoleFleet(sessions, hosts, _pool);
        _evaluator = new Evaluator(settings.Environment, _beginnings, shell.NewHost, _pool);
        _learner = Learners.Create(settings, sessions[0].ObservationSpec, sessions[0].ActionCount, settings.Consoles);
        unfinished.Add(_learner);
        _average = new WeightAverage(settings.Evaluation.AverageSteps, settings.Evaluation.AverageShare);
        if (checkpoint is null)
        {
            _ledger = new Ledger();
            if (settings.Weights is { } weights)
            {
                WeightsFile.ReadInto(weights, _learner);
            }

            _fleet.Begin();
        }
        else
        {
            _ledger = Load(checkpoint);
        }

        folder.WriteSettings(settings);
        _metrics = new MetricsLog(folder.Metrics, _ledger.MetricsLength);
        OpenRecords(checkpoint);
        _startedAt = _clock();
        _secondsBefore = _loggedSeconds = _ledger.Seconds;
        _loggedFrames = _ledger.Frames;
        _loggedUpdates = _learner.Progress.Updates;
        unfinished.Keep();
        if (Computed is { } computed)
        {
            shell.Watcher?.Noted(computed);
        }
    }

    /// <summary>What has been counted so far.</summary>
    public Ledger Ledger => _ledger;

    /// <summary>The learner, for whoever wants to look into it.</summary>
    public ILearner Learner => _learner;

    /// <summary>A new run in an empty folder.</summary>
    public static Trainer Start(RunSettings settings, RunFolder folder, TrainingShell shell) =>
        Claimed(folder, () => new(settings, folder, shell, checkpoint: null));

    /// <summary>Goes on from the folder's checkpoint as if the run had never stopped.</summary>
    /// <param name="settings">The run's own; only budgets may differ.</param>
    /// <param name="folder">An earlier run.</param>
    /// <param name="shell">With the same cartridge.</param>
    public static Trainer Resume(RunSettings settings, RunFolder folder, TrainingShell shell) =>
        Claimed(folder, () => new(
            settings, folder, shell, Checkpoint.Find(folder.Checkpoint)
                ?? throw new SettingsException($"{folder.Path} has no whole checkpoint to go on from; start anew in another folder with --out, and from a network of it with --weights.")));

    /// <summary>Trains until a budget is spent, the goal is reached, or someone asks to stop. Ends with a checkpoint, curves and a summary.</summary>
    public RunEnd Run(CancellationToken stop)
    {
        RunEnd end;
        try
        {
            end = Train(stop);

            // A budget that ends between two evaluations still deserves one; someone who asked to stop does not wait for it.
            if (end is RunEnd.FramesSpent or RunEnd.EpisodesSpent or RunEnd.TimeSpent && _ledger.Latest?.Steps != _ledger.Steps)
            {
                Examine(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = RunEnd.Stopped;
        }

        if (end != RunEnd.Stopped)
        {
            _records.ForEach(record => record.Finish());
        }

        Save();
        WholeFile.Write(_folder.Summary, RunSummary.Text(_settings, _ledger, end, Computed));
        return end;
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _records.ForEach(record => record.Dispose());
        _learner.Dispose();
        _pool.Dispose();
        _claim?.Dispose();
    }

    // Our own kernels go without saying.
    private string? Computed => _settings.Compute.Backend != BackendKind.Managed && _learner is ITellsWhere learner ? learner.Where : null;

    private static Trainer Claimed(RunFolder folder, Func<Trainer> make)
    {
        IDisposable claim = folder.Claim();
        try
        {
            Trainer trainer = make();
            trainer._claim = claim;
            return trainer;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    private RunEnd Train(CancellationToken stop)
    {
        var actions = new int[_settings.Consoles];
        double savedSeconds = Seconds;
        if ((_ledger.EvaluationDue || _ledger.ConfirmationDue) && Examine(stop))
        {
            return RunEnd.GoalReached;
        }

        while (true)
        {
            if (stop.IsCancellationRequested)
            {
                return RunEnd.Stopped;
            }

            if (BudgetSpent() is { } spent)
            {
                return spent;
            }

            Step(actions);
            if (_average.IsOn && IsDue(WeightAverage.Period))
            {
                _average.Add(_learner.Weights, _ledger.Steps);
            }

            if (IsDue(_settings.LogPeriod))
            {
                Log();
            }

            if (_settings.Evaluation.IsDue(_ledger.Steps - _fleet.Count, _ledger.Steps) && Examine(stop))
            {
                return RunEnd.GoalReached;
            }

            if (Seconds - savedSeconds >= _settings.AutosaveMinutes * 60)
            {
                Save();
                savedSeconds = Seconds;
            }
        }
    }

    private double Seconds => _secondsBefore + (_clock() - _startedAt).TotalSeconds;

    private void Step(int[] actions)
    {
        TimeSpan before = _clock();
        _learner.Act(_fleet.Observations, actions);
        TimeSpan acted = _clock();
        _fleet.Step(actions);
        TimeSpan stepped = _clock();
        LearnerProgress progress = _learner.Progress;
        _learner.Observe(_fleet.Batch);
        TimeSpan observed = _clock();
        double worlds = (stepped - acted).TotalSeconds, emulating = worlds * _fleet.TakeEmulationShare();
        Spend(new TimeSpent
        {
            Act = (acted - before).TotalSeconds,
            Emulate = emulating,
            Observe = worlds - emulating,
            Learn = (observed - stepped).TotalSeconds,
        });

        if (_records.Count > 0)
        {
            TellRecords(before: progress);
        }

        _curriculum.AfterStep(_fleet);
        (long stepsBefore, long episodesBefore) = (_ledger.Steps, _ledger.Episodes);
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

        KeepNetworks(stepsBefore, episodesBefore);
    }

    private void Spend(TimeSpent time)
    {
        _spent = _spent.Plus(time);
        _ledger.Spent = _ledger.Spent.Plus(time);
    }

    private void KeepNetworks(long stepsBefore, long episodesBefore)
    {
        SaveSettings save = _settings.Save;
        (long before, long now) = save.Unit switch
        {
            CountUnit.Steps => (stepsBefore, _ledger.Steps),
            CountUnit.Episodes => (episodesBefore, _ledger.Episodes),
            _ => (0, 0),
        };
        for (long count = (before / save.Period + 1) * save.Period; count <= now; count += save.Period)
        {
            WriteNetwork(save.FileName(count, _settings.Environment));
        }
    }

    // Functions of the step, not counters of their own: a run that goes on agrees with one that never stopped.
    private bool IsDue(int period) => _ledger.Steps / period != (_ledger.Steps - _fleet.Count) / period;

    private RunEnd? BudgetSpent() =>
        _ledger.Frames >= _settings.Budget.Frames ? RunEnd.FramesSpent
        : _ledger.Episodes >= _settings.Budget.Episodes ? RunEnd.EpisodesSpent
        : (_clock() - _startedAt).TotalMinutes >= _settings.Budget.Minutes ? RunEnd.TimeSpent
        : null;

    private TimeSpan? TimeLeft()
    {
        double? byFrames = _settings.Budget.Frames is { } frames && _ledger.Frames > 0 ? Seconds * (frames - _ledger.Frames) / _ledger.Frames : null;
        double? byEpisodes = _settings.Budget.Episodes is { } episodes && _ledger.Episodes > 0 ? Seconds * (episodes - _ledger.Episodes) / _ledger.Episodes : null;
        double? byClock = _settings.Budget.Minutes * 60 - (_clock() - _startedAt).TotalSeconds;
        double? left = new[] { byFrames, byEpisodes, byClock }.Min();
        return left is null ? null : TimeSpan.FromSeconds(Math.Max(0, Math.Min(left.Value, LongestLeft)));
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
            Epsilon = (float)progress.Epsilon,
            Updates = progress.Updates,
            Loss = Finite(progress.Loss),
            MeanQ = Finite(progress.MeanQ),
            Curriculum = _curriculum.Places,
            Clock = new ClockColumns
            {
                Seconds = seconds,
                FramesPerSecond = (_ledger.Frames - _loggedFrames) / Math.Max(1e-9, seconds - _loggedSeconds),
                UpdatesPerSecond = (progress.Updates - _loggedUpdates) / Math.Max(1e-9, seconds - _loggedSeconds),
                Spent = _spent,
            },
        };
        _metrics.Write(line);
        _ledger.Interval = new IntervalTally();
        _loggedFrames = _ledger.Frames;
        _loggedUpdates = progress.Updates;
        _loggedSeconds = seconds;
        _spent = new TimeSpent();
        _shell.Watcher?.Logged(line, TimeLeft());
    }

    // JSON knows no others, and no curve can show them.
    private static float? Finite(float value) => float.IsNaN(value) || float.IsInfinity(value) ? null : value;

    private static Func<TimeSpan> Stopwatch()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        return () => watch.Elapsed;
    }

    /// <summary>What a constructor that fails midway gives back.</summary>
    private sealed class Disposables(params IDisposable[] first) : IDisposable
    {
        private readonly List<IDisposable> _all = [.. first];

        public void Add(IDisposable next) => _all.Add(next);

        public void Keep() => _all.Clear();

        public void Dispose() => _all.ForEach(d => d.Dispose());
    }
}
