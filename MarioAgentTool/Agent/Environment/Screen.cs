namespace MarioAgentTool.Environment;

/// <summary>
/// A picture as the host has it: NES palette indices (0-63) where the core gives them, else BizHawk's ARGB. Exactly one of
/// the two is filled. BizHawk's cores may crop: <see cref="Top"/> says which NES scanline the first row is.
/// </summary>
public readonly ref struct Screen
{
    /// <summary>Palette indices, row by row; empty when the host has ARGB.</summary>
    public ReadOnlySpan<byte> Indices { get; init; }

    /// <summary>0xAARRGGBB, row by row; empty when the host has indices.</summary>
    public ReadOnlySpan<int> Argb { get; init; }

    /// <summary>Pixels a row.</summary>
    public int Width { get; init; }

    /// <summary>Rows.</summary>
    public int Height { get; init; }

    /// <summary>NES scanline (0-239) of the first row.</summary>
    public int Top { get; init; }
}
