using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

// What the window is made of: one head, and pages below it. Panels lay it out by content, so that any font and any resolution fit.
public sealed partial class MarioAgentForm
{
    private readonly WrapLabel _message = new() { LeastLines = 2 };
    private readonly Button _stop = CommandButton("Stop");
    private readonly TextBox _error = new() { Multiline = true, ReadOnly = true, ScrollBars = ScrollBars.Vertical, Height = 70 };
    private readonly Button _copyError = CommandButton("Copy");
    private readonly Button _dismissError = CommandButton("Dismiss");
    private readonly ToolTip _tips = new();
    private Section _errorBox = null!;
    private Stack _all = null!;
    private Pages _pages = null!;

    // Play.
    private readonly TextBox _runFolder = new() { Width = 160 };
    private readonly Button _browse = CommandButton("Browse…");
    private readonly Button _watch = CommandButton("Watch it play");
    private readonly Button _record = CommandButton("Record an episode…");
    private readonly Button _recordHere = CommandButton("Record from here…"), _recordBest = CommandButton("Record the best episode…");
    private readonly Facts _facts = new("Episodes", "Cleared", "Furthest x", "Reward, last", "Reward, mean of 20", "Steps", "Exploration", "Loss");

    // Train.
    private readonly ComboBox _learnerKind = new() { DropDownStyle = ComboBoxStyle.DropDownList, Width = 130 };
    private readonly Button _train = CommandButton("Start training");
    private readonly CheckBox _bursts = Tick("In bursts");
    private readonly Button _save = CommandButton("Save as a run…");
    private readonly Button _trainBeside = CommandButton("Train beside");
    private readonly CheckBox _goOn = Tick("Goes on without EmuHawk");
    private readonly WrapLabel _besideMessage = new();

    // States.
    private readonly ListView _states = new() { View = System.Windows.Forms.View.Details, FullRowSelect = true, HideSelection = false, MinimumSize = new Size(0, 110) };
    private readonly ImageList _stateImages = new() { ImageSize = new Size(64, 56), ColorDepth = ColorDepth.Depth24Bit };
    private readonly Button _addState = CommandButton("Add this moment"), _addFiles = CommandButton("Add files…"), _addFolder = CommandButton("Add a folder…"), _removeState = CommandButton("Remove");
    private readonly CheckBox _whereItFails = Tick("More often where it fails");

    // See, and Curves.
    private readonly SeePage _see;
    private readonly CurvesPage _curves;

    // Settings.
    private readonly ComboBox _themeChoice = new() { DropDownStyle = ComboBoxStyle.DropDownList, Width = 130 };

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
        _pages = new Pages(PlayPage(), TrainPage(), StatesPage(), _see.Page, _curves.Page, SettingsPage()) { MinimumSize = new Size(0, 200) };

        // What is going on, and the way to end it.
        Stack head = new(_message, new WrapRow(_stop));
        _all = new Stack(head, _errorBox, _pages) { Dock = DockStyle.Fill, Growing = _pages, Padding = new Padding(8) };
        _all.SetShown(_errorBox, false);
        _tips.SetToolTip(_runFolder, "A folder that 'mario-agent train' or 'Save as a run' wrote; it holds settings.json.");
        _tips.SetToolTip(_record, "Records one episode from power-on as a .bk2 movie that EmuHawk plays back.");
        _tips.SetToolTip(_train, "Plays in EmuHawk and learns in a process of its own. In bursts the core is stepped without drawing, many times as fast.");
        _tips.SetToolTip(_trainBeside, "Runs the command mario-agent train on this game, with many consoles, and shows its best network here.");
        _tips.SetToolTip(_addState, "Episodes start from the machine as it is now. States last until another game or core is started.");
        Controls.Add(_all);
        ResumeLayout(performLayout: true);
    }

    private Page PlayPage() => new("Play", new Stack(
        new Section("A trained agent", new WrapRow(Caption("Run folder"), _runFolder, _browse) { Growing = _runFolder }, new WrapRow(_watch, _record, _recordHere, _recordBest)),
        new Section("This sitting", _facts)));

    private Page TrainPage() => new("Train", new Stack(
        new Section("Here, in EmuHawk", new WrapRow(Caption("Learner"), _learnerKind), new WrapRow(_train, _bursts, _save)),
        new Section("Beside EmuHawk", new WrapRow(_trainBeside, _goOn), _besideMessage)));

    private Page StatesPage()
    {
        _states.Columns.Add("State", 220);
        _states.Columns.Add("Episodes", 70, HorizontalAlignment.Right);
        _states.Columns.Add("Cleared", 70, HorizontalAlignment.Right);
        _states.SmallImageList = _stateImages;
        Section section = new("Episodes start from these states (none: from the stage's beginning)", _states, new WrapRow(_addState, _addFiles, _addFolder, _removeState), _whereItFails) { Growing = _states };
        return new Page("States", new Stack(section) { Growing = section });
    }

    private Page SettingsPage()
    {
        _themeChoice.Items.AddRange(["As the system", "Light", "Dark"]);
        return new Page("Settings", new Stack(new WrapRow(Caption("Colours"), _themeChoice)));
    }

    private static Button CommandButton(string text) => new()
    {
        Text = text,
        AutoSize = true,
        AutoSizeMode = AutoSizeMode.GrowAndShrink,
        Padding = new Padding(6, 2, 6, 2),
    };

    private static CheckBox Tick(string text) => new() { Text = text, AutoSize = true };

    private static Label Caption(string text) => new() { Text = text, AutoSize = true };
}
