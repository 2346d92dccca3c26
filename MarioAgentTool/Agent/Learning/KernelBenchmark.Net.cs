using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Learning;

internal sealed unsafe partial class KernelBenchmark
{
    private const int Rounds = 20_000;

    private static Vector512<float> _sink512;
    private static Vector256<float> _sink256;

    static partial void PeakNet(ref double operations)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Peak<Vector512<float>, Wide>(ref _sink512);
            operations = 2.0 * 16 * 12 * Rounds;
        }
        else if (Fma.IsSupported)
        {
            Peak<Vector256<float>, Narrow>(ref _sink256);
            operations = 2.0 * 8 * 12 * Rounds;
        }
    }

    // Twelve sums that do not wait for each other keep every unit busy.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Peak<TVector, TOf>(ref TVector sink)
        where TVector : struct
        where TOf : struct, IVector<TVector>
    {
        TVector x = sink, y = TOf.Half;
        TVector c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
        for (int i = 0; i < Rounds; i++)
        {
            c0 = TOf.MultiplyAdd(x, y, c0);
            c1 = TOf.MultiplyAdd(x, y, c1);
            c2 = TOf.MultiplyAdd(x, y, c2);
            c3 = TOf.MultiplyAdd(x, y, c3);
            c4 = TOf.MultiplyAdd(x, y, c4);
            c5 = TOf.MultiplyAdd(x, y, c5);
            c6 = TOf.MultiplyAdd(x, y, c6);
            c7 = TOf.MultiplyAdd(x, y, c7);
            c8 = TOf.MultiplyAdd(x, y, c8);
            c9 = TOf.MultiplyAdd(x, y, c9);
            c10 = TOf.MultiplyAdd(x, y, c10);
            c11 = TOf.MultiplyAdd(x, y, c11);
        }

        foreach (TVector sum in (ReadOnlySpan<TVector>)[c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11])
        {
            sink = TOf.MultiplyAdd(y, sum, sink);
        }
    }

    private interface IVector<TVector>
    {
        static abstract TVector Half { get; }

        static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);
    }

    private readonly struct Wide : IVector<Vector512<float>>
    {
        public static Vector512<float> Half => Vector512.Create(0.5f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> sum) => Vector512.FusedMultiplyAdd(x, y, sum);
    }

    private readonly struct Narrow : IVector<Vector256<float>>
    {
        public static Vector256<float> Half => Vector256.Create(0.5f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> sum) => Fma.MultiplyAdd(x, y, sum);
    }
}
