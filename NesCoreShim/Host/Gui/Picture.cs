using System.Drawing;

namespace NesCoreShim.Host;

/// <summary>Pixels that drawings can be put on.</summary>
public sealed class Picture
{
    private readonly int[] _argb;

    internal Picture(int width, int height, int[] argb)
    {
        Width = width;
        Height = height;
        _argb = argb;
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>The pixels, row by row, opaque.</summary>
    public IReadOnlyList<int> Argb => _argb;

    /// <summary>Writes a PNG file.</summary>
    public void Save(string path) => PngFile.Write(path, Width, Height, _argb);

    internal Picture Enlarged(int times)
    {
        int[] large = new int[_argb.Length * times * times];
        for (int i = 0; i < large.Length; i++)
        {
            int x = i % (Width * times), y = i / (Width * times);
            large[i] = _argb[y / times * Width + x / times];
        }

        return new Picture(Width * times, Height * times, large);
    }

    internal void Draw(IEnumerable<Drawing> drawings)
    {
        foreach (Drawing drawing in drawings)
        {
            IReadOnlyList<Point> p = drawing.Points;
            switch (drawing.Shape)
            {
                case Shape.Line:
                    Line(p[0], p[1], drawing.Line);
                    break;
                case Shape.Box:
                    Box(p[0], p[1], drawing.Line, drawing.Fill);
                    break;
                case Shape.Ellipse:
                    Ellipse(p[0], p[1], drawing.Line, drawing.Fill);
                    break;
                case Shape.Polygon:
                    Polygon(p, drawing.Line, drawing.Fill);
                    break;
                case Shape.Text:
                    Write(p[0], drawing.Text, drawing.Line, drawing.Fill);
                    break;
            }
        }
    }

    private void Dot(int x, int y, Color colour)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height || colour.A == 0)
        {
            return;
        }

        ref int at = ref _argb[y * Width + x];
        at = 0xFF << 24 | Mix(colour.R, at >> 16) << 16 | Mix(colour.G, at >> 8) << 8 | Mix(colour.B, at);

        int Mix(int over, int under) => (over * colour.A + (under & 0xFF) * (255 - colour.A) + 127) / 255;
    }

    // Bresenham.
    private void Line(Point from, Point to, Color colour)
    {
        int dx = Math.Abs(to.X - from.X), dy = -Math.Abs(to.Y - from.Y), error = dx + dy;
        int x = from.X, y = from.Y;
        while (true)
        {
            Dot(x, y, colour);
            if (x == to.X && y == to.Y)
            {
                return;
            }

            int twice = 2 * error;
            if (twice >= dy)
            {
                error += dy;
                x += Math.Sign(to.X - from.X);
            }

            if (twice <= dx)
            {
                error += dx;
                y += Math.Sign(to.Y - from.Y);
            }
        }
    }

    private void Box(Point one, Point other, Color line, Color fill)
    {
        int left = Math.Min(one.X, other.X), right = Math.Max(one.X, other.X), top = Math.Min(one.Y, other.Y), bottom = Math.Max(one.Y, other.Y);
        for (int y = Math.Max(top, 0); y <= Math.Min(bottom, Height - 1); y++)
        {
            for (int x = Math.Max(left, 0); x <= Math.Min(right, Width - 1); x++)
            {
                Dot(x, y, x == left || x == right || y == top || y == bottom ? line : fill);
            }
        }
    }

    private void Ellipse(Point one, Point other, Color line, Color fill)
    {
        double rx = Math.Abs(other.X - one.X) / 2.0, ry = Math.Abs(other.Y - one.Y) / 2.0;
        double cx = Math.Min(one.X, other.X) + rx, cy = Math.Min(one.Y, other.Y) + ry;
        for (int y = Math.Max(0, (int)(cy - ry)); y <= Math.Min(Height - 1, cy + ry); y++)
        {
            for (int x = Math.Max(0, (int)(cx - rx)); x <= Math.Min(Width - 1, cx + rx); x++)
            {
                if (IsIn(x, y))
                {
                    bool isEdge = !IsIn(x - 1, y) || !IsIn(x + 1, y) || !IsIn(x, y - 1) || !IsIn(x, y + 1);
                    Dot(x, y, isEdge ? line : fill);
                }
            }
        }

        bool IsIn(int x, int y) => Square((x - cx) / (rx + 0.5)) + Square((y - cy) / (ry + 0.5)) <= 1;

        static double Square(double value) => value * value;
    }

    // Even-odd, sampled at pixel centres; the outline over it.
    private void Polygon(IReadOnlyList<Point> points, Color line, Color fill)
    {
        int top = Math.Max(0, points.Min(p => p.Y)), bottom = Math.Min(Height - 1, points.Max(p => p.Y));
        for (int y = top; y <= bottom; y++)
        {
            List<double> crossings = [];
            for (int i = 0; i < points.Count; i++)
            {
                Point a = points[i], b = points[(i + 1) % points.Count];
                if ((a.Y <= y) != (b.Y <= y))
                {
                    crossings.Add(a.X + (double)(y - a.Y) * (b.X - a.X) / (b.Y - a.Y));
                }
            }

            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                for (int x = Math.Max(0, (int)Math.Ceiling(crossings[i])); x <= Math.Min(Width - 1, crossings[i + 1]); x++)
                {
                    Dot(x, y, fill);
                }
            }
        }

        for (int i = 0; i < points.Count; i++)
        {
            Line(points[i], points[(i + 1) % points.Count], line);
        }
    }

    private void Write(Point at, string text, Color letters, Color behind)
    {
        int x = at.X, y = at.Y;
        foreach (char c in text)
        {
            if (c == '\n')
            {
                x = at.X;
                y += PixelFont.LineHeight;
                continue;
            }

            for (int row = -1; row <= PixelFont.Rows; row++)
            {
                for (int column = -1; column <= PixelFont.Columns; column++)
                {
                    Dot(x + column, y + row, PixelFont.IsSet(c, column, row) ? letters : behind);
                }
            }

            x += PixelFont.Advance;
        }
    }
}
