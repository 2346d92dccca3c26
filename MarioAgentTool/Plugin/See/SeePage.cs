using System.Windows.Forms;
using BizHawk.Client.Common;
using MarioAgentTool.Learning;

namespace MarioAgentTool.Plugin;

/// <summary>The page that shows what the agent sees, wants, does and gets, and chooses what is drawn over the game.</summary>
internal sealed class SeePage : IDisposable
{
    private static readonly (OverlayParts Part, string Text)[] s_parts =
    [
        (OverlayParts.Tiles, "Tiles"), (OverlayParts.Objects, "Boxes"), (OverlayParts.Values, "Values"), (OverlayParts.Buttons, "Buttons"),
        (OverlayParts.Reward, "Reward terms"), (OverlayParts.Position, "x and furthest x"), (OverlayParts.Saliency, "What it rests on"),
    ];

    // Fifteen pictures a second.
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(66);

    private readonly ToolSession _session;
    private readonly ObservationView _observation = new();
    private readonly ValuesPanel _values = new();
    private readonly PadPanel _pad = new();
    private readonly RewardPanel _step = new("Reward of the step"), _episode = new("Reward of the episode");
    private readonly CheckBox _saliency = new() { Text = "Show what the choice rests on:", AutoSize = true };
    private readonly ComboBox _of = new() { DropDownStyle = ComboBoxStyle.DropDownList, AccessibleName = "Of which number" };
    private readonly WrapLabel _hint = new() { LeastLines = 2 };
    private readonly List<(OverlayParts Part, CheckBox Box)> _parts = [];
    private readonly GameOverlay _overlay = new();
    private OverlayParts _hidden = OverlayParts.Objects | OverlayParts.Values | OverlayParts.Buttons;
    private readonly SaliencyWorker _worker = new();
    private TimeSpan _shownAt = TimeSpan.MinValue;
    private int _rows;
    private bool _isStale, _isDrawn;

    /// <param name="session">What is seen.</param>
    /// <param name="guarded">Wraps what a click does, so that what goes wrong is shown.</param>
    public SeePage(ToolSession session, Func<string, Action, EventHandler> guarded)
    {
        _session = session;
        _of.Items.AddRange(["its value", "its advantage over the others"]);
        _of.Width = _values.Font.Height * 13;
        _of.SelectedIndex = 0;
        foreach ((OverlayParts part, string text) in s_parts)
        {
            CheckBox box = new() { Text = text, AutoSize = true, AccessibleName = $"{text}, over the game" };
            box.CheckedChanged += guarded("choosing what is drawn over the game", PartsChanged);
            _parts.Add((part, box));
        }

        _observation.PointedChanged += ShowHint;
        _saliency.CheckedChanged += guarded("choosing what is explained", ShowHint);
        Page = new Page("S&ee", new Stack(
            new Section("What the network sees", new SideBySide(_observation, new Stack(_values, _pad, _step, _episode)), new WrapRow(_saliency, _of), _hint),
            new Section("Over the game", new WrapRow([.. _parts.Select(p => p.Box)]))));
    }

    /// <summary>Where it is.</summary>
    public Page Page { get; }

    /// <summary>Takes what is drawn over the game away, or puts back what was drawn last; the first time boxes, values and buttons.</summary>
    public void ToggleOverlay()
    {
        OverlayParts shown = Parts;
        Parts = shown == OverlayParts.None ? _hidden : OverlayParts.None;
        _hidden = shown == OverlayParts.None ? _hidden : shown;
    }

    /// <summary>What is drawn over the game.</summary>
    public OverlayParts Parts
    {
        get => _overlay.Parts;
        set => _parts.ForEach(p => p.Box.Checked = (value & p.Part) != 0);
    }

    /// <summary>A frame has run: draws over it, since EmuHawk has dropped what was drawn before.</summary>
    /// <param name="gui">EmuHawk's.</param>
    /// <param name="host">The core.</param>
    /// <param name="joypad">EmuHawk's.</param>
    public void AfterFrame(IGuiApi gui, BizHawkHost host, IJoypadApi joypad)
    {
        TakePad(joypad);
        _isStale = _isDrawn = false;
        if (Parts != OverlayParts.None)
        {
            _session.View.Look();
            DrawOverGame(gui, host);
        }
    }

    /// <summary>Somebody loaded a state: what is drawn belongs to another moment.</summary>
    public void Stale() => _isStale = true;

