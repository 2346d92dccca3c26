using System.Numerics;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Environment;

/// <summary>
/// Shrinks a grey picture by area: each new pixel is the mean of the old area it covers, edges by their share (OpenCV's
/// INTER_AREA). Separable, rows first. Shares are whole 1/256, adding up to exactly 1 in each direction; one rounding at the end.
/// </summary>
public sealed class AreaResize
{
    private readonly int _width, _newWidth, _newHeight;
    private readonly Share[] _rows, _columns;
    private readonly ushort[] _line;

    /// <param name="width">Old columns; a multiple of the vector width, which 256 is.</param>
    /// <param name="height">Old rows.</param>
    /// <param name="newWidth">New columns.</param>
    /// <param name="newHeight">New rows.</param>
    public AreaResize(int width, int height, int newWidth, int newHeight)
    {
        if (newWidth > width || newHeight > height)
        {
            throw new ArgumentOutOfRangeException(nameof(newWidth), $"{newWidth}×{newHeight}", $"Averaging areas only shrinks; {width}×{height} cannot become {newWidth}×{newHeight}.");
        }

        if (width % Vector<byte>.Count != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, $"Rows are summed {Vector<byte>.Count} pixels at a time; {width} columns are no multiple of that.");
        }

        (_width, _newWidth, _newHeight) = (width, newWidth, newHeight);
        _rows = Shares(height, newHeight);
        _columns = Shares(width, newWidth);
        _line = new ushort[width];
    }

    /// <summary>Shrinks one picture.</summary>
    /// <param name="source">Old pixels, row by row.</param>
    /// <param name="target">New pixels, row by row.</param>
    public void Resize(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int y = 0; y < _newHeight; y++)
        {
            SumRows(source, _rows[y]);
            AverageColumns(target.Slice(y * _newWidth, _newWidth));
        }
    }

    // _line = Σ share × row, at most 255 × 256.
    private void SumRows(ReadOnlySpan<byte> source, in Share share)
    {
        var line = MemoryMarshal.Cast<ushort, Vector<ushort>>(_line.AsSpan());
        for (int i = 0; i < share.Count; i++)
        {
            var row = MemoryMarshal.Cast<byte, Vector<byte>>(source.Slice((share.First + i) * _width, _width));
            var weight = new Vector<ushort>((ushort)share.WeightOf(i));
            for (int v = 0; v < row.Length; v++)
            {
                // One vector of bytes widens to two of ushorts.
                Vector.Widen(row[v], out var low, out var high);
                low *= weight;
                high *= weight;
                line[2 * v] = i == 0 ? low : line[2 * v] + low;
                line[2 * v + 1] = i == 0 ? high : line[2 * v + 1] + high;
            }
        }
    }

    private void AverageColumns(Span<byte> target)
    {
        for (int x = 0; x < target.Length; x++)
        {
            var share = _columns[x];
            var pixels = _line.AsSpan(share.First, share.Count);
            int sum = pixels[0] * share.FirstWeight + pixels[pixels.Length - 1] * share.LastWeight;
            for (int i = 1; i < pixels.Length - 1; i++)
            {
                sum += pixels[i] * share.MiddleWeight;
            }

            target[x] = (byte)((uint)(sum + 0x8000) >> 16);
        }
    }

    private static Share[] Shares(int length, int newLength)
    {
        var shares = new Share[newLength];
        for (int i = 0; i < newLength; i++)
        {
            // [i, i + 1) × length / newLength, in whole numbers of 1/newLength old pixels.
            int begin = i * length, end = begin + length;
            int first = begin / newLength, last = (end - 1) / newLength;
            int middle = 256 * newLength / length;
            if (first == last)
            {
                shares[i] = new Share(first, 1, 256, 0, 0);
                continue;
            }

            // What rounding leaves over goes to the two edges by their size.
            int inner = last - first - 1;
            double firstPart = (double)(first + 1) * newLength - begin, lastPart = end - (double)last * newLength;
            int edges = 256 - inner * middle;
            int firstWeight = (int)Math.Round(edges * firstPart / (firstPart + lastPart));
            shares[i] = new Share(first, inner + 2, firstWeight, middle, edges - firstWeight);
        }

        return shares;
    }

    /// <summary>Which old pixels a new one covers, and the weights in 1/256 of the first, of those between and of the last.</summary>
    private readonly record struct Share(int First, int Count, int FirstWeight, int MiddleWeight, int LastWeight)
    {
        public int WeightOf(int i) => i == 0 ? FirstWeight : i == Count - 1 ? LastWeight : MiddleWeight;
    }
}
