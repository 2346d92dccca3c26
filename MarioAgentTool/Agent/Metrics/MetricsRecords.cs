using Newtonsoft.Json;

namespace MarioAgentTool.Metrics;

/// <summary>One line of <c>metrics.jsonl</c>. Everything outside <see cref="Clock"/> is the same whenever the run is repeated.</summary>
public abstract record MetricsLine
{
    /// <summary>Which kind of line this is: <c>interval</c> or <c>evaluation</c>.</summary>
    [JsonProperty(Order = -3)]
    public abstract string Kind { get; }

    /// <summary>Agent steps since the run began, over all consoles.</summary>
    [JsonProperty(Order = -2)]
    public long Steps { get; init; }

    /// <summary>Emulated frames of the training consoles since the run began; evaluations are not counted.</summary>
    [JsonProperty(Order = -2)]
    public long Frames { get; init; }

    /// <summary>What depends on the machine and its neighbours.</summary>
    [JsonProperty(Order = 1)]
    public ClockColumns Clock { get; init; } = new();
}

/// <summary>Training since the previous line of this kind.</summary>
public sealed record IntervalMetrics : MetricsLine
{
    [JsonProperty(Order = -3)]
    public override string Kind => "interval";

    /// <summary>Episodes that have ended since the run began.</summary>
    public long Episodes { get; init; }

    /// <summary>Episodes that ended in this interval; the means below are theirs.</summary>
    public int Ended { get; init; }

    /// <summary>Mean reward of an episode; null when none ended.</summary>
    public double? Reward { get; init; }

    /// <summary>Mean agent steps of an episode.</summary>
    public double? Length { get; init; }

    /// <summary>Mean of the furthest x an episode reached, in pixels of the stage.</summary>
    public double? FurthestX { get; init; }

    /// <summary>The furthest x of any episode in this interval.</summary>
    public int? BestX { get; init; }

    /// <summary>Episodes of this interval that cleared the stage.</summary>
    public int Clears { get; init; }

    /// <summary>How the interval's episodes ended: name of the ending to count, endings that did not happen left out.</summary>
    public SortedDictionary<string, int> Ends { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Chance of a random action.</summary>
    public float Epsilon { get; init; }

    /// <summary>Optimiser steps since the run began.</summary>
    public long Updates { get; init; }

    /// <summary>Mean loss of the latest updates; null before the first, and where it is not finite: the network has diverged.</summary>
    public float? Loss { get; init; }

    /// <summary>Mean predicted value of the latest updates; null as <see cref="Loss"/> is.</summary>
    public float? MeanQ { get; init; }
}

/// <summary>One evaluation: greedy play on consoles of its own.</summary>
public sealed record EvaluationMetrics : MetricsLine
{
    [JsonProperty(Order = -3)]
    public override string Kind => "evaluation";

    /// <summary>Counts evaluations from 1.</summary>
    public int Number { get; init; }

    /// <summary>Whether this one repeats a perfect result on fresh seeds before the run may stop.</summary>
    public bool Confirmation { get; init; }

    /// <summary>Episodes played.</summary>
    public int Episodes { get; init; }

    /// <summary>Episodes that cleared the stage.</summary>
    public int Clears { get; init; }

    /// <summary>Mean reward of an episode.</summary>
    public double Reward { get; init; }

    /// <summary>Mean of the furthest x.</summary>
    public double FurthestX { get; init; }

    /// <summary>Mean frames of the episodes that cleared; null when none did.</summary>
    public double? ClearFrames { get; init; }

    /// <summary>Further episodes played with sticky actions; none where nothing was cleared without.</summary>
    public int StickyEpisodes { get; init; }

    /// <summary>How many of those cleared.</summary>
    public int StickyClears { get; init; }

    /// <summary>Whether these weights are the best so far and were kept.</summary>
    public bool Best { get; init; }
}

/// <summary>Columns that differ from run to run: the wall clock and what follows from it.</summary>
public sealed record ClockColumns
{
    /// <summary>Wall-clock seconds of training so far, earlier sittings included.</summary>
    public double Seconds { get; init; }

    /// <summary>Frames per second since the previous line of this kind.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Seconds spent in emulation and observation since the previous line of this kind.</summary>
    public double EmulationSeconds { get; init; }

    /// <summary>Seconds spent in the learner since the previous line of this kind.</summary>
    public double LearningSeconds { get; init; }
}
