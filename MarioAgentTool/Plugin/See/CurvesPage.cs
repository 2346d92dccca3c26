using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>The page of learning curves and of the sitting's episodes.</summary>
internal sealed class CurvesPage
{
    // Share of the past that a mean keeps at each point.
    private static readonly (string Text, double Keep)[] s_smoothing = [("not smoothed", 0), ("smoothed a little", 0.8), ("smoothed", 0.95), ("smoothed much", 0.99)];

    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(500), s_readEvery = TimeSpan.FromSeconds(2);

    private readonly ToolSession _session;
    private readonly Func<string> _runFolder;
    private readonly ComboBox _whose = new() { DropDownStyle = ComboBoxStyle.DropDownList, AccessibleName = "Whose curves" };
    private readonly ComboBox _smoothing = new() { DropDownStyle = ComboBoxStyle.DropDownList, AccessibleName = "Smoothing" };
    private readonly List<(CurveKind Kind, CheckBox Box)> _kinds = [];
    private readonly CurveChart _chart = new();
    private readonly EpisodeList _episodes = new();
    private readonly RewardPanel _reward = new("Reward of the episode chosen");
    private readonly FlatButton _record = new("Record this one…") { Enabled = false };
    private readonly SittingCurves _sitting = new();
    private RunReader? _run;
    private bool _isMeasured;
    private TimeSpan _shownAt = TimeSpan.MinValue, _readAt = TimeSpan.MinValue;

    /// <param name="session">Whose sitting.</param>
    /// <param name="runFolder">The run's folder that is chosen now; empty for none.</param>
    /// <param name="guarded">Wraps what a click does, so that what goes wrong is shown.</param>
    /// <param name="recordBest">Records the best episode.</param>
    public CurvesPage(ToolSession session, Func<string> runFolder, Func<string, Action, EventHandler> guarded, Action recordBest)
    {
        _session = session;
        _runFolder = runFolder;
        int line = _chart.Font.Height;
        _whose.Items.AddRange(["This sitting", "The run chosen"]);
        _whose.SelectedIndex = 0;
        _whose.Width = line * 9;
        _smoothing.Items.AddRange([.. s_smoothing.Select(s => s.Text)]);
        _smoothing.SelectedIndex = 0;
        _smoothing.Width = line * 9;
        _whose.SelectedIndexChanged += guarded("choosing curves", ChooseBook);
        _smoothing.SelectedIndexChanged += guarded("smoothing curves", () =>
        {
            _chart.Plot.Smoothing = s_smoothing[_smoothing.SelectedIndex].Keep;
            _chart.Invalidate();
        });
        foreach (CurveKind kind in CurveBook.Kinds)
        {
            CheckBox box = new() { Text = CurveBook.NameOf(kind), AutoSize = true, Checked = kind is CurveKind.Reward or CurveKind.FurthestX or CurveKind.ClearRate };
            box.CheckedChanged += guarded("choosing curves", ChooseKinds);
            _kinds.Add((kind, box));
        }

        _record.Click += guarded("starting a recording", recordBest);
        _episodes.SelectedIndexChanged += guarded("choosing an episode", ShowChosen);
        _chart.ContextMenuStrip = new ContextMenuStrip();
        _chart.ContextMenuStrip.Items.Add("Save as a picture…", null, guarded("saving curves", () => Save("PNG picture|*.png", "curves.png", _chart.SavePicture)));
        _chart.ContextMenuStrip.Items.Add("Save the numbers…", null, guarded("saving curves", () => Save("CSV|*.csv", "curves.csv", path => File.WriteAllText(path, _chart.Plot.Book?.ToCsv() ?? ""))));
        _chart.ContextMenuStrip.Items.Add("See everything", null, guarded("looking at curves", () =>
        {
            _chart.Plot.Reset();
            _chart.Invalidate();
        }));
        ChooseKinds();
        ChooseBook();
        ShowChosen();
        Section curves = new("Learning curves", new WrapRow([_whose, _smoothing, .. _kinds.Select(k => k.Box)]), _chart) { Growing = _chart };
        Page = new Page("&Curves", new Stack(
            curves,
            new Section("Episodes of this sitting (* the best, which can be recorded)", _episodes, _reward, new WrapRow(_record))) { Growing = curves });
    }

