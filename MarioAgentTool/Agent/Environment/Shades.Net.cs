using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Environment;

// AVX-512: 32 indices pick words out of a table in two vectors. AVX2: a byte shuffle knows 16 bytes, so four of them make 64.
internal sealed partial class Shades
{
    partial void LookNet(ReadOnlySpan<byte> indices, Span<short> result, ref int done)
    {
        ref byte index = ref MemoryMarshal.GetReference(indices);
        ref short shade = ref MemoryMarshal.GetReference(result), table = ref MemoryMarshal.GetArrayDataReference(_table);
        if (Avx512BW.IsSupported)
        {
            Vector512<short> dark = Vector512.LoadUnsafe(ref table), bright = Vector512.LoadUnsafe(ref table, 32);
            for (; done + 32 <= indices.Length; done += 32)
            {
                var chosen = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref index, (nuint)done));
                Avx512BW.PermuteVar32x16x2(dark, chosen, bright).StoreUnsafe(ref shade, (nuint)done);
            }
        }
        else if (Avx2.IsSupported)
        {
            // A table's low bytes, and its high bytes where it has any, sixteen to a vector.
            Vector256<byte> low0 = Sixteen(ref table, 0, 0), low1 = Sixteen(ref table, 16, 0), low2 = Sixteen(ref table, 32, 0), low3 = Sixteen(ref table, 48, 0);
            Vector256<byte> high0 = Sixteen(ref table, 0, 8), high1 = Sixteen(ref table, 16, 8), high2 = Sixteen(ref table, 32, 8), high3 = Sixteen(ref table, 48, 8);
            bool isNarrow = (high0 | high1 | high2 | high3) == Vector256<byte>.Zero;
            for (; done + 32 <= indices.Length; done += 32)
            {
                var chosen = Vector256.LoadUnsafe(ref index, (nuint)done) & Vector256.Create((byte)63);

                // Bits 4 and 5 of an index, moved to where a blend looks for them.
                Vector256<byte> odd = (chosen.AsInt16() << 3).AsByte(), upper = (chosen.AsInt16() << 2).AsByte();
                var lowBytes = Look(low0, low1, low2, low3, chosen, odd, upper);
                var highBytes = isNarrow ? Vector256<byte>.Zero : Look(high0, high1, high2, high3, chosen, odd, upper);

                // Interleaving works within halves of a vector: they are put in order afterwards.
                Vector256<byte> a = Avx2.UnpackLow(lowBytes, highBytes), b = Avx2.UnpackHigh(lowBytes, highBytes);
                Avx2.Permute2x128(a, b, 0x20).AsInt16().StoreUnsafe(ref shade, (nuint)done);
                Avx2.Permute2x128(a, b, 0x31).AsInt16().StoreUnsafe(ref shade, (nuint)done + 16);
            }
        }
    }

    private static Vector256<byte> Look(
        Vector256<byte> first, Vector256<byte> second, Vector256<byte> third, Vector256<byte> fourth, Vector256<byte> index, Vector256<byte> odd, Vector256<byte> upper)
    {
        var dark = Avx2.BlendVariable(Avx2.Shuffle(first, index), Avx2.Shuffle(second, index), odd);
        var bright = Avx2.BlendVariable(Avx2.Shuffle(third, index), Avx2.Shuffle(fourth, index), odd);
        return Avx2.BlendVariable(dark, bright, upper);
    }

    // One byte of sixteen numbers, twice: a shuffle works within halves of a vector.
    private static Vector256<byte> Sixteen(ref short table, int first, int shift)
    {
        var numbers = (Vector256.LoadUnsafe(ref table, (nuint)first).AsUInt16() >> shift) & Vector256.Create((ushort)255);
        var bytes = Vector128.Narrow(numbers.GetLower(), numbers.GetUpper());
        return Vector256.Create(bytes, bytes);
    }
}
