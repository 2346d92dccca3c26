using System.Drawing;
using System.Drawing.Drawing2D;
using System.Windows.Forms;
using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>How far each of the latest episodes came, with cleared ones marked.</summary>
internal sealed class RewardChart : Control, IThemed
{
    private Theme _theme = Theme.Light;
    private IReadOnlyList<EpisodeSummary> _episodes = [];

    public RewardChart()
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

    /// <summary>What is drawn, oldest first.</summary>
    public void Show(IReadOnlyList<EpisodeSummary> episodes)
    {
        _episodes = episodes;
        Invalidate();
    }

    /// <inheritdoc/>
    protected override void OnPaint(PaintEventArgs e)
    {
        Graphics g = e.Graphics;
        g.Clear(_theme.Field);
        g.SmoothingMode = SmoothingMode.AntiAlias;
        Rectangle frame = new(0, 0, Width - 1, Height - 1);
        using Pen grid = new(_theme.Grid);
        using Brush ink = new SolidBrush(_theme.Faint);
        g.DrawRectangle(grid, frame);

        // Whole screens of 256 pixels, so that the scale stays put while an agent gets better slowly.
        int furthest = 0;
        foreach (EpisodeSummary episode in _episodes)
        {
            furthest = Math.Max(furthest, episode.FurthestX);
        }

        int top = Math.Max(1, (furthest + 255) / 256) * 256;
        float line = Font.GetHeight(g), left = 4, right = Width - 5, high = line + 6, low = Height - 5;
        g.DrawString("Furthest x of each episode", Font, ink, left, 2);
        if (_episodes.Count == 0)
        {
            return;
        }

        string most = $"{top}";
        g.DrawString(most, Font, ink, right - g.MeasureString(most, Font).Width, 2);
        g.DrawLine(grid, left, high, right, high);

        PointF[] points = new PointF[_episodes.Count];
        for (int i = 0; i < points.Length; i++)
        {
            float x = points.Length == 1 ? right : left + (right - left) * i / (points.Length - 1);
            points[i] = new PointF(x, low - (low - high) * Math.Max(0, _episodes[i].FurthestX) / top);
        }

        using Pen pen = new(_theme.Accent, 1.5f);
        using Brush dot = new SolidBrush(_theme.Accent), cleared = new SolidBrush(_theme.Good);
        if (points.Length > 1)
        {
            g.DrawLines(pen, points);
        }

        for (int i = 0; i < points.Length; i++)
        {
            bool isClear = _episodes[i].End == EpisodeEnd.FlagReached;
            if (isClear || points.Length <= 40)
            {
                float r = isClear ? 3.5f : 2;
                g.FillEllipse(isClear ? cleared : dot, points[i].X - r, points[i].Y - r, 2 * r, 2 * r);
            }
        }
    }
}
