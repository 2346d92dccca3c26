using MarioAgentTool.Metrics;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Training;

/// <summary>How one stage went under one protocol.</summary>
/// <param name="Stage">The stage; of a full game, where it began.</param>
/// <param name="Protocol">How episodes were made to differ.</param>
/// <param name="Episodes">The episodes, one or more.</param>
public sealed record StageResult(string Stage, Protocol Protocol, IReadOnlyList<PlayedEpisode> Episodes)
{
    // Pixels of one place of Failures: two tiles, so that two holes next to each other stay two.
    private const int PlacePixels = 32;

    // Places told in a table.
    private const int PlacesTold = 6;

    /// <summary>How many cleared.</summary>
    public ClearRate Rate => new(Episodes.Count(e => e.Cleared), Episodes.Count);

    /// <summary>Mean of the furthest x, in pixels of the stage.</summary>
    public double MeanX => Episodes.Average(e => (double)e.FurthestX);

    /// <summary>Median of the furthest x.</summary>
    public double MedianX => Median(Episodes.Select(e => e.FurthestX));

    /// <summary>The furthest x of all.</summary>
    public int MaxX => Episodes.Max(e => e.FurthestX);

    /// <summary>Median frames of the episodes that cleared, the waiting before the first action included; null where none did.</summary>
    public double? ClearFrames => Rate.Clears == 0 ? null : Median(Episodes.Where(e => e.Cleared).Select(e => e.Frames));

    /// <summary>Endings by name, the most frequent first.</summary>
    public IEnumerable<(string Name, int Count)> Ends =>
        Episodes.GroupBy(e => e.End).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => (IntervalTally.NameOf(g.Key), g.Count()));

    /// <summary>
    /// Where episodes ended that did not clear, the most frequent place first: how, the middle of the ends' furthest x, and how many. A place is a
    /// stretch of <see cref="PlacePixels"/>.
    /// </summary>
    public IEnumerable<(string Name, int X, int Count)> Failures =>
        from e in Episodes
        where !e.Cleared
        group e by (e.End, Place: e.FurthestX / PlacePixels) into g
        orderby g.Count() descending, g.Key.Place, g.Key.End
        select (IntervalTally.NameOf(g.Key.End), (int)Median(g.Select(e => e.FurthestX)), g.Count());

    /// <summary>One result a stage, in the order in which stages first appear.</summary>
    public static IReadOnlyList<StageResult> Of(Protocol protocol, IEnumerable<PlayedEpisode> episodes) =>
        [.. episodes.GroupBy(e => e.Stage).Select(g => new StageResult(g.Key, protocol, [.. g]))];

    /// <summary>As <c>eval --json</c> prints it: the same whenever the same network plays on the same seed.</summary>
    public JObject ToJson() => new()
    {
        ["stage"] = Stage,
        ["protocol"] = Protocol.Name,
        ["noops"] = Protocol.NoOps,
        ["sticky"] = Protocol.Sticky,
        ["episodes"] = Episodes.Count,
        ["clears"] = Rate.Clears,
        ["clear_rate"] = Rate.Share,
        ["clear_rate_95"] = new JArray(Rate.Low, Rate.High),
        ["furthest_x"] = new JObject { ["mean"] = MeanX, ["median"] = MedianX, ["max"] = MaxX },
        ["clear_frames_median"] = ClearFrames,
        ["reward"] = Episodes.Average(e => (double)e.Reward),
        ["ends"] = new JObject(Ends.Select(e => new JProperty(e.Name, e.Count))),
        ["failures"] = new JArray(Failures.Select(f => new JObject { ["end"] = f.Name, ["x"] = f.X, ["count"] = f.Count })),
    };

    /// <summary>Results as a table, a line each under a heading.</summary>
    public static IEnumerable<string> Table(IEnumerable<StageResult> results)
    {
        yield return "Stage  Protocol     Cleared         95 % interval   Furthest x: mean  median    max   Frames to clear  Endings";
        foreach (StageResult r in results)
        {
            string frames = r.ClearFrames?.ToString("0", System.Globalization.CultureInfo.InvariantCulture) ?? "-";
            string ends = string.Join(", ", r.Ends.Select(e => $"{e.Name} {e.Count}"));
            yield return FormattableString.Invariant($"{r.Stage,-5}  {r.Protocol.Title,-11} {r.Rate,8} {100 * r.Rate.Share,5:0.0} %   {100 * r.Rate.Low,5:0.0}-{100 * r.Rate.High,5:0.0} %")
                + FormattableString.Invariant($"{r.MeanX,20:0}{r.MedianX,8:0}{r.MaxX,7}{frames,18}  {ends}");
            if (r.FailuresTold() is { } failures)
            {
                yield return "       " + failures;
            }
        }
    }

    private string? FailuresTold()
    {
        (string Name, int X, int Count)[] all = [.. Failures];
        int rest = all.Skip(PlacesTold).Sum(f => f.Count);
        return all.Length == 0 ? null
            : "ended at x " + string.Join(", ", all.Take(PlacesTold).Select(f => $"{f.X}: {f.Name} {f.Count}")) + (rest > 0 ? $"; elsewhere {rest}" : "");
    }

    private static double Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.OrderBy(v => v)];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
