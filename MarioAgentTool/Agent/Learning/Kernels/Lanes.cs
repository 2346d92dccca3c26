using System.Numerics;
using System.Runtime.CompilerServices;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>Element-wise passes over float arrays, <see cref="Vector{T}"/> lanes at a time with a scalar tail.</summary>
internal static unsafe partial class Lanes
{
    private const float LogTwoE = 1.44269504f, LnTwoHigh = 0.693359375f, LnTwoLow = -2.12194440e-4f;

    // Plain dereferences: Mono compiles them to one unaligned move, and takes five times as long by way of Unsafe.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(float* from) => *(Vector<float>*)from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, Vector<float> value) => *(Vector<float>*)to = value;

    /// <summary>The lanes added up, lowest first.</summary>
    public static float Sum(Vector<float> v)
    {
        float sum = 0;
        for (int i = 0; i < Vector<float>.Count; i++)
        {
            sum += v[i];
        }

        return sum;
    }

    /// <summary>to += from.</summary>
    public static void Add(Span<float> to, ReadOnlySpan<float> from)
    {
        fixed (float* t = to, f = from.Slice(0, to.Length))
        {
            int i = 0;
            for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Store(t + i, Load(t + i) + Load(f + i));
            }

            for (; i < to.Length; i++)
            {
                t[i] += f[i];
            }
        }
    }

    /// <summary>to += factor × from.</summary>
    public static void AddScaled(Span<float> to, ReadOnlySpan<float> from, float factor)
    {
        var factors = new Vector<float>(factor);
        fixed (float* t = to, f = from)
        {
            int i = 0;
            for (; i <= from.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Store(t + i, Load(t + i) + factors * Load(f + i));
            }

            for (; i < from.Length; i++)
            {
                t[i] += factor * f[i];
            }
        }
    }

    /// <summary>to = exp(from − shift), for differences of 0 or less; below −87, the least normal number. Within 2 units of the last place; the same bits on any number of lanes.</summary>
    public static void Exp(ReadOnlySpan<float> from, float shift, Span<float> to)
    {
        fixed (float* f = from, t = to.Slice(0, from.Length))
        {
            int i = 0;
            for (; i <= from.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                // e^x = 2ⁿ e^r,  n = round(x log₂ e),  r = x − n ln 2 in two parts;  e^r by Cephes' polynomial
                Vector<float> x = Vector.Max(Load(f + i) - new Vector<float>(shift), new Vector<float>(-87));
                Vector<int> n = Vector.ConvertToInt32(x * new Vector<float>(LogTwoE) - new Vector<float>(0.5f));
                Vector<float> whole = Vector.ConvertToSingle(n), r = x - whole * new Vector<float>(LnTwoHigh) - whole * new Vector<float>(LnTwoLow);
                Vector<float> p = new(1.9875691500e-4f);
                p = p * r + new Vector<float>(1.3981999507e-3f);
                p = p * r + new Vector<float>(8.3334519073e-3f);
                p = p * r + new Vector<float>(4.1665795894e-2f);
                p = p * r + new Vector<float>(1.6666665459e-1f);
                p = p * r + new Vector<float>(5.0000001201e-1f);
                p = p * (r * r) + r + Vector<float>.One;
                Vector<int> power = (n + new Vector<int>(127)) * new Vector<int>(1 << 23);
                Store(t + i, p * Vector.AsVectorSingle(power));
            }

            for (; i < from.Length; i++)
            {
                float x = Math.Max(f[i] - shift, -87);
                int n = (int)(x * LogTwoE - 0.5f);
                float r = x - n * LnTwoHigh - n * LnTwoLow;
                float p = 1.9875691500e-4f;
                p = p * r + 1.3981999507e-3f;
                p = p * r + 8.3334519073e-3f;
                p = p * r + 4.1665795894e-2f;
                p = p * r + 1.6666665459e-1f;
                p = p * r + 5.0000001201e-1f;
                p = p * (r * r) + r + 1;
                int power = (n + 127) << 23;
                t[i] = p * *(float*)&power;
            }
        }
    }

    /// <summary>to = a ⊙ b.</summary>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> to) => Product(a, b, to, 0);

    /// <summary>to += a ⊙ b.</summary>
    public static void AddProduct(Span<float> to, ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Product(a, b, to, 1);

    private static void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> to, float keep)
    {
        var old = new Vector<float>(keep);
        fixed (float* t = to, x = a.Slice(0, to.Length), y = b.Slice(0, to.Length))
        {
            int i = 0;
            for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Store(t + i, old * Load(t + i) + Load(x + i) * Load(y + i));
            }

            for (; i < to.Length; i++)
            {
                t[i] = keep * t[i] + x[i] * y[i];
            }
        }
    }

    /// <summary>Column sums of a row-major matrix, rows added in order: the gradient of a bias.</summary>
    public static void SumRows(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> sums)
    {
        sums.Slice(0, columns).Clear();
        for (int r = 0; r < rows; r++)
        {
            Add(sums.Slice(0, columns), matrix.Slice(r * columns, columns));
        }
    }

    /// <summary>ReLU's derivative: a gradient passes where the output was positive.</summary>
    public static void MaskByPositive(Span<float> gradient, ReadOnlySpan<float> output)
    {
        fixed (float* g = gradient, y = output.Slice(0, gradient.Length))
        {
            int i = 0;
            for (; i <= gradient.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<int> positive = Vector.GreaterThan(Load(y + i), Vector<float>.Zero);
                Store(g + i, Vector.ConditionalSelect(positive, Load(g + i), Vector<float>.Zero));
            }

            for (; i < gradient.Length; i++)
            {
                g[i] = y[i] > 0 ? g[i] : 0;
            }
        }
    }

    /// <summary>to[c, r] = from[r, c] for rows <paramref name="firstRow"/> up to <paramref name="endRow"/>.</summary>
    public static void Transpose(ReadOnlySpan<float> from, int rows, int columns, Span<float> to, int firstRow, int endRow)
        => Transpose(portable: false, from, rows, columns, to, firstRow, endRow);

    /// <summary>The same over any path; tests compare the two.</summary>
    internal static void Transpose(bool portable, ReadOnlySpan<float> from, int rows, int columns, Span<float> to, int firstRow, int endRow)
    {
        fixed (float* f = from.Slice(0, rows * columns), t = to.Slice(0, rows * columns))
        {
            int row = firstRow;
            if (!portable)
            {
                TransposeNet(f, rows, columns, t, ref row, endRow);
            }

            // Blocks of rows whose columns stay in cache while they are read across.
            const int Block = 16;
            for (; row < endRow; row += Block)
            {
                TransposeBlock(f, rows, columns, t, row, Math.Min(row + Block, endRow), 0);
            }
        }
    }

    /// <summary>8 × 8 blocks by shuffles, on modern .NET; moves <paramref name="row"/> past what it has done.</summary>
    static partial void TransposeNet(float* from, int rows, int columns, float* to, ref int row, int endRow);

    /// <summary>to[c × toStride + r] = from[r × fromStride + c] for all rows and columns.</summary>
    public static void TransposeStrided(float* from, nint fromStride, int rows, int columns, float* to, nint toStride)
    {
        int row = 0;
        TransposeStridedNet(from, fromStride, rows, columns, to, toStride, ref row);
        for (; row < rows; row++)
        {
            for (int c = 0; c < columns; c++)
            {
                to[c * toStride + row] = from[row * fromStride + c];
            }
        }
    }

    /// <summary>8 × 8 blocks by shuffles, on modern .NET; moves <paramref name="row"/> past what it has done.</summary>
    static partial void TransposeStridedNet(float* from, nint fromStride, int rows, int columns, float* to, nint toStride, ref int row);

    /// <summary>Copies a few neighbours, without asking anybody.</summary>
    public static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            Store(to + i, Load(from + i));
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    private static void TransposeBlock(float* from, int rows, int columns, float* to, int firstRow, int endRow, int firstColumn)
    {
        for (int c = firstColumn; c < columns; c++)
        {
            float* column = to + (long)c * rows;
            for (int r = firstRow; r < endRow; r++)
            {
                column[r] = from[(long)r * columns + c];
            }
        }
    }

    /// <summary>to[i × planes + p] = from[p × length + i]: planes that follow each other come to lie side by side.</summary>
    public static void Interleave(ReadOnlySpan<byte> from, int planes, Span<byte> to) => Interleave(portable: false, from, planes, to);

    /// <summary>The same over any path; tests compare the two.</summary>
    internal static void Interleave(bool portable, ReadOnlySpan<byte> from, int planes, Span<byte> to)
    {
        int length = from.Length / planes;
        fixed (byte* f = from, t = to.Slice(0, from.Length))
        {
            int i = 0;
            if (!portable && planes == 4)
            {
                InterleaveFourNet(f, length, t, ref i);
            }

            for (; i < length; i++)
            {
                for (int p = 0; p < planes; p++)
                {
                    t[i * planes + p] = f[p * length + i];
                }
            }
        }
    }

    /// <summary>Sixteen bytes of each of four planes at a time, on modern .NET; moves <paramref name="i"/> past what it has done.</summary>
    static partial void InterleaveFourNet(byte* from, int length, byte* to, ref int i);

    /// <summary>to = scale × bytes, read as signed or unsigned.</summary>
    public static void FromBytes(ReadOnlySpan<byte> bytes, bool signed, float scale, Span<float> to)
    {
        fixed (byte* b = bytes)
        fixed (float* t = to.Slice(0, bytes.Length))
        {
            int i = 0;
            int lanes = Vector<float>.Count;
            for (; !signed && i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                Vector.Widen(Unsafe.ReadUnaligned<Vector<byte>>(b + i), out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low, out Vector<uint> q0, out Vector<uint> q1);
                Vector.Widen(high, out Vector<uint> q2, out Vector<uint> q3);
                Store(t + i, Vector.ConvertToSingle(Vector.AsVectorInt32(q0)) * scale);
                Store(t + i + lanes, Vector.ConvertToSingle(Vector.AsVectorInt32(q1)) * scale);
                Store(t + i + 2 * lanes, Vector.ConvertToSingle(Vector.AsVectorInt32(q2)) * scale);
                Store(t + i + 3 * lanes, Vector.ConvertToSingle(Vector.AsVectorInt32(q3)) * scale);
            }

            for (; i < bytes.Length; i++)
            {
                t[i] = (signed ? (sbyte)b[i] : b[i]) * scale;
            }
        }
    }
}
