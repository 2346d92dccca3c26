using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>A control that draws itself in the window's colours, at any resolution: its measures are shares of a line of text.</summary>
internal abstract class SeeControl : Control, IThemed
{
    private Theme _theme = Theme.Light;

    protected SeeControl(string name)
    {
        AccessibleName = name;
        AccessibleRole = AccessibleRole.Graphic;
        DoubleBuffered = true;
        ResizeRedraw = true;
    }

    /// <summary>The window's colours.</summary>
    public Theme Theme
    {
        protected get => _theme;
        set
        {
            _theme = value;
            Invalidate();
        }
    }

    /// <summary>Height of a line of text, pixels.</summary>
    protected int Line => Font.Height;

    /// <summary>Width of a thin line, pixels.</summary>
    protected float Thin => Math.Max(1, Font.Height / 15f);

    /// <summary>Draws all of it.</summary>
    protected abstract void Draw(Graphics g);

    /// <inheritdoc/>
    protected override void OnPaint(PaintEventArgs e)
    {
        e.Graphics.Clear(_theme.Field);
        Draw(e.Graphics);
    }

    /// <summary>A text in a rectangle, in one line.</summary>
    protected void Write(Graphics g, string text, Color ink, float x, float y, float width, StringAlignment align = StringAlignment.Near)
    {
        using Brush brush = new SolidBrush(ink);
        using StringFormat format = new(StringFormatFlags.NoWrap) { Alignment = align, LineAlignment = StringAlignment.Center, Trimming = StringTrimming.EllipsisCharacter };
        g.DrawString(text, Font, brush, new RectangleF(x, y, width, Line), format);
    }

    /// <summary>A filled rectangle.</summary>
    protected static void Fill(Graphics g, Color ink, float x, float y, float width, float height)
    {
        using Brush brush = new SolidBrush(ink);
        g.FillRectangle(brush, x, y, width, height);
    }
}
