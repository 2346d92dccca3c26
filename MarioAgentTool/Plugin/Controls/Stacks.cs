using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>
/// A panel whose height follows from its width. (The framework's own flow and table panels do that too, but mono's ask a wrapping
/// child for its height without telling it the width.)
/// </summary>
internal abstract class WidthFirstPanel : Panel
{
    /// <summary>Between two controls, pixels: the same share of a line at every resolution.</summary>
    protected int Gap => Math.Max(4, Font.Height / 3);

    /// <inheritdoc/>
    public override Size GetPreferredSize(Size proposedSize) => new(proposedSize.Width, Arrange(proposedSize.Width, isMeant: false));

    /// <summary>Lays out anew all that a control stands in, since it has another size now: from the outside in, as each gives its children their heights.</summary>
    public static void Relayout(Control? control)
    {
        System.Collections.Generic.Stack<Control> around = new();
        for (; control is not null; control = control.Parent)
        {
            if (control is WidthFirstPanel or Page)
            {
                around.Push(control);
            }
        }

        foreach (Control one in around)
        {
            one.PerformLayout();
        }
    }

    /// <summary>The height of a control at a width.</summary>
    protected static int HeightOf(Control control, int width) => control switch
    {
        WidthFirstPanel or WrapLabel => control.GetPreferredSize(new Size(width, 0)).Height,
        _ => Math.Max(control.MinimumSize.Height, control.AutoSize ? control.GetPreferredSize(Size.Empty).Height : control.Height),
    };

    /// <summary>Children that are seen, or would be if this were.</summary>
    protected IEnumerable<Control> Shown => Controls.Cast<Control>().Where(c => !Hidden.Contains(c));

    /// <summary>Children left out. (Their own Visible says no as well while a parent is hidden.)</summary>
    public HashSet<Control> Hidden { get; } = [];

    /// <summary>Shows a child or leaves it out.</summary>
    public void SetShown(Control child, bool isShown)
    {
        if (isShown ? Hidden.Remove(child) : Hidden.Add(child))
        {
            child.Visible = isShown;
            Relayout(this);
        }
    }

    /// <summary>Works the layout out, and carries it out if that is meant.</summary>
    /// <returns>The height it takes, pixels.</returns>
    protected abstract int Arrange(int width, bool isMeant);

    /// <inheritdoc/>
    protected override void OnLayout(LayoutEventArgs levent)
    {
        Arrange(ClientSize.Width, isMeant: true);
    }
}

/// <summary>One below the other, all as wide as the panel.</summary>
internal class Stack : WidthFirstPanel
{
    public Stack(params Control[] rows) => Controls.AddRange(rows);

    /// <summary>Takes what height is left over, and its MinimumSize at least; null leaves that empty.</summary>
    public Control? Growing { get; set; }

    /// <summary>Room above the first row at a width, pixels.</summary>
    protected virtual int RoomAbove(int width) => Padding.Top;

    /// <inheritdoc/>
    protected override int Arrange(int width, bool isMeant)
    {
        Control[] rows = [.. Shown];
        int inner = Math.Max(0, width - Padding.Horizontal), top = RoomAbove(width);
        int[] heights = [.. rows.Select(row => row == Growing && row is not WidthFirstPanel ? row.MinimumSize.Height : HeightOf(row, inner))];
        int needed = top + heights.Sum() + Gap * Math.Max(0, rows.Length - 1) + Padding.Bottom;
        if (!isMeant)
        {
            return needed;
        }

        for (int i = 0, y = top; i < rows.Length; y += heights[i++] + Gap)
        {
            heights[i] += rows[i] == Growing ? Math.Max(0, ClientSize.Height - needed) : 0;
            rows[i].SetBounds(Padding.Left, y, inner, heights[i]);
        }

        return needed;
    }
}

/// <summary>One beside the other, in as many lines as it takes. One of them may take the width that is left over in its line.</summary>
internal sealed class WrapRow : WidthFirstPanel
{
    public WrapRow(params Control[] controls) => Controls.AddRange(controls);

    /// <summary>Takes what is left over in its line, and its MinimumSize at least; null for none.</summary>
    public Control? Growing { get; set; }

    /// <inheritdoc/>
    protected override int Arrange(int width, bool isMeant)
    {
        List<(Control Control, Size Size)> line = [];
        int y = 0, x = 0;
        foreach (Control control in Shown)
        {
            Size size = control == Growing ? control.Size with { Width = control.MinimumSize.Width } : SizeOf(control);
            if (line.Count > 0 && x + size.Width > width)
            {
                y += Place() + Gap;
            }

            line.Add((control, size));
            x += size.Width + Gap;
        }

        return y + Place();

        int Place()
        {
            int height = line.Count == 0 ? 0 : line.Max(l => l.Size.Height), at = 0, left = width - (x - Gap);
            foreach ((Control control, Size size) in line)
            {
                int w = Math.Min(width, size.Width + (control == Growing ? Math.Max(0, left) : 0));
                if (isMeant)
                {
                    control.SetBounds(at, y + (height - size.Height) / 2, w, size.Height);
                }

                at += w + Gap;
            }

            line.Clear();
            x = 0;
            return height;
        }
    }

