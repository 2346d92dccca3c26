namespace NesCoreShim;

/// <summary>
/// Which parts of the picture are drawn. Output alone: the chip sees every layer all the same, so sprite 0 hits where it hit and
/// the machine's state is what it was. No state holds it.
/// </summary>
public sealed class PictureLayers
{
    /// <summary>Rows of tiles a nametable has room for, of which 30 are shown.</summary>
    public const int RowsPerTable = 32;

    private const int Tables = 4;

    private readonly uint[] _flat = new uint[Tables * RowsPerTable];
    private bool _anyFlat;

    /// <summary>Whether the background is drawn; else there is the backdrop's colour, and sprites stand in front of it.</summary>
    public bool Background { get; set; } = true;

    /// <summary>Whether sprites are drawn.</summary>
    public bool Sprites { get; set; } = true;

    /// <summary>Nothing is left out.</summary>
    internal bool IsWhole => Background && Sprites && !_anyFlat;

    /// <summary>
    /// Background tiles drawn in the backdrop's colour: for each nametable (0-3 as the PPU addresses them) and row (0-31) 32
    /// bits, the leftmost tile lowest.
    /// </summary>
    public ReadOnlySpan<uint> FlatTiles => _flat;

    /// <summary>Sets <see cref="FlatTiles"/>.</summary>
    /// <param name="rows">128 rows; what is missing at the end is drawn in full.</param>
    /// <exception cref="ArgumentException">There are more than 128.</exception>
    public void SetFlatTiles(ReadOnlySpan<uint> rows)
    {
        if (rows.Length > _flat.Length)
        {
            throw new ArgumentException($"{rows.Length} rows of tiles; four nametables have {_flat.Length}.", nameof(rows));
        }

        _flat.AsSpan(rows.Length).Clear();
        rows.CopyTo(_flat);
        _anyFlat = false;
        foreach (uint row in _flat)
        {
            _anyFlat |= row != 0;
        }
    }

    /// <summary>The row of tiles that v lies in.</summary>
    internal uint FlatRow(VramAddress v) => _flat[v.Bits >> 5 & 0x7F];
}
