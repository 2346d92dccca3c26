using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

// What the window is made of. Panels lay it out by content, so that any font and any resolution fit.
public sealed partial class MarioAgentForm
{
    private const int Gap = 6;

    private readonly Label _message = new() { AutoSize = false, AutoEllipsis = true, TextAlign = ContentAlignment.MiddleLeft, Anchor = AnchorStyles.Left | AnchorStyles.Right };
    private readonly TextBox _runFolder = new() { Anchor = AnchorStyles.Left | AnchorStyles.Right };
    private readonly Button _browse = CommandButton("Browse…");
    private readonly Button _watch = CommandButton("Watch it play");
    private readonly Button _record = CommandButton("Record an episode…");
    private readonly ComboBox _learnerKind = new() { DropDownStyle = ComboBoxStyle.DropDownList, Anchor = AnchorStyles.Left, Width = 130 };
    private readonly Button _train = CommandButton("Start training");
    private readonly CheckBox _bursts = new() { Text = "In bursts", AutoSize = true, Anchor = AnchorStyles.Left, Checked = true };
    private readonly Button _trainBeside = CommandButton("Train beside");
    private readonly CheckBox _goOn = new() { Text = "Goes on without EmuHawk", AutoSize = true, Anchor = AnchorStyles.Left };
    private readonly Label _besideMessage = new() { AutoSize = true, Anchor = AnchorStyles.Left };
    private readonly ListView _states = new() { View = System.Windows.Forms.View.Details, FullRowSelect = true, HideSelection = false, Dock = DockStyle.Fill, Height = 110 };
    private readonly ImageList _stateImages = new() { ImageSize = new Size(64, 56), ColorDepth = ColorDepth.Depth24Bit };
    private readonly Button _addState = CommandButton("Add this moment"), _addFiles = CommandButton("Add files…"), _addFolder = CommandButton("Add a folder…"), _removeState = CommandButton("Remove");
    private readonly CheckBox _whereItFails = new() { Text = "More often where it fails", AutoSize = true, Anchor = AnchorStyles.Left };
    private readonly Button _recordHere = CommandButton("Record from here…"), _recordBest = CommandButton("Record the best episode…");
    private readonly ViewPanel _view = new() { Dock = DockStyle.Fill, Height = 120 };
    private readonly Button _save = CommandButton("Save as a run…");
    private readonly Button _stop = CommandButton("Stop");
    private readonly RewardChart _chart = new() { Dock = DockStyle.Fill, MinimumSize = new Size(200, 90) };
    private readonly TextBox _error = new() { Multiline = true, ReadOnly = true, ScrollBars = ScrollBars.Vertical, Dock = DockStyle.Fill, MinimumSize = new Size(200, 70) };
    private readonly Button _copyError = CommandButton("Copy");
    private readonly Button _dismissError = CommandButton("Dismiss");
    private readonly GroupBox _errorBox = Box("Something went wrong");
    private readonly Dictionary<string, Label> _numbers = [];
    private readonly ToolTip _tips = new();

    private void LayOut()
    {
        SuspendLayout();
        AutoScaleDimensions = new SizeF(96, 96);
        AutoScaleMode = AutoScaleMode.Dpi;
        ClientSize = new Size(560, 900);
        MinimumSize = SizeFromClientSize(new Size(520, 640));
        AutoScroll = true;
        Padding = new Padding(Gap);

        TableLayoutPanel all = Table(columns: 1);
        all.Dock = DockStyle.Fill;
        all.ColumnStyles.Add(new ColumnStyle(SizeType.Percent, 100));
        all.Controls.Add(Head());
        all.Controls.Add(AgentBox());
        all.Controls.Add(TrainBox());
        all.Controls.Add(StatesBox());
        all.Controls.Add(Box("What it wants", _view));
        all.Controls.Add(ProgressBox());
        all.Controls.Add(ErrorBox());
        for (int row = 0; row < all.Controls.Count; row++)
        {
            bool grows = all.Controls[row] == all.Controls[5];
            all.RowStyles.Add(grows ? new RowStyle(SizeType.Percent, 100) : new RowStyle(SizeType.AutoSize));
        }

        _message.Font = new Font(Font.FontFamily, Font.Size * 1.1f, FontStyle.Bold);

        // Two lines: sentences wrap, and the boxes below stay where they are.
        _message.Height = 2 * _message.Font.Height + Gap;
        _errorBox.Visible = false;
        _tips.SetToolTip(_runFolder, "A folder that 'mario-agent train' or 'Save as a run' wrote; it holds settings.json.");
        _tips.SetToolTip(_record, "Records one episode from power-on as a .bk2 movie that EmuHawk plays back.");
        _tips.SetToolTip(_train, "Plays in EmuHawk and learns in a process of its own. In bursts the core is stepped without drawing, many times as fast.");
        _tips.SetToolTip(_trainBeside, "Runs the command mario-agent train on this game, with many consoles, and shows its best network here.");
        _tips.SetToolTip(_addState, "Episodes start from the machine as it is now. States last until another game or core is started.");
        Controls.Add(all);
        ResumeLayout(performLayout: true);
    }

