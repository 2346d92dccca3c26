using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>A list with columns whose heads have the window's colours too; the last column takes the width that is left over.</summary>
internal class ThemedList : ListView, IThemed
{
    private Theme _theme = Theme.Light;

    public ThemedList(params (string Title, int WidthInLines)[] columns)
    {
        View = View.Details;
        FullRowSelect = true;
        HideSelection = false;
        OwnerDraw = true;
        BorderStyle = BorderStyle.FixedSingle;
        foreach ((string title, int width) in columns)
        {
            Columns.Add(title, width * Font.Height);
        }
    }

    public Theme Theme
    {
        protected get => _theme;
        set
        {
            _theme = value;
            Invalidate();
        }
    }

    /// <inheritdoc/>
    protected override void OnDrawColumnHeader(DrawListViewColumnHeaderEventArgs e)
    {
        using Brush back = new SolidBrush(_theme.Background);
        using Pen line = new(_theme.Grid);
        e.Graphics.FillRectangle(back, e.Bounds);
        e.Graphics.DrawLine(line, e.Bounds.Right - 1, e.Bounds.Top, e.Bounds.Right - 1, e.Bounds.Bottom);
        e.Graphics.DrawLine(line, e.Bounds.Left, e.Bounds.Bottom - 1, e.Bounds.Right, e.Bounds.Bottom - 1);
        TextFormatFlags align = e.Header.TextAlign == HorizontalAlignment.Right ? TextFormatFlags.Right : TextFormatFlags.Left;
        TextRenderer.DrawText(e.Graphics, e.Header.Text, Font, Rectangle.Inflate(e.Bounds, -4, 0), _theme.Faint, _theme.Background, align | TextFormatFlags.VerticalCenter | TextFormatFlags.EndEllipsis | TextFormatFlags.SingleLine);
    }

    /// <inheritdoc/>
    protected override void OnDrawItem(DrawListViewItemEventArgs e) => e.DrawDefault = true;

    /// <inheritdoc/>
    protected override void OnDrawSubItem(DrawListViewSubItemEventArgs e) => e.DrawDefault = true;

    /// <inheritdoc/>
    protected override void OnSizeChanged(EventArgs e)
    {
        base.OnSizeChanged(e);
        if (Columns.Count > 0)
        {
            int others = Columns.Cast<ColumnHeader>().Take(Columns.Count - 1).Sum(c => c.Width);
            int last = ClientSize.Width - others - (ClientSize.Width == Width ? 0 : SystemInformation.VerticalScrollBarWidth);
            Columns[Columns.Count - 1].Width = Math.Max(4 * Font.Height, last);
        }
    }
}
