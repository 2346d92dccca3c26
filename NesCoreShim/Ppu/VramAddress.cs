using System.Runtime.CompilerServices;

namespace NesCoreShim;

/// <summary>
/// The PPU's internal address: <c>yyy NN YYYYY XXXXX</c> — fine Y, nametable, coarse Y, coarse X.
/// https://www.nesdev.org/wiki/PPU_scrolling
/// </summary>
internal struct VramAddress(int bits)
{
    private const int HorizontalBits = 0x041F;
    private const int VerticalBits = 0x7BE0;

    public int Bits = bits;

    public readonly int CoarseX => Bits & 0x1F;

    public readonly int FineY => Bits >> 12;

    public readonly int Nametable => 0x2000 | Bits & 0x0FFF;

    public readonly int Attribute => 0x23C0 | Bits & 0x0C00 | Bits >> 4 & 0x38 | Bits >> 2 & 0x07;

    /// <summary>The first tile of the same line in the nametable beside this one.</summary>
    public readonly VramAddress HorizontalNeighbour => new((Bits & ~0x1F) ^ 0x0400);

    /// <summary>How far an attribute byte is shifted down to show this tile's two bits.</summary>
    public readonly int AttributeShift => Bits >> 4 & 4 | Bits & 2;

    /// <summary>One tile to the right; past the edge, into the horizontal neighbour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void IncrementX() => Bits = (Bits & 0x1F) == 31 ? (Bits & ~0x1F) ^ 0x0400 : Bits + 1;

    /// <summary>So many tiles to the right, 32 at most.</summary>
    public void IncrementX(int tiles)
    {
        int x = CoarseX + tiles;
        Bits = (Bits & ~0x1F | x & 0x1F) ^ (x & 0x20) << 5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DecrementX() => Bits = (Bits & 0x1F) == 0 ? (Bits | 0x1F) ^ 0x0400 : Bits - 1;

    /// <summary>One line down; after row 29 into the vertical neighbour, after row 31 without it.</summary>
    public void IncrementY()
    {
        if ((Bits & 0x7000) != 0x7000)
        {
            Bits += 0x1000;
            return;
        }

        Bits &= 0x0FFF;
        int coarseY = Bits & 0x03E0;
        if (coarseY == 29 << 5)
        {
            Bits = (Bits & ~0x03E0) ^ 0x0800;
        }
        else if (coarseY == 31 << 5)
        {
            Bits &= ~0x03E0;
        }
        else
        {
            Bits += 1 << 5;
        }
    }

    /// <summary>So many lines down, a row of tiles at a time.</summary>
    public void IncrementY(int lines)
    {
        while (lines > 0)
        {
            int step = Math.Min(8 - FineY, lines);
            Bits += step - 1 << 12;
            IncrementY();
            lines -= step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyHorizontal(VramAddress t) => Bits = Bits & ~HorizontalBits | t.Bits & HorizontalBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyVertical(VramAddress t) => Bits = Bits & ~VerticalBits | t.Bits & VerticalBits;
}
