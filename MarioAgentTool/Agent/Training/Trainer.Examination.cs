using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Recording;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

// When the agent is examined, what of it is kept, and when it is good enough.
public sealed partial class Trainer
{
    // From here on a better evaluation is believed only once fresh episodes confirm it: of many evaluations of twenty episodes
    // the luckiest is not the best. Below it, what changes is more than luck, as long as what it is held against was not confirmed either.
    private const double Promising = 0.8;

    private const int ConfirmationParts = 4;

    // The first few come whenever an evaluation promises. Later ones wait until training has played so much more: where every third evaluation promises
    // by luck, they would take a quarter of a run's time.
    private const int FreeConfirmations = 4;
    private const double ConfirmationShare = 0.15;

    /// <summary>
    /// The final examination: the best network kept, on fresh seeds, under both protocols, stage by stage. Written to the run's folder,
    /// below its summary and as <c>examination.json</c>.
    /// </summary>
    public FinalExamination ExamineBest(CancellationToken stop = default)
    {
        if (File.Exists(_folder.BestWeights))
        {
            WeightsFile.ReadInto(_folder.BestWeights, _learner.Weights);
        }

        EvaluationSettings e = _settings.Evaluation;
        (double before, long framesBefore) = (Seconds, _evaluator.Frames);
        var results = new List<StageResult>();
        foreach (Protocol protocol in new[] { e.NoOpProtocol, e.StickyProtocol })
        {
            results.AddRange(StageResult.Of(protocol, _evaluator.Play(_learner, e.ConfirmationEpisodes, protocol, _seeds, $"final {protocol.Name}", stop)));
        }

        var result = new FinalExamination([.. results.OrderBy(r => r.Stage, StringComparer.Ordinal)], _evaluator.Frames - framesBefore, Seconds - before);
        File.AppendAllText(_folder.Summary, result.Text());
        WholeFile.Write(_folder.Examination, result.ToJson().ToString(Newtonsoft.Json.Formatting.Indented) + "\n");
        return result;
    }

    /// <summary>Evaluates, and keeps what is best; what promises to be is confirmed first.</summary>
    /// <returns>Whether the goal is reached.</returns>
    /// <exception cref="OperationCanceledException">Someone asked to stop; the evaluation leaves no trace but that it is due.</exception>
    private bool Examine(CancellationToken stop)
    {
        if (!_ledger.ConfirmationDue)
        {
            _ledger.EvaluationDue = true;
            Evaluate(stop);
            _ledger.EvaluationDue = false;
            if (!_ledger.ConfirmationDue)
            {
                return false;
            }
        }

        (EvaluationMetrics confirmation, bool isGoal) = Confirm(stop);
        _ledger.ConfirmationDue = false;
        if (isGoal)
        {
            _ledger.Goal ??= confirmation;
        }

        return isGoal;
    }

    private void Evaluate(CancellationToken stop)
    {
        EvaluationSettings e = _settings.Evaluation;
        int number = _ledger.Evaluations + 1, stages = _evaluator.Stages;
        using var swapped = new Swapped(this);
        double before = Seconds;
        IReadOnlyList<PlayedEpisode> noOp = _evaluator.Play(_learner, EvaluationSettings.PerStage(e.Episodes, stages), e.NoOpProtocol, _seeds, $"evaluation {number}", stop);

        // As long as nothing has ever cleared, the harder test is spared.
        bool isHopeful = _ledger.Clears > 0 || noOp.Any(p => p.Cleared);
        IReadOnlyList<PlayedEpisode> sticky = _evaluator.Play(
            _learner, isHopeful ? EvaluationSettings.PerStage(e.StickyEpisodes, stages) : 0, e.StickyProtocol, _seeds, $"sticky evaluation {number}", stop);
        EvaluationMetrics line = LineOf(number, noOp, sticky);
        bool promises = IsBetter(line) && (Judged(line).Share >= Promising || _ledger.Best is { Confirmation: true });
        _ledger.ConfirmationDue = promises && MayConfirm(_ledger);
        Take(line with { Best = !promises && IsBetter(line) }, [.. noOp, .. sticky], before);
    }

    internal static bool MayConfirm(Ledger ledger) =>
        ledger.Confirmations < FreeConfirmations || ledger.ConfirmationFrames <= ConfirmationShare * ledger.Frames;

