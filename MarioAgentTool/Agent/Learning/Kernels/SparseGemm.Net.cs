using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Learning.Kernels;

// 64 columns at a time by fused multiply-add: four 512-bit sums or eight 256-bit ones, the same bits either way.
internal static unsafe partial class SparseGemm
{
    private const int Band = 64;

    static partial void BandsNet(
        KernelPath path, int* starts, int* columns, float* values, int firstRow, int endRow, float* b, int n, float* y, float* bias, bool relu, ref int column)
    {
        bool wide = Vector512.IsHardwareAccelerated && path != KernelPath.Avx2;
        if (!wide && !Fma.IsSupported)
        {
            return;
        }

        for (; column + Band <= n; column += Band)
        {
            float* biasHere = bias is null ? null : bias + column;
            for (int r = firstRow; r < endRow; r++)
            {
                float* to = y + (long)r * n + column;
                if (wide)
                {
                    Row512(starts[r], starts[r + 1], columns, values, b + column, n, to, biasHere, relu);
                }
                else
                {
                    Row256(starts[r], starts[r + 1], columns, values, b + column, n, to, biasHere, relu);
                }
            }
        }
    }

    private static void Row512(int from, int to, int* columns, float* values, float* b, nint n, float* y, float* bias, bool relu)
    {
        Vector512<float> y0 = default, y1 = default, y2 = default, y3 = default;
        for (int i = from; i < to; i++)
        {
            float* row = b + columns[i] * n;
            Vector512<float> x = Vector512.Create(values[i]);
            y0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(row), y0);
            y1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(row + 16), y1);
            y2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(row + 32), y2);
            y3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(row + 48), y3);
        }

        if (bias is not null)
        {
            y0 += Vector512.Load(bias);
            y1 += Vector512.Load(bias + 16);
            y2 += Vector512.Load(bias + 32);
            y3 += Vector512.Load(bias + 48);
        }

        if (relu)
        {
            y0 = Vector512.Max(y0, Vector512<float>.Zero);
            y1 = Vector512.Max(y1, Vector512<float>.Zero);
            y2 = Vector512.Max(y2, Vector512<float>.Zero);
            y3 = Vector512.Max(y3, Vector512<float>.Zero);
        }

        y0.Store(y);
        y1.Store(y + 16);
        y2.Store(y + 32);
        y3.Store(y + 48);
    }

    private static void Row256(int from, int to, int* columns, float* values, float* b, nint n, float* y, float* bias, bool relu)
    {
        Vector256<float> y0 = default, y1 = default, y2 = default, y3 = default, y4 = default, y5 = default, y6 = default, y7 = default;
        for (int i = from; i < to; i++)
        {
            float* row = b + columns[i] * n;
            Vector256<float> x = Vector256.Create(values[i]);
            y0 = Fma.MultiplyAdd(x, Vector256.Load(row), y0);
            y1 = Fma.MultiplyAdd(x, Vector256.Load(row + 8), y1);
            y2 = Fma.MultiplyAdd(x, Vector256.Load(row + 16), y2);
            y3 = Fma.MultiplyAdd(x, Vector256.Load(row + 24), y3);
            y4 = Fma.MultiplyAdd(x, Vector256.Load(row + 32), y4);
            y5 = Fma.MultiplyAdd(x, Vector256.Load(row + 40), y5);
            y6 = Fma.MultiplyAdd(x, Vector256.Load(row + 48), y6);
            y7 = Fma.MultiplyAdd(x, Vector256.Load(row + 56), y7);
        }

        Finish256(y, y0, bias, relu);
        Finish256(y + 8, y1, bias is null ? null : bias + 8, relu);
        Finish256(y + 16, y2, bias is null ? null : bias + 16, relu);
        Finish256(y + 24, y3, bias is null ? null : bias + 24, relu);
        Finish256(y + 32, y4, bias is null ? null : bias + 32, relu);
        Finish256(y + 40, y5, bias is null ? null : bias + 40, relu);
        Finish256(y + 48, y6, bias is null ? null : bias + 48, relu);
        Finish256(y + 56, y7, bias is null ? null : bias + 56, relu);
    }

    private static void Finish256(float* y, Vector256<float> sum, float* bias, bool relu)
    {
        if (bias is not null)
        {
            sum += Vector256.Load(bias);
        }

        (relu ? Vector256.Max(sum, Vector256<float>.Zero) : sum).Store(y);
    }
}
