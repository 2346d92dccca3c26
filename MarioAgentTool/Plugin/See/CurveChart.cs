using System.Drawing;
using System.Drawing.Drawing2D;
using System.Drawing.Imaging;
using System.Globalization;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>
/// Learning curves, a panel a kind, over one x axis: the wheel zooms, dragging pans, a double click sees everything again. (Our own,
/// since mono declares System.Windows.Forms.DataVisualization and does not implement it.)
/// </summary>
internal sealed class CurveChart : SeeControl
{
    private const double WheelZoom = 0.8;
    private const int TicksAcross = 6, TicksDown = 4;

    private readonly List<(double X, double Y)> _trace = [];
    private int? _dragFrom;
    private CurveHit? _hit;
    private CurveKind _hitKind;

    public CurveChart()
        : base("Chart")
    {
        SetStyle(ControlStyles.Selectable, true);
    }

    /// <summary>What is seen of which curves.</summary>
    public CurvePlot Plot { get; } = new();

    /// <summary>Stands where the curves would, when there are none.</summary>
    public string WhenEmpty { get; set; } = "";

    /// <summary>What is shown as a picture of its own.</summary>
    public void SavePicture(string path)
    {
        using Bitmap bitmap = new(Width, Height, PixelFormat.Format24bppRgb);
        using (Graphics g = Graphics.FromImage(bitmap))
        {
            g.Clear(Theme.Field);
            Draw(g);
        }

        bitmap.Save(path, ImageFormat.Png);
    }

    /// <inheritdoc/>
    protected override void Draw(Graphics g)
    {
        CurveKind[] kinds = [.. Plot.Shown];
        if (kinds.Length == 0 || !kinds.SelectMany(Plot.SeriesOf).Any(s => s.Raw.Count > 0))
        {
            Write(g, kinds.Length == 0 ? "No curve is ticked." : WhenEmpty, Theme.Faint, Line / 2f, Line / 2f, Width - Line);
            return;
        }

        g.SmoothingMode = SmoothingMode.AntiAlias;
        (double left, double right) = Plot.Range;
        for (int i = 0; i < kinds.Length; i++)
        {
            DrawPanel(g, kinds[i], PanelOf(i, kinds.Length), left, right);
        }

        RectangleF last = PanelOf(kinds.Length - 1, kinds.Length);
        foreach (double tick in CurvePlot.Ticks(left, right, TicksAcross))
        {
            string text = Short(tick);
            float at = (float)(last.Left + (tick - left) / (right - left) * last.Width), width = Line * 4;
            float x = Math.Min(Math.Max(at - width / 2, 0), Width - width);
            Write(g, text, Theme.Faint, x, last.Bottom + Thin, width, x < at - width / 2 ? StringAlignment.Far : StringAlignment.Center);
        }

        Write(g, "steps", Theme.Faint, 0, last.Bottom + Thin, last.Left);
        if (_hit is not null && kinds.Contains(_hitKind))
        {
            DrawHit(g, _hit, PanelOf(Array.IndexOf(kinds, _hitKind), kinds.Length), left, right);
        }
    }

    /// <inheritdoc/>
    protected override void OnMouseWheel(MouseEventArgs e)
    {
        (double left, double right) = Plot.Range;
        Plot.Zoom(Math.Pow(WheelZoom, e.Delta / 120.0), left + (right - left) * ShareOf(e.X));
        Invalidate();
        if (e is HandledMouseEventArgs handled)
        {
            // The page would scroll.
            handled.Handled = true;
        }
    }

    /// <inheritdoc/>
    protected override void OnMouseDown(MouseEventArgs e)
    {
        Focus();
        _dragFrom = e.Button == MouseButtons.Left ? e.X : null;
        base.OnMouseDown(e);
    }

    /// <inheritdoc/>
    protected override void OnMouseUp(MouseEventArgs e)
    {
        _dragFrom = null;
        base.OnMouseUp(e);
    }

    /// <inheritdoc/>
    protected override void OnMouseMove(MouseEventArgs e)
    {
        if (_dragFrom is { } from)
        {
            (double left, double right) = Plot.Range;
            Plot.Pan((from - e.X) * (right - left) / PanelOf(0, 1).Width);
            _dragFrom = e.X;
            Invalidate();
        }
        else
        {
            Hover(e.Location);
        }

        base.OnMouseMove(e);
    }

    /// <inheritdoc/>
    protected override void OnMouseLeave(EventArgs e)
    {
        SetHit(default, null);
        base.OnMouseLeave(e);
    }

    /// <inheritdoc/>
    protected override void OnMouseDoubleClick(MouseEventArgs e)
    {
        Plot.Reset();
        Invalidate();
        base.OnMouseDoubleClick(e);
    }

    private void Hover(Point at)
    {
        CurveKind[] kinds = [.. Plot.Shown];
        for (int i = 0; i < kinds.Length; i++)
        {
            RectangleF panel = PanelOf(i, kinds.Length);
            if (panel.Contains(at))
            {
                (double left, double right) = Plot.Range;
                (double bottom, double top) = Plot.HeightOf(kinds[i]);
                double perX = (right - left) / panel.Width, perY = (top - bottom) / panel.Height;
                SetHit(kinds[i], Plot.Hit(kinds[i], left + (at.X - panel.Left) * perX, top - (at.Y - panel.Top) * perY, Line * perX, Line * 1.5 * perY));
                return;
            }
        }

        SetHit(default, null);
    }

