namespace NesCoreShim;

/// <summary>
/// The numbers that differ between television systems. Time is divided down from one master clock.
/// https://www.nesdev.org/wiki/Cycle_reference_chart
/// </summary>
internal sealed class RegionTiming
{
    public static readonly RegionTiming Ntsc = new();

    private RegionTiming()
    {
    }

    public double CpuCyclesPerSecond { get; private init; } = 236.25e6 / 11 / 12;

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

    /// <summary>CPU cycles per step of the noise. https://www.nesdev.org/wiki/APU_Noise</summary>
    public int[] NoisePeriods { get; private init; } = [4, 8, 16, 32, 64, 96, 128, 160, 202, 254, 380, 508, 762, 1016, 2034, 4068];

    /// <summary>CPU cycles per DMC output bit. https://www.nesdev.org/wiki/APU_DMC</summary>
    public int[] DmcPeriods { get; private init; } = [428, 380, 340, 320, 286, 254, 226, 214, 190, 160, 142, 128, 106, 84, 72, 54];
}
