namespace MarioAgentTool.Game;

/// <summary>A rectangle of pixels; right and bottom are just outside.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">Column after the last.</param>
/// <param name="Bottom">Row after the last.</param>
public readonly record struct Box(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Middle column.</summary>
    public int CentreX => (Left + Right) >> 1;

    /// <summary>Middle row.</summary>
    public int CentreY => (Top + Bottom) >> 1;
}
