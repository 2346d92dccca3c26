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
        CpuCyclesPerSecond = 26_601_712.5 / 16,
        CpuDivider = 16,
        PpuDivider = 5,
        Lines = 312,
        SkipsOddDot = false,
        FourStepCycles = [8313, 16627, 24939, 33252, 33253, 33254],
        FiveStepCycles = [8313, 16627, 24939, 33253, 41565, 41566],
        NoisePeriods = [4, 8, 14, 30, 60, 88, 118, 148, 188, 236, 354, 472, 708, 944, 1890, 3778],
        DmcPeriods = [398, 354, 316, 298, 276, 236, 210, 198, 176, 148, 132, 118, 98, 78, 66, 50],
    };

    // PAL's picture with NTSC's proportions: the CPU gets its three dots a cycle, and the 50 extra lines pass before
    // vblank. The sound half counts like NTSC's. https://www.nesdev.org/wiki/Clock_rate
    public static readonly RegionTiming Dendy = new()
    {
        CpuCyclesPerSecond = 26_601_712.5 / 15,
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

    public double CpuCyclesPerSecond { get; private init; } = 236.25e6 / 11 / 12;

    /// <summary>Master clocks per CPU cycle and per PPU dot.</summary>
    public int CpuDivider { get; private init; } = 12;

    public int PpuDivider { get; private init; } = 4;

    /// <summary>Whole dots in so many master clocks. Divisors that the compiler knows take a fraction of the time.</summary>
    public long DotsIn(long clocks) => PpuDivider == 4 ? clocks / 4 : clocks / 5;

    /// <summary>Whole CPU cycles in so many master clocks.</summary>
    public long CyclesIn(long clocks) => CpuDivider switch { 12 => clocks / 12, 15 => clocks / 15, _ => clocks / 16 };

    /// <summary>Scanlines per frame; the last is the pre-render line.</summary>
    public int Lines { get; private init; } = 262;

    public int VBlankLine { get; private init; } = 241;

    /// <summary>Whether odd frames with rendering lose a dot.</summary>
    public bool SkipsOddDot { get; private init; } = true;

    /// <summary>CPU cycles from a sequencer reset to each step. https://www.nesdev.org/wiki/APU_Frame_Counter</summary>
    public int[] FourStepCycles { get; private init; } = [7457, 14913, 22371, 29828, 29829, 29830];

    public int[] FiveStepCycles { get; private init; } = [7457, 14913, 22371, 29829, 37281, 37282];

    /// <summary>CPU cycles per step of the noise. https://www.nesdev.org/wiki/APU_Noise</summary>
    public int[] NoisePeriods { get; private init; } = [4, 8, 16, 32, 64, 96, 128, 160, 202, 254, 380, 508, 762, 1016, 2034, 4068];

    /// <summary>CPU cycles per DMC output bit. https://www.nesdev.org/wiki/APU_DMC</summary>
    public int[] DmcPeriods { get; private init; } = [428, 380, 340, 320, 286, 254, 226, 214, 190, 160, 142, 128, 106, 84, 72, 54];
}
