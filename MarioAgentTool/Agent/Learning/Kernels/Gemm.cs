namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// C (+)= A · B in single precision. A is read element by element with any two strides, so a transpose costs nothing; B is
/// packed beforehand into panels 32 columns wide, so that the inner loop reads it in order. Every element of C is summed over k
/// in the same order whatever rows and columns share the call: splitting work over threads or batches changes no bit.
/// </summary>
/// <remarks>
/// Blocking after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a slice of B of at most 384 × 32
/// (48 KB) comes from the second-level cache while up to 48 rows of A pass by it; each step of it serves 24 multiply-adds.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>Columns of one packed panel; the last is 16 wide if that is enough.</summary>
    public const int PanelWidth = Tile.Columns;

    private const int HalfPanel = PanelWidth / 2, Wide = Tile.PanelsAtOnce * PanelWidth;
    private const int BlockK = 384;
    private const int BlockM = 48;

    // A product of few steps is mostly writing: then few rows at a time, each written from end to end.
    private const int FewSteps = 128, FewRows = 12;

    /// <summary>Floats a packed K × N matrix takes: whole panels, the last filled with zeros.</summary>
    public static int PackedLength(int k, int n) => (n + HalfPanel - 1) / HalfPanel * HalfPanel * k;

    /// <summary>Panels that hold <paramref name="n"/> columns.</summary>
    public static int Panels(int n) => (n + PanelWidth - 1) / PanelWidth;

    /// <summary>Packs columns of B (K × N, any strides) into panels: <c>panels[n / 32][k][n % 32]</c>.</summary>
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
            for (int n0 = 0; n0 < n; n0 += PanelWidth)
            {
                int width = Math.Min(PanelWidth, n - n0), full = Full(width);
                float* from = source + (long)n0 * columnStride, to = target + (long)n0 * k;
                if (rowStride == 1)
                {
                    // Columns of B lie in order: rows of a matrix that is turned round.
                    Lanes.TransposeStrided(from, columnStride, width, k, to, full);
                }
                else if (columnStride == 1)
                {
                    for (int row = 0; row < k; row++)
                    {
                        Lanes.Copy(from + (long)row * rowStride, to + (long)row * full, width);
                    }
                }
                else
                {
                    for (int row = 0; row < k; row++)
                    {
                        for (int column = 0; column < width; column++)
                        {
                            to[(long)row * full + column] = from[(long)row * rowStride + (long)column * columnStride];
                        }
                    }
                }

                for (int row = 0; row < k && width < full; row++)
                {
                    new Span<float>(to + (long)row * full + width, full - width).Clear();
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
        => Multiply(KernelPath.Fastest, m, n, k, a, aRow, aColumn, panels, c, cRow, accumulate, bias, relu);

    /// <summary>The same over any path; tests compare them.</summary>
    internal static void Multiply(
        KernelPath path,
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

        int blocks = (k + BlockK - 1) / BlockK, blockM = k <= FewSteps ? FewRows : BlockM;
        fixed (float* pa = a, pb = panels, pc = c, pBias = bias)
        {
            var tile = new Tile { ARow = aRow, AStep = aColumn, Segments = 1, CRow = cRow };
            for (int block = 0, k0 = 0; block < blocks; block++)
            {
                int end = (int)((long)k * (block + 1) / blocks);
                tile.Steps = end - k0;
                tile.Add = accumulate || block > 0;
                tile.Relu = relu && block == blocks - 1;
                for (int i0 = 0; i0 < m; i0 += blockM)
                {
                    tile.A = pa + (long)i0 * aRow + (long)k0 * aColumn;
                    for (int n0 = 0; n0 < n; n0 += PanelWidth)
                    {
                        int width = Math.Min(PanelWidth, n - n0), full = Full(width);
                        tile.B = pb + (long)n0 * k + (long)k0 * full;
                        tile.BStep = full;
                        tile.C = pc + (long)i0 * cRow + n0;
                        tile.Bias = bias.IsEmpty ? null : pBias + n0;
                        if (m == 1 && n - n0 >= Wide && tile.RunPanels(path, (nint)PanelWidth * k))
                        {
                            n0 += Wide - PanelWidth;
                            continue;
                        }

                        tile.Run(path, Math.Min(blockM, m - i0), width);
                    }
                }

                k0 = end;
            }
        }
    }

    /// <summary>Rows of Pᵀ · B, where the columns of P were packed: C = Pᵀ[first …] · B, with B packed too.</summary>
    /// <param name="rows">Rows of C.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="k">Columns of P, rows of B.</param>
    /// <param name="packed">P, packed as <see cref="Pack"/> does.</param>
    /// <param name="packedRows">Rows of P.</param>
    /// <param name="first">The row of P, and of C, to begin with.</param>
    /// <param name="panels">B, packed.</param>
    /// <param name="c">C's first row wanted.</param>
    /// <param name="cRow">Stride between rows of C; whole vectors of 16.</param>
    /// <param name="path">Which way; tests compare them.</param>
    internal static void MultiplyPanels(
        int rows, int n, int k, ReadOnlySpan<float> packed, int packedRows, int first, ReadOnlySpan<float> panels, float* c, int cRow,
        KernelPath path = KernelPath.Fastest)
    {
        if (packed.Length < PackedLength(packedRows, k) || panels.Length < PackedLength(k, n) || first + rows > packedRows || cRow < PackedLength(1, n))
        {
            throw new ArgumentException(
                $"Rows {first} to {first + rows} of {packedRows} × {k} by {k} × {n} do not fit their operands: {packed.Length}, panels {panels.Length}, stride {cRow}.");
        }

        // A panel of P at a time: its rows follow each other in memory, and C stays in cache.
        fixed (float* p = packed, b = panels)
        {
            var tile = new Tile { AStep = 1, CRow = cRow, Segments = 1 };
            for (int k0 = 0; k0 < k; k0 += PanelWidth)
            {
                int steps = Math.Min(PanelWidth, k - k0), stride = Full(steps);
                (tile.ARow, tile.Steps, tile.Add) = (stride, steps, k0 > 0);
                tile.A = p + (long)k0 * packedRows + (long)first * stride;
                for (int n0 = 0; n0 < n; n0 += PanelWidth)
                {
                    int width = Full(Math.Min(PanelWidth, n - n0));
                    tile.BStep = width;
                    tile.B = b + (long)n0 * k + (long)k0 * width;
                    tile.C = c + n0;
                    tile.Run(path, rows, width);
                }
            }
        }
    }

    private static int Full(int width) => width > HalfPanel ? PanelWidth : HalfPanel;
}