    // In parts: what after one of them can no longer become the best is not played to the end. What reaches the goal has to reach it once more,
    // on as many episodes again: of many networks that were tried, the first to do so is more likely lucky than good.
    private (EvaluationMetrics Line, bool IsGoal) Confirm(CancellationToken stop)
    {
        EvaluationSettings e = _settings.Evaluation;
        int number = _ledger.Evaluations + 1, all = e.ConfirmationEpisodes * _evaluator.Stages;
        Protocol protocol = e.JudgingProtocol;
        using var swapped = new Swapped(this);
        double before = Seconds;
        var played = new List<PlayedEpisode>(all);
        for (int part = 0; part < ConfirmationParts; part++)
        {
            int misses = played.Count(p => !p.Cleared);
            if (played.Count > 0 && _ledger.Best is { } best && all - misses <= ToBeat(best) * all)
            {
                break;
            }

            int episodes = e.ConfirmationEpisodes * (part + 1) / ConfirmationParts - e.ConfirmationEpisodes * part / ConfirmationParts;
            played.AddRange(_evaluator.Play(_learner, episodes, protocol, _seeds, $"confirmation {number}, part {part + 1}", stop));
        }

        bool isGoal = IsGoal(Line(played));
        if (isGoal)
        {
            IReadOnlyList<PlayedEpisode> again = _evaluator.Play(_learner, e.ConfirmationEpisodes, protocol, _seeds, $"confirmation {number}, once more", stop);
            isGoal = IsGoal(Line(again));
            played.AddRange(again);
        }

        EvaluationMetrics line = Line(played) with { Confirmation = true };
        line = line with { Best = IsBetter(line) };
        _ledger.Confirmations++;
        _ledger.ConfirmationFrames += played.Sum(p => (long)p.Frames);
        return (Take(line, played, before), isGoal && line.Best);

        EvaluationMetrics Line(IReadOnlyList<PlayedEpisode> episodes) =>
            protocol.Kind == ProtocolKind.NoOp ? LineOf(number, episodes, []) : LineOf(number, [], episodes);
    }

    private EvaluationMetrics LineOf(int number, IReadOnlyList<PlayedEpisode> noOp, IReadOnlyList<PlayedEpisode> sticky)
    {
        IReadOnlyList<PlayedEpisode> told = noOp.Count > 0 ? noOp : sticky;
        return new EvaluationMetrics
        {
            Steps = _ledger.Steps,
            Frames = _ledger.Frames,
            Number = number,
            Episodes = noOp.Count,
            Clears = noOp.Count(p => p.Cleared),
            Reward = told.Average(p => (double)p.Reward),
            FurthestX = told.Average(p => (double)p.FurthestX),
            ClearFrames = told.Any(p => p.Cleared) ? told.Where(p => p.Cleared).Average(p => (double)p.Frames) : null,
            StickyEpisodes = sticky.Count,
            StickyClears = sticky.Count(p => p.Cleared),
            Stages = _evaluator.Stages == 1 ? null : [.. noOp.Concat(sticky).Select(p => p.Stage).Distinct().Select(stage => new StageMetrics
            {
                Stage = stage,
                Episodes = noOp.Count(p => p.Stage == stage),
                Clears = noOp.Count(p => p.Stage == stage && p.Cleared),
                StickyEpisodes = sticky.Count(p => p.Stage == stage),
                StickyClears = sticky.Count(p => p.Stage == stage && p.Cleared),
            })],
        };
    }

    // All episodes are over: from here on nothing can be stopped halfway.
    private EvaluationMetrics Take(EvaluationMetrics line, IReadOnlyList<PlayedEpisode> played, double before)
    {
        double after = Seconds;
        line = line with
        {
            Clock = new ClockColumns
            {
                Seconds = after,
                FramesPerSecond = played.Sum(p => (long)p.Frames) / Math.Max(1e-9, after - before),
                Spent = new TimeSpent { Evaluate = after - before },
            },
        };
        _ledger.Evaluations = line.Number;
        if (line.Best)
        {
            _ledger.Best = line;
            KeepWeights(line);
        }

        _ledger.Latest = line;
        _ledger.FirstClear ??= line.Clears + line.StickyClears > 0 ? line : null;
        _ledger.FirstPerfect ??= line.Episodes > 0 && line.Clears == line.Episodes ? line : null;
        KeepBestEpisode(played);
        _metrics.Write(line);
        _loggedSeconds += Seconds - before; // Training's frames per second leaves evaluations out.
        Spend(line.Clock.Spent);
        _shell.Watcher?.Evaluated(line);
        return line;
    }

    private ClearRate Judged(EvaluationMetrics line) => _settings.Evaluation.JudgingProtocol.Kind == ProtocolKind.NoOp ? line.NoOpRate : line.StickyRate;

