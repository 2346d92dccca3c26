using System.Drawing;
using System.Globalization;
using System.Windows.Forms;
using MarioAgentTool.Game;

namespace MarioAgentTool.Plugin;

/// <summary>What the agent wants: a bar an action by its value, the one chosen marked; the pad; the latest reward by cause.</summary>
internal sealed class ViewPanel : Control, IThemed
{
    private Theme _theme = Theme.Light;
    private AgentView? _view;

    public ViewPanel()
    {
        DoubleBuffered = true;
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

    /// <summary>Draws that view from now on.</summary>
    public void Show(AgentView view)
    {
        _view = view;
        Invalidate();
    }

    /// <inheritdoc/>
    protected override void OnPaint(PaintEventArgs e)
    {
        Graphics g = e.Graphics;
        g.Clear(_theme.Field);
        using Brush ink = new SolidBrush(_theme.Ink), bar = new SolidBrush(_theme.Grid), chosen = new SolidBrush(_theme.Accent);
        float line = Font.GetHeight(g) + 2;
        if (_view is not { Actions: { } actions } view)
        {
            g.DrawString("Nobody plays.", Font, ink, 4, 4);
            return;
        }

        float least = view.Values.Count == 0 ? 0 : view.Values.Min(), most = view.Values.Count == 0 ? 0 : view.Values.Max();
        float left = Width * 0.22f, right = Width * 0.5f, room = right - left;
        for (int a = 0; a < view.Values.Count; a++)
        {
            float y = 4 + a * line, share = most > least ? (view.Values[a] - least) / (most - least) : 0;
            g.DrawString(ActionSet.Describe(actions[a]), Font, ink, 4, y);
            g.FillRectangle(a == view.Chosen ? chosen : bar, left, y + 2, 2 + share * (room - 2), line - 4);
            g.DrawString(view.Values[a].ToString("0.00", CultureInfo.InvariantCulture), Font, ink, right + 4, y);
        }

        string[] lines =
        [
            $"Pad: {ActionSet.Describe(view.Held)}{(view.IsHuman ? " (your hand)" : "")}",
            Line("Reward {0:0.00}: progress {1:0.00}, time {2:0.00},", view.Step.Reward, view.Step.Parts.Progress, view.Step.Parts.Time),
            Line("  shaping {0:0.00}, ending {1:0.00}", view.Step.Parts.Shaping, view.Step.Parts.Ending),
            Line("Episode: reward {0:0.0}, x {1:0}, furthest {2:0}", view.Episode.Reward, view.Episode.X, view.Episode.FurthestX),
        ];
        for (int i = 0; i < lines.Length; i++)
        {
            g.DrawString(lines[i], Font, ink, Width * 0.62f, 4 + i * line);
        }
    }

    private static string Line(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
