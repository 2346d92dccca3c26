namespace NesCoreShim.Movies;

/// <summary>
/// What work RAM holds when an emulator switches its console on, as <see cref="NesOptions.RamPattern"/> takes it. Programs that
/// read RAM before they write it run differently on different fillings, so a movie belongs to one of them.
/// </summary>
public static class PowerOnRam
{
    /// <summary>Bytes of work RAM.</summary>
    internal const int Size = 2048;

    /// <summary>FCEUX's default, and that of NesHawk, which took it over.</summary>
    public static ReadOnlyMemory<byte> Fceux { get; } = new byte[] { 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF };

    public static ReadOnlyMemory<byte> Ones { get; } = new byte[] { 0xFF };

    public static ReadOnlyMemory<byte> Zeros { get; } = new byte[] { 0 };

    /// <summary>quickerNES's: ones, but for a few bits of four bytes.</summary>
    public static ReadOnlyMemory<byte> QuickerNes { get; } = MakeQuickerNes();

    /// <summary>FCEUX's "random" RAM, which a seed in the movie makes repeatable.</summary>
    public static ReadOnlyMemory<byte> FceuxRandom(int seed) => FceuxRandom(seed, 0, Size);

    /// <summary>The random bytes of other memories, which follow those of work RAM.</summary>
    /// <param name="seed">The movie's.</param>
    /// <param name="from">How many bytes come before them.</param>
    /// <param name="count">How many they are.</param>
    internal static ReadOnlyMemory<byte> FceuxRandom(int seed, int from, int count)
    {
        // xoroshiro128+, seeded by two draws of splitmix64 (Blackman and Vigna, 2018); each draw gives one byte.
        const ulong golden = 0x9E3779B97F4A7C15;
        ulong a = SplitMix(unchecked((uint)seed + golden)), b = SplitMix(unchecked((uint)seed + 2 * golden));
        var ram = new byte[count];
        for (int i = -from; i < count; i++)
        {
            if (i >= 0)
            {
                ram[i] = unchecked((byte)(a + b));
            }

            b ^= a;
            a = Rotate(a, 55) ^ b ^ b << 14;
            b = Rotate(b, 36);
        }

        return ram;
    }

    /// <summary>Whether two patterns fill RAM alike; an empty one is zeros.</summary>
    internal static bool Same(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        for (int i = 0; i < Size; i++)
        {
            if (At(one.Span, i) != At(other.Span, i))
            {
                return false;
            }
        }

        return true;

        static byte At(ReadOnlySpan<byte> pattern, int index) => pattern.IsEmpty ? (byte)0 : pattern[index % pattern.Length];
    }

    private static ulong SplitMix(ulong z)
    {
        unchecked
        {
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }

    private static ulong Rotate(ulong value, int by) => value << by | value >> 64 - by;

    private static byte[] MakeQuickerNes()
    {
        var ram = new byte[Size];
        ram.AsSpan().Fill(0xFF);
        (ram[8], ram[9], ram[10], ram[15]) = (0xF7, 0xEF, 0xDF, 0xBF);
        return ram;
    }
}