    private void SetHit(CurveKind kind, CurveHit? hit)
    {
        if (hit != _hit)
        {
            (_hitKind, _hit) = (kind, hit);
            Invalidate();
        }
    }

    private double ShareOf(int x)
    {
        RectangleF panel = PanelOf(0, 1);
        return Math.Min(1, Math.Max(0, (x - panel.Left) / panel.Width));
    }

    private RectangleF PanelOf(int index, int count)
    {
        float left = Line * 3.4f, bottom = Line * 1.4f, gap = Line * 0.4f;
        float height = Math.Max(1, (Height - bottom - gap * (count - 1)) / count);
        return new RectangleF(left, index * (height + gap), Math.Max(1, Width - left - Line * 0.5f), height);
    }

    private void DrawPanel(Graphics g, CurveKind kind, RectangleF panel, double left, double right)
    {
        (double bottom, double top) = Plot.HeightOf(kind);
        using Pen grid = new(Theme.Grid, Thin);
        int ticksDown = panel.Height < Line * 4 ? 2 : TicksDown;
        foreach (double tick in CurvePlot.Ticks(bottom, top, ticksDown))
        {
            float y = (float)(panel.Bottom - (tick - bottom) / (top - bottom) * panel.Height);
            g.DrawLine(grid, panel.Left, y, panel.Right, y);
            if (y - Line / 2f > panel.Top - Line * 0.3f && y + Line / 2f < panel.Bottom + Line * 0.4f)
            {
                Write(g, Short(tick), Theme.Faint, 0, y - Line / 2f, panel.Left - Line * 0.2f, StringAlignment.Far);
            }
        }

        g.DrawRectangle(grid, panel.Left, panel.Top, panel.Width, panel.Height);
        g.SetClip(panel);
        foreach (SmoothedSeries series in Plot.SeriesOf(kind))
        {
            bool isSmoothed = series.Mean.Count > 0;
            Color ink = series.Raw.IsDots ? Theme.Bad : kind == CurveKind.ClearRate ? Theme.Good : Theme.Accent;
            Stroke(series.Raw, isSmoothed ? Mixed(ink, Theme.Field) : ink, isSmoothed ? Thin : Thin * 1.5f);
            if (isSmoothed)
            {
                Stroke(series.Mean, ink, Thin * 2);
            }
        }

        g.ResetClip();
        Title(g, kind, panel);

        void Stroke(CurveSeries curve, Color ink, float width)
        {
            curve.Trace(left, right, (int)Math.Ceiling(panel.Width), _trace);
            PointF[] points = [.. _trace.Select(p => new PointF(
                (float)(panel.Left + (p.X - left) / (right - left) * panel.Width), (float)(panel.Bottom - (p.Y - bottom) / (top - bottom) * panel.Height)))];
            using Pen pen = new(ink, width) { LineJoin = LineJoin.Bevel };
            using Brush dot = new SolidBrush(ink);
            if (points.Length > 1)
            {
                g.DrawLines(pen, points);
            }

            float radius = curve.IsDots ? Line * 0.2f : points.Length == 1 ? Line * 0.15f : 0;
            foreach (PointF point in radius > 0 ? points : [])
            {
                g.FillEllipse(dot, point.X - radius, point.Y - radius, 2 * radius, 2 * radius);
            }
        }
    }

    private void Title(Graphics g, CurveKind kind, RectangleF panel)
    {
        string text = CurveBook.NameOf(kind);
        SizeF size = g.MeasureString(text, Font);
        Fill(g, Color.FromArgb(190, Theme.Field), panel.Left + Thin, panel.Top + Thin, size.Width + Line * 0.3f, Line);
        Write(g, text, Theme.Ink, panel.Left + Line * 0.2f, panel.Top + Thin, size.Width + Line);
    }

    private void DrawHit(Graphics g, CurveHit hit, RectangleF panel, double left, double right)
    {
        (double bottom, double top) = Plot.HeightOf(_hitKind);
        float x = (float)(panel.Left + (hit.X - left) / (right - left) * panel.Width), y = (float)(panel.Bottom - (hit.Y - bottom) / (top - bottom) * panel.Height), radius = Line * 0.25f;
        using Pen ring = new(Theme.Ink, Thin * 1.5f);
        g.DrawEllipse(ring, x - radius, y - radius, 2 * radius, 2 * radius);
        string text = string.Format(CultureInfo.InvariantCulture, "{0}: {1:G4} at {2:N0}", hit.Series.Name, hit.Y, hit.X);
        float width = g.MeasureString(text, Font).Width + Line * 0.4f;
        float at = Math.Min(Math.Max(x - width / 2, panel.Left), panel.Right - width), over = y - Line * 1.6f > panel.Top ? y - Line * 1.5f : y + Line * 0.5f;
        Fill(g, Theme.Ink, at, over, width, Line * 1.1f);
        Write(g, text, Theme.Field, at + Line * 0.1f, over, width);
    }

    private static Color Mixed(Color a, Color b) => Color.FromArgb((a.R + 2 * b.R) / 3, (a.G + 2 * b.G) / 3, (a.B + 2 * b.B) / 3);

    private static string Short(double value)
    {
        double size = Math.Abs(value);
        return size >= 1e6 ? (value / 1e6).ToString("0.##M", CultureInfo.InvariantCulture)
            : size >= 1e4 ? (value / 1e3).ToString("0.#k", CultureInfo.InvariantCulture)
            : size is > 0 and < 0.001 ? value.ToString("0E+0", CultureInfo.InvariantCulture)
            : value.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
