using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NesCoreShim;

// The checksum's four lanes are one vector.
internal static partial class Hashing
{
    static partial void SumNet(ReadOnlySpan<ulong> words, Span<ulong> sums, Span<ulong> all, ref int i)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            return;
        }

        Vector256<ulong> sum = Vector256.Create(sums), total = Vector256.Create(all);
        ref ulong first = ref MemoryMarshal.GetReference(words);

        // Four steps at once: the sums of a, a + b, a + b + c and all four, each on top of what was there.
        for (; i + 16 <= words.Length; i += 16)
        {
            Vector256<ulong> a = Vector256.LoadUnsafe(ref first, (nuint)i);
            Vector256<ulong> b = a + Vector256.LoadUnsafe(ref first, (nuint)i + 4);
            Vector256<ulong> c = b + Vector256.LoadUnsafe(ref first, (nuint)i + 8);
            Vector256<ulong> d = c + Vector256.LoadUnsafe(ref first, (nuint)i + 12);
            total += Vector256.ShiftLeft(sum, 2) + (a + b + (c + d));
            sum += d;
        }

        for (; i + 4 <= words.Length; i += 4)
        {
            sum += Vector256.LoadUnsafe(ref first, (nuint)i);
            total += sum;
        }

        sum.CopyTo(sums);
        total.CopyTo(all);
    }
}
