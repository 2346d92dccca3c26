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
         93,  32,  33,  39,  41,  35,  35,  40,  41,  43,  45,  44,  40,   0,   0,   0,
        168,  80,  78,  82,  82,  81,  82,  88,  91,  89,  85,  88,  83,   0,   0,   0,
        255, 151, 148, 152, 159, 154, 160, 162, 164, 162, 161, 162, 159,  70,   0,   0,
        255, 211, 210, 212, 214, 212, 215, 215, 215, 215, 215, 215, 215, 176,   0,   0,
    ];
}
