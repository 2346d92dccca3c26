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
        ClientSize = new Size(500, 600);
        MinimumSize = SizeFromClientSize(new Size(480, 540));
        Padding = new Padding(Gap);

        TableLayoutPanel all = Table(columns: 1);
        all.Dock = DockStyle.Fill;
        all.ColumnStyles.Add(new ColumnStyle(SizeType.Percent, 100));
        all.Controls.Add(Head());
        all.Controls.Add(AgentBox());
        all.Controls.Add(TrainBox());
        all.Controls.Add(ProgressBox());
        all.Controls.Add(ErrorBox());
        for (int row = 0; row < all.Controls.Count; row++)
        {
            bool grows = all.Controls[row] == all.Controls[3];
            all.RowStyles.Add(grows ? new RowStyle(SizeType.Percent, 100) : new RowStyle(SizeType.AutoSize));
        }

        _message.Font = new Font(Font.FontFamily, Font.Size * 1.1f, FontStyle.Bold);

        // Two lines: sentences wrap, and the boxes below stay where they are.
        _message.Height = 2 * _message.Font.Height + Gap;
        _errorBox.Visible = false;
        _tips.SetToolTip(_runFolder, "A folder that 'mario-agent train' or 'Save as a run' wrote; it holds settings.json.");
        _tips.SetToolTip(_record, "Records one episode from power-on as a .bk2 movie that EmuHawk plays back.");
        _tips.SetToolTip(_train, "Learns in EmuHawk itself, one environment. The command mario-agent learns far faster.");
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
        return Box("A trained agent", path, Row(_watch, _record));
    }

    private GroupBox TrainBox() => Box("Train here", Row(Caption("Learner"), _learnerKind, _train, _save));

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
