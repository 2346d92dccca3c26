using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>A button that draws itself: what cannot be pressed is legible on dark paper too, under mono as on Windows.</summary>
internal sealed class FlatButton : Button, IThemed
{
    private const TextFormatFlags Centered = TextFormatFlags.HorizontalCenter | TextFormatFlags.VerticalCenter | TextFormatFlags.SingleLine;

    private Theme _theme = Theme.Light;
    private bool _isPressed, _isUnderMouse;

    /// <param name="text">With its mnemonic.</param>
    public FlatButton(string text)
    {
        Text = text;
        AutoSize = true;
        DoubleBuffered = true;
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
    public override Size GetPreferredSize(Size proposedSize)
    {
        Size text = TextRenderer.MeasureText(Text.Replace("&", ""), Font);
        return new Size(text.Width + Font.Height, text.Height + Font.Height * 2 / 3);
    }

    /// <inheritdoc/>
    protected override void OnPaint(PaintEventArgs pevent)
    {
        Graphics g = pevent.Graphics;
        Color back = Enabled && _isPressed ? _theme.Grid : Enabled ? _theme.Field : _theme.Background;
        g.Clear(back);
        using Pen border = new(Enabled && (_isUnderMouse || Focused) ? _theme.Accent : _theme.Grid);
        g.DrawRectangle(border, 0, 0, Width - 1, Height - 1);
        if (Focused && ShowFocusCues)
        {
            g.DrawRectangle(border, 1, 1, Width - 3, Height - 3);
        }

        TextRenderer.DrawText(g, Text, Font, ClientRectangle, Enabled ? _theme.Ink : _theme.Faint, back, Centered | (ShowKeyboardCues ? 0 : TextFormatFlags.HidePrefix));
    }

    /// <inheritdoc/>
    protected override void OnTextChanged(EventArgs e)
    {
        AccessibleName = Text.Replace("&", "");
        base.OnTextChanged(e);
        WidthFirstPanel.Relayout(Parent);
    }

    /// <inheritdoc/>
    protected override void OnMouseEnter(EventArgs e) => Become(() => _isUnderMouse = true, () => base.OnMouseEnter(e));

    /// <inheritdoc/>
    protected override void OnMouseLeave(EventArgs e) => Become(() => _isUnderMouse = false, () => base.OnMouseLeave(e));

    /// <inheritdoc/>
    protected override void OnMouseDown(MouseEventArgs mevent) => Become(() => _isPressed = true, () => base.OnMouseDown(mevent));

    /// <inheritdoc/>
    protected override void OnMouseUp(MouseEventArgs mevent) => Become(() => _isPressed = false, () => base.OnMouseUp(mevent));

    private void Become(Action change, Action inherited)
    {
        change();
        inherited();
        Invalidate();
    }
}
