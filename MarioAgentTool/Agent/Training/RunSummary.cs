using System.Globalization;
using System.Text;
using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Training;

/// <summary>The last word about a network: greedy play on fresh seeds under both protocols.</summary>
/// <param name="Results">By stage, each under both.</param>
/// <param name="Frames">Emulated for it.</param>
/// <param name="Seconds">It took.</param>
public sealed record FinalExamination(IReadOnlyList<StageResult> Results, long Frames, double Seconds)
{
    /// <summary>Clears under one protocol, all stages together.</summary>
    public ClearRate Rate(ProtocolKind protocol)
    {
        StageResult[] results = [.. Results.Where(r => r.Protocol.Kind == protocol)];
        return new ClearRate(results.Sum(r => r.Rate.Clears), results.Sum(r => r.Rate.Episodes));
    }

    /// <summary>For <c>summary.txt</c>.</summary>
    public string Text() => "\nThe best network, greedy, on fresh seeds\n" + string.Concat(StageResult.Table(Results).Select(line => line + "\n"))
        + RunSummary.Cost(Frames, Seconds) + "\n";

    /// <summary>For <c>examination.json</c>.</summary>
    public JObject ToJson() => new()
    {
        ["results"] = new JArray(Results.Select(r => r.ToJson())),
        ["clock"] = new JObject { ["seconds"] = Seconds, ["frames"] = Frames },
    };
}

/// <summary>One screen about a run.</summary>
public static class RunSummary
{
    /// <summary>The text of <c>summary.txt</c>.</summary>
    /// <param name="settings">The run's.</param>
    /// <param name="ledger">What it has counted.</param>
    /// <param name="end">Why it ended.</param>
    /// <param name="computed">What computed it and where, if that is worth a line.</param>
    public static string Text(RunSettings settings, Ledger ledger, RunEnd end, string? computed = null)
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(name.PadRight(16)).Append(value).Append('\n');

        Line("Run", FormattableString.Invariant($"{settings.Preset}{(settings.Fixes.Length == 0 ? "" : $" with {settings.Fixes}")}, seed {settings.Seed}, {settings.Consoles} {(settings.Consoles == 1 ? "console" : "consoles")}, {settings.Rom?.Name ?? "built-in game"}"));
        if (computed is not null)
        {
            Line("Computed by", computed);
        }

        Line("Ended", end switch
        {
            RunEnd.GoalReached => Goal(settings) + ", confirmed on fresh seeds",
            RunEnd.FramesSpent => "its budget of frames is spent",
            RunEnd.TimeSpent => "its budget of minutes is spent",
            RunEnd.EpisodesSpent => "its budget of episodes is spent",
            _ => "on request; --resume goes on from here",
        });
        Line("Trained", Progress(ledger));
        Line("Episodes", FormattableString.Invariant($"{ledger.Episodes:N0}, of which {ledger.Clears:N0} cleared the stage while exploring"));
        Line("First clear", When(ledger.FirstClear, "no evaluation has cleared the stage yet"));
        Line("First perfect", When(ledger.FirstPerfect, "no evaluation has cleared it in every episode yet"));
        Line("Best evaluation", ledger.Best is { } best ? Describe(best) : "none yet");
        Line("Goal", settings.Budget.Until is null ? "none" : ledger.Goal is { } goal ? $"{Goal(settings)}: {When(goal, "")}" : $"{Goal(settings)}: not reached");
        Line("Best episode", ledger.BestEpisode is { } episode ? Describe(episode) : "none yet");
        if (ledger.Spent.Total > 0)
        {
            Line("Time went to", ledger.Spent.ToString());
        }

        return text.ToString();
    }

    /// <summary>What ends the run early: <c>95 % of sticky 0.25 episodes cleared</c>.</summary>
    public static string Goal(RunSettings settings)
    {
        string protocol = settings.Evaluation.JudgingProtocol.Title;
        string each = settings.Environment.Task == TaskKind.RandomStages ? " in each stage" : "";
        return FormattableString.Invariant($"{settings.Budget.Until:0.##} % of {protocol} episodes cleared{each}");
    }

    /// <summary>What an examination cost.</summary>
    public static string Cost(long frames, double seconds) => FormattableString.Invariant(
        $"{frames:N0} frames in {seconds:0.0} s, {frames / Math.Max(1e-9, seconds):N0} frames/s");

    /// <summary>How far and how long.</summary>
    public static string Progress(Ledger ledger) => FormattableString.Invariant(
        $"{ledger.Frames / 1e6:0.00}M frames, {ledger.Steps / 1e3:N0}k steps, {Duration(ledger.Seconds)}");

    /// <summary>An episode in a few words.</summary>
    public static string Describe(PlayedEpisode episode) => FormattableString.Invariant(
        $"{(episode.Cleared ? "cleared" : $"reached x {episode.FurthestX}")} in {episode.Frames} frames, reward {episode.Reward:0.#}");

    /// <summary>An evaluation in a few words.</summary>
    public static string Describe(EvaluationMetrics e) => FormattableString.Invariant(
        $"{Counts(e)}, mean furthest x {e.FurthestX:0}, at {e.Frames / 1e6:0.00}M frames");

    /// <summary>Its clears: <c>20/20 no-op, 17/20 sticky</c>.</summary>
    public static string Counts(EvaluationMetrics e) => string.Join(", ", new[] { (e.NoOpRate, "no-op"), (e.StickyRate, "sticky") }
        .Where(p => p.Item1.Episodes > 0).Select(p => $"{p.Item1} {p.Item2}"));

    /// <summary>Seconds for people.</summary>
    public static string Duration(double seconds) => seconds < 60
        ? string.Format(CultureInfo.InvariantCulture, "{0:0} s", seconds)
        : string.Format(CultureInfo.InvariantCulture, "{0} min {1:00} s", (int)(seconds / 60), (int)seconds % 60);

    private static string When(EvaluationMetrics? e, string never) =>
        e is null ? never : FormattableString.Invariant($"at {e.Frames / 1e6:0.00}M frames, {e.Steps / 1e3:N0}k steps, {Duration(e.Clock.Seconds)}");
}
