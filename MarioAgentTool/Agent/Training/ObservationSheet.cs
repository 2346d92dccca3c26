using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Training;

/// <summary>What every kind of observer makes of one frame, side by side in one picture.</summary>
public static class ObservationSheet
{
    private const int ScreenWidth = 256, ScreenHeight = 240, Margin = 12, Caption = 14, GreyZoom = 2, Cell = 12;
    private const int Width = 812, Height = 904;

    private static readonly Ink Paper = new(24, 24, 28), Text = new(230, 230, 230), Grid = new(52, 52, 60);

    // By plane of TilePlanes.Separate.
    private static readonly Ink[] PlaneInks =
    [
        new(150, 150, 150), new(200, 140, 60), new(250, 220, 80), new(90, 200, 90), new(230, 60, 60), new(90, 150, 240), new(230, 120, 230),
    ];

    private static readonly string[] PlaneNames = ["solid", "breakable", "goal", "stompable", "hazard", "platform", "power-up"];

    /// <summary>Draws the sheet.</summary>
    /// <param name="ram">CPU $0000-$07FF after the frame.</param>
    /// <param name="screen">240 × 256 palette indices.</param>
    /// <param name="flat">The same frame with its scenery flat.</param>
    /// <param name="environment">Its own pixel settings are drawn first, in the palette that they name.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(ReadOnlySpan<byte> ram, ReadOnlySpan<byte> screen, ReadOnlySpan<byte> flat, EnvironmentSettings environment)
    {
        var canvas = new PixelCanvas(Width, Height);
        canvas.Fill(0, 0, Width, Height, Paper);
        var pixels = environment.Pixels;
        var frame = new MarioFrame(ram);

        int y = Margin;
        DrawScreen(canvas, Margin, y, "screen", screen, pixels.Palette);
        DrawScreen(canvas, Margin * 2 + ScreenWidth, y, "flat background", flat, pixels.Palette);
        DrawLegend(canvas, Margin * 3 + 2 * ScreenWidth, y + Caption);
        y += ScreenHeight + Caption + Margin;

        int x = Margin;
        var source = pixels.Background == BackgroundKind.Flat ? flat : screen;
        x += DrawGrey(canvas, x, y, "as set: " + pixels.Method, source, pixels, pixels.Size > 112 ? 1 : GreyZoom) + Margin;
        foreach (var (caption, method, size) in new[] { ("000: OpenCV area", ResizeMethod.OpenCvArea, 84), ("001: torchvision", ResizeMethod.TorchBilinear, 84), ("002: PIL", ResizeMethod.PillowBilinear, 96) })
        {
            var settings = new PixelSettings { Method = method, Size = size, Palette = PaletteKind.NesPy, FirstLine = 0, Lines = ScreenHeight };
            x += DrawGrey(canvas, x, y, caption, method == ResizeMethod.PillowBilinear ? flat : screen, settings, GreyZoom) + Margin;
        }

        y += 224 + Caption + Margin;
        x = Margin;
        x += DrawPlanes(canvas, x, y, frame) + Margin;
        x += DrawGrid(canvas, x, y, "mari-o", frame, ObservationKind.MariO, columns: 2 * GridObserver.Radius + 1) + Margin;
        DrawGrid(canvas, x, y, "screen-grid", frame, ObservationKind.ScreenGrid, GridObserver.ScreenColumns);
        DrawNumbers(canvas, Margin, y + Caption + TileObserver.Rows * Cell + Margin, frame, environment.Tiles);
        return Png.Encode(canvas.Rgb, Width, Height);
    }

    private static void DrawScreen(PixelCanvas canvas, int left, int top, string caption, ReadOnlySpan<byte> screen, PaletteKind palette)
    {
        canvas.Text(left, top, $"{caption}, {palette.ToString().ToLowerInvariant()}", 1, Text);
        var colours = Palette.Argb(palette);
        for (int i = 0; i < ScreenWidth * ScreenHeight; i++)
        {
            int argb = colours[screen[i] & 63];
            canvas.Fill(left + i % ScreenWidth, top + Caption + i / ScreenWidth, 1, 1, new Ink((byte)(argb >> 16), (byte)(argb >> 8), (byte)argb));
        }
    }

