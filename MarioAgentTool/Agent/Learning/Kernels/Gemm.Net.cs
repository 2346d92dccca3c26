using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Learning.Kernels;

// Fused multiply-add, in the order of the portable file. 512 bits: 12 rows × 1 vector, twelve sums in flight; 256 bits: 6 rows ×
// 2 vectors. Each element is one chain of FMAs over k either way, so both give the same bits.
internal static unsafe partial class Gemm
{
    static partial void StripNet(
        int rows, int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu, ref bool done)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Strip512(rows, kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
            done = true;
        }
        else if (Fma.IsSupported)
        {
            Strip256(rows, kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
            done = true;
        }
    }

    private static void Strip512(
        int rows, int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu)
    {
        while (rows >= 12)
        {
            Twelve512(kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
            a += 12L * aRow;
            c += 12L * cRow;
            rows -= 12;
        }

        while (rows >= 4)
        {
            Four512(kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
            a += 4L * aRow;
            c += 4L * cRow;
            rows -= 4;
        }

        for (; rows > 0; rows--)
        {
            One512(kc, a, aColumn, b, c, add, bias, relu);
            a += aRow;
            c += cRow;
        }
    }

    private static void Twelve512(
        int kc, float* a, nint aRow, nint aColumn, float* b, float* c, nint cRow, bool add, float* bias, bool relu)
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector512<float> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        nint two = 2 * aRow;
        float* a3 = a + 3 * aRow;
        float* a6 = a + 6 * aRow;
        float* a9 = a + 9 * aRow;
        for (int p = 0; p < kc; p++)
        {
            Vector512<float> row = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(*a), row, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[aRow]), row, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[two]), row, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(*a3), row, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[aRow]), row, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[two]), row, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(*a6), row, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a6[aRow]), row, c7);
            c8 = Vector512.FusedMultiplyAdd(Vector512.Create(a6[two]), row, c8);
            c9 = Vector512.FusedMultiplyAdd(Vector512.Create(*a9), row, c9);
            c10 = Vector512.FusedMultiplyAdd(Vector512.Create(a9[aRow]), row, c10);
            c11 = Vector512.FusedMultiplyAdd(Vector512.Create(a9[two]), row, c11);
            a += aColumn;
            a3 += aColumn;
            a6 += aColumn;
            a9 += aColumn;
            b += PanelWidth;
        }

        Finish512(c, c0, add, bias, relu);
        Finish512(c + cRow, c1, add, bias, relu);
        Finish512(c + 2 * cRow, c2, add, bias, relu);
        Finish512(c + 3 * cRow, c3, add, bias, relu);
        Finish512(c + 4 * cRow, c4, add, bias, relu);
        Finish512(c + 5 * cRow, c5, add, bias, relu);
        Finish512(c + 6 * cRow, c6, add, bias, relu);
        Finish512(c + 7 * cRow, c7, add, bias, relu);
        Finish512(c + 8 * cRow, c8, add, bias, relu);
        Finish512(c + 9 * cRow, c9, add, bias, relu);
        Finish512(c + 10 * cRow, c10, add, bias, relu);
        Finish512(c + 11 * cRow, c11, add, bias, relu);
    }

    private static void Four512(
        int kc, float* a, nint aRow, nint aColumn, float* b, float* c, nint cRow, bool add, float* bias, bool relu)
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        float* a2 = a + 2 * aRow;
        for (int p = 0; p < kc; p++)
        {
            Vector512<float> row = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(*a), row, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[aRow]), row, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(*a2), row, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a2[aRow]), row, c3);
            a += aColumn;
            a2 += aColumn;
            b += PanelWidth;
        }

        Finish512(c, c0, add, bias, relu);
        Finish512(c + cRow, c1, add, bias, relu);
        Finish512(c + 2 * cRow, c2, add, bias, relu);
        Finish512(c + 3 * cRow, c3, add, bias, relu);
    }

    private static void One512(int kc, float* a, nint aColumn, float* b, float* c, bool add, float* bias, bool relu)
    {
        Vector512<float> sum = default;
        for (int p = 0; p < kc; p++)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(*a), Vector512.Load(b), sum);
            a += aColumn;
            b += PanelWidth;
        }

        Finish512(c, sum, add, bias, relu);
    }

    private static void Finish512(float* c, Vector512<float> sum, bool add, float* bias, bool relu)
    {
        if (add)
        {
            sum += Vector512.Load(c);
        }
        else if (bias is not null)
        {
            sum += Vector512.Load(bias);
        }

        if (relu)
        {
            sum = Vector512.Max(sum, Vector512<float>.Zero);
        }

        sum.Store(c);
    }

    private static void Strip256(
        int rows, int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu)
    {
        while (rows >= 6)
        {
            Six256(kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
            a += 6L * aRow;
            c += 6L * cRow;
            rows -= 6;
        }

        while (rows >= 2)
        {
            Two256(kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
            a += 2L * aRow;
            c += 2L * cRow;
            rows -= 2;
        }

        if (rows > 0)
        {
            One256(kc, a, aColumn, b, c, add, bias, relu);
        }
    }

    private static void Six256(
        int kc, float* a, nint aRow, nint aColumn, float* b, float* c, nint cRow, bool add, float* bias, bool relu)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        nint two = 2 * aRow;
        float* a3 = a + 3 * aRow;
        for (int p = 0; p < kc; p++)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(*a);
            c00 = Fma.MultiplyAdd(x, b0, c00);
            c01 = Fma.MultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Fma.MultiplyAdd(x, b0, c10);
            c11 = Fma.MultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[two]);
            c20 = Fma.MultiplyAdd(x, b0, c20);
            c21 = Fma.MultiplyAdd(x, b1, c21);
            x = Vector256.Create(*a3);
            c30 = Fma.MultiplyAdd(x, b0, c30);
            c31 = Fma.MultiplyAdd(x, b1, c31);
            x = Vector256.Create(a3[aRow]);
            c40 = Fma.MultiplyAdd(x, b0, c40);
            c41 = Fma.MultiplyAdd(x, b1, c41);
            x = Vector256.Create(a3[two]);
            c50 = Fma.MultiplyAdd(x, b0, c50);
            c51 = Fma.MultiplyAdd(x, b1, c51);
            a += aColumn;
            a3 += aColumn;
            b += PanelWidth;
        }

        Finish256(c, c00, c01, add, bias, relu);
        Finish256(c + cRow, c10, c11, add, bias, relu);
        Finish256(c + 2 * cRow, c20, c21, add, bias, relu);
        Finish256(c + 3 * cRow, c30, c31, add, bias, relu);
        Finish256(c + 4 * cRow, c40, c41, add, bias, relu);
        Finish256(c + 5 * cRow, c50, c51, add, bias, relu);
    }

    private static void Two256(
        int kc, float* a, nint aRow, nint aColumn, float* b, float* c, nint cRow, bool add, float* bias, bool relu)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default;
        for (int p = 0; p < kc; p++)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(*a);
            c00 = Fma.MultiplyAdd(x, b0, c00);
            c01 = Fma.MultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Fma.MultiplyAdd(x, b0, c10);
            c11 = Fma.MultiplyAdd(x, b1, c11);
            a += aColumn;
            b += PanelWidth;
        }

        Finish256(c, c00, c01, add, bias, relu);
        Finish256(c + cRow, c10, c11, add, bias, relu);
    }

    private static void One256(int kc, float* a, nint aColumn, float* b, float* c, bool add, float* bias, bool relu)
    {
        Vector256<float> c0 = default, c1 = default;
        for (int p = 0; p < kc; p++)
        {
            Vector256<float> x = Vector256.Create(*a);
            c0 = Fma.MultiplyAdd(x, Vector256.Load(b), c0);
            c1 = Fma.MultiplyAdd(x, Vector256.Load(b + 8), c1);
            a += aColumn;
            b += PanelWidth;
        }

        Finish256(c, c0, c1, add, bias, relu);
    }

    private static void Finish256(float* c, Vector256<float> c0, Vector256<float> c1, bool add, float* bias, bool relu)
    {
        if (add)
        {
            c0 += Vector256.Load(c);
            c1 += Vector256.Load(c + 8);
        }
        else if (bias is not null)
        {
            c0 += Vector256.Load(bias);
            c1 += Vector256.Load(bias + 8);
        }

        if (relu)
        {
            c0 = Vector256.Max(c0, Vector256<float>.Zero);
            c1 = Vector256.Max(c1, Vector256<float>.Zero);
        }

        c0.Store(c);
        c1.Store(c + 8);
    }
}
