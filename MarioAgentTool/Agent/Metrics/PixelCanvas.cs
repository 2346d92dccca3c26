namespace MarioAgentTool.Metrics;

/// <summary>Draws into RGB pixels: edges are smoothed by how much of a pixel they cover, text comes from <see cref="PixelFont"/>.</summary>
internal sealed class PixelCanvas(int width, int height) : ICanvas
{
    /// <summary>Three bytes a pixel, row by row.</summary>
    public byte[] Rgb { get; } = new byte[width * height * 3];

    public int Width => width;

    public int Height => height;

    public void Fill(double x, double y, double width, double height, Ink ink)
    {
        int right = (int)Math.Round(x + width), bottom = (int)Math.Round(y + height);
        for (int py = (int)Math.Round(y); py < bottom; py++)
        {
            for (int px = (int)Math.Round(x); px < right; px++)
            {
                Blend(px, py, ink, 1);
            }
        }
    }

    public void Stroke(ReadOnlySpan<(double X, double Y)> points, double width, Ink ink)
    {
        for (int i = 1; i < points.Length; i++)
        {
            Segment(points[i - 1], points[i], width / 2, ink);
        }
    }

    public void Dot(double x, double y, double radius, Ink ink) => Segment((x, y), (x, y), radius, ink);

    public void Text(double x, double y, string text, int size, Ink ink, TextAnchor anchor = TextAnchor.Start)
    {
        int wide = text.Length * PixelFont.Advance * size - size;
        int left = (int)Math.Round(anchor switch
        {
            TextAnchor.Middle => x - wide / 2.0,
            TextAnchor.End => x - wide,
            _ => x,
        });
        int top = (int)Math.Round(y);
        foreach (char c in text)
        {
            ReadOnlySpan<byte> columns = PixelFont.Columns(c);
            for (int column = 0; column < columns.Length; column++)
            {
                for (int row = 0; row < 8; row++)
                {
                    if ((columns[column] >> row & 1) != 0)
                    {
                        Fill(left + column * size, top + row * size, size, size, ink);
                    }
                }
            }

            left += PixelFont.Advance * size;
        }
    }

    // Coverage of a pixel by a round-ended line is about its distance to the edge, clamped to one pixel.
    private void Segment((double X, double Y) a, (double X, double Y) b, double radius, Ink ink)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, squared = dx * dx + dy * dy;
        int left = (int)Math.Floor(Math.Min(a.X, b.X) - radius - 1), right = (int)Math.Ceiling(Math.Max(a.X, b.X) + radius + 1);
        int top = (int)Math.Floor(Math.Min(a.Y, b.Y) - radius - 1), bottom = (int)Math.Ceiling(Math.Max(a.Y, b.Y) + radius + 1);
        for (int py = top; py <= bottom; py++)
        {
            for (int px = left; px <= right; px++)
            {
                double x = px + 0.5 - a.X, y = py + 0.5 - a.Y;
                double along = squared == 0 ? 0 : Math.Max(0, Math.Min(1, (x * dx + y * dy) / squared));
                double offX = x - along * dx, offY = y - along * dy;
                double cover = radius + 0.5 - Math.Sqrt(offX * offX + offY * offY);
                if (cover > 0)
                {
                    Blend(px, py, ink, Math.Min(1, cover));
                }
            }
        }
    }

    private void Blend(int x, int y, Ink ink, double cover)
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height)
        {
            return;
        }

        int alpha = (int)(255 * cover + 0.5), at = (y * width + x) * 3;
        Rgb[at] = Mix(Rgb[at], ink.R, alpha);
        Rgb[at + 1] = Mix(Rgb[at + 1], ink.G, alpha);
        Rgb[at + 2] = Mix(Rgb[at + 2], ink.B, alpha);
    }

    private static byte Mix(byte under, byte over, int alpha) => (byte)((under * (255 - alpha) + over * alpha + 127) / 255);
}
