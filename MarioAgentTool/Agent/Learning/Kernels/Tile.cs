using System.Numerics;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>Which instructions a kernel is made of. All compute the same; <see cref="Portable"/> without fusing, so to other last bits.</summary>
public enum KernelPath
{
    /// <summary>The fastest that this machine and runtime have.</summary>
    Fastest,

    /// <summary>512-bit fused multiply-add, on modern .NET.</summary>
    Avx512,

    /// <summary>256-bit fused multiply-add, on modern .NET.</summary>
    Avx2,

    /// <summary><see cref="Vector{T}"/>, everywhere.</summary>
    Portable,
}

/// <summary>
/// The block of a matrix product that stays in registers: some rows of C by up to 32 columns, C (+)= Σ A · B over steps that may lie
/// in segments. A dense product has one segment; a convolution has one for every row of its kernel or of its picture, and so needs
/// no copy of its patches.
/// </summary>
/// <remarks>
/// One step multiplies a number of A for each row by 32 neighbours of B. 12 rows × 32 columns are 24 sums of 512 bits, 6 × 16 are
/// 12 of 256 bits: enough to keep both multipliers busy, with registers left for B. Each element of C is one chain of multiply-adds
/// over all steps, whatever rows and columns share the call.
/// </remarks>
internal unsafe partial struct Tile
{
    /// <summary>Greatest width.</summary>
    public const int Columns = 32;

    /// <summary>Panels that one row is multiplied by together.</summary>
    public const int PanelsAtOnce = 4;

    // Columns come in whole vectors of 16; what is narrower goes through a block of its own.
    private const int HalfColumns = 16;
    private const int EdgeRows = 48;

    /// <summary>The first row's first number.</summary>
    public float* A;

    /// <summary>From one row to the next, from one step to the next, from one segment to the next.</summary>
    public nint ARow, AStep, ASegment;

    /// <summary>The first step's first number; 32 (or 16) can be read there.</summary>
    public float* B;

    /// <summary>From one step to the next, from one segment to the next.</summary>
    public nint BStep, BSegment;

    /// <summary>Steps in a segment, and segments.</summary>
    public int Steps, Segments;

    /// <summary>The result; columns are neighbours.</summary>
    public float* C;

    /// <summary>From one row of C to the next.</summary>
    public nint CRow;

    /// <summary>Whether C's old values count.</summary>
    public bool Add;

    /// <summary>Added to every row unless <see cref="Add"/> is set; null for none.</summary>
    public float* Bias;

    /// <summary>Whether negative results become zero.</summary>
    public bool Relu;

    /// <summary>Whether this processor and runtime can take a path.</summary>
    public static bool Has(KernelPath path)
    {
        bool has = path is KernelPath.Fastest or KernelPath.Portable;
        HasNet(path, ref has);
        return has;
    }

    static partial void HasNet(KernelPath path, ref bool has);

    /// <summary>Computes so many rows by so many columns, at most 32.</summary>
    public readonly void Run(KernelPath path, int rows, int columns)
    {
        if (columns is Columns or HalfColumns)
        {
            Whole(path, rows, columns);
        }
        else
        {
            Edge(path, rows, columns);
        }
    }

    /// <summary>One row by <see cref="PanelsAtOnce"/> panels of 32 columns, in one segment; false where there is no kernel for it.</summary>
    /// <param name="path">Which way.</param>
    /// <param name="panel">From one panel of B to the next; those of C are neighbours.</param>
    public readonly bool RunPanels(KernelPath path, nint panel)
    {
        bool done = false;
        if (path != KernelPath.Portable)
        {
            RunPanelsNet(path, panel, ref done);
        }

        return done;
    }

    readonly partial void RunPanelsNet(KernelPath path, nint panel, ref bool done);

    private readonly Tile Right(int panels) => this with { C = C + panels * Columns, Bias = Bias is null ? null : Bias + panels * Columns };

    /// <summary>Rows from one on, for callers that walk down C.</summary>
    private readonly Tile Down(int rows) => this with { A = A + rows * ARow, C = C + rows * CRow };

