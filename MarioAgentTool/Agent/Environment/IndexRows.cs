namespace MarioAgentTool.Environment;

/// <summary>Lines of palette indices out of a picture. Lines that the host has cropped away look like the nearest it shows.</summary>
internal readonly ref struct IndexRows
{
    private readonly ReadOnlySpan<byte> _indices;
    private readonly int _shift, _height;

    /// <param name="indices">The picture, 256 indices a row.</param>
    /// <param name="top">NES scanline of its first row.</param>
    /// <param name="firstLine">The first scanline wanted.</param>
    /// <param name="lines">Scanlines wanted.</param>
    public IndexRows(ReadOnlySpan<byte> indices, int top, int firstLine, int lines)
    {
        _indices = indices;
        _height = indices.Length / GreyResize.ScreenWidth;
        _shift = firstLine - top;
        Count = lines;
    }

    /// <summary>Lines.</summary>
    public int Count { get; }

    /// <summary>There is no picture.</summary>
    public bool IsEmpty => _indices.IsEmpty;

    /// <summary>A line's 256 indices.</summary>
    public ReadOnlySpan<byte> this[int line] =>
        _indices.Slice(Math.Min(Math.Max(line + _shift, 0), _height - 1) * GreyResize.ScreenWidth, GreyResize.ScreenWidth);
}
