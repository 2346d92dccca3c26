namespace NesCoreShim;

/// <summary>
/// The two resistor networks that join the channels. They are not linear: a loud DMC makes triangle and noise quieter.
/// https://www.nesdev.org/wiki/APU_Mixer
/// </summary>
internal static class Mixer
{
    private static readonly double[] Pulses = MakePulses();
    private static readonly double[] Others = MakeOthers();

    /// <summary>0 to 1.</summary>
    public static double Mix(int pulse1, int pulse2, int triangle, int noise, int dmc) =>
        Pulses[pulse1 + pulse2] + Others[(triangle << 4 | noise) << 7 | dmc];

    private static double[] MakePulses()
    {
        // pulse_out = 95.88 / (8128 / (pulse1 + pulse2) + 100)
        var table = new double[31];
        for (int i = 1; i < table.Length; i++)
        {
            table[i] = 95.88 / (8128.0 / i + 100);
        }

        return table;
    }

    private static double[] MakeOthers()
    {
        // tnd_out = 159.79 / (1 / (triangle / 8227 + noise / 12241 + dmc / 22638) + 100)
        var table = new double[16 * 16 * 128];
        for (int i = 1; i < table.Length; i++)
        {
            double conductance = (i >> 11) / 8227.0 + (i >> 7 & 15) / 12241.0 + (i & 127) / 22638.0;
            table[i] = 159.79 / (1 / conductance + 100);
        }

        return table;
    }
}
