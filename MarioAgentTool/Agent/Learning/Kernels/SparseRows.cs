using System.Runtime.CompilerServices;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// A matrix by its non-zero elements, row after row (compressed sparse rows). A tile map is mostly sky: of some 1,000 bytes
/// about one in ten says something, and the first layer need not multiply the rest.
/// </summary>
internal sealed unsafe partial class SparseRows
{
    private int[] _starts = [0];
    private int[] _columns = [];
    private float[] _values = [];

    /// <summary>Rows held.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns, zeros included.</summary>
    public int Width { get; private set; }

    /// <summary>Non-zero elements.</summary>
    public int Count => _starts[Rows];

    /// <summary>Where each row begins in <see cref="Columns"/> and <see cref="Values"/>; one more than there are rows.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Rows + 1);

    /// <summary>Column of each element, rising within a row.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, Count);

    /// <summary>Value of each element.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count);

    /// <summary>Reads rows of bytes, each times <paramref name="scale"/>.</summary>
    public void FromBytes(ReadOnlySpan<byte> bytes, int rows, int width, bool signed, float scale)
        => FromBytes(portable: false, bytes, rows, width, signed, scale);

    /// <summary>The same over any path; tests compare the two.</summary>
    internal void FromBytes(bool portable, ReadOnlySpan<byte> bytes, int rows, int width, bool signed, float scale)
    {
        Begin(rows, width);
        int count = 0;
        fixed (byte* start = bytes.Slice(0, rows * width))
        {
            byte* row = start;
            for (int r = 0; r < rows; r++, row += width)
            {
                EnsureRoom(count + width);
                fixed (int* columns = _columns)
                fixed (float* values = _values)
                {
                    int x = 0;
                    if (!portable)
                    {
                        ReadNet(row, width, signed, scale, columns, values, ref x, ref count);
                    }

                    ReadPortable(row, width, signed, scale, columns, values, x, ref count);
                }

                _starts[r + 1] = count;
            }
        }
    }

    /// <summary>Becomes the transpose of <paramref name="other"/>; within a row, elements keep the order of its rows.</summary>
    public void TransposeOf(SparseRows other)
    {
        Begin(other.Width, other.Rows);
        EnsureRoom(other.Count);
        ReadOnlySpan<int> columns = other.Columns;
        ReadOnlySpan<float> values = other.Values;

        // Counting sort: row lengths one place late, their running sum, then each element to its place.
        Array.Clear(_starts, 0, Rows + 1);
        foreach (int column in columns)
        {
            _starts[column + 1]++;
        }

        for (int r = 0; r < Rows; r++)
        {
            _starts[r + 1] += _starts[r];
        }

        for (int row = 0; row < other.Rows; row++)
        {
            for (int i = other.Starts[row]; i < other.Starts[row + 1]; i++)
            {
                int to = _starts[columns[i]]++;
                _columns[to] = row;
                _values[to] = values[i];
            }
        }

        // Each start has moved to its row's end: shift them back.
        Array.Copy(_starts, 0, _starts, 1, Rows);
        _starts[0] = 0;
    }

    /// <summary>The start of a row by vector comparison, on modern .NET; moves <paramref name="x"/> past what it has read.</summary>
    static partial void ReadNet(byte* row, int width, bool signed, float scale, int* columns, float* values, ref int x, ref int count);

    private static void ReadPortable(byte* row, int width, bool signed, float scale, int* columns, float* values, int x, ref int count)
    {
        int n = count;
        while (x < width)
        {
            // Eight zeros at a glance.
            if (x + 8 <= width && Unsafe.ReadUnaligned<ulong>(row + x) == 0)
            {
                x += 8;
                continue;
            }

            int end = Math.Min(x + 8, width);
            for (; x < end; x++)
            {
                // Written always, kept when it counts: no branch to mispredict.
                int value = signed ? (sbyte)row[x] : row[x];
                columns[n] = x;
                values[n] = value * scale;
                n += value != 0 ? 1 : 0;
            }
        }

        count = n;
    }

    private void Begin(int rows, int width)
    {
        Rows = rows;
        Width = width;
        if (_starts.Length < rows + 1)
        {
            _starts = new int[rows + 1];
        }

        _starts[0] = 0;
    }

    private void EnsureRoom(int count)
    {
        if (_columns.Length < count)
        {
            int length = Math.Max(count, 2 * _columns.Length);
            Array.Resize(ref _columns, length);
            Array.Resize(ref _values, length);
        }
    }
}
