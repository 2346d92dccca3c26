using System.Drawing;
using System.Drawing.Drawing2D;
using MarioAgentTool.Game;

namespace MarioAgentTool.Plugin;

/// <summary>A joypad, its held buttons lit, and whose hand holds them.</summary>
internal sealed class PadPanel() : SeeControl("Joypad")
{
    // On a pad of 30 by 12: left, top, width, height.
    private static readonly (Buttons Button, string Name, float X, float Y, float W, float H)[] s_buttons =
    [
        (Buttons.Up, "", 4, 1.5f, 3, 3), (Buttons.Left, "", 1, 4.5f, 3, 3), (Buttons.Right, "", 7, 4.5f, 3, 3), (Buttons.Down, "", 4, 7.5f, 3, 3),
        (Buttons.Select, "", 11.5f, 6.5f, 3, 1.5f), (Buttons.Start, "", 15.5f, 6.5f, 3, 1.5f), (Buttons.B, "B", 20, 5, 4, 4), (Buttons.A, "A", 25, 5, 4, 4),
    ];

    private Buttons _held;
    private string _hand = "";

    /// <summary>Shows what is held.</summary>
    /// <param name="held">Pad 1.</param>
    /// <param name="hand">Whose hand, for people.</param>
    public void Show(Buttons held, string hand)
    {
        if (held != _held || hand != _hand)
        {
            (_held, _hand) = (held, hand);
            Invalidate();
        }
    }

    /// <inheritdoc/>
    protected override void Draw(Graphics g)
    {
        g.SmoothingMode = SmoothingMode.AntiAlias;
        float unit = Math.Min(Width / 31f, (Height - Line) / 12.5f), left = (Width - unit * 30) / 2;
        using Pen line = new(Theme.Faint, Thin);
        g.DrawRectangle(line, left, unit * 0.25f, unit * 30, unit * 11.5f);
        foreach ((Buttons button, string name, float x, float y, float w, float h) in s_buttons)
        {
            RectangleF place = new(left + x * unit, y * unit, w * unit, h * unit);
            bool isDown = (_held & button) != 0;
            using Brush fill = new SolidBrush(isDown ? Theme.Accent : Theme.Grid);
            if (name.Length > 0)
            {
                g.FillEllipse(fill, place);
                using StringFormat middle = new(StringFormatFlags.NoWrap) { Alignment = StringAlignment.Center, LineAlignment = StringAlignment.Center };
                using Brush ink = new SolidBrush(isDown ? Theme.Field : Theme.Ink);
                g.DrawString(name, Font, ink, place, middle);
            }
            else
            {
                g.FillRectangle(fill, place);
            }
        }

        Write(g, _hand, Theme.Faint, 0, Height - Line, Width, StringAlignment.Center);
    }
}