    // A narrow block is computed at full width beside C.
    private readonly void Edge(KernelPath path, int rows, int columns)
    {
        int width = columns <= HalfColumns ? HalfColumns : Columns;
        float* block = stackalloc float[EdgeRows * Columns];
        float* bias = stackalloc float[Columns];
        for (int first = 0; first < rows; first += EdgeRows)
        {
            int count = Math.Min(EdgeRows, rows - first);
            Tile tile = Down(first);
            Copy(tile.C, CRow, block, width, Add ? count : 0, columns);
            if (Bias is not null)
            {
                Copy(Bias, 0, bias, 0, 1, columns);
                tile.Bias = bias;
            }

            float* c = tile.C;
            tile.C = block;
            tile.CRow = width;
            tile.Whole(path, count, width);
            Copy(block, width, c, CRow, count, columns);
        }
    }

    private readonly void Whole(KernelPath path, int rows, int columns)
    {
        bool done = false;
        if (path != KernelPath.Portable)
        {
            RunNet(path, rows, columns, ref done);
        }

        if (!done)
        {
            RunPortable(rows, columns);
        }
    }

    /// <summary>The fused multiply-add kernels of modern .NET; absent elsewhere.</summary>
    readonly partial void RunNet(KernelPath path, int rows, int columns, ref bool done);

    private static void Copy(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int x = 0; x < columns; x++)
            {
                to[r * toRow + x] = from[r * fromRow + x];
            }
        }
    }

    // Four rows by two vectors: eight sums and the two vectors of B fit the sixteen registers of SSE and AVX alike.
    private readonly void RunPortable(int rows, int columns)
    {
        int lanes = Vector<float>.Count;
        for (int x = 0; x < columns; x += 2 * lanes)
        {
            Tile right = this with { B = B + x, C = C + x, Bias = Bias is null ? null : Bias + x };
            int r = 0;
            for (; r + 4 <= rows; r += 4)
            {
                right.Down(r).FourRows();
            }

            for (; r < rows; r++)
            {
                right.Down(r).OneRow();
            }
        }
    }

    private readonly void FourRows()
    {
        int lanes = Vector<float>.Count;
        nint row = ARow, step = AStep, bStep = BStep;
        Vector<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (int s = 0; s < Segments; s++)
        {
            float* a = A + s * ASegment;
            float* b = B + s * BSegment;
            float* a2 = a + 2 * row;
            for (int p = 0; p < Steps; p++)
            {
                Vector<float> b0 = Lanes.Load(b), b1 = Lanes.Load(b + lanes);
                var broadcast = new Vector<float>(a[0]);
                c00 += broadcast * b0;
                c01 += broadcast * b1;
                broadcast = new Vector<float>(a[row]);
                c10 += broadcast * b0;
                c11 += broadcast * b1;
                broadcast = new Vector<float>(a2[0]);
                c20 += broadcast * b0;
                c21 += broadcast * b1;
                broadcast = new Vector<float>(a2[row]);
                c30 += broadcast * b0;
                c31 += broadcast * b1;
                a += step;
                a2 += step;
                b += bStep;
            }
        }

        Finish(0, c00, c01);
        Finish(1, c10, c11);
        Finish(2, c20, c21);
        Finish(3, c30, c31);
    }

    private readonly void OneRow()
    {
        int lanes = Vector<float>.Count;
        nint step = AStep, bStep = BStep;
        Vector<float> c0 = default, c1 = default;
        for (int s = 0; s < Segments; s++)
        {
            float* a = A + s * ASegment;
            float* b = B + s * BSegment;
            for (int p = 0; p < Steps; p++)
            {
                var broadcast = new Vector<float>(*a);
                c0 += broadcast * Lanes.Load(b);
                c1 += broadcast * Lanes.Load(b + lanes);
                a += step;
                b += bStep;
            }
        }

        Finish(0, c0, c1);
    }

    private readonly void Finish(int row, Vector<float> c0, Vector<float> c1)
    {
        int lanes = Vector<float>.Count;
        float* c = C + row * CRow;
        if (Add)
        {
            c0 += Lanes.Load(c);
            c1 += Lanes.Load(c + lanes);
        }
        else if (Bias is not null)
        {
            c0 += Lanes.Load(Bias);
            c1 += Lanes.Load(Bias + lanes);
        }

        if (Relu)
        {
            c0 = Vector.Max(c0, Vector<float>.Zero);
            c1 = Vector.Max(c1, Vector<float>.Zero);
        }

        Lanes.Store(c, c0);
        Lanes.Store(c + lanes, c1);
    }
}
