using System.Drawing;
using System.Windows.Forms;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>Every knob with its description: to look through, to search, and to change. What is wrong is said beneath, in a sentence.</summary>
internal sealed class SettingsEditor : Stack, IThemed
{
    private readonly SettingsChoice _choice;
    private readonly Func<string, Action, EventHandler> _guarded;
    private readonly ComboBox _preset = new() { DropDownStyle = ComboBoxStyle.DropDownList, Width = 170, AccessibleName = "Begin with" };
    private readonly WrapLabel _story = new(), _description = new() { LeastLines = 4 }, _path = new(), _problem = new();
    private readonly TextBox _search = new() { MinimumSize = new Size(120, 0), AccessibleName = "Find" }, _text = new() { Width = 170, AccessibleName = "Value" };
    private readonly CheckBox _changedOnly = new() { Text = "Chan&ged only", AutoSize = true };
    private readonly ThemedList _list = new(("Setting", 19), ("Value", 9), ("Used", 7)) { MultiSelect = false, MinimumSize = new Size(0, 150), AccessibleName = "Settings" };
    private readonly ComboBox _names = new() { DropDownStyle = ComboBoxStyle.DropDownList, Width = 170, AccessibleName = "Value" };
    private readonly FlatButton _set = new("Set &value"), _reset = new("&Reset"), _resetAll = new("Reset a&ll"), _import = new("&Import…"), _export = new("E&xport…");
    private readonly WrapRow _entry;
    private Knob? _knob;
    private bool _isFilling;

    /// <param name="choice">What is changed.</param>
    /// <param name="guarded">Makes a handler of an action, such that what it throws goes no further.</param>
    public SettingsEditor(SettingsChoice choice, Func<string, Action, EventHandler> guarded)
    {
        (_choice, _guarded) = (choice, guarded);
        _preset.Items.AddRange([.. Presets.All.Select(p => (object)p.Name)]);
        _entry = new WrapRow(_names, _text, _set, _reset);
        Controls.AddRange(
        [
            new WrapRow(new Label { Text = "&Begin with", AutoSize = true }, _preset), _story,
            new WrapRow(new Label { Text = "&Find", AutoSize = true }, _search, _changedOnly) { Growing = _search },
            _list, _path, _description, _entry, _problem,
            new WrapRow(_resetAll, _import, _export),
        ]);
        Growing = _list;
        _path.Font = new Font(Font, FontStyle.Bold);

        On("choosing a preset", () => _choice.Choose(Presets.All[_preset.SelectedIndex]), h => _preset.SelectedIndexChanged += h);
        On("searching the settings", Fill, h => _search.TextChanged += h);
        On("showing the changed settings", Fill, h => _changedOnly.CheckedChanged += h);
        On("showing a setting", ShowSelected, h => _list.SelectedIndexChanged += h);
        On("changing a setting", () => Set(_names.Text), h => _names.SelectedIndexChanged += h);
        On("changing a setting", () => Set(_text.Text), h => _set.Click += h);
        On("taking a change back", () => _choice.Reset(_knob!), h => _reset.Click += h);
        On("taking all changes back", _choice.ResetAll, h => _resetAll.Click += h);
        On("importing settings", Import, h => _import.Click += h);
        On("exporting settings", Export, h => _export.Click += h);
        _text.KeyDown += (_, e) => On("changing a setting", () =>
        {
            if (e.KeyCode == Keys.Enter)
            {
                e.SuppressKeyPress = true;
                Set(_text.Text);
            }
        }, handler => handler(this, EventArgs.Empty));
        choice.Changed += () =>
        {
            _problem.Text = "";
            Fill();
        };
        Fill();
    }

    public Theme Theme
    {
        set => _problem.ForeColor = value.Bad;
    }

    /// <summary>Lets one type what to look for.</summary>
    public void FocusSearch() => _search.Focus();

    /// <summary>Says something beneath the list.</summary>
    public void Say(string sentence) => _problem.Text = sentence;

    private void On(string doing, Action action, Action<EventHandler> wire) => wire(_guarded(doing, () =>
    {
        if (_isFilling)
        {
            return;
        }

        try
        {
            action();
        }
        catch (SettingsException e)
        {
            _problem.Text = e.Message;
        }
    }));

    private void Set(string value)
    {
        if (_knob is not null)
        {
            _choice.Set(_knob, value);
        }
    }

