using System.Numerics;
using System.Runtime.Intrinsics;

namespace MarioAgentTool.Learning.Kernels;

// 32 bytes are compared with zero at once, and only the set bits of the answer are visited.
internal sealed unsafe partial class SparseRows
{
    static partial void ReadNet(byte* row, int width, bool signed, float scale, int* columns, float* values, ref int x, ref int count)
    {
        int n = count;
        for (; x + 32 <= width; x += 32)
        {
            uint set = ~Vector256.Equals(Vector256.Load(row + x), Vector256<byte>.Zero).ExtractMostSignificantBits();
            for (; set != 0; set &= set - 1)
            {
                int column = x + BitOperations.TrailingZeroCount(set);
                columns[n] = column;
                values[n] = (signed ? (sbyte)row[column] : row[column]) * scale;
                n++;
            }
        }

        count = n;
    }
}
