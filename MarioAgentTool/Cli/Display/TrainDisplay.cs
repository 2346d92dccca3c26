using MarioAgentTool.Metrics;
using MarioAgentTool.Training;
using Spectre.Console;

namespace MarioAgentTool.Cli.Display;

/// <summary>Shows how a run goes: a live table on a terminal, plain lines where output is redirected.</summary>
internal abstract class TrainDisplay : ITrainingWatcher, IDisposable
{
    public static TrainDisplay For(RunSettings settings, GameRom rom, RunFolder folder)
    {
        string[] heading =
        [
            $"{settings.Preset}: {settings.Learner} on {settings.Environment.Observation.ToString().ToLowerInvariant()}, {settings.Consoles} {(settings.Consoles == 1 ? "console" : "consoles")}, seed {settings.Seed}",
            $"{rom.Name}, {settings.Environment.WorldName}; {Budget(settings.Budget)}",
            $"{folder.Path}",
        ];
        return AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected
            ? new LiveTrainDisplay(heading)
            : new PlainTrainDisplay(heading, Console.Out);
    }

    public abstract void Logged(IntervalMetrics interval, TimeSpan? left);

    public abstract void Evaluated(EvaluationMetrics evaluation);

    public abstract void Noted(string line);

    public virtual void Saved()
    {
    }

    /// <summary>Someone has asked to stop. Comes from another thread.</summary>
    public abstract void Stopping();

    public virtual void Dispose()
    {
    }

    protected static string Left(TimeSpan? left) => left is { } time ? $"{RunSummary.Duration(time.TotalSeconds)} left at most" : "no limit";

    protected static string Number(double? value, string format) => value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    protected static string Evaluation(EvaluationMetrics e) => FormattableString.Invariant(
        $"{(e.Confirmation ? "confirmation" : "evaluation")} {e.Number}: {e.Clears}/{e.Episodes} cleared{(e.StickyEpisodes == 0 ? "" : $", {e.StickyClears}/{e.StickyEpisodes} sticky")}, furthest x {e.FurthestX:0}{(e.Best ? ", best so far" : "")}");

    private static string Budget(BudgetSettings budget)
    {
        string?[] limits =
        [
            budget.Frames is { } frames ? FormattableString.Invariant($"{frames:N0} frames") : null,
            budget.Episodes is { } episodes ? FormattableString.Invariant($"{episodes:N0} episodes") : null,
            budget.Minutes is { } minutes ? FormattableString.Invariant($"{minutes:0.##} minutes") : null,
        ];
        string limit = string.Join(" or ", limits.Where(l => l is not null));
        return (limit.Length == 0 ? "until Ctrl-C" : limit) + (budget.StopWhenSolid ? ", less once the agent is solid" : "");
    }
}
