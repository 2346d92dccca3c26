using System.Numerics;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Environment;

/// <summary>
/// One direction of a resize in fixed point, on rows of 16-bit numbers:
/// <code>new = ((Σ weight × old + rounding) >> shift) + offset</code>
/// Rows have room for a few numbers more than they hold (<see cref="PaddedWidth"/>): vectors read and write beyond the end.
/// </summary>
internal sealed partial class ResizePass
{
    private readonly ResizeTaps _taps;
    private readonly int _rounding, _shift, _offset;

    /// <param name="taps">What is summed.</param>
    /// <param name="rounding">Added to a sum.</param>
    /// <param name="shift">By which it is then shifted right.</param>
    /// <param name="offset">Added in the end.</param>
    public ResizePass(ResizeTaps taps, int rounding, int shift, int offset)
    {
        _taps = taps;
        _rounding = rounding;
        _shift = shift;
        _offset = offset;
        PrepareNet();
    }

    /// <summary>Numbers that it makes of a row or column.</summary>
    public int Outputs => _taps.Outputs;

    /// <summary>Numbers that each is made of.</summary>
    public int Count => _taps.Count;

    /// <summary>The row or column that new number <paramref name="output"/> begins with.</summary>
    public int First(int output) => _taps.First[output];

    /// <summary>Room that a row of so many numbers needs.</summary>
    public static int PaddedWidth(int width) => (width + 31) / 32 * 32 + 64;

    /// <summary>Along one row.</summary>
    /// <param name="row">Old numbers and their padding.</param>
    /// <param name="result"><see cref="Outputs"/> new ones, and padding.</param>
    public void Across(ReadOnlySpan<short> row, Span<short> result)
    {
        int done = 0;
        AcrossNet(row, result, ref done);
        AcrossFrom(done, row, result);
    }

    /// <summary>One new row out of several.</summary>
    /// <param name="rows">A ring of rows: row r at (r and <paramref name="mask"/>) × <paramref name="stride"/>.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="mask">Rows in the ring less 1.</param>
    /// <param name="output">Which new row.</param>
    /// <param name="result">As many numbers as are wanted, a multiple of 32.</param>
    public void Down(ReadOnlySpan<short> rows, int stride, int mask, int output, Span<short> result)
    {
        int done = 0;
        DownNet(rows, stride, mask, output, result, ref done);
        DownFrom(done, rows, stride, mask, output, result);
    }

    /// <summary>A number at a time.</summary>
    internal void AcrossFrom(int i, ReadOnlySpan<short> row, Span<short> result)
    {
        int count = _taps.Count;
        for (; i < _taps.Outputs; i++)
        {
            var old = row.Slice(_taps.First[i], count);
            var weights = _taps.Weights.AsSpan(i * count, count);
            int sum = _rounding;
            for (int k = 0; k < weights.Length && k < old.Length; k++)
            {
                sum += weights[k] * old[k];
            }

            result[i] = (short)((sum >> _shift) + _offset);
        }
    }

    /// <summary>Sums by vectors: one of 16-bit numbers widens to two of 32 bits. Shifts one by one, which old vectors cannot.</summary>
    internal void DownFrom(int x, ReadOnlySpan<short> rows, int stride, int mask, int output, Span<short> result)
    {
        int first = _taps.First[output], count = _taps.Count;
        var weights = _taps.Weights.AsSpan(output * count, count);
        Span<int> sums = stackalloc int[Vector<short>.Count];
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(sums);
        for (; x < result.Length; x += sums.Length)
        {
            Vector<int> low = new(_rounding), high = new(_rounding);
            for (int k = 0; k < weights.Length; k++)
            {
                var old = MemoryMarshal.Cast<short, Vector<short>>(rows.Slice(((first + k) & mask) * stride + x, sums.Length))[0];
                Vector.Widen(old, out var oldLow, out var oldHigh);
                low += oldLow * weights[k];
                high += oldHigh * weights[k];
            }

            vectors[0] = low;
            vectors[1] = high;
            for (int i = 0; i < sums.Length; i++)
            {
                result[x + i] = (short)((sums[i] >> _shift) + _offset);
            }
        }
    }

    partial void PrepareNet();

    partial void AcrossNet(ReadOnlySpan<short> row, Span<short> result, ref int done);

    partial void DownNet(ReadOnlySpan<short> rows, int stride, int mask, int output, Span<short> result, ref int done);
}
