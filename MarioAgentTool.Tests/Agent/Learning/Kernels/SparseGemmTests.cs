using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

public class SparseGemmTests
{
    // 2 × 11:  row 0 is  . . 3 . . . . . . −1 .   row 1 is  5 . . . . . . . . . −2   (half units)
    private static readonly byte[] Bytes = [0, 0, 3, 0, 0, 0, 0, 0, 0, 0xFF, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFE];

    [Test]
    public void Only_what_is_not_zero_is_kept_and_signs_are_read()
    {
        var rows = new SparseRows();
        rows.FromBytes(Bytes, 2, 11, signed: true, 0.5f);
        Assert.Multiple(() =>
        {
            Assert.That(rows.Starts.ToArray(), Is.EqualTo(new[] { 0, 2, 4 }));
            Assert.That(rows.Columns.ToArray(), Is.EqualTo(new[] { 2, 9, 0, 10 }));
            Assert.That(rows.Values.ToArray(), Is.EqualTo(new[] { 1.5f, -0.5f, 2.5f, -1f }));
        });
    }

    [Test]
    public void Both_ways_of_reading_bytes_find_the_same([Values] bool signed, [Values(5, 32, 77)] int width)
    {
        var random = new RandomStream(8);
        byte[] bytes = [.. Enumerable.Range(0, 20 * width).Select(_ => (byte)(random.NextInt(6) == 0 ? random.NextInt(256) : 0))];
        SparseRows fast = new(), portable = new();
        fast.FromBytes(bytes, 20, width, signed, 1 / 64f);
        portable.FromBytes(portable: true, bytes, 20, width, signed, 1 / 64f);
        Assert.Multiple(() =>
        {
            Assert.That(fast.Starts.ToArray(), Is.EqualTo(portable.Starts.ToArray()));
            Assert.That(fast.Columns.ToArray(), Is.EqualTo(portable.Columns.ToArray()));
            Assert.That(fast.Values.ToArray(), Is.EqualTo(portable.Values.ToArray()));
        });
    }

    [Test]
    public void A_transpose_has_columns_for_rows()
    {
        var rows = new SparseRows();
        rows.FromBytes(Bytes, 2, 11, signed: true, 0.5f);
        var columns = new SparseRows();
        columns.TransposeOf(rows);
        Assert.Multiple(() =>
        {
            Assert.That(columns.Starts.ToArray(), Is.EqualTo(new[] { 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4 }));
            Assert.That(columns.Columns.ToArray(), Is.EqualTo(new[] { 1, 0, 0, 1 }));
            Assert.That(columns.Values.ToArray(), Is.EqualTo(new[] { 2.5f, 1.5f, -0.5f, -1f }));
        });
    }

    [Test]
    public void Every_path_agrees_with_the_dense_product(
        [Values(3, 64, 150)] int n, [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path, [Values] bool transposed)
    {
        KernelPaths.Require(path);
        const int Rows = 9, Width = 37;
        var random = new RandomStream(3);
        byte[] bytes = [.. Enumerable.Range(0, Rows * Width).Select(_ => (byte)(random.NextInt(4) == 0 ? random.NextInt(256) : 0))];
        var sparse = new SparseRows();
        sparse.FromBytes(bytes, Rows, Width, signed: false, 1 / 255f);
        if (transposed)
        {
            var turned = new SparseRows();
            turned.TransposeOf(sparse);
            sparse = turned;
        }

        (int m, int k) = transposed ? (Width, Rows) : (Rows, Width);
        float[] b = [.. Enumerable.Range(0, k * n).Select(_ => random.NextSingle() - 0.5f)];
        float[] bias = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() - 0.5f)];
        float[] y = new float[m * n];
        SparseGemm.Multiply(path, sparse, 0, m, b, n, y, bias, relu: true);

        for (int r = 0; r < m; r++)
        {
            for (int c = 0; c < n; c++)
            {
                double sum = bias[c];
                for (int i = 0; i < k; i++)
                {
                    sum += (transposed ? bytes[i * Width + r] : bytes[r * Width + i]) / 255.0 * b[i * n + c];
                }

                Assert.That(y[r * n + c], Is.EqualTo(Math.Max(0, sum)).Within(1e-5), $"row {r}, column {c}");
            }
        }
    }
}
