using MarioAgentTool.Metrics;

namespace MarioAgentTool.Cli.Lua;

/// <summary>A shape that a script has drawn: kept as it was asked for, so that a test can read it and a picture can be made of it.</summary>
/// <param name="Kind">line, box, ellipse or text.</param>
/// <param name="X1">Left, or where a line begins.</param>
/// <param name="Y1">Top; 0 is the first line that BizHawk shows, scanline 8.</param>
/// <param name="X2">Right, inclusive, or where a line ends.</param>
/// <param name="Y2">Bottom, inclusive.</param>
/// <param name="Ink">Of lines and letters, 0xAARRGGBB.</param>
/// <param name="Paper">Of the inside, or behind letters.</param>
/// <param name="Text">Of a text.</param>
/// <param name="Size">Dots a font dot takes.</param>
/// <param name="Surface">emucore or client.</param>
internal sealed record LuaShape(string Kind, int X1, int Y1, int X2, int Y2, uint Ink, uint Paper, string Text, int Size, string Surface);

/// <summary>Draws shapes over a picture, as BizHawk draws its surfaces over the game.</summary>
/// <param name="pixels">Width × height, 0xAARRGGBB, row by row.</param>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
internal sealed class LuaCanvas(int[] pixels, int width, int height)
{
    private const int LetterHeight = 8;

    public void Draw(LuaShape shape)
    {
        switch (shape.Kind)
        {
            case "line":
                Line(shape.X1, shape.Y1, shape.X2, shape.Y2, shape.Ink);
                break;
            case "box":
                Fill(shape.X1 + 1, shape.Y1 + 1, shape.X2 - 1, shape.Y2 - 1, shape.Paper);
                Fill(shape.X1, shape.Y1, shape.X2, shape.Y1, shape.Ink);
                Fill(shape.X1, shape.Y2, shape.X2, shape.Y2, shape.Ink);
                Fill(shape.X1, shape.Y1 + 1, shape.X1, shape.Y2 - 1, shape.Ink);
                Fill(shape.X2, shape.Y1 + 1, shape.X2, shape.Y2 - 1, shape.Ink);
                break;
            case "ellipse":
                Ellipse(shape);
                break;
            case "text":
                Text(shape);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape.Kind, "No such shape.");
        }
    }

    // Bresenham's.
    private void Line(int x, int y, int toX, int toY, uint ink)
    {
        int dx = Math.Abs(toX - x), dy = -Math.Abs(toY - y), stepX = x < toX ? 1 : -1, stepY = y < toY ? 1 : -1, error = dx + dy;

        // Nobody sees what lies far outside; a script may name any number.
        for (int left = Math.Min(dx - dy, 1 << 14); ; left--)
        {
            Blend(x, y, ink);
            if ((x == toX && y == toY) || left <= 0)
            {
                return;
            }

            int twice = 2 * error;
            if (twice >= dy)
            {
                error += dy;
                x += stepX;
            }

            if (twice <= dx)
            {
                error += dx;
                y += stepY;
            }
        }
    }

    private void Ellipse(LuaShape shape)
    {
        double centreX = (shape.X1 + shape.X2) / 2.0, centreY = (shape.Y1 + shape.Y2) / 2.0;
        double radiusX = Math.Max(0.5, (shape.X2 - shape.X1) / 2.0), radiusY = Math.Max(0.5, (shape.Y2 - shape.Y1) / 2.0);
        for (int y = Math.Max(0, shape.Y1); y <= Math.Min(height - 1, shape.Y2); y++)
        {
            for (int x = Math.Max(0, shape.X1); x <= Math.Min(width - 1, shape.X2); x++)
            {
                bool Inside(double dx, double dy) => (dx * dx / (radiusX * radiusX)) + (dy * dy / (radiusY * radiusY)) <= 1.02;
                double offX = x - centreX, offY = y - centreY;
                if (Inside(offX, offY))
                {
                    bool edge = !Inside(offX - 1, offY) || !Inside(offX + 1, offY) || !Inside(offX, offY - 1) || !Inside(offX, offY + 1);
                    Blend(x, y, edge ? shape.Ink : shape.Paper);
                }
            }
        }
    }

    private void Text(LuaShape shape)
    {
        int size = shape.Size, top = shape.Y1;
        foreach (string line in shape.Text.Split('\n'))
        {
            Fill(shape.X1 - 1, top - 1, shape.X1 + (line.Length * PixelFont.Advance * size) - 1, top + (LetterHeight * size) - 1, shape.Paper);
            for (int i = 0; i < line.Length; i++)
            {
                ReadOnlySpan<byte> columns = PixelFont.Columns(line[i]);
                for (int column = 0; column < columns.Length; column++)
                {
                    for (int row = 0; row < LetterHeight; row++)
                    {
                        if ((columns[column] >> row & 1) != 0)
                        {
                            int x = shape.X1 + (((i * PixelFont.Advance) + column) * size), y = top + (row * size);
                            Fill(x, y, x + size - 1, y + size - 1, shape.Ink);
                        }
                    }
                }
            }

            top += (LetterHeight + 1) * size;
        }
    }

    private void Fill(int left, int top, int right, int bottom, uint ink)
    {
        for (int y = Math.Max(0, top); y <= Math.Min(height - 1, bottom); y++)
        {
            for (int x = Math.Max(0, left); x <= Math.Min(width - 1, right); x++)
            {
                Blend(x, y, ink);
            }
        }
    }

    private void Blend(int x, int y, uint ink)
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height)
        {
            return;
        }

        uint alpha = ink >> 24, under = (uint)pixels[(y * width) + x];
        uint Mix(int shift) => (((under >> shift & 0xFF) * (255 - alpha)) + ((ink >> shift & 0xFF) * alpha) + 127) / 255 << shift;
        pixels[(y * width) + x] = (int)(0xFF000000 | Mix(16) | Mix(8) | Mix(0));
    }
}
