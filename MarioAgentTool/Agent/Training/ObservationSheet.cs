using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Training;

/// <summary>What every kind of observer makes of one frame, side by side in one picture.</summary>
public static class ObservationSheet
{
    private const int ScreenWidth = 256, ScreenHeight = 240, Margin = 12, Caption = 14, GreyZoom = 2;
    private const int Width = 812, Height = 904;

    private static readonly Ink Paper = new(24, 24, 28), Text = new(230, 230, 230);

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
        x += DrawGrid(canvas, x, y, "mari-o", frame, ObservationKind.MariO) + Margin;
        DrawGrid(canvas, x, y, "screen-grid", frame, ObservationKind.ScreenGrid);
        DrawNumbers(canvas, Margin, y + Caption + TileObserver.Rows * ObservationPicture.Cell + Margin, frame, environment.Tiles);
        return Png.Encode(canvas.Rgb, Width, Height);
    }

    private static void DrawScreen(PixelCanvas canvas, int left, int top, string caption, ReadOnlySpan<byte> screen, PaletteKind palette)
    {
        canvas.Text(left, top, $"{caption}, {palette.ToString().ToLowerInvariant()}", 1, Text);
        var colours = Palette.Argb(palette);
        for (int i = 0; i < ScreenWidth * ScreenHeight; i++)
        {
            canvas.Fill(left + i % ScreenWidth, top + Caption + i / ScreenWidth, 1, 1, InkOf(colours[screen[i] & 63]));
        }
    }

    private static void DrawLegend(PixelCanvas canvas, int left, int top)
    {
        foreach ((string name, int argb) in ObservationPicture.Legend)
        {
            canvas.Fill(left, top, 10, 10, InkOf(argb));
            canvas.Text(left + 16, top + 1, name, 1, Text);
            top += 16;
        }
    }

    private static int DrawGrey(PixelCanvas canvas, int left, int top, string caption, ReadOnlySpan<byte> screen, PixelSettings settings, int zoom)
    {
        settings = settings with { MaxOfTwo = false, Stack = 1 };
        var observer = new PixelObserver(settings);
        byte[] grey = new byte[observer.Spec.FrameBytes];
        observer.Observe(new Screen { Indices = screen, Width = ScreenWidth, Height = ScreenHeight }, grey);
        return DrawSeen(canvas, left, top, caption, new EnvironmentSettings { Observation = ObservationKind.Pixels, Pixels = settings }, observer.Spec, grey, zoom);
    }

    private static int DrawPlanes(PixelCanvas canvas, int left, int top, in MarioFrame frame)
    {
        var settings = new TileSettings { Planes = TilePlanes.Separate };
        var observer = new TileObserver(settings);
        byte[] seen = new byte[observer.Spec.FrameBytes];
        observer.Observe(frame, seen);

        // The numbers are written out below.
        seen.AsSpan(TileObserver.SeparatePlanes * TileObserver.PlaneBytes).Clear();
        return DrawSeen(canvas, left, top, "tiles", new EnvironmentSettings { Tiles = settings }, observer.Spec, seen, 1, TileObserver.Rows * ObservationPicture.Cell);
    }

    private static int DrawGrid(PixelCanvas canvas, int left, int top, string caption, in MarioFrame frame, ObservationKind kind)
    {
        var observer = new GridObserver(kind, new TileSettings());
        byte[] seen = new byte[observer.Spec.FrameBytes];
        observer.Observe(frame, seen);
        return DrawSeen(canvas, left, top, caption, new EnvironmentSettings { Observation = kind }, observer.Spec, seen, 1);
    }

    private static int DrawSeen(PixelCanvas canvas, int left, int top, string caption, EnvironmentSettings world, ObservationSpec spec, byte[] seen, int zoom, int rows = int.MaxValue)
    {
        canvas.Text(left, top, caption, 1, Text);
        var picture = new ObservationPicture(world, spec);
        picture.Draw(seen);
        for (int i = 0; i < picture.Width * Math.Min(rows, picture.Height); i++)
        {
            canvas.Fill(left + i % picture.Width * zoom, top + Caption + i / picture.Width * zoom, zoom, zoom, InkOf(picture.Pixels[i]));
        }

        return picture.Width * zoom;
    }

    private static Ink InkOf(int argb) => new((byte)(argb >> 16), (byte)(argb >> 8), (byte)argb);

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