    /// <summary>Called often, also while EmuHawk is paused: shows what is new, fifteen times a second at most.</summary>
    /// <param name="gui">EmuHawk's.</param>
    /// <param name="host">The core; null for none.</param>
    /// <param name="isPaused">Whether EmuHawk is; nothing but this draws then. Asked only where it matters.</param>
    /// <param name="isBursting">EmuHawk's picture is not the machine's, which is stepped without drawing.</param>
    /// <param name="now">Time since any moment.</param>
    public void Tick(IGuiApi? gui, BizHawkHost? host, Func<bool> isPaused, bool isBursting, TimeSpan now)
    {
        if (_shownAt != TimeSpan.MinValue && now - _shownAt < s_every)
        {
            return;
        }

        _shownAt = now;
        bool isExplaining = _saliency.Checked || (Parts & OverlayParts.Saliency) != 0;
        SaliencyOf of = _of.SelectedIndex == 1 ? SaliencyOf.Advantage : SaliencyOf.Value;
        if (isExplaining && (Page.Visible || Parts != OverlayParts.None))
        {
            _session.View.Look();
            if (_worker.Look(_session.View, _session.Source, _session.Learner, of, now))
            {
                _isStale |= (Parts & OverlayParts.Saliency) != 0;
                ShowHint();
            }
        }

        _isStale |= isBursting && _isDrawn;
        if (_isStale && gui is not null && host is not null && (_isDrawn || Parts != OverlayParts.None) && isPaused())
        {
            Redraw(gui, host, isBursting);
        }

        if (Page.Visible)
        {
            Show();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _worker.Dispose();

    private ExplainedDecision? Explained => _worker.Latest is { } latest && _session.View.Chosen >= 0 ? latest : null;

    private void PartsChanged()
    {
        _overlay.Parts = _parts.Where(p => p.Box.Checked).Aggregate(OverlayParts.None, (all, p) => all | p.Part);
        _isStale = true;
    }

    // What a hand or a movie presses is seen too, when no agent plays.
    private void TakePad(IJoypadApi joypad)
    {
        if (_session.Activity <= ToolActivity.Ready && (Page.Visible || (Parts & OverlayParts.Buttons) != 0))
        {
            _session.View.Held = PadOverride.HeldNow(joypad);
        }
    }

    private void Redraw(IGuiApi gui, BizHawkHost host, bool isBursting)
    {
        GameOverlay.Clear(gui);
        (_isStale, _isDrawn) = (false, false);
        if (!isBursting && Parts != OverlayParts.None)
        {
            host.FrameDone();
            DrawOverGame(gui, host);
        }
    }

    private void DrawOverGame(IGuiApi gui, BizHawkHost host)
    {
        _overlay.Draw(gui, host.ReadRam(), host.Lines, _session.View, Explained);
        _isDrawn = true;
    }

    private void Show()
    {
        AgentView view = _session.View;
        view.Look();
        bool isOther = _observation.Show(view, _saliency.Checked ? Explained : null);
        _values.Show(view, _session.Progress.Epsilon);
        string hand = _session.Activity <= ToolActivity.Ready ? "Your hand, or a movie" : view.IsHuman ? "Your hand" : _session.Activity == ToolActivity.Training ? "The agent, learning" : "The agent";
        _pad.Show(view.Held, hand);
        _step.Show("Step", view.Step.Parts);
        _episode.Show("Episode so far", view.EpisodeParts);
        if (_values.Lines != _rows)
        {
            // Here, where the window has its resolution.
            int line = _values.Font.Height;
            _rows = _values.Lines;
            _values.Height = (_rows + 1) * line * 5 / 4;
            _pad.Height = line * 5;
            _step.Height = _episode.Height = RewardPanel.Lines * line + line / 3;
            isOther = true;
        }

        if (isOther)
        {
            WidthFirstPanel.Relayout(_values);
        }

        ShowHint();
    }

    private void ShowHint()
    {
        string text = _observation.Pointed.Length > 0 ? _observation.Pointed
            : !_saliency.Checked ? "Point at a cell to read it. Below the tiles: the nearest objects, and what is known about Mario."
            : _worker.Message.Length > 0 ? _worker.Message
            : _observation.Strongest.Length > 0 ? $"Green speaks for the choice, red against. Most: {_observation.Strongest}." : "Green speaks for the choice, red against.";
        if (_hint.Text != text)
        {
            _hint.Text = text;
        }
    }
}