    private static void DrawLegend(PixelCanvas canvas, int left, int top)
    {
        for (int plane = 0; plane < PlaneNames.Length; plane++)
        {
            canvas.Fill(left, top + plane * 16, 10, 10, PlaneInks[plane]);
            canvas.Text(left + 16, top + plane * 16 + 1, PlaneNames[plane], 1, Text);
        }
    }

    private static int DrawGrey(PixelCanvas canvas, int left, int top, string caption, ReadOnlySpan<byte> screen, PixelSettings settings, int zoom)
    {
        canvas.Text(left, top, caption, 1, Text);
        byte[] grey = new byte[settings.Size * settings.Size];
        new PixelObserver(settings with { MaxOfTwo = false }).Observe(new Screen { Indices = screen, Width = ScreenWidth, Height = ScreenHeight }, grey);
        for (int i = 0; i < grey.Length; i++)
        {
            canvas.Fill(left + i % settings.Size * zoom, top + Caption + i / settings.Size * zoom, zoom, zoom, new Ink(grey[i], grey[i], grey[i]));
        }

        return settings.Size * zoom;
    }

    private static int DrawPlanes(PixelCanvas canvas, int left, int top, in MarioFrame frame)
    {
        canvas.Text(left, top, "tiles", 1, Text);
        var observer = new TileObserver(new TileSettings { Planes = TilePlanes.Separate });
        byte[] seen = new byte[observer.Spec.FrameBytes];
        observer.Observe(frame, seen);
        DrawCells(canvas, left, top + Caption, TileObserver.Columns, TileObserver.Rows);
        for (int i = 0; i < TileObserver.SeparatePlanes * TileObserver.PlaneBytes; i++)
        {
            int plane = i / TileObserver.PlaneBytes, cell = i % TileObserver.PlaneBytes;
            if (seen[i] != 0)
            {
                // Coins, a quarter of a goal, are drawn smaller.
                int inset = (sbyte)seen[i] < TileObserver.One ? 4 : plane == 0 ? 1 : 2;
                canvas.Fill(left + cell % TileObserver.Columns * Cell + inset, top + Caption + cell / TileObserver.Columns * Cell + inset, Cell - 2 * inset, Cell - 2 * inset, PlaneInks[plane]);
            }
        }

        // Mario's middle, in the lower half of his body.
        canvas.Dot(left + TileObserver.ColumnsBehind * Cell + Cell / 2.0, top + Caption + TileObserver.RowsAbove * Cell + Cell / 2.0, 3, Text);
        return TileObserver.Columns * Cell;
    }

    private static int DrawGrid(PixelCanvas canvas, int left, int top, string caption, in MarioFrame frame, ObservationKind kind, int columns)
    {
        canvas.Text(left, top, caption, 1, Text);
        var observer = new GridObserver(kind, new TileSettings());
        byte[] seen = new byte[observer.Spec.FrameBytes];
        observer.Observe(frame, seen);
        DrawCells(canvas, left, top + Caption, columns, 13);
        for (int i = 0; i < 13 * columns; i++)
        {
            if (seen[i] != 0)
            {
                var ink = (sbyte)seen[i] switch { < 0 => PlaneInks[4], 1 => PlaneInks[0], _ => Text };
                canvas.Fill(left + i % columns * Cell + 1, top + Caption + i / columns * Cell + 1, Cell - 2, Cell - 2, ink);
            }
        }

        return columns * Cell;
    }

    private static void DrawCells(PixelCanvas canvas, int left, int top, int columns, int rows)
    {
        for (int i = 0; i < columns * rows; i++)
        {
            canvas.Fill(left + i % columns * Cell, top + i / columns * Cell, Cell - 1, Cell - 1, Grid);
        }
    }

    private static void DrawNumbers(PixelCanvas canvas, int left, int top, in MarioFrame frame, TileSettings settings)
    {
        const int columnWidth = 158, rows = 14, line = 14;
        byte[] seen = new byte[TileObserver.FrameBytes];
        new TileObserver(settings with { Planes = TilePlanes.Folded }).Observe(frame, seen);
        for (int i = 0; i < (int)TileObserver.Scalar.Count; i++)
        {
            string text = $"{(TileObserver.Scalar)i} {(sbyte)seen[TileObserver.ScalarOffset + i]}";
            canvas.Text(left + i / rows * columnWidth, top + i % rows * line, text, 1, Text);
        }
    }
}
