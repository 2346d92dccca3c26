using System.Numerics;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// C (+)= A · B in single precision. A is read element by element with any two strides, so a transpose costs nothing; B is
/// packed beforehand into panels 16 columns wide, so that the inner loop reads it in order. Every element of C is summed over k
/// in the same order whatever rows and columns share the call: splitting work over threads or batches changes no bit.
/// </summary>
/// <remarks>
/// Blocking after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a 256 × 16 slice of B
/// (16 KB) stays in the first-level cache while up to 96 rows of A pass by it.
/// </remarks>
internal static unsafe partial class Gemm
{
    /// <summary>Columns of one packed panel.</summary>
    public const int PanelWidth = 16;

    private const int BlockK = 256;
    private const int BlockM = 96;

    /// <summary>Floats a packed K × N matrix takes: whole panels, the last filled with zeros.</summary>
    public static int PackedLength(int k, int n) => Panels(n) * PanelWidth * k;

    /// <summary>Panels that hold <paramref name="n"/> columns.</summary>
    public static int Panels(int n) => (n + PanelWidth - 1) / PanelWidth;

    /// <summary>Packs columns of B (K × N, any strides) into panels: <c>panels[n / 16][k][n % 16]</c>.</summary>
    public static void Pack(ReadOnlySpan<float> b, int rowStride, int columnStride, int k, int n, Span<float> panels)
    {
        if (k == 0 || n == 0)
        {
            return;
        }

        if (b.Length <= (long)(k - 1) * rowStride + (long)(n - 1) * columnStride || panels.Length < PackedLength(k, n))
        {
            throw new ArgumentException(
                $"A {k} × {n} matrix (strides {rowStride}, {columnStride}) does not fit its operands: b {b.Length}, panels {panels.Length}.");
        }

        fixed (float* source = b, target = panels)
        {
            float* to = target;
            for (int n0 = 0; n0 < n; n0 += PanelWidth)
            {
                int width = Math.Min(PanelWidth, n - n0);
                for (int row = 0; row < k; row++, to += PanelWidth)
                {
                    float* from = source + (long)row * rowStride + (long)n0 * columnStride;
                    if (columnStride == 1 && width == PanelWidth)
                    {
                        Buffer.MemoryCopy(from, to, PanelWidth * sizeof(float), PanelWidth * sizeof(float));
                        continue;
                    }

                    for (int column = 0; column < width; column++)
                    {
                        to[column] = from[(long)column * columnStride];
                    }

                    for (int column = width; column < PanelWidth; column++)
                    {
                        to[column] = 0;
                    }
                }
            }
        }
    }

