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
        for (; i + 4 <= words.Length; i += 4)
        {
            sum += Vector256.LoadUnsafe(ref first, (nuint)i);
            total += sum;
        }

        sum.CopyTo(sums);
        total.CopyTo(all);
    }
}
