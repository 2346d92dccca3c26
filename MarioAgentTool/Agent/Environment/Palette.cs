namespace MarioAgentTool.Environment;

/// <summary>
/// Grey levels of a 2C02's 64 colours, for pictures that come as palette indices: <see cref="Luma.Of"/> of the colours that the
/// chip's signal decodes to. https://www.nesdev.org/wiki/NTSC_video. A test keeps them equal to the headless core's palette.
/// </summary>
public static class Palette
{
    /// <summary>Y of each colour, no emphasis.</summary>
    public static ReadOnlySpan<byte> Luma =>
    [
         93,  35,  32,  33,  37,  36,  32,  37,  39,  39,  42,  41,  40,   0,   0,   0,
        168,  81,  80,  82,  82,  81,  80,  84,  88,  88,  84,  83,  83,   0,   0,   0,
        255, 156, 151, 152, 158, 159, 160, 161, 161, 161, 161, 161, 161,  70,   0,   0,
        255, 214, 212, 212, 214, 215, 215, 215, 215, 215, 215, 215, 216, 176,   0,   0,
    ];
}
