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
            Peak512();
            operations = 2.0 * 16 * 12 * Rounds;
        }
        else if (Fma.IsSupported)
        {
            Peak256();
            operations = 2.0 * 8 * 12 * Rounds;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Peak512()
    {
        Vector512<float> x = _sink512, y = Vector512.Create(0.5f);
        Vector512<float> c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
        for (int i = 0; i < Rounds; i++)
        {
            c0 = Vector512.FusedMultiplyAdd(x, y, c0);
            c1 = Vector512.FusedMultiplyAdd(x, y, c1);
            c2 = Vector512.FusedMultiplyAdd(x, y, c2);
            c3 = Vector512.FusedMultiplyAdd(x, y, c3);
            c4 = Vector512.FusedMultiplyAdd(x, y, c4);
            c5 = Vector512.FusedMultiplyAdd(x, y, c5);
            c6 = Vector512.FusedMultiplyAdd(x, y, c6);
            c7 = Vector512.FusedMultiplyAdd(x, y, c7);
            c8 = Vector512.FusedMultiplyAdd(x, y, c8);
            c9 = Vector512.FusedMultiplyAdd(x, y, c9);
            c10 = Vector512.FusedMultiplyAdd(x, y, c10);
            c11 = Vector512.FusedMultiplyAdd(x, y, c11);
        }

        _sink512 = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Peak256()
    {
        Vector256<float> x = _sink256, y = Vector256.Create(0.5f);
        Vector256<float> c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
        for (int i = 0; i < Rounds; i++)
        {
            c0 = Fma.MultiplyAdd(x, y, c0);
            c1 = Fma.MultiplyAdd(x, y, c1);
            c2 = Fma.MultiplyAdd(x, y, c2);
            c3 = Fma.MultiplyAdd(x, y, c3);
            c4 = Fma.MultiplyAdd(x, y, c4);
            c5 = Fma.MultiplyAdd(x, y, c5);
            c6 = Fma.MultiplyAdd(x, y, c6);
            c7 = Fma.MultiplyAdd(x, y, c7);
            c8 = Fma.MultiplyAdd(x, y, c8);
            c9 = Fma.MultiplyAdd(x, y, c9);
            c10 = Fma.MultiplyAdd(x, y, c10);
            c11 = Fma.MultiplyAdd(x, y, c11);
        }

        _sink256 = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
    }
}
