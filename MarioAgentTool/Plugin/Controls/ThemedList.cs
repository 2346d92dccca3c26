using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>A list with columns whose heads have the window's colours too, and which share the width there is.</summary>
internal class ThemedList : ListView, IThemed
{
    private readonly int[] _widths = [];
    private Theme _theme = Theme.Light;

    public ThemedList(params (string Title, int WidthInLines)[] columns)
    {
        View = View.Details;
        FullRowSelect = true;
        HideSelection = false;
        OwnerDraw = true;
        BorderStyle = BorderStyle.FixedSingle;
        _widths = [.. columns.Select(c => c.WidthInLines)];
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
    protected override void OnDrawSubItem(DrawListViewSubItemEventArgs e)
    {
        // The first one's bounds are the whole row's in some versions.
        Rectangle cell = e.Bounds with { Width = e.Header.Width };
        Color back = e.Item.Selected ? _theme.Grid : _theme.Field;
        using Brush fill = new SolidBrush(back);
        e.Graphics.FillRectangle(fill, cell);
        if (e.ColumnIndex == 0 && SmallImageList is { } images && e.Item.ImageIndex >= 0 && e.Item.ImageIndex < images.Images.Count)
        {
            images.Draw(e.Graphics, cell.Left + 2, cell.Top + (cell.Height - images.ImageSize.Height) / 2, e.Item.ImageIndex);
            cell = Rectangle.FromLTRB(cell.Left + images.ImageSize.Width + 4, cell.Top, cell.Right, cell.Bottom);
        }

        TextRenderer.DrawText(e.Graphics, e.SubItem.Text, e.Item.Font, Rectangle.Inflate(cell, -2, 0), _theme.Ink, back, TextFormatFlags.VerticalCenter | TextFormatFlags.EndEllipsis | TextFormatFlags.SingleLine | TextFormatFlags.NoPrefix);
    }

    /// <inheritdoc/>
    protected override void OnSizeChanged(EventArgs e)
    {
        base.OnSizeChanged(e);
        if (_widths.Length != Columns.Count)
        {
            return;
        }

        // The last one takes what is left over; in a narrow window all become narrower.
        int room = Width - SystemInformation.VerticalScrollBarWidth - 4, wanted = _widths.Sum() * Font.Height;
        for (int i = 0; i < _widths.Length; i++)
        {
            int width = (int)((long)_widths[i] * Font.Height * Math.Min(room, wanted) / Math.Max(1, wanted));
            Columns[i].Width = Math.Max(Font.Height, width + (i == _widths.Length - 1 ? Math.Max(0, room - wanted) : 0));
        }
    }
}