    private static Size SizeOf(Control control)
    {
        Size size = control.AutoSize && control is not TextBoxBase ? control.GetPreferredSize(Size.Empty) : control.Size;
        return new Size(Math.Max(size.Width, control.MinimumSize.Width), Math.Max(size.Height, control.MinimumSize.Height));
    }
}

/// <summary>Numbers with their names, in as many columns as there is room for.</summary>
internal sealed class Facts : WidthFirstPanel
{
    private const int CellWidthInLines = 16;

    private readonly Dictionary<string, Label> _values = [];

    public Facts(params string[] names)
    {
        foreach (string name in names)
        {
            Label value = new() { AutoSize = false, Text = "–", AccessibleName = name, TextAlign = ContentAlignment.MiddleRight };
            _values.Add(name, value);
            Controls.Add(new Label { AutoSize = false, Text = name, TextAlign = ContentAlignment.MiddleLeft });
            Controls.Add(value);
        }
    }

    /// <summary>Where a number is shown.</summary>
    public Label this[string name] => _values[name];

    /// <inheritdoc/>
    protected override int Arrange(int width, bool isMeant)
    {
        int columns = Math.Max(1, width / (CellWidthInLines * Font.Height)), line = Font.Height + Gap / 2, cell = width / columns, i = 0;
        if (isMeant)
        {
            foreach (Control control in Controls)
            {
                int x = i / 2 % columns * cell, share = (cell - 2 * Gap) * (i % 2 == 0 ? 68 : 32) / 100;
                control.SetBounds(i % 2 == 0 ? x : x + cell - 2 * Gap - share, i / 2 / columns * line, share, line);
                i++;
            }
        }

        return (_values.Count + columns - 1) / columns * line;
    }
}

/// <summary>A titled stack.</summary>
internal sealed class Section : Stack, IThemed
{
    private Theme _theme = Theme.Light;

    public Section(string title, params Control[] rows)
        : base(rows)
    {
        Text = AccessibleName = title;
        AccessibleRole = AccessibleRole.Grouping;
        ResizeRedraw = true;
    }

    public Theme Theme
    {
        set
        {
            _theme = value;
            Invalidate();
        }
    }

    /// <inheritdoc/>
    protected override int RoomAbove(int width) => TitleHeight(width) + Gap;

    /// <inheritdoc/>
    protected override void OnPaint(PaintEventArgs e)
    {
        using Font bold = new(Font, FontStyle.Bold);
        int height = TitleHeight(Width);
        TextRenderer.DrawText(e.Graphics, Text, bold, new Rectangle(0, 0, Width, height), _theme.Ink, _theme.Background, WrapLabel.Wrapping);
        using Pen line = new(_theme.Grid);
        e.Graphics.DrawLine(line, 0, height, Width, height);
    }

    private int TitleHeight(int width)
    {
        using Font bold = new(Font, FontStyle.Bold);
        return TextRenderer.MeasureText(Text, bold, new Size(Math.Max(1, width), int.MaxValue), WrapLabel.Wrapping).Height + 2;
    }
}

/// <summary>A text that wraps, as high as that takes.</summary>
internal sealed class WrapLabel : Label
{
    private int _wanted;

    internal const TextFormatFlags Wrapping = TextFormatFlags.WordBreak | TextFormatFlags.NoPrefix | TextFormatFlags.Left;

    public WrapLabel()
    {
        AutoSize = false;
        UseMnemonic = false;
    }

    /// <summary>Lines it is high at least, so that what is below stays where it is while sentences change.</summary>
    public int LeastLines { get; set; } = 1;

    /// <inheritdoc/>
    public override Size GetPreferredSize(Size proposedSize)
    {
        int width = Math.Max(1, proposedSize.Width);
        int height = Text.Length == 0 ? 0 : TextRenderer.MeasureText(Text, Font, new Size(width, int.MaxValue), Wrapping).Height;
        return new Size(width, Math.Max(height, LeastLines * Font.Height) + 2);
    }

    /// <inheritdoc/>
    protected override void OnTextChanged(EventArgs e)
    {
        base.OnTextChanged(e);

        // Not by its height: mono has the parent, and only that, lay it out before this is told.
        int wanted = GetPreferredSize(Size).Height;
        if (wanted != _wanted)
        {
            _wanted = wanted;
            WidthFirstPanel.Relayout(Parent);
        }
    }

    /// <inheritdoc/>
    protected override void OnPaint(PaintEventArgs e) =>
        TextRenderer.DrawText(e.Graphics, Text, Font, ClientRectangle, ForeColor, BackColor, Wrapping);
}