    /// <summary>Where it is.</summary>
    public Page Page { get; }

    /// <summary>Called often: takes in what is new, and shows it twice a second.</summary>
    /// <param name="now">Time since any moment.</param>
    public void Tick(TimeSpan now)
    {
        bool isDue = _shownAt == TimeSpan.MinValue || now - _shownAt >= s_every;
        if (isDue)
        {
            _shownAt = now;
            _sitting.Take(_session.Progress, now);
        }

        if (!Page.Visible)
        {
            return;
        }

        if (!_isMeasured)
        {
            // Here, where the window has its resolution.
            int line = _chart.Font.Height;
            _isMeasured = true;
            _reward.Height = RewardPanel.Lines * line + line / 3;
            _episodes.Height = line * 9;
            WidthFirstPanel.Relayout(_episodes.Parent);
        }

        if (_whose.SelectedIndex == 1)
        {
            ReadRun(now);
        }

        if (isDue)
        {
            _episodes.Show(_session.Progress.Log, _session.BestNumber);
            ShowChosen();
            if (_whose.SelectedIndex == 0)
            {
                ShowChart();
            }
        }
    }

    private void ReadRun(TimeSpan now)
    {
        if (_run!.Curves.Path != _runFolder())
        {
            ChooseBook();
        }

        bool isDue = _readAt == TimeSpan.MinValue || now - _readAt >= s_readEvery;
        _readAt = isDue ? now : _readAt;
        if (_run.Look(isDue))
        {
            _chart.WhenEmpty = _run.Message.Length > 0 ? _run.Message : "The run has written no line yet.";
            ShowChart();
        }
    }

    // What a screen reader says changes when the drawing does.
    private void ShowChart()
    {
        string points = FormattableString.Invariant($"{_chart.Plot.Points:N0} points");
        if (_chart.Text != points)
        {
            _chart.Text = points;
            _chart.Invalidate();
        }
    }

    private void ChooseBook()
    {
        if (_whose.SelectedIndex == 0)
        {
            _chart.Plot.Book = _sitting;
            _chart.WhenEmpty = "Curves begin with the first episode.";
        }
        else
        {
            _run = new RunReader(_runFolder());
            _readAt = TimeSpan.MinValue;
            _chart.Plot.Book = _run.Curves;
            _chart.WhenEmpty = "Reading the run…";
        }

        _chart.Plot.Reset();
        _chart.Invalidate();
    }

    private void ChooseKinds()
    {
        _chart.Plot.Shown = [.. _kinds.Where(k => k.Box.Checked).Select(k => k.Kind)];
        _chart.MinimumSize = new System.Drawing.Size(0, _chart.Font.Height * Math.Max(14, 4 * _chart.Plot.Shown.Count));
        WidthFirstPanel.Relayout(_chart.Parent);
        _chart.Invalidate();
    }

    private void ShowChosen()
    {
        EpisodeEntry? chosen = _episodes.Chosen;
        _reward.Show(chosen is { } episode ? $"Episode {episode.Number}, {EpisodeList.NameOf(episode.Summary.End)}" : "Choose an episode to see what it was rewarded for", chosen?.Parts);
        _record.Enabled = chosen?.Number == _session.BestNumber && _session.Activity == ToolActivity.Ready;
    }

    private void Save(string filter, string name, Action<string> write)
    {
        using SaveFileDialog dialog = new() { Title = "Save curves", Filter = filter, FileName = name };
        if (dialog.ShowDialog(_chart) == DialogResult.OK)
        {
            write(dialog.FileName);
        }
    }
}