    private void Import()
    {
        using OpenFileDialog dialog = new() { Title = "Import settings", Filter = "Settings|*.json|All files|*" };
        if (dialog.ShowDialog(this) == DialogResult.OK)
        {
            _choice.Import(File.ReadAllText(dialog.FileName), Path.GetFileName(dialog.FileName));
        }
    }

    private void Export()
    {
        using SaveFileDialog dialog = new() { Title = "Export settings", Filter = "Settings|*.json", DefaultExt = "json", FileName = "settings.json" };
        if (dialog.ShowDialog(this) == DialogResult.OK)
        {
            File.WriteAllText(dialog.FileName, _choice.Export());
        }
    }

    private void Fill()
    {
        _isFilling = true;
        try
        {
            _preset.SelectedIndex = Presets.All.ToList().IndexOf(_choice.Preset);
            string story = _choice.Preset.Summary;
            _story.Text = $"{char.ToUpperInvariant(story[0])}{story.Substring(1)}.";
            FillList();
            _resetAll.Enabled = _choice.Changes.Count > 0;
        }
        finally
        {
            _isFilling = false;
        }

        ShowSelected();
    }

    private void FillList()
    {
        Knob[] knobs = [.. SettingsCatalog.All.Where(k => _choice.IsUsed(k) && k.Matches(_search.Text) && (!_changedOnly.Checked || _choice.Changes.ContainsKey(k.Path)))];
        Dictionary<string, string> values = SettingsFile.Values(_choice.Beside);
        _list.BeginUpdate();
        if (!knobs.SequenceEqual(_list.Items.Cast<ListViewItem>().Select(i => (Knob)i.Tag)))
        {
            _list.Items.Clear();
            foreach (Knob knob in knobs)
            {
                _list.Items.Add(new ListViewItem([knob.Path, "", SettingsChoice.AppliesHere(knob.Path) ? "here, beside" : "beside"]) { Tag = knob, Selected = knob == _knob });
            }
        }

        foreach (ListViewItem item in _list.Items)
        {
            Knob knob = (Knob)item.Tag;
            FontStyle style = _choice.Changes.ContainsKey(knob.Path) ? FontStyle.Bold : FontStyle.Regular;
            if (item.SubItems[1].Text != values[knob.Path])
            {
                item.SubItems[1].Text = values[knob.Path];
            }

            if (item.Font.Style != style)
            {
                item.Font = new Font(_list.Font, style);
            }
        }

        _list.EndUpdate();
    }

    private void ShowSelected()
    {
        _knob = _list.SelectedItems.Count > 0 ? (Knob)_list.SelectedItems[0].Tag : null;
        _isFilling = true;
        try
        {
            bool hasNames = _knob is { Choices.Count: > 0 };
            _entry.SetShown(_names, hasNames);
            _entry.SetShown(_text, _knob is not null && !hasNames);
            _entry.SetShown(_set, _knob is not null && !hasNames);
            _entry.SetShown(_reset, _knob is not null);
            if (_knob is not { } knob)
            {
                _path.Text = "";
                _description.Text = "Choose a setting to read what it does, and to change it.";
                return;
            }

            string value = SettingsFile.Get(_choice.Beside, knob.Path);
            _names.Items.Clear();
            _names.Items.AddRange([.. knob.Choices.Select(c => (object)c.Name), .. knob.TakesNull ? ["null"] : Array.Empty<object>()]);
            _names.SelectedIndex = _names.Items.IndexOf(value);
            _text.Text = value;
            _reset.Enabled = _choice.Changes.ContainsKey(knob.Path);
            _path.Text = $"{knob.Path} = {(value.Length == 0 ? "(empty)" : value)}";
            _description.Text = Describe(knob, value);
        }
        finally
        {
            _isFilling = false;
        }
    }

    private string Describe(Knob knob, string value)
    {
        string preset = SettingsFile.Get(_choice.Preset.Settings, knob.Path), sentence = knob.Description;
        if (knob.Choices.FirstOrDefault(c => c.Name == value) is { Description.Length: > 0 } chosen)
        {
            sentence += $" ({chosen.Name}: {chosen.Description.TrimEnd('.')}.)";
        }

        sentence += $" Expected: {knob.Expectation}.";
        sentence += preset != value ? $" The preset {_choice.Preset.Name} has {(preset.Length == 0 ? "nothing" : preset)}." : "";
        if (!SettingsChoice.AppliesHere(knob.Path))
        {
            return sentence + " Training here does not use it.";
        }

        string here = SettingsFile.Get(_choice.Here, knob.Path);
        return sentence + (here != value ? $" Training here takes {here}, which suits one console, until you change it." : "");
    }
}
