using System.Runtime.CompilerServices;
#if !NETSTANDARD2_0
using System.Numerics;
#endif

namespace NesCoreShim;

/// <summary>Bit counting under one name on both runtimes.</summary>
internal static class Bits
{
#if NETSTANDARD2_0
    public static int PopCount(ulong value)
    {
        value -= (value >> 1) & 0x5555555555555555;
        value = (value & 0x3333333333333333) + ((value >> 2) & 0x3333333333333333);
        return (int)(((value + (value >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101 >> 56);
    }

    /// <summary>Position of the lowest set bit; the value must not be zero.</summary>
    public static int TrailingZeroCount(ulong value) => PopCount((value & (0 - value)) - 1);

    /// <summary>Position of the highest set bit; the value must not be zero.</summary>
    public static int HighestBit(ulong value)
    {
        for (int shift = 1; shift < 64; shift *= 2)
        {
            value |= value >> shift;
        }

        return PopCount(value) - 1;
    }
#else
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PopCount(ulong value) => BitOperations.PopCount(value);

    /// <summary>Position of the lowest set bit; the value must not be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(ulong value) => BitOperations.TrailingZeroCount(value);

    /// <summary>Position of the highest set bit; the value must not be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HighestBit(ulong value) => BitOperations.Log2(value);
#endif
}