    // By the rate it is judged by, over all stages together: the worst stage's would be nothing for as long as one stage is not
    // understood, and could not tell what is better until then. Among equals by the other rate, then by how far it came.
    private bool IsBetter(EvaluationMetrics line)
    {
        if (_ledger.Best is not { } best)
        {
            return true;
        }

        if (line.Confirmation)
        {
            return Judged(line).Share > ToBeat(best);
        }

        int judged = Judged(line).Share.CompareTo(Judged(best).Share);
        return judged != 0 ? judged > 0
            : best.Confirmation ? false
            : (line.NoOpRate.Share, line.StickyRate.Share, line.FurthestX).CompareTo((best.NoOpRate.Share, best.StickyRate.Share, best.FurthestX)) > 0;
    }

    // What was confirmed best of many tries was lucky as well: a network that learned longer takes its place unless it is worse by more than the standard
    // error of that rate.
    internal static double ToBeat(ClearRate best) => best.Share - Math.Sqrt(best.Share * (1 - best.Share) / best.Episodes);

    private double ToBeat(EvaluationMetrics best) => best.Confirmation ? ToBeat(Judged(best)) : Judged(best).Share;

    // In every stage, for a mean hides the one that is never cleared.
    private bool IsGoal(EvaluationMetrics line)
    {
        EvaluationSettings e = _settings.Evaluation;
        IEnumerable<ClearRate> rates = line.Stages is { } stages
            ? stages.Select(s => e.JudgingProtocol.Kind == ProtocolKind.NoOp ? new ClearRate(s.Clears, s.Episodes) : new ClearRate(s.StickyClears, s.StickyEpisodes))
            : [Judged(line)];
        return _settings.Budget.Until is { } percent && rates.All(r => r.Episodes >= e.ConfirmationEpisodes && 100.0 * r.Clears >= percent * r.Episodes);
    }

    private void KeepWeights(EvaluationMetrics line) => WeightsFile.Write(_folder.BestWeights, _learner.Weights, new Dictionary<string, string>
    {
        ["algorithm"] = _learner.Algorithm,
        ["steps"] = $"{line.Steps}",
        ["evaluation"] = $"{line.Number}",
        ["clears"] = $"{line.Clears} of {line.Episodes}",
        ["sticky_clears"] = $"{line.StickyClears} of {line.StickyEpisodes}",
    });

    /// <summary>Puts the running mean in the weights' place for as long as it lives.</summary>
    private readonly struct Swapped : IDisposable
    {
        private readonly Trainer _trainer;

        public Swapped(Trainer trainer)
        {
            _trainer = trainer;
            _trainer._average.Swap(_trainer._learner.Weights);
        }

        public void Dispose() => _trainer._average.Swap(_trainer._learner.Weights);
    }

    // Under the notebook's own names where the preset is one and the network is still its shape; only the tutorial's file has
    // the target network beside the online one.
    private void WriteNetwork(string name)
    {
        StateDictNames names = StateDictNames.All.FirstOrDefault(n => n.Name == _settings.Preset && n.Fits(_learner.Weights.Select(w => w.Name))) ?? StateDictNames.Own;
        IReadOnlyList<StoredTensor> online = names.Rename([.. _learner.Weights.Select(StoredTensor.Of)]);
        IReadOnlyList<NamedTensor> targets = _learner.TargetWeights;
        IReadOnlyList<StoredTensor> target = targets.Count > 0 ? names.Rename([.. targets.Select(StoredTensor.Of)]) : online;
        StoredTensor[] both = [.. online.Zip(target, (o, t) => o.Name.StartsWith("target.", StringComparison.Ordinal) ? t : o)];
        WeightsFile.Write(_folder.Network(name), both, new Dictionary<string, string>
        {
            ["algorithm"] = _learner.Algorithm,
            ["steps"] = $"{_ledger.Steps}",
            ["episodes"] = $"{_ledger.Episodes}",
        }, _learner.Progress.Epsilon);
    }

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

        StartState start = _beginnings.First(s => s.Stage.ToString() == best.Stage);
        if (_shell.Movies is { } movies && start.Name is null && _settings.Environment.NoMovieBecause(start.Stage) is null)
        {
            EpisodeTape tape = EpisodeTape.Join(start, best.Inputs, RunSummary.Describe(best));
            foreach (string extension in movies.Extensions)
            {
                movies.Write(_folder.BestEpisode(extension), tape);
            }
        }

        _ledger.BestEpisode = best with { Inputs = [] };
    }
}
