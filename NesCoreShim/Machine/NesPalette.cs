namespace NesCoreShim;

/// <summary>
/// The 2C02's colours as ARGB, for each of the eight combinations of emphasis bits. They are computed from the
/// signal the chip puts out, decoded as a television does.
/// https://www.nesdev.org/wiki/NTSC_video
/// </summary>
public static class NesPalette
{
    // Twelfths of a colour cycle from the first sample to the I axis. The burst alone would ask for 3.6; turned a little
    // further, as people turn the knob, hues fall where common palettes have them: $22 is sky blue and not violet.
    private const double Tint = 4.0;

    private static readonly int[] Table = MakeTable();

    /// <summary>64 colours under PPUMASK bits 5-7 (0: none).</summary>
    public static ReadOnlySpan<int> Argb(int emphasis = 0) => Table.AsSpan((emphasis & 7) * 64, 64);

    private static int[] MakeTable()
    {
        var table = new int[8 * 64];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = Decode(i & 0x3F, i >> 6);
        }

        return table;
    }

    private static int Decode(int colour, int emphasis)
    {
        // Voltages of the square wave, relative to sync: low and high for each of the four luma rows.
        ReadOnlySpan<double> low = [0.350, 0.518, 0.962, 1.550];
        ReadOnlySpan<double> high = [1.094, 1.506, 1.962, 1.962];
        const double black = 0.518, white = 1.962, attenuation = 0.746;

        int hue = colour & 0x0F;
        int level = hue < 0x0E ? colour >> 4 : 1;
        double y = 0, i = 0, q = 0;
        for (int phase = 0; phase < 12; phase++)
        {
            // Hue 0 stays high, hue 13 and above stay low; the others are high for half of the 12 phases.
            bool isHigh = hue == 0 || hue < 0x0D && InPhase(hue, phase);
            double signal = isHigh ? high[level] : low[level];
            bool dimmed = (emphasis & 1) != 0 && InPhase(0, phase)
                || (emphasis & 2) != 0 && InPhase(4, phase)
                || (emphasis & 4) != 0 && InPhase(8, phase);
            if (dimmed && hue < 0x0E)
            {
                signal *= attenuation;
            }

            double value = (signal - black) / (white - black) / 12;
            y += value;
            i += value * Math.Cos(Math.PI / 6 * (phase + Tint));
            q += value * Math.Sin(Math.PI / 6 * (phase + Tint));
        }

        const double saturation = 1.5;
        i *= saturation;
        q *= saturation;
        return 0xFF << 24
            | Channel(y + 0.946882 * i + 0.623557 * q) << 16
            | Channel(y - 0.274788 * i - 0.635691 * q) << 8
            | Channel(y - 1.108545 * i + 1.709007 * q);
    }

    private static bool InPhase(int hue, int phase) => (hue + phase) % 12 < 6;

    private static int Channel(double value) =>
        Math.Min(255, Math.Max(0, (int)(255 * Math.Pow(Math.Max(value, 0), 2.2 / 2.0) + 0.5)));
}
