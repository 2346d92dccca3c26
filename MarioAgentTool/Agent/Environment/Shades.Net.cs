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
            Span<Vector256<byte>> low = stackalloc Vector256<byte>[4], high = stackalloc Vector256<byte>[4];
            for (int i = 0; i < 4; i++)
            {
                Vector128<short> a = Vector128.LoadUnsafe(ref table, (nuint)(16 * i)), b = Vector128.LoadUnsafe(ref table, (nuint)(16 * i + 8));
                var lowBytes = Vector128.Narrow(a.AsUInt16() & Vector128.Create((ushort)255), b.AsUInt16() & Vector128.Create((ushort)255));
                var highBytes = Vector128.Narrow(a.AsUInt16() >> 8, b.AsUInt16() >> 8);
                low[i] = Vector256.Create(lowBytes, lowBytes);
                high[i] = Vector256.Create(highBytes, highBytes);
            }

            for (; done + 32 <= indices.Length; done += 32)
            {
                var chosen = Vector256.LoadUnsafe(ref index, (nuint)done) & Vector256.Create((byte)63);
                Vector256<byte> lowBytes = Vector256<byte>.Zero, highBytes = lowBytes;
                for (int i = 0; i < 4; i++)
                {
                    // Within this sixteenth 0x70 is added to 0-15, which shuffles; outside to 16-63, which sets bit 7 and gives 0.
                    var place = (chosen ^ Vector256.Create((byte)(16 * i))) + Vector256.Create((byte)0x70);
                    lowBytes |= Avx2.Shuffle(low[i], place);
                    highBytes |= Avx2.Shuffle(high[i], place);
                }

                // Interleaving works within halves of a vector: they are put in order afterwards.
                Vector256<byte> a = Avx2.UnpackLow(lowBytes, highBytes), b = Avx2.UnpackHigh(lowBytes, highBytes);
                Avx2.Permute2x128(a, b, 0x20).AsInt16().StoreUnsafe(ref shade, (nuint)done);
                Avx2.Permute2x128(a, b, 0x31).AsInt16().StoreUnsafe(ref shade, (nuint)done + 16);
            }
        }
    }
}
