using System.Drawing;

namespace NesCoreShim.Host;

/// <summary>The shapes that a tool can draw.</summary>
public enum Shape
{
    /// <summary>From the first point to the second.</summary>
    Line,

    /// <summary>Between two opposite corners, both drawn.</summary>
    Box,

    /// <summary>Inside two opposite corners.</summary>
    Ellipse,

    /// <summary>Around all points.</summary>
    Polygon,

    /// <summary>With its upper left corner at the first point.</summary>
    Text,
}

/// <summary>One call of <c>IGuiApi</c> as it was made.</summary>
public sealed class Drawing
{
    internal Drawing(Shape shape, Color line, Color fill, string text, params Point[] points)
    {
        Shape = shape;
        Line = line;
        Fill = fill;
        Text = text;
        Points = points;
    }

    /// <summary>What was drawn.</summary>
    public Shape Shape { get; }

    /// <summary>Pixels of the surface that was drawn on.</summary>
    public IReadOnlyList<Point> Points { get; }

    /// <summary>The outline's colour, or the letters'.</summary>
    public Color Line { get; }

    /// <summary>What is inside, or behind the letters; transparent for nothing.</summary>
    public Color Fill { get; }

    /// <summary>The text of a <see cref="Shape.Text"/>; else empty.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Shape} {string.Join(" ", Points.Select(p => $"{p.X},{p.Y}"))} {Text}".TrimEnd();
}
