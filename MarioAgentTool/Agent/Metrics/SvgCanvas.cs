using System.Globalization;
using System.Text;

namespace MarioAgentTool.Metrics;

/// <summary>Draws into an SVG 1.1 document.</summary>
internal sealed class SvgCanvas(int width, int height) : ICanvas
{
    private readonly StringBuilder _body = new();

    public void Fill(double x, double y, double width, double height, Ink ink) =>
        Line($"<rect x='{N(x)}' y='{N(y)}' width='{N(width)}' height='{N(height)}' fill='{Colour(ink)}'/>");

    public void Stroke(ReadOnlySpan<(double X, double Y)> points, double width, Ink ink)
    {
        var path = new StringBuilder();
        foreach ((double x, double y) in points)
        {
            path.Append(path.Length == 0 ? "" : " ").Append(N(x)).Append(',').Append(N(y));
        }

        Line($"<polyline points='{path}' fill='none' stroke='{Colour(ink)}' stroke-width='{N(width)}' stroke-linejoin='round'/>");
    }

    public void Dot(double x, double y, double radius, Ink ink) =>
        Line($"<circle cx='{N(x)}' cy='{N(y)}' r='{N(radius)}' fill='{Colour(ink)}'/>");

    public void Text(double x, double y, string text, int size, Ink ink, TextAnchor anchor = TextAnchor.Start)
    {
        // A capital is about 0.72 em high.
        double em = size * 7 / 0.72 * 0.9;
        string escaped = text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        Line($"<text x='{N(x)}' y='{N(y + size * 7)}' font-size='{N(em)}' fill='{Colour(ink)}' text-anchor='{anchor.ToString().ToLowerInvariant()}'>{escaped}</text>");
    }

    /// <summary>The document.</summary>
    public override string ToString() =>
        $"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}' font-family='system-ui, sans-serif'>\n{_body}</svg>\n";

    private void Line(string element) => _body.Append(element).Append('\n');

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Colour(Ink ink) => $"#{ink.R:x2}{ink.G:x2}{ink.B:x2}";
}
