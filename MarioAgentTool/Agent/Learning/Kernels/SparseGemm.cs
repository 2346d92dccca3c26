using System.Numerics;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// Y = X · B (+ bias) (then ReLU) for a sparse X and a dense row-major B: each non-zero adds one scaled row of B to a row of Y.
/// Forward, X is the observations and B the transposed weights; backward, X is the transposed observations and B the gradient.
/// </summary>
internal static unsafe partial class SparseGemm
{
    /// <summary>Rows <paramref name="firstRow"/> up to <paramref name="endRow"/> of Y (stride and width <paramref name="n"/>).</summary>
    public static void Multiply(
        SparseRows x, int firstRow, int endRow, ReadOnlySpan<float> b, int n, Span<float> y, ReadOnlySpan<float> bias, bool relu)
        => Multiply(KernelPath.Fastest, x, firstRow, endRow, b, n, y, bias, relu);

    /// <summary>The same over any path; tests compare them.</summary>
    internal static void Multiply(
        KernelPath path, SparseRows x, int firstRow, int endRow, ReadOnlySpan<float> b, int n, Span<float> y, ReadOnlySpan<float> bias, bool relu)
    {
        if (firstRow < 0 || b.Length < (long)x.Width * n || y.Length < (long)endRow * n || endRow > x.Rows || (!bias.IsEmpty && bias.Length < n))
        {
            throw new ArgumentException(
                $"A sparse {x.Rows} × {x.Width} by {x.Width} × {n} product does not fit its operands: b {b.Length}, y {y.Length}, bias {bias.Length}.");
        }

        fixed (int* starts = x.Starts, columns = x.Columns)
        fixed (float* values = x.Values, pb = b, py = y, pBias = bias)
        {
            // Columns outside, rows inside: one band of B serves every row while it is in cache.
            int column = 0;
            if (path != KernelPath.Portable)
            {
                BandsNet(path, starts, columns, values, firstRow, endRow, pb, n, py, pBias, relu, ref column);
            }

            int lanes = Vector<float>.Count;
            for (; column + 4 * lanes <= n; column += 4 * lanes)
            {
                for (int r = firstRow; r < endRow; r++)
                {
                    FourVectors(starts[r], starts[r + 1], columns, values, pb + column, n, py + (long)r * n + column, pBias is null ? null : pBias + column, relu);
                }
            }

            for (; column < n; column++)
            {
                for (int r = firstRow; r < endRow; r++)
                {
                    float sum = 0;
                    for (int i = starts[r]; i < starts[r + 1]; i++)
                    {
                        sum += values[i] * pb[(long)columns[i] * n + column];
                    }

                    sum += pBias is null ? 0 : pBias[column];
                    py[(long)r * n + column] = relu && sum < 0 ? 0 : sum;
                }
            }
        }
    }

    /// <summary>Bands of 64 columns by fused multiply-add, on modern .NET; moves <paramref name="column"/> past what it has done.</summary>
    static partial void BandsNet(
        KernelPath path, int* starts, int* columns, float* values, int firstRow, int endRow, float* b, int n, float* y, float* bias, bool relu, ref int column);

    private static void FourVectors(int from, int to, int* columns, float* values, float* b, int n, float* y, float* bias, bool relu)
    {
        int lanes = Vector<float>.Count;
        Vector<float> y0 = default, y1 = default, y2 = default, y3 = default;
        for (int i = from; i < to; i++)
        {
            float* row = b + (long)columns[i] * n;
            var value = new Vector<float>(values[i]);
            y0 += value * Lanes.Load(row);
            y1 += value * Lanes.Load(row + lanes);
            y2 += value * Lanes.Load(row + 2 * lanes);
            y3 += value * Lanes.Load(row + 3 * lanes);
        }

        if (bias is not null)
        {
            y0 += Lanes.Load(bias);
            y1 += Lanes.Load(bias + lanes);
            y2 += Lanes.Load(bias + 2 * lanes);
            y3 += Lanes.Load(bias + 3 * lanes);
        }

        if (relu)
        {
            y0 = Vector.Max(y0, Vector<float>.Zero);
            y1 = Vector.Max(y1, Vector<float>.Zero);
            y2 = Vector.Max(y2, Vector<float>.Zero);
            y3 = Vector.Max(y3, Vector<float>.Zero);
        }

        Lanes.Store(y, y0);
        Lanes.Store(y + lanes, y1);
        Lanes.Store(y + 2 * lanes, y2);
        Lanes.Store(y + 3 * lanes, y3);
    }
}
