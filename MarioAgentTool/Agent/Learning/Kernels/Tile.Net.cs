using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Learning.Kernels;

// Fused multiply-add, in the order of the portable file: 512 bits, up to 12 rows × 2 vectors; 256 bits, up to 6 rows × 2 vectors.
// Each element is one chain over all steps either way, so both give the same bits. The numbers of rows and columns are types: the
// compiler makes a kernel of each and leaves out what it does not need. Compiled at once, since a first, slow version would run long.
internal unsafe partial struct Tile
{
    private const int Rows512 = 12, Rows256 = 6;

    private interface ICount
    {
        static abstract int Count { get; }
    }

    static partial void HasNet(KernelPath path, ref bool has) =>
        has |= path == KernelPath.Avx512 ? Vector512.IsHardwareAccelerated : path == KernelPath.Avx2 && Fma.IsSupported;

    readonly partial void RunNet(KernelPath path, int rows, int columns, ref bool done)
    {
        bool wide = Vector512.IsHardwareAccelerated && path != KernelPath.Avx2;
        done = wide || Fma.IsSupported;
        if (!done)
        {
            return;
        }

        // Rows are shared out evenly: 20 are 10 and 10, not 12 and 8.
        int most = wide ? Rows512 : Rows256;
        int parts = (rows + most - 1) / most;
        for (int part = 0, first = 0; part < parts; part++)
        {
            int end = rows * (part + 1) / parts;
            Tile tile = Down(first);
            if (!wide)
            {
                tile.Rows256Of(end - first);
                if (columns > HalfColumns)
                {
                    Tile right = tile with { B = tile.B + HalfColumns, C = tile.C + HalfColumns, Bias = Bias is null ? null : Bias + HalfColumns };
                    right.Rows256Of(end - first);
                }
            }
            else if (columns > HalfColumns)
            {
                tile.Rows512Of<N2>(end - first);
            }
            else
            {
                tile.Rows512Of<N1>(end - first);
            }

            first = end;
        }
    }

