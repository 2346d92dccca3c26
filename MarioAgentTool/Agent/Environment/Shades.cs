using System.Numerics;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Environment;

/// <summary>One number for each of the console's 64 colours, looked up for whole rows of palette indices.</summary>
internal sealed partial class Shades
{
    private readonly short[] _table;

    /// <param name="table">64 numbers, not negative.</param>
    public Shades(short[] table)
    {
        if (table.Length != 64)
        {
            throw new ArgumentException($"{table.Length} shades; the console has 64 colours.", nameof(table));
        }

        _table = table;
    }

    /// <summary>The shade of each index.</summary>
    /// <param name="indices">A row; of each byte the low six bits count.</param>
    /// <param name="result">As many shades.</param>
    public void Look(ReadOnlySpan<byte> indices, Span<short> result)
    {
        int done = 0;
        LookNet(indices, result, ref done);
        LookFrom(done, indices, result);
    }

    /// <summary>shades = max(shades, others), number by number.</summary>
    public static void Brighten(Span<short> shades, ReadOnlySpan<short> others)
    {
        var wide = MemoryMarshal.Cast<short, Vector<short>>(shades);
        var wideOthers = MemoryMarshal.Cast<short, Vector<short>>(others);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.Max(wide[i], wideOthers[i]);
        }

        for (int i = wide.Length * Vector<short>.Count; i < shades.Length; i++)
        {
            shades[i] = Math.Max(shades[i], others[i]);
        }
    }

    /// <summary>An index at a time.</summary>
    internal void LookFrom(int x, ReadOnlySpan<byte> indices, Span<short> result)
    {
        // The mask is one the compiler knows the table to cover.
        var table = _table.AsSpan(0, 64);
        for (; x < indices.Length; x++)
        {
            result[x] = table[indices[x] & 63];
        }
    }

    partial void LookNet(ReadOnlySpan<byte> indices, Span<short> result, ref int done);
}