    /// <summary>C = A · B (+ bias) (then ReLU), or C += A · B.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B.</param>
    /// <param name="a">A[i, p] at <c>i × aRow + p × aColumn</c>.</param>
    /// <param name="aRow">Stride between rows of A.</param>
    /// <param name="aColumn">Stride between columns of A.</param>
    /// <param name="panels">B, packed.</param>
    /// <param name="c">C, rows contiguous.</param>
    /// <param name="cRow">Stride between rows of C.</param>
    /// <param name="accumulate">Whether C's old values count.</param>
    /// <param name="bias">N numbers added to every row; empty for none.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    public static void Multiply(
        int m, int n, int k,
        ReadOnlySpan<float> a, int aRow, int aColumn,
        ReadOnlySpan<float> panels,
        Span<float> c, int cRow,
        bool accumulate = false, ReadOnlySpan<float> bias = default, bool relu = false)
        => Multiply(portable: false, m, n, k, a, aRow, aColumn, panels, c, cRow, accumulate, bias, relu);

    /// <summary>The same over any path; tests compare the two.</summary>
    internal static void Multiply(
        bool portable,
        int m, int n, int k,
        ReadOnlySpan<float> a, int aRow, int aColumn,
        ReadOnlySpan<float> panels,
        Span<float> c, int cRow,
        bool accumulate, ReadOnlySpan<float> bias, bool relu)
    {
        if (m == 0 || n == 0)
        {
            return;
        }

        // The pointers below trust these: the last element of each operand lies inside its span.
        if (k <= 0
            || a.Length <= (long)(m - 1) * aRow + (long)(k - 1) * aColumn
            || panels.Length < PackedLength(k, n)
            || c.Length < (long)(m - 1) * cRow + n
            || (!bias.IsEmpty && bias.Length < n))
        {
            throw new ArgumentException(
                $"A {m} × {k} by {k} × {n} product does not fit its operands: a {a.Length} (strides {aRow}, {aColumn}), "
                + $"panels {panels.Length}, c {c.Length} (stride {cRow}), bias {bias.Length}.");
        }

        float* edge = stackalloc float[BlockM * PanelWidth];
        float* edgeBias = stackalloc float[PanelWidth];
        fixed (float* pa = a, pb = panels, pc = c, pBias = bias)
        {
            for (int k0 = 0; k0 < k; k0 += BlockK)
            {
                int kc = Math.Min(BlockK, k - k0);
                bool add = accumulate || k0 > 0;
                bool last = k0 + kc == k;
                for (int i0 = 0; i0 < m; i0 += BlockM)
                {
                    int rows = Math.Min(BlockM, m - i0);
                    float* aBlock = pa + (long)i0 * aRow + (long)k0 * aColumn;
                    for (int n0 = 0; n0 < n; n0 += PanelWidth)
                    {
                        float* panel = pb + (long)n0 * k + (long)k0 * PanelWidth;
                        float* cBlock = pc + (long)i0 * cRow + n0;
                        float* biasBlock = add || bias.IsEmpty ? null : pBias + n0;
                        int width = Math.Min(PanelWidth, n - n0);
                        if (width == PanelWidth)
                        {
                            Strip(portable, rows, kc, aBlock, aRow, aColumn, panel, cBlock, cRow, add, biasBlock, relu && last);
                            continue;
                        }

                        // The last, narrow panel goes through a full-width block of its own.
                        Copy(cBlock, cRow, edge, PanelWidth, add ? rows : 0, width);
                        if (biasBlock is not null)
                        {
                            Copy(biasBlock, 0, edgeBias, 0, 1, width);
                            biasBlock = edgeBias;
                        }

                        Strip(portable, rows, kc, aBlock, aRow, aColumn, panel, edge, PanelWidth, add, biasBlock, relu && last);
                        Copy(edge, PanelWidth, cBlock, cRow, rows, width);
                    }
                }
            }
        }
    }

    private static void Copy(float* from, int fromRow, float* to, int toRow, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int x = 0; x < columns; x++)
            {
                to[r * toRow + x] = from[(long)r * fromRow + x];
            }
        }
    }

    /// <summary>Up to 96 rows of C, one panel wide, over one block of k.</summary>
    private static void Strip(
        bool portable, int rows, int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu)
    {
        bool done = false;
        if (!portable)
        {
            StripNet(rows, kc, a, aRow, aColumn, b, c, cRow, add, bias, relu, ref done);
        }

        if (!done)
        {
            StripPortable(rows, kc, a, aRow, aColumn, b, c, cRow, add, bias, relu);
        }
    }

    /// <summary>The fused multiply-add kernels of modern .NET; absent elsewhere.</summary>
    static partial void StripNet(
        int rows, int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu, ref bool done);

    // Four rows by two vectors: eight sums and the two vectors of B fit the sixteen registers of SSE and AVX alike.
    private static void StripPortable(
        int rows, int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu)
    {
        int lanes = Vector<float>.Count;
        for (int x = 0; x < PanelWidth; x += 2 * lanes)
        {
            float* biasHere = bias is null ? null : bias + x;
            int i = 0;
            for (; i + 4 <= rows; i += 4)
            {
                FourRows(kc, a + (long)i * aRow, aRow, aColumn, b + x, c + (long)i * cRow + x, cRow, add, biasHere, relu);
            }

            for (; i < rows; i++)
            {
                OneRow(kc, a + (long)i * aRow, aColumn, b + x, c + (long)i * cRow + x, add, biasHere, relu);
            }
        }
    }

    private static void FourRows(
        int kc, float* a, int aRow, int aColumn, float* b, float* c, int cRow, bool add, float* bias, bool relu)
    {
        int lanes = Vector<float>.Count;
        Vector<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector<float> c20 = default, c21 = default, c30 = default, c31 = default;
        float* a2 = a + 2L * aRow;
        for (int p = 0; p < kc; p++)
        {
            Vector<float> b0 = Lanes.Load(b), b1 = Lanes.Load(b + lanes);
            var broadcast = new Vector<float>(a[0]);
            c00 += broadcast * b0;
            c01 += broadcast * b1;
            broadcast = new Vector<float>(a[aRow]);
            c10 += broadcast * b0;
            c11 += broadcast * b1;
            broadcast = new Vector<float>(a2[0]);
            c20 += broadcast * b0;
            c21 += broadcast * b1;
            broadcast = new Vector<float>(a2[aRow]);
            c30 += broadcast * b0;
            c31 += broadcast * b1;
            a += aColumn;
            a2 += aColumn;
            b += PanelWidth;
        }

        Finish(c, c00, c01, add, bias, relu);
        Finish(c + cRow, c10, c11, add, bias, relu);
        Finish(c + 2L * cRow, c20, c21, add, bias, relu);
        Finish(c + 3L * cRow, c30, c31, add, bias, relu);
    }

    private static void OneRow(int kc, float* a, int aColumn, float* b, float* c, bool add, float* bias, bool relu)
    {
        int lanes = Vector<float>.Count;
        Vector<float> c0 = default, c1 = default;
        for (int p = 0; p < kc; p++)
        {
            var broadcast = new Vector<float>(*a);
            c0 += broadcast * Lanes.Load(b);
            c1 += broadcast * Lanes.Load(b + lanes);
            a += aColumn;
            b += PanelWidth;
        }

        Finish(c, c0, c1, add, bias, relu);
    }

    private static void Finish(float* c, Vector<float> c0, Vector<float> c1, bool add, float* bias, bool relu)
    {
        int lanes = Vector<float>.Count;
        if (add)
        {
            c0 += Lanes.Load(c);
            c1 += Lanes.Load(c + lanes);
        }
        else if (bias is not null)
        {
            c0 += Lanes.Load(bias);
            c1 += Lanes.Load(bias + lanes);
        }

        if (relu)
        {
            c0 = Vector.Max(c0, Vector<float>.Zero);
            c1 = Vector.Max(c1, Vector<float>.Zero);
        }

        Lanes.Store(c, c0);
        Lanes.Store(c + lanes, c1);
    }
}