    // Eight chains of 512 bits: with two, as a row of one panel has, each addition would wait for the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly partial void RunPanelsNet(KernelPath path, nint panel, ref bool done)
    {
        done = Vector512.IsHardwareAccelerated && path != KernelPath.Avx2;
        if (!done)
        {
            return;
        }

        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        float* a = A, b = B, high = B + 2 * panel;
        nint step = AStep;
        for (int p = Steps; p > 0; p--, a += step, b += Columns, high += Columns)
        {
            Vector512<float> x = Vector512.Create(*a);
            c0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), c0);
            d0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 16), d0);
            c1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + panel), c1);
            d1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + panel + 16), d1);
            c2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(high), c2);
            d2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(high + 16), d2);
            c3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(high + panel), c3);
            d3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(high + panel + 16), d3);
        }

        Finish512(0, c0, d0, true);
        Right(1).Finish512(0, c1, d1, true);
        Right(2).Finish512(0, c2, d2, true);
        Right(3).Finish512(0, c3, d3, true);
    }

    private readonly void Rows512Of<TColumns>(int rows)
        where TColumns : struct, ICount
    {
        switch (rows)
        {
            case 1: Kernel512<N1, TColumns>(); break;
            case 2: Kernel512<N2, TColumns>(); break;
            case 3: Kernel512<N3, TColumns>(); break;
            case 4: Kernel512<N4, TColumns>(); break;
            case 5: Kernel512<N5, TColumns>(); break;
            case 6: Kernel512<N6, TColumns>(); break;
            case 7: Kernel512<N7, TColumns>(); break;
            case 8: Kernel512<N8, TColumns>(); break;
            case 9: Kernel512<N9, TColumns>(); break;
            case 10: Kernel512<N10, TColumns>(); break;
            case 11: Kernel512<N11, TColumns>(); break;
            case 12: Kernel512<N12, TColumns>(); break;
        }
    }

    private readonly void Rows256Of(int rows)
    {
        switch (rows)
        {
            case 1: Kernel256<N1>(); break;
            case 2: Kernel256<N2>(); break;
            case 3: Kernel256<N3>(); break;
            case 4: Kernel256<N4>(); break;
            case 5: Kernel256<N5>(); break;
            case 6: Kernel256<N6>(); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Kernel512<TRows, TColumns>()
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector512<float> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default;
        Vector512<float> d6 = default, d7 = default, d8 = default, d9 = default, d10 = default, d11 = default;
        nint row = ARow, two = 2 * row, step = AStep, bStep = BStep;
        int steps = Steps;
        for (int s = 0; s < Segments; s++)
        {
            float* a = A + s * ASegment, a3 = a + 3 * row, a6 = a + 6 * row, a9 = a + 9 * row;
            float* b = B + s * BSegment;
            for (int p = 0; p < steps; p++)
            {
                Vector512<float> b0 = Vector512.Load(b), b1 = TColumns.Count > 1 ? Vector512.Load(b + 16) : default, x;
                x = Vector512.Create(*a);
                c0 = Vector512.FusedMultiplyAdd(x, b0, c0);
                d0 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d0) : default;

                if (TRows.Count > 1)
                {
                    x = Vector512.Create(a[row]);
                    c1 = Vector512.FusedMultiplyAdd(x, b0, c1);
                    d1 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d1) : default;
                }

                if (TRows.Count > 2)
                {
                    x = Vector512.Create(a[two]);
                    c2 = Vector512.FusedMultiplyAdd(x, b0, c2);
                    d2 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d2) : default;
                }

                if (TRows.Count > 3)
                {
                    x = Vector512.Create(*a3);
                    c3 = Vector512.FusedMultiplyAdd(x, b0, c3);
                    d3 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d3) : default;
                }

                if (TRows.Count > 4)
                {
                    x = Vector512.Create(a3[row]);
                    c4 = Vector512.FusedMultiplyAdd(x, b0, c4);
                    d4 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d4) : default;
                }

                if (TRows.Count > 5)
                {
                    x = Vector512.Create(a3[two]);
                    c5 = Vector512.FusedMultiplyAdd(x, b0, c5);
                    d5 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d5) : default;
                }

                if (TRows.Count > 6)
                {
                    x = Vector512.Create(*a6);
                    c6 = Vector512.FusedMultiplyAdd(x, b0, c6);
                    d6 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d6) : default;
                }

                if (TRows.Count > 7)
                {
                    x = Vector512.Create(a6[row]);
                    c7 = Vector512.FusedMultiplyAdd(x, b0, c7);
                    d7 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d7) : default;
                }

                if (TRows.Count > 8)
                {
                    x = Vector512.Create(a6[two]);
                    c8 = Vector512.FusedMultiplyAdd(x, b0, c8);
                    d8 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d8) : default;
                }

                if (TRows.Count > 9)
                {
                    x = Vector512.Create(*a9);
                    c9 = Vector512.FusedMultiplyAdd(x, b0, c9);
                    d9 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d9) : default;
                }

                if (TRows.Count > 10)
                {
                    x = Vector512.Create(a9[row]);
                    c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
                    d10 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d10) : default;
                }

                if (TRows.Count > 11)
                {
                    x = Vector512.Create(a9[two]);
                    c11 = Vector512.FusedMultiplyAdd(x, b0, c11);
                    d11 = TColumns.Count > 1 ? Vector512.FusedMultiplyAdd(x, b1, d11) : default;
                }

                a += step;
                a3 += step;
                a6 += step;
                a9 += step;
                b += bStep;
            }
        }

        Finish512(0, c0, d0, TColumns.Count > 1);
        if (TRows.Count > 1)
        {
            Finish512(1, c1, d1, TColumns.Count > 1);
        }

        if (TRows.Count > 2)
        {
            Finish512(2, c2, d2, TColumns.Count > 1);
        }

        if (TRows.Count > 3)
        {
            Finish512(3, c3, d3, TColumns.Count > 1);
        }

        if (TRows.Count > 4)
        {
            Finish512(4, c4, d4, TColumns.Count > 1);
        }

        if (TRows.Count > 5)
        {
            Finish512(5, c5, d5, TColumns.Count > 1);
        }

        if (TRows.Count > 6)
        {
            Finish512(6, c6, d6, TColumns.Count > 1);
        }

        if (TRows.Count > 7)
        {
            Finish512(7, c7, d7, TColumns.Count > 1);
        }

        if (TRows.Count > 8)
        {
            Finish512(8, c8, d8, TColumns.Count > 1);
        }

        if (TRows.Count > 9)
        {
            Finish512(9, c9, d9, TColumns.Count > 1);
        }

        if (TRows.Count > 10)
        {
            Finish512(10, c10, d10, TColumns.Count > 1);
        }

        if (TRows.Count > 11)
        {
            Finish512(11, c11, d11, TColumns.Count > 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish512(int row, Vector512<float> left, Vector512<float> right, bool two)
    {
        float* c = C + row * CRow;
        Half512(c, left, Bias);
        if (two)
        {
            Half512(c + 16, right, Bias is null ? null : Bias + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Half512(float* c, Vector512<float> sum, float* bias)
    {
        if (Add)
        {
            sum += Vector512.Load(c);
        }
        else if (bias is not null)
        {
            sum += Vector512.Load(bias);
        }

        (Relu ? Vector512.Max(sum, Vector512<float>.Zero) : sum).Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Kernel256<TRows>()
        where TRows : struct, ICount
    {
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector256<float> d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default;
        nint row = ARow, two = 2 * row, step = AStep, bStep = BStep;
        int steps = Steps;
        for (int s = 0; s < Segments; s++)
        {
            float* a = A + s * ASegment, a3 = a + 3 * row;
            float* b = B + s * BSegment;
            for (int p = 0; p < steps; p++)
            {
                Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8), x;
                x = Vector256.Create(*a);
                c0 = Fma.MultiplyAdd(x, b0, c0);
                d0 = Fma.MultiplyAdd(x, b1, d0);

                if (TRows.Count > 1)
                {
                    x = Vector256.Create(a[row]);
                    c1 = Fma.MultiplyAdd(x, b0, c1);
                    d1 = Fma.MultiplyAdd(x, b1, d1);
                }

                if (TRows.Count > 2)
                {
                    x = Vector256.Create(a[two]);
                    c2 = Fma.MultiplyAdd(x, b0, c2);
                    d2 = Fma.MultiplyAdd(x, b1, d2);
                }

                if (TRows.Count > 3)
                {
                    x = Vector256.Create(*a3);
                    c3 = Fma.MultiplyAdd(x, b0, c3);
                    d3 = Fma.MultiplyAdd(x, b1, d3);
                }

                if (TRows.Count > 4)
                {
                    x = Vector256.Create(a3[row]);
                    c4 = Fma.MultiplyAdd(x, b0, c4);
                    d4 = Fma.MultiplyAdd(x, b1, d4);
                }

                if (TRows.Count > 5)
                {
                    x = Vector256.Create(a3[two]);
                    c5 = Fma.MultiplyAdd(x, b0, c5);
                    d5 = Fma.MultiplyAdd(x, b1, d5);
                }

                a += step;
                a3 += step;
                b += bStep;
            }
        }

        Finish256(0, c0, d0);
        if (TRows.Count > 1)
        {
            Finish256(1, c1, d1);
        }

        if (TRows.Count > 2)
        {
            Finish256(2, c2, d2);
        }

        if (TRows.Count > 3)
        {
            Finish256(3, c3, d3);
        }

        if (TRows.Count > 4)
        {
            Finish256(4, c4, d4);
        }

        if (TRows.Count > 5)
        {
            Finish256(5, c5, d5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish256(int row, Vector256<float> left, Vector256<float> right)
    {
        float* c = C + row * CRow;
        Half256(c, left, Bias);
        Half256(c + 8, right, Bias is null ? null : Bias + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Half256(float* c, Vector256<float> sum, float* bias)
    {
        if (Add)
        {
            sum += Vector256.Load(c);
        }
        else if (bias is not null)
        {
            sum += Vector256.Load(bias);
        }

        (Relu ? Vector256.Max(sum, Vector256<float>.Zero) : sum).Store(c);
    }

    private readonly struct N1 : ICount
    {
        public static int Count => 1;
    }

    private readonly struct N2 : ICount
    {
        public static int Count => 2;
    }

    private readonly struct N3 : ICount
    {
        public static int Count => 3;
    }

    private readonly struct N4 : ICount
    {
        public static int Count => 4;
    }

    private readonly struct N5 : ICount
    {
        public static int Count => 5;
    }

    private readonly struct N6 : ICount
    {
        public static int Count => 6;
    }

    private readonly struct N7 : ICount
    {
        public static int Count => 7;
    }

    private readonly struct N8 : ICount
    {
        public static int Count => 8;
    }

    private readonly struct N9 : ICount
    {
        public static int Count => 9;
    }

    private readonly struct N10 : ICount
    {
        public static int Count => 10;
    }

    private readonly struct N11 : ICount
    {
        public static int Count => 11;
    }

    private readonly struct N12 : ICount
    {
        public static int Count => 12;
    }
}
