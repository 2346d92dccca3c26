using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Training;

/// <summary>What the trainer itself counts: with the learner and the consoles, all that a checkpoint holds.</summary>
public sealed class Ledger
{
    /// <summary>Agent steps over all consoles.</summary>
    public long Steps { get; set; }

    /// <summary>Emulated frames of the training consoles.</summary>
    public long Frames { get; set; }

    /// <summary>Episodes that have ended.</summary>
    public long Episodes { get; set; }

    /// <summary>Episodes that cleared the stage.</summary>
    public long Clears { get; set; }

    /// <summary>The furthest x of any episode that has ended; kept where records ask for it.</summary>
    public int FurthestX { get; set; }

    /// <summary>The interval that is under way.</summary>
    public IntervalTally Interval { get; set; } = new();

    /// <summary>Evaluations so far.</summary>
    public int Evaluations { get; set; }

    /// <summary>An evaluation was begun and not finished: whoever goes on begins with it.</summary>
    public bool EvaluationDue { get; set; }

    /// <summary>An evaluation asks to be confirmed: whoever goes on begins with that.</summary>
    public bool ConfirmationDue { get; set; }

    /// <summary>Confirmations so far.</summary>
    public int Confirmations { get; set; }

    /// <summary>Frames they took.</summary>
    public long ConfirmationFrames { get; set; }

    /// <summary>The evaluation whose network was kept.</summary>
    public EvaluationMetrics? Best { get; set; }

    /// <summary>The first evaluation with a clear.</summary>
    public EvaluationMetrics? FirstClear { get; set; }

    /// <summary>The first evaluation in which every episode cleared.</summary>
    public EvaluationMetrics? FirstPerfect { get; set; }

    /// <summary>The latest evaluation.</summary>
    public EvaluationMetrics? Latest { get; set; }

    /// <summary>The best episode of any evaluation, without its inputs: the movie has them.</summary>
    public PlayedEpisode? BestEpisode { get; set; }

    /// <summary>The confirmation that reached the goal.</summary>
    public EvaluationMetrics? Goal { get; set; }

    /// <summary>Seconds on the clock, earlier sittings included.</summary>
    public double Seconds { get; set; }

    /// <summary>What they went into.</summary>
    public TimeSpent Spent { get; set; } = new();

    /// <summary>How long <c>metrics.jsonl</c> was.</summary>
    public long MetricsLength { get; set; }
}

/// <summary>Sums over the episodes that ended in an interval.</summary>
public sealed class IntervalTally
{
    public int Ended { get; set; }

    public double RewardSum { get; set; }

    public long StepSum { get; set; }

    public long FurthestXSum { get; set; }

    public int BestX { get; set; }

    public int Clears { get; set; }

    /// <summary>Endings by the name of <see cref="EpisodeEnd"/>.</summary>
    public SortedDictionary<string, int> Ends { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Counts an episode in.</summary>
    public void Add(EpisodeEnd end, double reward, int steps, int furthestX)
    {
        Ended++;
        RewardSum += reward;
        StepSum += steps;
        FurthestXSum += furthestX;
        BestX = Math.Max(BestX, furthestX);
        Clears += end == EpisodeEnd.FlagReached ? 1 : 0;
        string name = NameOf(end);
        Ends[name] = Ends.TryGetValue(name, out int count) ? count + 1 : 1;
    }

    /// <summary>A sum as a mean over the episodes; null without any.</summary>
    public double? Mean(double sum) => Ended == 0 ? null : sum / Ended;

    /// <summary>An ending as the metrics name it.</summary>
    public static string NameOf(EpisodeEnd end) => end switch
    {
        EpisodeEnd.Fell => "fell",
        EpisodeEnd.Hit => "hit",
        EpisodeEnd.TimeUp => "time_up",
        EpisodeEnd.FlagReached => "flag_reached",
        EpisodeEnd.Stalled => "stalled",
        EpisodeEnd.Truncated => "truncated",
        _ => "none",
    };
}
