using MarioAgentTool.Metrics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarioAgentTool.Cli.Display;

/// <summary>A table on the terminal, drawn on a thread of its own so that training never waits for it.</summary>
internal sealed class LiveTrainDisplay : TrainDisplay
{
    private const int EvaluationsShown = 8, NotesShown = 4;

    private readonly object _gate = new();
    private readonly IReadOnlyList<string> _heading;
    private readonly List<EvaluationMetrics> _evaluations = [];
    private readonly AutoResetEvent _changed = new(false);
    private readonly Thread _thread;
    private readonly List<string> _notes = [];
    private IntervalMetrics? _interval;
    private TimeSpan? _left;
    private long _clears;
    private string _firstClear = "";
    private TimeSpent _spent = new();
    private bool _stopping, _disposed;

    public LiveTrainDisplay(IReadOnlyList<string> heading)
    {
        _heading = heading;
        _thread = new Thread(Show) { IsBackground = true, Name = "Display" };
        _thread.Start();
    }

    public override void Logged(IntervalMetrics interval, TimeSpan? left) => Change(() =>
    {
        (_interval, _left) = (interval, left);
        _clears += interval.Clears;
        _spent = _spent.Plus(interval.Clock.Spent);
    });

    public override void Evaluated(EvaluationMetrics evaluation) => Change(() =>
    {
        _evaluations.Add(evaluation);
        _firstClear += FirstClear(evaluation);
        _spent = _spent.Plus(evaluation.Clock.Spent);
    });

    public override void Noted(string line) => Change(() =>
    {
        _notes.Add(line);
        _notes.RemoveRange(0, Math.Max(0, _notes.Count - NotesShown));
    });

    public override void Stopping() => Change(() => _stopping = true);

    public override void Dispose()
    {
        if (!_disposed)
        {
            Change(() => _disposed = true);
            _thread.Join();
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }

        _changed.Set();
    }

    private void Show() => AnsiConsole.Live(Draw()).Start(context =>
    {
        while (true)
        {
            _changed.WaitOne();
            lock (_gate)
            {
                context.UpdateTarget(Draw());
                context.Refresh();
                if (_disposed)
                {
                    return;
                }
            }
        }
    });

    private IRenderable Draw()
    {
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().NoWrap().PadRight(4)).AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().NoWrap());
        IntervalMetrics? i = _interval;
        void Row(string a, string av, string b, string bv) => facts.AddRow(new Markup($"[grey]{a}[/]"), new Markup(av), new Markup($"[grey]{b}[/]"), new Markup(bv));
        Row("frames", i is null ? "-" : FormattableString.Invariant($"{i.Frames:N0}"), "reward", Number(i?.Reward, "0.0"));
        Row("frames/s", Number(i?.Clock.FramesPerSecond, "N0"), "furthest x", $"{Number(i?.FurthestX, "0")}  [grey]best[/] {Number(i?.BestX, "0")}");
        Row("episodes", i is null ? "-" : FormattableString.Invariant($"{i.Episodes:N0}"), "clears", FormattableString.Invariant($"{_clears}  [grey]lately[/] {i?.Clears ?? 0} [grey]of[/] {i?.Ended ?? 0}"));
        Row("updates/s", Number(i?.Clock.UpdatesPerSecond, "0"), "epsilon, loss", $"{Number(i?.Epsilon, "0.00")}, {Number(i?.Loss, "0.0000")}");
        Row("time", i is null ? "-" : Training.RunSummary.Duration(i.Clock.Seconds), "left", _stopping ? "[yellow]stopping; Ctrl-C again to stop at once[/]" : Left(_left));

        var evaluations = new Table { Border = TableBorder.Simple, Title = null };
        evaluations.AddColumns("evaluation", "frames", "no-op", "sticky", "furthest x", "");
        foreach (EvaluationMetrics e in _evaluations.Skip(Math.Max(0, _evaluations.Count - EvaluationsShown)))
        {
            string Rate(ClearRate rate) => rate.Episodes == 0 ? "" : $"[{(rate.Clears == rate.Episodes ? "green" : rate.Clears > 0 ? "yellow" : "grey")}]{rate}[/]";
            evaluations.AddRow(
                e.Confirmation ? $"{e.Number} [grey](confirms)[/]" : $"{e.Number}", FormattableString.Invariant($"{e.Frames / 1e6:0.00}M"), Rate(e.NoOpRate), Rate(e.StickyRate), FormattableString.Invariant($"{e.FurthestX:0}"), e.Best ? "[green]best so far[/]" : "");
        }

        var rows = new List<IRenderable>(_heading.Select(h => new Markup($"[bold]{Markup.Escape(h)}[/]"))) { new Text(""), facts };
        if (_spent.Total > 0)
        {
            rows.Add(new Markup($"[grey]time goes to[/]   {_spent}"));
        }

        rows.AddRange((i?.Curriculum ?? []).Select(place => new Markup($"[grey]starts[/]         {Markup.Escape(place.ToString())}")));
        if (_evaluations.Count > 0)
        {
            rows.Add(evaluations);
        }

        if (_firstClear.Length > 0)
        {
            rows.Add(new Text(_firstClear));
        }

        if (_notes.Count > 0)
        {
            rows.Add(new Text(""));
            rows.AddRange(_notes.Select(note => new Text(note)));
        }

        return new Rows(rows);
    }
}
