namespace MarioAgentTool.Game;

// Tiles and objects.
public readonly ref partial struct MarioFrame
{
    /// <summary>Level column (16 pixels each) to be parsed next; this and what follows holds no tiles yet.</summary>
    public int ParsedColumns => _ram[RamMap.ParserPage] * 16 + (_ram[RamMap.ParserColumn] & 15);

    /// <summary>
    /// The metatile at a level column and row. 0 where there is nothing, above and below the 13 rows, and in columns that the
    /// ring does not hold.
    /// </summary>
    /// <param name="column">Level x / 16.</param>
    /// <param name="row">(scanline − 32) / 16.</param>
    public byte TileAt(int column, int row)
    {
        int parsed = ParsedColumns;
        if ((uint)row >= RamMap.TileRows || column < 0 || column >= parsed || column < parsed - RamMap.TileColumns)
        {
            return 0;
        }

        return _ram[TileAddress(column, row)];
    }

    /// <summary>From one metatile of <see cref="TileColumn"/> to that below it.</summary>
    public const int TileColumnStride = 16;

    /// <summary>The 13 metatiles of a level column, <see cref="TileColumnStride"/> apart; empty where the ring does not hold it.</summary>
    /// <param name="column">Level x / 16.</param>
    public ReadOnlySpan<byte> TileColumn(int column)
    {
        int parsed = ParsedColumns;
        return column < 0 || column >= parsed || column < parsed - RamMap.TileColumns
            ? default
            : _ram.Slice(TileAddress(column, 0), (RamMap.TileRows - 1) * TileColumnStride + 1);
    }

    /// <summary>The metatile at a place of the ring itself, whatever level column it now stands for.</summary>
    /// <param name="column">0-31.</param>
    /// <param name="row">0-12.</param>
    public byte RingTile(int column, int row) => _ram[TileAddress(column, row)];

    /// <summary>Where the ring keeps a tile: even pages first, odd pages $D0 further, rows of 16.</summary>
    public static int TileAddress(int column, int row) =>
        RamMap.Tiles + (column >> 4 & 1) * RamMap.TilePageBytes + row * 16 + (column & 15);

    /// <summary>An object slot.</summary>
    /// <param name="slot">0-5.</param>
    public ObjectSlot Object(int slot) => new(_ram, slot);

    /// <summary>A current pulls at Mario.</summary>
    public bool IsInCurrent => AreaType == AreaType.Water && _ram[RamMap.Whirlpool] != 0;

    /// <summary>Mario is where a castle may send him back four pages.</summary>
    public bool IsInLoop => _ram[RamMap.LoopCommand] != 0;

    /// <summary>Right turns taken in a maze of three.</summary>
    public byte MazeCorrect => _ram[RamMap.MazeCorrect];

    /// <summary>Turns passed in a maze of three.</summary>
    public byte MazePassed => _ram[RamMap.MazePassed];

    /// <summary>Mario's fireballs on their way; 0-2.</summary>
    public int Fireballs => (_ram[RamMap.FireballState] != 0 ? 1 : 0) + (_ram[RamMap.FireballState + 1] != 0 ? 1 : 0);

    /// <summary>Worlds from 5-3 on, where enemies are more and lifts smaller.</summary>
    public bool IsHarder => _ram[RamMap.SecondaryHardMode] != 0;

    /// <summary>What slot 5 offers when it holds a power-up.</summary>
    public PowerUpKind PowerUpKind => (PowerUpKind)_ram[RamMap.PowerUpKind];

    /// <summary>Whether one of the nine small slots is a hammer in flight, and where.</summary>
    /// <param name="slot">0-8.</param>
    /// <param name="box">Its 8 by 8 pixels in the level.</param>
    public bool TryGetHammer(int slot, out Box box)
    {
        int x = _ram[RamMap.MiscPage + slot] << 8 | _ram[RamMap.MiscX + slot], y = _ram[RamMap.MiscY + slot];
        box = new Box(x, y, x + 8, y + 8);
        return (_ram[RamMap.MiscState + slot] & 0x80) != 0;
    }
}
