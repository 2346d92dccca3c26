using System.Globalization;

namespace MarioAgentTool.Metrics;

/// <summary>One line of a panel.</summary>
/// <param name="Name">For the legend; empty leaves it out.</param>
/// <param name="Ink">Colour.</param>
/// <param name="Width">Pixels; 0 draws the points only.</param>
/// <param name="Points">From left to right.</param>
/// <param name="DotRadius">Pixels; 0 draws the line only.</param>
internal sealed record Series(string Name, Ink Ink, double Width, IReadOnlyList<(double X, double Y)> Points, double DotRadius = 0);

/// <summary>A small chart with its own y axis.</summary>
internal sealed record Panel(string Title, IReadOnlyList<Series> Series)
{
    /// <summary>Fixed bottom and top of the y axis; without them the points decide.</summary>
    public (double Bottom, double Top)? Range { get; init; }
}

/// <summary>A sheet of panels that share their x axis. It knows nothing of what it shows, nor of what it is drawn on.</summary>
internal sealed record Chart(string Title, string Subtitle, string XName, IReadOnlyList<Panel> Panels)
{
    private const int Columns = 2, Gap = 24, Left = 24, Bottom = 18;
    private static readonly Ink Paper = new(0xF6, 0xF5, 0xF1), Card = new(0xFF, 0xFF, 0xFF), Grid = new(0xE7, 0xE5, 0xDF);
    private static readonly Ink Text = new(0x25, 0x2A, 0x31), Quiet = new(0x7A, 0x80, 0x88);

    /// <summary>Pixels of the sheet.</summary>
    public (int Width, int Height) Size { get; init; } = (1200, 1400);

    public void Draw(ICanvas canvas)
    {
        (int sheetWidth, int sheetHeight) = Size;
        int columns = Math.Min(Columns, Panels.Count), top = Title.Length > 0 ? 84 : Bottom;
        canvas.Fill(0, 0, sheetWidth, sheetHeight, Paper);
        canvas.Text(Left, 20, Title, 3, Text);
        canvas.Text(Left, 52, Subtitle, 2, Quiet);
        double right = Panels.SelectMany(p => p.Series).SelectMany(s => s.Points).Select(p => p.X).DefaultIfEmpty(1).Max();

        int rows = (Panels.Count + columns - 1) / columns;
        double width = (sheetWidth - 2 * Left - (columns - 1) * Gap) / (double)columns, height = (sheetHeight - top - Bottom - (rows - 1) * Gap) / (double)rows;
        for (int i = 0; i < Panels.Count; i++)
        {
            Draw(canvas, Panels[i], Left + i % columns * (width + Gap), top + i / columns * (height + Gap), width, height, Math.Max(right, 1));
        }
    }

    private void Draw(ICanvas canvas, Panel panel, double x, double y, double width, double height, double right)
    {
        const double AxisLeft = 72, AxisRight = 30, AxisTop = 44, AxisBottom = 62;
        double plotX = x + AxisLeft, plotY = y + AxisTop, plotWidth = width - AxisLeft - AxisRight, plotHeight = height - AxisTop - AxisBottom;
        canvas.Fill(x, y, width, height, Card);
        canvas.Text(x + 16, y + 14, panel.Title, 2, Text);

        double legend = x + width - AxisRight;
        foreach (Series series in panel.Series.Reverse().Where(s => s.Name.Length > 0))
        {
            canvas.Text(legend, y + 14, series.Name, 2, series.Ink, TextAnchor.End);
            legend -= (series.Name.Length + 1.5) * PixelFont.Advance * 2;
        }

        (double bottom, double top) = panel.Range ?? Extent(panel.Series);
        double X(double value) => plotX + value / right * plotWidth;
        double Y(double value) => plotY + (top - Math.Max(bottom, Math.Min(top, value))) / (top - bottom) * plotHeight;

        foreach (double tick in Ticks(bottom, top, 5))
        {
            canvas.Fill(plotX, Math.Round(Y(tick)), plotWidth, 1, Grid);
            canvas.Text(plotX - 10, Y(tick) - 7, Short(tick, Math.Max(Math.Abs(bottom), Math.Abs(top))), 2, Quiet, TextAnchor.End);
        }

        foreach (double tick in Ticks(0, right, 6, least: 1).Where(t => t <= right))
        {
            canvas.Fill(Math.Round(X(tick)), plotY + plotHeight, 1, 5, Quiet);
            canvas.Text(X(tick), plotY + plotHeight + 12, Short(tick, right), 2, Quiet, TextAnchor.Middle);
        }

        canvas.Fill(plotX, Math.Round(plotY + plotHeight), plotWidth, 1, Quiet);
        canvas.Text(plotX + plotWidth / 2, y + height - 26, XName, 2, Quiet, TextAnchor.Middle);
        if (panel.Series.All(s => s.Points.Count == 0))
        {
            canvas.Text(plotX + plotWidth / 2, plotY + plotHeight / 2, "none yet", 2, Quiet, TextAnchor.Middle);
        }

        foreach (Series series in panel.Series)
        {
            (double X, double Y)[] points = [.. series.Points.Select(p => (X(p.X), Y(p.Y)))];
            if (series.Width > 0 && points.Length > 1)
            {
                canvas.Stroke(points, series.Width, series.Ink);
            }

            foreach ((double px, double py) in series.DotRadius > 0 ? points : points.Length == 1 ? points : [])
            {
                canvas.Dot(px, py, Math.Max(2, series.DotRadius), series.Ink);
            }
        }
    }

    private static (double Bottom, double Top) Extent(IReadOnlyList<Series> series)
    {
        double[] values = [.. series.SelectMany(s => s.Points).Select(p => p.Y)];
        if (values.Length == 0)
        {
            return (0, 1);
        }

        double bottom = Math.Min(0, values.Min()), top = Math.Max(bottom + 1e-6, values.Max());
        double margin = (top - bottom) * 0.06;
        return (bottom < 0 ? bottom - margin : 0, top + margin);
    }

    // Round steps of 1, 2 or 5 times a power of ten, about as many as asked for.
    private static IEnumerable<double> Ticks(double bottom, double top, int count, double least = 0)
    {
        double rough = (top - bottom) / count, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = Math.Max(least, power * (rough / power) switch { <= 1.5 => 1, <= 3.5 => 2, <= 7.5 => 5, _ => 10 });
        for (double n = Math.Ceiling(bottom / step - 1e-9); n * step <= top + step * 1e-9; n++)
        {
            yield return n * step;
        }
    }

    // All of an axis in the unit of its largest.
    private static string Short(double value, double largest)
    {
        double size = Math.Abs(value);
        (double divisor, string unit) = largest switch { >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1.0, "") };
        string digits = (value / divisor).ToString(size is > 0 and < 1e-3 ? "0.#e0" : "0.####", CultureInfo.InvariantCulture);
        return digits is "-0" or "0" ? "0" : digits + unit;
    }
}