    // What is going on, and the way to end it.
    private TableLayoutPanel Head()
    {
        TableLayoutPanel head = Table(columns: 2);
        head.ColumnStyles.Add(new ColumnStyle(SizeType.Percent, 100));
        head.ColumnStyles.Add(new ColumnStyle(SizeType.AutoSize));
        head.Controls.Add(_message);
        head.Controls.Add(_stop);
        return head;
    }

    private GroupBox AgentBox()
    {
        TableLayoutPanel path = Table(columns: 3);
        path.ColumnStyles.Add(new ColumnStyle(SizeType.AutoSize));
        path.ColumnStyles.Add(new ColumnStyle(SizeType.Percent, 100));
        path.ColumnStyles.Add(new ColumnStyle(SizeType.AutoSize));
        path.Controls.Add(Caption("Run folder"));
        path.Controls.Add(_runFolder);
        path.Controls.Add(_browse);
        return Box("A trained agent", path, Row(_watch, _record, _recordHere, _recordBest));
    }

    private GroupBox TrainBox() => Box(
        "Train", Row(Caption("Learner"), _learnerKind, _train, _bursts, _save), Row(_trainBeside, _goOn), _besideMessage);

    private GroupBox StatesBox()
    {
        _states.Columns.Add("State", 220);
        _states.Columns.Add("Episodes", 70, HorizontalAlignment.Right);
        _states.Columns.Add("Cleared", 70, HorizontalAlignment.Right);
        _states.SmallImageList = _stateImages;
        return Box("Episodes start from these states (none: from the stage's beginning)", _states, Row(_addState, _addFiles, _addFolder, _removeState, _whereItFails));
    }

    private GroupBox ProgressBox()
    {
        string[] names = ["Episodes", "Cleared", "Furthest x", "Reward, last", "Reward, mean of 20", "Steps", "Exploration", "Loss"];
        TableLayoutPanel numbers = Table(columns: 4);
        for (int i = 0; i < 4; i++)
        {
            numbers.ColumnStyles.Add(i % 2 == 0 ? new ColumnStyle(SizeType.AutoSize) : new ColumnStyle(SizeType.Percent, 50));
        }

        foreach (string name in names)
        {
            Label number = new() { AutoSize = true, Anchor = AnchorStyles.Left, Text = "–", Margin = new Padding(3, 3, 12, 3) };
            _numbers.Add(name, number);
            numbers.Controls.Add(Caption(name));
            numbers.Controls.Add(number);
        }

        TableLayoutPanel content = Table(columns: 1);
        content.Dock = DockStyle.Fill;
        content.AutoSize = false;
        content.Controls.Add(numbers);
        content.Controls.Add(_chart);
        content.RowStyles.Add(new RowStyle(SizeType.AutoSize));
        content.RowStyles.Add(new RowStyle(SizeType.Percent, 100));
        GroupBox box = Box("This sitting");
        box.AutoSize = false;
        box.Controls.Add(content);
        return box;
    }

    private GroupBox ErrorBox()
    {
        TableLayoutPanel content = Table(columns: 1);
        content.Controls.Add(_error);
        content.Controls.Add(Row(_copyError, _dismissError));
        _errorBox.Controls.Add(content);
        return _errorBox;
    }

    private static Button CommandButton(string text) => new()
    {
        Text = text,
        AutoSize = true,
        AutoSizeMode = AutoSizeMode.GrowAndShrink,
        Padding = new Padding(6, 2, 6, 2),
        Anchor = AnchorStyles.Left,
    };

    private static Label Caption(string text) => new() { Text = text, AutoSize = true, Anchor = AnchorStyles.Left };

    private static TableLayoutPanel Table(int columns) => new()
    {
        ColumnCount = columns,
        AutoSize = true,
        AutoSizeMode = AutoSizeMode.GrowAndShrink,
        Dock = DockStyle.Top,
    };

    private static FlowLayoutPanel Row(params Control[] controls)
    {
        FlowLayoutPanel row = new() { AutoSize = true, AutoSizeMode = AutoSizeMode.GrowAndShrink, Dock = DockStyle.Fill, Margin = Padding.Empty };
        row.Controls.AddRange(controls);
        return row;
    }

    private static GroupBox Box(string title, params Control[] rows)
    {
        GroupBox box = new() { Text = title, AutoSize = true, AutoSizeMode = AutoSizeMode.GrowAndShrink, Dock = DockStyle.Fill, Padding = new Padding(Gap) };
        if (rows.Length > 0)
        {
            TableLayoutPanel content = Table(columns: 1);
            content.Controls.AddRange(rows);
            box.Controls.Add(content);
        }

        return box;
    }
}
