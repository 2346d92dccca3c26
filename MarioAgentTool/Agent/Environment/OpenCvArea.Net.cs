using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Environment;

// Eight columns at once, each in the order of the others.
internal sealed partial class OpenCvArea
{
    partial void DownNet(ReadOnlySpan<short> ring, int output, Span<int> rounded, ref int done)
    {
        if (!Avx2.IsSupported)
        {
            return;
        }

        int first = _down.First[output], count = _down.Count;
        ref short old = ref MemoryMarshal.GetReference(ring);
        ref int made = ref MemoryMarshal.GetReference(rounded);
        Vector256<int> offset = Vector256.Create(Offset);
        for (; done < _size; done += Vector256<float>.Count)
        {
            var sum = Vector256<float>.Zero;
            for (int k = 0; k < count; k++)
            {
                var sums = Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref old, (nuint)(((first + k) & _mask) * _stride + done))) + offset;
                sum = Avx.Add(sum, Avx.Multiply(Avx.ConvertToVector256Single(sums), Vector256.Create(_weights[output * count + k])));
            }

            // Rounds halves to even, as cvRound does.
            Avx.ConvertToVector256Int32(sum).StoreUnsafe(ref made, (nuint)done);
        }
    }
}
