namespace NesCoreShim;

/// <summary>
/// The noise channel's shift register, step by step and by any number of steps at once: nobody has to walk
/// through ticks that are not heard. The long sequence passes through every value but 0.
/// https://www.nesdev.org/wiki/APU_Noise
/// </summary>
internal static class NoiseSequence
{
    private const int LongPeriod = 32767;

    // "93 or 31 steps long, depending on where in the 32767-step sequence the shift register was."
    private const int ShortPeriod = 93;

    private static readonly ushort[] ValueAt = new ushort[LongPeriod];
    private static readonly ushort[] IndexOf = new ushort[LongPeriod + 1];

    static NoiseSequence()
    {
        ushort value = 1;
        for (int i = 0; i < LongPeriod; i++)
        {
            ValueAt[i] = value;
            IndexOf[value] = (ushort)i;
            value = Next(value, isShort: false);
        }
    }

    /// <summary>One tick: bit 0 and another bit, exclusively ored, come in at the top.</summary>
    public static ushort Next(ushort value, bool isShort)
    {
        int feedback = (value ^ value >> (isShort ? 6 : 1)) & 1;
        return (ushort)(value >> 1 | feedback << 14);
    }

    /// <summary>Many ticks.</summary>
    public static ushort Jump(ushort value, bool isShort, long ticks)
    {
        if (!isShort)
        {
            return ticks == 0 ? value : ValueAt[(int)((IndexOf[value] + ticks) % LongPeriod)];
        }

        for (int left = (int)(ticks % ShortPeriod); left > 0; left--)
        {
            value = Next(value, isShort: true);
        }

        return value;
    }
}
