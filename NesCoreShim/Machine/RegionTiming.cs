namespace NesCoreShim;

/// <summary>
/// The numbers that differ between television systems. Time is divided down from one master clock.
/// https://www.nesdev.org/wiki/Cycle_reference_chart
/// </summary>
internal sealed class RegionTiming
{
    public static readonly RegionTiming Ntsc = new();

    // The 2C07 also refreshes OAM in vblank, from 24 lines after the NMI on: an OAM DMA must come before that. We let
    // later ones pass. https://www.nesdev.org/wiki/PPU_OAM#PAL_PPU_OAM_refresh
    public static readonly RegionTiming Pal = new()
    {
        CpuDivider = 16,
        PpuDivider = 5,
        Lines = 312,
        SkipsOddDot = false,
        FourStepCycles = [8313, 16627, 24939, 33252, 33253, 33254],
        FiveStepCycles = [8313, 16627, 24939, 33253, 41565, 41566],
        DmcPeriods = [398, 354, 316, 298, 276, 236, 210, 198, 176, 148, 132, 118, 98, 78, 66, 50],
    };

    // PAL's picture with NTSC's proportions: the CPU gets its three dots a cycle, and the 50 extra lines pass before
    // vblank. The sound half counts like NTSC's. https://www.nesdev.org/wiki/Clock_rate
    public static readonly RegionTiming Dendy = new()
    {
        CpuDivider = 15,
        PpuDivider = 5,
        Lines = 312,
        VBlankLine = 291,
        SkipsOddDot = false,
    };

    private RegionTiming()
    {
    }

    public static RegionTiming Of(Region region) => region switch
    {
        Region.Pal => Pal,
        Region.Dendy => Dendy,
        _ => Ntsc,
    };

    /// <summary>Master clocks per CPU cycle and per PPU dot.</summary>
    public int CpuDivider { get; private init; } = 12;

    public int PpuDivider { get; private init; } = 4;

    /// <summary>Scanlines per frame; the last is the pre-render line.</summary>
    public int Lines { get; private init; } = 262;

    public int VBlankLine { get; private init; } = 241;

    /// <summary>Whether odd frames with rendering lose a dot.</summary>
    public bool SkipsOddDot { get; private init; } = true;

    /// <summary>CPU cycles from a sequencer reset to each step. https://www.nesdev.org/wiki/APU_Frame_Counter</summary>
    public int[] FourStepCycles { get; private init; } = [7457, 14913, 22371, 29828, 29829, 29830];

    public int[] FiveStepCycles { get; private init; } = [7457, 14913, 22371, 29829, 37281, 37282];

    /// <summary>CPU cycles per DMC output bit. https://www.nesdev.org/wiki/APU_DMC</summary>
    public int[] DmcPeriods { get; private init; } = [428, 380, 340, 320, 286, 254, 226, 214, 190, 160, 142, 128, 106, 84, 72, 54];
}
