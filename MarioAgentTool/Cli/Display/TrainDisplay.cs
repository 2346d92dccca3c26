using MarioAgentTool.Metrics;
using MarioAgentTool.Training;
using Spectre.Console;

namespace MarioAgentTool.Cli.Display;

/// <summary>Shows how a run goes: a live table on a terminal, plain lines where output is redirected.</summary>
internal abstract class TrainDisplay : ITrainingWatcher, IDisposable
{
    private bool _hasCleared;

    public static TrainDisplay For(RunSettings settings, GameRom rom, RunFolder folder)
    {
        string[] heading =
        [
            $"{settings.Preset}: {settings.Learner} on {settings.Environment.Observation.ToString().ToLowerInvariant()}, {settings.Consoles} {(settings.Consoles == 1 ? "console" : "consoles")}, seed {settings.Seed}",
            $"{rom.Name}, {settings.Environment.WorldName}; {Budget(settings)}",
            .. Learners.ReplayOf(settings) is { } replay ? [replay.ToString()] : Array.Empty<string>(),
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
        $"{(e.Confirmation ? "confirmation" : "evaluation")} {e.Number}: {RunSummary.Counts(e)} cleared, furthest x {e.FurthestX:0}, {e.Clock.Spent.Evaluate:0.0} s{(e.Best ? ", best so far" : "")}")
        + (e.Stages is { } stages ? "; " + string.Join(" ", stages.Select(s => FormattableString.Invariant($"{s.Stage} {s.Clears + s.StickyClears}/{s.Episodes + s.StickyEpisodes}"))) : "");

    /// <summary>What the first evaluation with a clear is told with; empty for all others.</summary>
    protected string FirstClear(EvaluationMetrics e)
    {
        if (_hasCleared || e.Clears + e.StickyClears == 0)
        {
            return "";
        }

        _hasCleared = true;
        return FormattableString.Invariant($"First clear after {RunSummary.Duration(e.Clock.Seconds)} and {e.Frames / 1e6:0.00}M frames.");
    }

    private static string Budget(RunSettings settings)
    {
        BudgetSettings budget = settings.Budget;
        string?[] limits =
        [
            budget.Until is null ? null : "until " + RunSummary.Goal(settings),
            budget.Frames is { } frames ? FormattableString.Invariant($"{frames:N0} frames") : null,
            budget.Episodes is { } episodes ? FormattableString.Invariant($"{episodes:N0} episodes") : null,
            budget.Minutes is { } minutes ? FormattableString.Invariant($"{minutes:0.##} minutes") : null,
        ];
        string limit = string.Join(" or ", limits.Where(l => l is not null));
        return limit.Length == 0 ? "until Ctrl-C" : limit;
    }
}
