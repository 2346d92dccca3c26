using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Learning.Kernels;

internal static unsafe partial class Lanes
{
    // Sixteen rows at a time, so that each cache line of the result is written whole.
    static partial void TransposeNet(float* from, int rows, int columns, float* to, ref int row, int endRow)
    {
        if (!Avx.IsSupported)
        {
            return;
        }

        int whole = columns & ~7;
        for (; row + 16 <= endRow; row += 16)
        {
            for (int c = 0; c < whole; c += 8)
            {
                EightByEight(from + (long)row * columns + c, columns, to + (long)c * rows + row, rows);
                EightByEight(from + (long)(row + 8) * columns + c, columns, to + (long)c * rows + row + 8, rows);
            }

            TransposeBlock(from, rows, columns, to, row, row + 16, whole);
        }
    }

    static partial void InterleaveFourNet(byte* from, int length, byte* to, ref int i)
    {
        if (!Sse2.IsSupported)
        {
            return;
        }

        for (; i + 16 <= length; i += 16)
        {
            byte* at = from + i;
            Vector128<byte> a = Vector128.Load(at), b = Vector128.Load(at + length), c = Vector128.Load(at + 2 * length), d = Vector128.Load(at + 3 * length);

            // a0 b0 a1 b1 …,  c0 d0 c1 d1 …   →   a0 b0 c0 d0 a1 …
            Vector128<short> ab = Sse2.UnpackLow(a, b).AsInt16(), cd = Sse2.UnpackLow(c, d).AsInt16();
            Sse2.UnpackLow(ab, cd).AsByte().Store(to + 4 * i);
            Sse2.UnpackHigh(ab, cd).AsByte().Store(to + 4 * i + 16);
            ab = Sse2.UnpackHigh(a, b).AsInt16();
            cd = Sse2.UnpackHigh(c, d).AsInt16();
            Sse2.UnpackLow(ab, cd).AsByte().Store(to + 4 * i + 32);
            Sse2.UnpackHigh(ab, cd).AsByte().Store(to + 4 * i + 48);
        }
    }

    // Two blocks of rows at once: sixteen neighbours, a cache line, are written together.
    static partial void TransposeStridedNet(float* from, nint fromStride, int rows, int columns, float* to, nint toStride, ref int row)
    {
        if (!Avx.IsSupported)
        {
            return;
        }

        for (; row + 8 <= rows; row += row + 16 <= rows ? 16 : 8)
        {
            bool two = row + 16 <= rows;
            float* source = from + row * fromStride, target = to + row;
            int c = 0;
            for (; c + 8 <= columns; c += 8)
            {
                EightByEight(source + c, fromStride, target + c * toStride, toStride);
                if (two)
                {
                    EightByEight(source + 8 * fromStride + c, fromStride, target + c * toStride + 8, toStride);
                }
            }

            for (; c < columns; c++)
            {
                for (int r = 0; r < (two ? 16 : 8); r++)
                {
                    target[c * toStride + r] = source[r * fromStride + c];
                }
            }
        }
    }

    //   rows a … h:  a0 b0 a1 b1 | a4 …   →   a0 b0 c0 d0 | a4 …   →   a0 b0 c0 d0 e0 f0 g0 h0
    private static void EightByEight(float* from, nint fromStride, float* to, nint toStride)
    {
        Vector256<float> a = Vector256.Load(from), b = Vector256.Load(from + fromStride);
        Vector256<float> c = Vector256.Load(from + 2 * fromStride), d = Vector256.Load(from + 3 * fromStride);
        Vector256<float> e = Vector256.Load(from + 4 * fromStride), f = Vector256.Load(from + 5 * fromStride);
        Vector256<float> g = Vector256.Load(from + 6 * fromStride), h = Vector256.Load(from + 7 * fromStride);

        Vector256<float> ab01 = Avx.UnpackLow(a, b), ab23 = Avx.UnpackHigh(a, b), cd01 = Avx.UnpackLow(c, d), cd23 = Avx.UnpackHigh(c, d);
        Vector256<float> ef01 = Avx.UnpackLow(e, f), ef23 = Avx.UnpackHigh(e, f), gh01 = Avx.UnpackLow(g, h), gh23 = Avx.UnpackHigh(g, h);

        Vector256<float> abcd0 = Avx.Shuffle(ab01, cd01, 0x44), abcd1 = Avx.Shuffle(ab01, cd01, 0xEE);
        Vector256<float> abcd2 = Avx.Shuffle(ab23, cd23, 0x44), abcd3 = Avx.Shuffle(ab23, cd23, 0xEE);
        Vector256<float> efgh0 = Avx.Shuffle(ef01, gh01, 0x44), efgh1 = Avx.Shuffle(ef01, gh01, 0xEE);
        Vector256<float> efgh2 = Avx.Shuffle(ef23, gh23, 0x44), efgh3 = Avx.Shuffle(ef23, gh23, 0xEE);

        Avx.Permute2x128(abcd0, efgh0, 0x20).Store(to);
        Avx.Permute2x128(abcd1, efgh1, 0x20).Store(to + toStride);
        Avx.Permute2x128(abcd2, efgh2, 0x20).Store(to + 2 * toStride);
        Avx.Permute2x128(abcd3, efgh3, 0x20).Store(to + 3 * toStride);
        Avx.Permute2x128(abcd0, efgh0, 0x31).Store(to + 4 * toStride);
        Avx.Permute2x128(abcd1, efgh1, 0x31).Store(to + 5 * toStride);
        Avx.Permute2x128(abcd2, efgh2, 0x31).Store(to + 6 * toStride);
        Avx.Permute2x128(abcd3, efgh3, 0x31).Store(to + 7 * toStride);
    }
}
