using System.Drawing;
using BizHawk.Client.Common;

namespace NesCoreShim.Host;

/// <summary>Keeps what tools draw, a list a surface.</summary>
internal sealed class GuiApi : IGuiApi
{
    private readonly Dictionary<DisplaySurfaceID, List<Drawing>> _surfaces = new()
    {
        [DisplaySurfaceID.EmuCore] = [],
        [DisplaySurfaceID.Client] = [],
    };

    private readonly Action<string> _say;
    private readonly Func<Size> _window;
    private DisplaySurfaceID _surface = DisplaySurfaceID.EmuCore;
    private Color _line = Color.White, _fill = Color.Transparent, _behindText = Color.FromArgb(128, 0, 0, 0);

    /// <param name="say">Messages for the user.</param>
    /// <param name="window">How large the window's picture is, pixels.</param>
    public GuiApi(Action<string> say, Func<Size> window)
    {
        _say = say;
        _window = window;
    }

    public bool HasGUISurface => true;

    public IReadOnlyList<Drawing> this[DisplaySurfaceID surface] => _surfaces[surface];

    public void WithSurface(DisplaySurfaceID surfaceID, Action<IGuiApi> drawingCallsFunc)
    {
        DisplaySurfaceID outer = _surface;
        _surface = surfaceID;
        try
        {
            drawingCallsFunc(this);
        }
        finally
        {
            _surface = outer;
        }
    }

    public void AddMessage(string message, int? duration = null) => _say(message);

    public void ClearGraphics(DisplaySurfaceID? surfaceID = null) => _surfaces[surfaceID ?? _surface].Clear();

    public void ClearText() => _surfaces[DisplaySurfaceID.Client].RemoveAll(drawing => drawing.Shape == Shape.Text);

    /// <summary>A frame begins: what was drawn is gone.</summary>
    public void Discard()
    {
        foreach (List<Drawing> surface in _surfaces.Values)
        {
            surface.Clear();
        }
    }

    public void SetDefaultForegroundColor(Color color) => _line = color;

    public void SetDefaultBackgroundColor(Color color) => _fill = color;

    public void SetDefaultTextBackground(Color color) => _behindText = color;

    public void DrawBox(int x, int y, int x2, int y2, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null) =>
        Add(surfaceID, Shape.Box, line, background ?? _fill, new Point(x, y), new Point(x2, y2));

    public void DrawEllipse(int x, int y, int width, int height, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null) =>
        Add(surfaceID, Shape.Ellipse, line, background ?? _fill, new Point(x, y), new Point(x + width, y + height));

    public void DrawLine(int x1, int y1, int x2, int y2, Color? color = null, DisplaySurfaceID? surfaceID = null) =>
        Add(surfaceID, Shape.Line, color, Color.Transparent, new Point(x1, y1), new Point(x2, y2));

    public void DrawAxis(int x, int y, int size, Color? color = null, DisplaySurfaceID? surfaceID = null)
    {
        DrawLine(x + size, y, x - size, y, color, surfaceID);
        DrawLine(x, y + size, x, y - size, color, surfaceID);
    }

    public void DrawPixel(int x, int y, Color? color = null, DisplaySurfaceID? surfaceID = null) => DrawLine(x, y, x, y, color, surfaceID);

    public void DrawPolygon(Point[] points, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null) =>
        Add(surfaceID, Shape.Polygon, line, background ?? _fill, points);

    public void DrawRectangle(int x, int y, int width, int height, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null) =>
        Add(surfaceID, Shape.Box, line, background ?? _fill, new Point(x, y), new Point(x + width, y + height));

    public void DrawString(int x, int y, string message, Color? forecolor = null, Color? backcolor = null, int? fontsize = null, string? fontfamily = null, string? fontstyle = null, string? horizalign = null, string? vertalign = null, DisplaySurfaceID? surfaceID = null) =>
        AddText(surfaceID, x, y, message, forecolor, backcolor ?? Color.Transparent);

    public void DrawText(int x, int y, string message, Color? forecolor = null, Color? backcolor = null, string? fontfamily = null, DisplaySurfaceID? surfaceID = null) =>
        PixelText(x, y, message, forecolor, backcolor, fontfamily, surfaceID);

    public void PixelText(int x, int y, string message, Color? forecolor = null, Color? backcolor = null, string? fontfamily = null, DisplaySurfaceID? surfaceID = null) =>
        AddText(surfaceID, x, y, message, forecolor, backcolor ?? _behindText);

    public void Text(int x, int y, string message, Color? forecolor = null, string? anchor = null)
    {
        Size window = _window();
        bool fromRight = anchor is "topright" or "bottomright", fromBottom = anchor is "bottomleft" or "bottomright";
        AddText(
            DisplaySurfaceID.Client,
            fromRight ? window.Width - x - message.Length * PixelFont.Advance : x,
            fromBottom ? window.Height - y - PixelFont.LineHeight : y,
            message,
            forecolor,
            Color.Transparent);
    }

    private void AddText(DisplaySurfaceID? surface, int x, int y, string text, Color? letters, Color behind) =>
        _surfaces[surface ?? _surface].Add(new Drawing(Shape.Text, letters ?? _line, behind, text, new Point(x, y)));

    private void Add(DisplaySurfaceID? surface, Shape shape, Color? line, Color fill, params Point[] points) =>
        _surfaces[surface ?? _surface].Add(new Drawing(shape, line ?? _line, fill, "", points));
}
