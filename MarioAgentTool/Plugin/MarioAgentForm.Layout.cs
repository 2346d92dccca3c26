using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

// What the window is made of: one head, and pages below it. Panels lay it out by content, so that any font and any resolution fit.
public sealed partial class MarioAgentForm
{
    private readonly WrapLabel _message = new() { LeastLines = 2 };
    private readonly FlatButton _stop = new("&Stop");
    private readonly TextBox _error = new() { Multiline = true, ReadOnly = true, ScrollBars = ScrollBars.Vertical, Height = 70 };
    private readonly FlatButton _copyError = new("&Copy");
    private readonly FlatButton _dismissError = new("&Dismiss");
    private readonly ToolTip _tips = new();
    private Section _errorBox = null!;
    private Stack _all = null!;
    private Pages _pages = null!;

    // Play.
    private readonly TextBox _runFolder = new() { MinimumSize = new Size(160, 0), AccessibleName = "Run folder" };
    private readonly FlatButton _browse = new("&Browse…");
    private readonly FlatButton _watch = new("&Watch it play");
    private readonly FlatButton _record = new("Rec&ord an episode…");
    private readonly FlatButton _recordHere = new("Record &from here…"), _recordBest = new("Record the best ep&isode…");
    private readonly Facts _facts = new("Episodes", "Cleared", "Furthest x", "Reward, last", "Reward, mean of 20", "Steps", "Exploration", "Loss");

    // Train.
    private readonly ComboBox _preset = new() { DropDownStyle = ComboBoxStyle.DropDownList, Width = 170, AccessibleName = "Preset" };
    private readonly WrapLabel _story = new();
    private readonly FlatButton _train = new("Start trainin&g");
    private readonly FlatButton _goOnTraining = new("G&o on with the last training");
    private readonly CheckBox _bursts = Tick("In &bursts");
    private readonly FlatButton _save = new("Sa&ve as a run…");
    private readonly FlatButton _trainBeside = new("Train bes&ide");
    private readonly CheckBox _goOn = Tick("Goes on &without EmuHawk");
    private readonly WrapLabel _besideMessage = new();

    // States.
    private readonly ThemedList _states = new(("State", 20), ("Episodes", 6), ("Cleared", 6)) { MinimumSize = new Size(0, 110), AccessibleName = "States" };
    private readonly ImageList _stateImages = new() { ImageSize = new Size(64, 56), ColorDepth = ColorDepth.Depth24Bit };
    private readonly FlatButton _addState = new("Add this &moment"), _addFiles = new("Add &files…"), _addFolder = new("Add a f&older…"), _removeState = new("&Remove");
    private readonly CheckBox _whereItFails = Tick("More often &where it fails");

    // See, and Curves.
    private readonly SeePage _see;
    private readonly CurvesPage _curves;

    // Settings.
    private readonly ComboBox _themeChoice = new() { DropDownStyle = ComboBoxStyle.DropDownList, Width = 130, AccessibleName = "Colours" };
    private SettingsEditor _editor = null!;

    private void LayOut()
    {
        SuspendLayout();
        AutoScaleDimensions = new SizeF(96, 96);
        AutoScaleMode = AutoScaleMode.Dpi;
        ClientSize = new Size(560, 640);
        MinimumSize = new Size(420, 480);
        _message.Font = new Font(Font.FontFamily, Font.Size * 1.1f, FontStyle.Bold);
        _bursts.Checked = true;
        _errorBox = new Section("Something went wrong", _error, new WrapRow(_copyError, _dismissError));
        _pages = new Pages(Guarded, PlayPage(), TrainPage(), StatesPage(), _see.Page, _curves.Page, SettingsPage()) { MinimumSize = new Size(0, 200) };

        // What is going on, and the way to end it.
        Stack head = new(_message, new WrapRow(_stop));
        _all = new Stack(head, _errorBox, _pages) { Dock = DockStyle.Fill, Growing = _pages, Padding = new Padding(8) };
        _all.SetShown(_errorBox, false);
        _tips.SetToolTip(_runFolder, "A folder that 'mario-agent train' or 'Save as a run' wrote; it holds settings.json.");
        _tips.SetToolTip(_record, "Records one episode from power-on as a .bk2 movie that EmuHawk plays back.");
        _tips.SetToolTip(_train, "Plays in EmuHawk and learns in a process of its own. In bursts the core is stepped without drawing, many times as fast.");
        _tips.SetToolTip(_goOnTraining, "Takes up the network, its optimiser and its exploration as they were kept last. The replay memory is filled anew.");
        _tips.SetToolTip(_trainBeside, "Runs the command mario-agent train on this game, with many consoles, and shows its best network here.");
        _tips.SetToolTip(_addState, "Episodes start from the machine as it is now. States last until another game or core is started.");
        Controls.Add(_all);
        ResumeLayout(performLayout: true);
    }

    private Page PlayPage() => new("&Play", new Stack(
        new Section("A trained agent", new WrapRow(Caption("&Run folder"), _runFolder, _browse) { Growing = _runFolder }, new WrapRow(_watch, _record, _recordHere, _recordBest)),
        new Section("This sitting", _facts)));

    private Page TrainPage() => new("&Train", new Stack(
        new Section("What is trained", new WrapRow(Caption("P&reset"), _preset), _story),
        new Section("Here, in EmuHawk", new WrapRow(_train, _goOnTraining, _bursts, _save)),
        new Section("Beside EmuHawk", new WrapRow(_trainBeside, _goOn), _besideMessage)));

    private Page StatesPage()
    {
        _states.SmallImageList = _stateImages;
        Section section = new("Episodes start from these states (none: from the stage's beginning)", _states, new WrapRow(_addState, _addFiles, _addFolder, _removeState), _whereItFails) { Growing = _states };
        return new Page("St&ates", new Stack(section) { Growing = section });
    }

    private Page SettingsPage()
    {
        _themeChoice.Items.AddRange(["As the system", "Light", "Dark"]);
        _editor = new SettingsEditor(_choice, Guarded);
        return new Page("Setti&ngs", new Stack(new WrapRow(Caption("Colo&urs"), _themeChoice), _editor) { Growing = _editor });
    }

    private static CheckBox Tick(string text) => new() { Text = text, AutoSize = true };

    private static Label Caption(string text) => new() { Text = text, AutoSize = true };
}
