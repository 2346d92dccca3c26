using System.Globalization;
using System.Text;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Training;

/// <summary>The last word about a network: greedy play on fresh seeds, without and with sticky actions.</summary>
public sealed record FinalExamination(int Episodes, int Clears, int StickyClears, float Sticky)
{
    public string Text() => FormattableString.Invariant(
        $"Best network    clears {Clears} of {Episodes} after random no-ops, {StickyClears} of {Episodes} with sticky actions ({Sticky:0.##})");
}

/// <summary>One screen about a run.</summary>
public static class RunSummary
{
    /// <summary>The text of <c>summary.txt</c>.</summary>
    public static string Text(RunSettings settings, Ledger ledger, RunEnd end)
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(name.PadRight(16)).Append(value).Append('\n');

        Line("Run", FormattableString.Invariant($"{settings.Preset}{(settings.Fixes.Length == 0 ? "" : $" with {settings.Fixes}")}, seed {settings.Seed}, {settings.Consoles} {(settings.Consoles == 1 ? "console" : "consoles")}, {settings.Rom?.Name ?? "built-in game"}"));
        Line("Ended", end switch
        {
            RunEnd.Solid => "solid: every episode of repeated evaluations cleared, confirmed on fresh seeds",
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
        Line("Best episode", ledger.BestEpisode is { } episode ? Describe(episode) : "none yet");
        return text.ToString();
    }

    /// <summary>How far and how long.</summary>
    public static string Progress(Ledger ledger) => FormattableString.Invariant(
        $"{ledger.Frames / 1e6:0.00}M frames, {ledger.Steps / 1e3:N0}k steps, {Duration(ledger.Seconds)}");

    /// <summary>An episode in a few words.</summary>
    public static string Describe(PlayedEpisode episode) => FormattableString.Invariant(
        $"{(episode.Cleared ? "cleared" : $"reached x {episode.FurthestX}")} in {episode.Frames} frames, reward {episode.Reward:0.#}");

    /// <summary>An evaluation in a few words.</summary>
    public static string Describe(EvaluationMetrics e) => FormattableString.Invariant(
        $"{e.Clears} of {e.Episodes} cleared{(e.StickyEpisodes == 0 ? "" : $", {e.StickyClears} of {e.StickyEpisodes} with sticky actions")}, mean furthest x {e.FurthestX:0}, at {e.Frames / 1e6:0.00}M frames");

    /// <summary>Seconds for people.</summary>
    public static string Duration(double seconds) => seconds < 60
        ? string.Format(CultureInfo.InvariantCulture, "{0:0} s", seconds)
        : string.Format(CultureInfo.InvariantCulture, "{0} min {1:00} s", (int)(seconds / 60), (int)seconds % 60);

    private static string When(EvaluationMetrics? e, string never) =>
        e is null ? never : FormattableString.Invariant($"at {e.Frames / 1e6:0.00}M frames, {e.Steps / 1e3:N0}k steps, {Duration(e.Clock.Seconds)}");
}
