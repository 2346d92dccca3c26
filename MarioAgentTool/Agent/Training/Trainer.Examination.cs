using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Recording;

namespace MarioAgentTool.Training;

// When the agent is examined, what of it is kept, and when it is good enough.
public sealed partial class Trainer
{
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
