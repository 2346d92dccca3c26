using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

public class GemmTests
{
    private readonly RandomStream _random = new(7);

    [Test]
    public void Every_path_agrees_with_three_loops(
        [Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 31, 97)] int m, [Values(1, 16, 32, 57)] int n, [Values(1, 3, 400, 800)] int k,
        [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path)
    {
        KernelPaths.Require(path);
        float[] a = Floats(m * k), b = Floats(k * n), bias = Floats(n), c = Floats(m * n);
        float[] expected = Naive(m, n, k, a, k, 1, b, n, 1);
        float[] panels = new float[Gemm.PackedLength(k, n)];
        Gemm.Pack(b, n, 1, k, n, panels);

        float[] sum = [.. c];
        Gemm.Multiply(path, m, n, k, a, k, 1, panels, sum, n, accumulate: true, default, relu: false);
        float[] rectified = new float[m * n];
        Gemm.Multiply(path, m, n, k, a, k, 1, panels, rectified, n, accumulate: false, bias, relu: true);

        Assert.Multiple(() =>
        {
            Assert.That(sum, Is.EqualTo(c.Zip(expected, (old, product) => old + product)).Within(1e-4f), "C += A B");
            Assert.That(rectified, Is.EqualTo(expected.Select((e, i) => Math.Max(0, e + bias[i % n]))).Within(1e-4f), "max(0, A B + bias)");
        });
    }

    [Test]
    public void Either_operand_may_be_read_transposed()
    {
        const int M = 19, N = 21, K = 40;
        float[] aT = Floats(K * M), bT = Floats(N * K), c = new float[M * N];
        float[] panels = new float[Gemm.PackedLength(K, N)];
        Gemm.Pack(bT, 1, K, K, N, panels);
        Gemm.Multiply(M, N, K, aT, 1, M, panels, c, N);
        Assert.That(c, Is.EqualTo(Naive(M, N, K, aT, 1, M, bT, 1, K)).Within(1e-4f));
    }

    [Test]
    public void A_row_has_the_same_bits_whatever_rows_share_the_call([ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path)
    {
        KernelPaths.Require(path);
        const int M = 41, N = 32, K = 500;
        float[] a = Floats(M * K), panels = Floats(Gemm.PackedLength(K, N)), whole = new float[M * N], row = new float[N];
        Gemm.Multiply(path, M, N, K, a, K, 1, panels, whole, N, false, default, false);
        for (int i = 0; i < M; i++)
        {
            Gemm.Multiply(path, 1, N, K, a.AsSpan(i * K), K, 1, panels, row, N, false, default, false);
            Assert.That(row, Is.EqualTo(whole.AsSpan(i * N, N).ToArray()), $"row {i}");
        }
    }

    [Test]
    public void Both_fused_paths_give_the_same_bits([Values(1, 12, 31)] int m, [Values(7, 16, 64)] int n)
    {
        const int K = 900;
        float[] a = Floats(m * K), panels = Floats(Gemm.PackedLength(K, n)), bias = Floats(n);
        KernelPaths.AssertFusedAreOne(path =>
        {
            float[] c = new float[m * n];
            Gemm.Multiply(path, m, n, K, a, K, 1, panels, c, n, accumulate: false, bias, relu: true);
            return c;
        });
    }

    [Test]
    public unsafe void Packed_panels_serve_as_their_own_transpose(
        [Values(7, 16, 20, 32, 90)] int k, [Values(1, 16, 37)] int n, [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path)
    {
        // C = Pᵀ B for the rows of C from 5 up to 29, where P's columns were packed: P is 40 × k.
        KernelPaths.Require(path);
        const int Rows = 40, First = 5, Count = 24;
        int stride = Gemm.PackedLength(1, n);
        float[] p = Floats(Rows * k), b = Floats(k * n), packed = new float[Gemm.PackedLength(Rows, k)], panels = new float[Gemm.PackedLength(k, n)];
        Gemm.Pack(p, k, 1, Rows, k, packed);
        Gemm.Pack(b, n, 1, k, n, panels);
        float[] c = new float[Count * stride], expected = Naive(Rows, n, k, p, k, 1, b, n, 1);
        fixed (float* to = c)
        {
            Gemm.MultiplyPanels(Count, n, k, packed, Rows, First, panels, to, stride, path);
        }

        for (int r = 0; r < Count; r++)
        {
            Assert.That(c.AsSpan(r * stride, n).ToArray(), Is.EqualTo(expected.AsSpan((First + r) * n, n).ToArray()).Within(1e-4f), $"row {First + r}");
        }
    }

    [Test]
    public void Operands_too_short_for_their_shape_are_refused_at_the_door()
    {
        float[] panels = new float[Gemm.PackedLength(4, 4)];
        Assert.That(() => Gemm.Pack(new float[15], 4, 1, 4, 4, panels), Throws.ArgumentException.With.Message.Contains("b 15"));
        Assert.That(() => Gemm.Pack(new float[16], 4, 1, 4, 4, panels.AsSpan(1)), Throws.ArgumentException.With.Message.Contains("panels 63"));
        Assert.That(
            () => Gemm.Multiply(4, 4, 4, new float[15], 4, 1, panels, new float[16], 4),
            Throws.ArgumentException.With.Message.Contains("4 × 4"));
    }

    private static float[] Naive(int m, int n, int k, float[] a, int aRow, int aColumn, float[] b, int bRow, int bColumn)
    {
        float[] c = new float[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int p = 0; p < k; p++)
                {
                    sum += (double)a[i * aRow + p * aColumn] * b[p * bRow + j * bColumn];
                }

                c[i * n + j] = (float)sum;
            }
        }

        return c;
    }

    private float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * _random.NextSingle() - 1)];
}
