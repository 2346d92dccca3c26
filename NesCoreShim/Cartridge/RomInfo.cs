namespace NesCoreShim;

/// <summary>Which of the two header dialects an image speaks.</summary>
public enum RomFormat
{
    INes,
    Nes20,
}

/// <summary>How the board wires the PPU's two kilobytes of nametable memory.</summary>
public enum Mirroring
{
    Horizontal,
    Vertical,
    SingleScreenLow,
    SingleScreenHigh,
    FourScreen,
}

/// <summary>The television system an image was written for.</summary>
public enum Region
{
    Ntsc,
    Pal,
    MultiRegion,
    Dendy,
}
