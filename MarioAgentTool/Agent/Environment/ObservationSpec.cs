namespace MarioAgentTool.Environment;

/// <summary>
/// The layout of an observation: <see cref="Stack"/> frames of <see cref="FrameBytes"/> bytes, oldest first. A network reads
/// each byte as a number times <see cref="Scale"/>.
/// </summary>
public sealed record ObservationSpec
{
    /// <summary>Bytes of one frame.</summary>
    public required int FrameBytes { get; init; }

    /// <summary>Frames in one observation; at an episode's start the first is repeated.</summary>
    public int Stack { get; init; } = 1;

    /// <summary>Whether bytes are two's complement (tiles and scalars) or unsigned (grey levels).</summary>
    public bool Signed { get; init; }

    /// <summary>Multiplier from byte to network input.</summary>
    public required float Scale { get; init; }

    /// <summary>Rows of a picture frame; 0 for a flat vector.</summary>
    public int Height { get; init; }

    /// <summary>Columns of a picture frame; 0 for a flat vector.</summary>
    public int Width { get; init; }

    /// <summary>Bytes of one observation.</summary>
    public int Length => FrameBytes * Stack;
}
