using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Recording;

namespace MarioAgentTool.Training;

// When the agent is examined, what of it is kept, and when it is good enough.
public sealed partial class Trainer
{
    /// <summary>The final examination: the best network kept, on fresh seeds, with and without sticky actions.</summary>
    /// <exception cref="OperationCanceledException">Someone asked to stop.</exception>
    public FinalExamination ExamineBest(CancellationToken stop = default)
    {
        if (File.Exists(_folder.BestWeights))
        {
            WeightsFile.ReadInto(_folder.BestWeights, _learner.Weights);
        }

        EvaluationSettings e = _settings.Evaluation;
        var greedy = _evaluator.Play(_learner, e.ConfirmationEpisodes, e.NoOps, sticky: 0, _seeds, "final", stop);
        var sticky = _evaluator.Play(_learner, e.ConfirmationEpisodes, e.NoOps, e.Sticky, _seeds, "final sticky", stop);
        var result = new FinalExamination(e.ConfirmationEpisodes, greedy.Count(p => p.Cleared), sticky.Count(p => p.Cleared), e.Sticky);
        File.AppendAllText(_folder.Summary, result.Text() + "\n");
        return result;
    }

    /// <summary>Evaluates, keeps what is best, and confirms what looks solid.</summary>
    /// <returns>Whether the run may end.</returns>
    /// <exception cref="OperationCanceledException">Someone asked to stop; the evaluation leaves no trace but that it is due.</exception>
    private bool Examine(CancellationToken stop)
    {
        _ledger.EvaluationDue = true;
        EvaluationMetrics line = Evaluate(_settings.Evaluation.Episodes, _settings.Evaluation.StickyEpisodes, confirmation: false, stop);
        _ledger.EvaluationDue = false;
        _ledger.Solid = line.Clears == line.Episodes ? _ledger.Solid + 1 : 0;
        if (!_settings.Budget.StopWhenSolid || _ledger.Solid < _settings.Evaluation.SolidAfter)
        {
            return false;
        }

        int episodes = _settings.Evaluation.ConfirmationEpisodes;
        line = Evaluate(episodes, episodes, confirmation: true, stop);
        bool solid = line.Clears >= 0.95 * line.Episodes;
        _ledger.Solid = solid ? _ledger.Solid : 0;
        return solid;
    }

    private EvaluationMetrics Evaluate(int episodes, int stickyEpisodes, bool confirmation, CancellationToken stop)
    {
        _average.Swap(_learner.Weights);
        try
        {
            return Play(episodes, stickyEpisodes, confirmation, stop);
        }
        finally
        {
            _average.Swap(_learner.Weights);
        }
    }

    private EvaluationMetrics Play(int episodes, int stickyEpisodes, bool confirmation, CancellationToken stop)
    {
        EvaluationSettings e = _settings.Evaluation;
        double before = Seconds;
        int number = _ledger.Evaluations + 1;
        IReadOnlyList<PlayedEpisode> greedy = _evaluator.Play(_learner, episodes, e.NoOps, sticky: 0, _seeds, $"evaluation {number}", stop);
        int clears = greedy.Count(p => p.Cleared);

        // Whoever never clears undisturbed is spared the harder test.
        stickyEpisodes = clears == 0 ? 0 : stickyEpisodes;
        IReadOnlyList<PlayedEpisode> sticky = _evaluator.Play(_learner, stickyEpisodes, e.NoOps, e.Sticky, _seeds, $"sticky evaluation {number}", stop);
        _ledger.Evaluations = number;
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

        StartState start = _starts.First(s => s.Stage.ToString() == best.Stage);
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
