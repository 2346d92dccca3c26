namespace MarioAgentTool.Learning;

/// <summary>
/// What a network is fed: <see cref="Stack"/> frames of <see cref="FrameBytes"/> bytes, oldest first, each byte read as a
/// number times <see cref="Scale"/>. With <see cref="Height"/> and <see cref="Width"/> set, a frame is one channel of a picture.
/// </summary>
public sealed record InputSpec
{
    /// <summary>Bytes of one frame; replay stores each frame once, where <see cref="SlidesByOne"/>.</summary>
    public required int FrameBytes { get; init; }

    /// <summary>Frames in one observation; at an episode's start the first is repeated.</summary>
    public int Stack { get; init; } = 1;

    /// <summary>
    /// Whether each observation of an episode is the one before, moved up by one frame. Where it is not, because a step brings
    /// several new frames, replay cannot put stacks together from single frames and keeps every observation whole.
    /// </summary>
    public bool SlidesByOne { get; init; } = true;

    /// <summary>Whether bytes are two's complement.</summary>
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
