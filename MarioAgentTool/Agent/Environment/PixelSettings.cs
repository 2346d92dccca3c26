namespace MarioAgentTool.Environment;

/// <summary>Knobs of <see cref="PixelObserver"/>.</summary>
public sealed record PixelSettings
{
    /// <summary>Rows and columns of the grey picture. Default 84 (Mnih et al., 2015); notebook 002 has 96.</summary>
    public int Size { get; init; } = 84;

    /// <summary>How the screen becomes that small. Default area; the others are the three notebooks'.</summary>
    public ResizeMethod Method { get; init; }

    /// <summary>Which colours the console's 64 are before they turn grey. Default ours; gym shows nes-py's.</summary>
    public PaletteKind Palette { get; init; }

    /// <summary>Pictures stacked. Default 4 (Mnih et al., 2015).</summary>
    public int Stack { get; init; } = 4;

    /// <summary>
    /// False: stacked pictures are a step apart. True: every frame of the skip is stacked, as notebook 002 does, so that four
    /// pictures span one action. Default false.
    /// </summary>
    public bool EachFrame { get; init; }

    /// <summary>
    /// Whether a picture is the brighter of the last two frames, pixel by pixel (Mnih et al., 2015), against flickering sprites.
    /// Default false: Super Mario Bros. flickers only where many objects share a line.
    /// </summary>
    public bool MaxOfTwo { get; init; }

    /// <summary>First NES scanline of the picture. Default 8: BizHawk shows lines 8-231, and an agent should see alike on all hosts.</summary>
    public int FirstLine { get; init; } = 8;

    /// <summary>Scanlines of the picture. Default 224; gym shows all 240.</summary>
    public int Lines { get; init; } = 224;

    /// <summary>What is left of the scenery. Default all; notebook 002's ROM has a flat background.</summary>
    public BackgroundKind Background { get; init; }

    /// <summary>Throws with the name of the first value that makes no sense.</summary>
    public void Validate()
    {
        Check(Stack is >= 1 and <= 8, nameof(Stack), Stack, "1 to 8 frames");
        Check(Size is >= 16 and <= 224, nameof(Size), Size, "16 to 224 pixels");
        Check(Lines is >= 64 and <= 240, nameof(Lines), Lines, "64 to 240 scanlines");
        Check(Size <= Lines, nameof(Size), Size, "at most Lines: pictures are only shrunk");
        Check(FirstLine >= 0 && FirstLine + Lines <= 240, nameof(FirstLine), FirstLine, "with Lines inside the 240 scanlines");
    }

    private static void Check(bool holds, string name, object value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException($"Pixels.{name}", value, $"Pixels.{name} is {value}; it should be {expected}.");
        }
    }
}

/// <summary>How a screen of colours becomes a small grey picture.</summary>
public enum ResizeMethod
{
    /// <summary>Ours: grey, then the mean of the area that a new pixel covers, in 1/256, rounded once.</summary>
    Area,

    /// <summary>Notebook 000: OpenCV's INTER_AREA on red, green and blue, rounded; then cv2.cvtColor's grey.</summary>
    OpenCvArea,

    /// <summary>
    /// Notebook 001: torchvision's Grayscale and antialiased bilinear Resize, both in floats. Where the original keeps a
    /// fraction we keep the nearest of 256 greys.
    /// </summary>
    TorchBilinear,

    /// <summary>Notebook 002: cv2.cvtColor's grey, then PIL's bilinear resize, across and then down, rounded after each.</summary>
    PillowBilinear,
}

/// <summary>What is left of the scenery.</summary>
public enum BackgroundKind
{
    /// <summary>All of it.</summary>
    Scenery,

    /// <summary>Nothing that cannot be met: what is not solid, climbed or collected takes the backdrop's colour, as in gym's "v1".</summary>
    Flat,
}
