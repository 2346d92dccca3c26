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

    /// <summary>Where the curriculum stands, stage by stage; null without one. The episodes above began where it says.</summary>
    [JsonProperty(NullValueHandling = NullValueHandling.Ignore)]
    public IReadOnlyList<CurriculumPlace>? Curriculum { get; init; }
}

/// <summary>Where a curriculum stands in one stage.</summary>
public sealed record CurriculumPlace
{
    /// <summary>The stage.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Places that episodes can begin at, the stage's beginning among them.</summary>
    public int Starts { get; init; }

    /// <summary>Backward: which of them it has come back to, 0 being the first. Frontier: the furthest of them, in pixels walked. Rewind: null.</summary>
    [JsonProperty(NullValueHandling = NullValueHandling.Ignore)]
    public int? Position { get; init; }

    /// <summary>Share of the latest episodes that cleared, of those from that place (backward), or from the stage's beginning (frontier, rewind).</summary>
    public double Success { get; init; }

    /// <summary>For people.</summary>
    public override string ToString() => FormattableString.Invariant($"{Stage}{(Position is { } at ? $" at {at}" : "")} ({Starts} starts, {100 * Success:0} % clear)");
}

/// <summary>One evaluation: greedy play on consoles of its own.</summary>
public sealed record EvaluationMetrics : MetricsLine
{
    [JsonProperty(Order = -3)]
    public override string Kind => "evaluation";

    /// <summary>Counts evaluations from 1.</summary>
    public int Number { get; init; }

    /// <summary>Whether this one plays on fresh seeds what looked best, to have it confirmed; then only what the run is judged by.</summary>
    public bool Confirmation { get; init; }

    /// <summary>Episodes played after random no-ops.</summary>
    public int Episodes { get; init; }

    /// <summary>How many of those cleared the stage.</summary>
    public int Clears { get; init; }

    /// <summary>Mean reward of an episode: of these, or where there are none, of the sticky ones; so are the two below.</summary>
    public double Reward { get; init; }

    /// <summary>Mean of the furthest x.</summary>
    public double FurthestX { get; init; }

    /// <summary>Mean frames of the episodes that cleared; null when none did.</summary>
    public double? ClearFrames { get; init; }

    /// <summary>Further episodes played with sticky actions; none before anything has ever cleared.</summary>
    public int StickyEpisodes { get; init; }

    /// <summary>How many of those cleared.</summary>
    public int StickyClears { get; init; }

    /// <summary>Stage by stage; null where there is one stage only.</summary>
    [JsonProperty(NullValueHandling = NullValueHandling.Ignore)]
    public IReadOnlyList<StageMetrics>? Stages { get; init; }

    /// <summary>Whether these weights are the best so far and were kept.</summary>
    public bool Best { get; init; }

    /// <summary>Clears after random no-ops.</summary>
    [JsonIgnore]
    public ClearRate NoOpRate => new(Clears, Episodes);

    /// <summary>Clears under sticky actions.</summary>
    [JsonIgnore]
    public ClearRate StickyRate => new(StickyClears, StickyEpisodes);
}

/// <summary>One stage's part in an evaluation.</summary>
public sealed record StageMetrics
{
    /// <summary>The stage.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Episodes after random no-ops.</summary>
    public int Episodes { get; init; }

    /// <summary>How many of those cleared it.</summary>
    public int Clears { get; init; }

    /// <summary>Episodes with sticky actions.</summary>
    public int StickyEpisodes { get; init; }

    /// <summary>How many of those cleared it.</summary>
    public int StickyClears { get; init; }
}

/// <summary>Columns that differ from run to run: the wall clock and what follows from it.</summary>
public sealed record ClockColumns
{
    /// <summary>Wall-clock seconds of training so far, earlier sittings included.</summary>
    public double Seconds { get; init; }

    /// <summary>Frames per second since the previous line of this kind.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Updates of the network per second since the previous line of this kind.</summary>
    public double UpdatesPerSecond { get; init; }

    /// <summary>What the time since the previous line of this kind went into.</summary>
    public TimeSpent Spent { get; init; } = new();
}

/// <summary>Seconds of the wall clock, by what they went into.</summary>
public sealed record TimeSpent
{
    /// <summary>Choosing actions.</summary>
    public double Act { get; init; }

    /// <summary>Running consoles.</summary>
    public double Emulate { get; init; }

    /// <summary>Making observations and rewards of what they did.</summary>
    public double Observe { get; init; }

    /// <summary>Taking in what came of the actions, and updates.</summary>
    public double Learn { get; init; }

    /// <summary>Evaluations and confirmations.</summary>
    public double Evaluate { get; init; }

    /// <summary>All together.</summary>
    [JsonIgnore]
    public double Total => Act + Emulate + Observe + Learn + Evaluate;

    /// <summary>The sum, part by part.</summary>
    public TimeSpent Plus(TimeSpent other) => new()
    {
        Act = Act + other.Act,
        Emulate = Emulate + other.Emulate,
        Observe = Observe + other.Observe,
        Learn = Learn + other.Learn,
        Evaluate = Evaluate + other.Evaluate,
    };

    /// <summary>The parts as percentages, for people: <c>act 9 %, emulate 55 %, …</c>; empty where no time was spent.</summary>
    public override string ToString() => Total <= 0 ? "" : string.Join(", ",
        new[] { ("emulate", Emulate), ("observe", Observe), ("act", Act), ("learn", Learn), ("evaluate", Evaluate) }
            .Select(part => FormattableString.Invariant($"{part.Item1} {100 * part.Item2 / Total:0} %")));
}
