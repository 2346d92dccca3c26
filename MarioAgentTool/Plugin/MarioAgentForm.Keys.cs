using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

// Keys, while the window has the focus.
public sealed partial class MarioAgentForm
{
    private Shortcut[] _shortcuts = [];
    private HelpBox? _help;

    /// <inheritdoc/>
    protected override bool ProcessCmdKey(ref Message msg, Keys keyData)
    {
        bool isTaken = false;
        Guard("answering a key", () =>
        {
            if (_shortcuts.FirstOrDefault(s => s.Keys == keyData) is { } shortcut)
            {
                isTaken = true;
                shortcut.Act();
            }
        });
        return isTaken || base.ProcessCmdKey(ref msg, keyData);
    }

    private void SetKeys()
    {
        _shortcuts =
        [
            new(Keys.F1, "shows these keys", null, ShowHelp),
            .. Enumerable.Range(0, _pages.Count).Select(i => new Shortcut(Keys.Control | (Keys.D1 + i), $"shows the page {_pages.NameOf(i)}", null, () => _pages.Selected = i)),
            Key(Keys.F5, "watches the run play", _watch),
            new(Keys.F6, "starts training, or stops it", _train, () => Press(_session.IsTraining ? _stop : _train)),
            Key(Keys.F7, "starts training beside, or stops it", _trainBeside),
            new(Keys.F8, "pauses EmuHawk, or lets it go on", null, () => MainForm.TogglePause()),
            Key(Keys.F9, "stops whatever the agent does here", _stop),
            Key(Keys.Control | Keys.G, "goes on with the training that was kept last", _goOnTraining),
            Key(Keys.Control | Keys.R, "records an episode", _record),
            Key(Keys.Control | Keys.Shift | Keys.R, "records from here", _recordHere),
            Key(Keys.Control | Keys.B, "records the best episode", _recordBest),
            new(Keys.Control | Keys.O, "shows or hides what is drawn over the game", null, _see.ToggleOverlay),
            Key(Keys.Control | Keys.D, "adds this moment to the states", _addState),
            new(Keys.Control | Keys.F, "finds a setting", null, FindSetting),
        ];
        foreach (Shortcut shortcut in _shortcuts.Where(s => s.Control is not null))
        {
            string tip = _tips.GetToolTip(shortcut.Control!);
            _tips.SetToolTip(shortcut.Control!, $"{(tip.Length > 0 ? tip + " " : "")}({shortcut.Name})");
        }

        Shortcut Key(Keys keys, string does, Button button) => new(keys, does, button, () => Press(button));
    }

    // PerformClick does nothing for a button on a page that is not seen.
    private void Press(Button button)
    {
        if (button.Enabled)
        {
            InvokeOnClick(button, EventArgs.Empty);
        }
    }

    private void FindSetting()
    {
        _pages.Selected = _pages.Count - 1;
        _editor.FocusSearch();
    }

    private void ShowHelp()
    {
        if (_help is { IsDisposed: false })
        {
            _help.Close();
            return;
        }

        _help = new HelpBox(_shortcuts, Theme.Of((ThemeChoice)_themeChoice.SelectedIndex));
        _help.Show(this);
    }
}
