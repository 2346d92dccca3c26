namespace MarioAgentTool.Game;

/// <summary>
/// Which background tiles are mere scenery. The game's ring of metatiles lies as its nametables lie, even pages in the first and
/// odd ones in the second, two by two tiles for each; what can be met stands in the ring, and all else is 0 there.
/// </summary>
public static class Scenery
{
    /// <summary>Rows of tiles in four nametables of 32.</summary>
    public const int NametableRows = 128;

    private const int RowsPerTable = 32, TileBytes = 8;

    /// <summary>
    /// For each nametable (0-3) and row of tiles (0-31) 32 bits, the leftmost tile lowest: set where the playfield holds nothing
    /// to meet. The status bar is no scenery, and outside of a stage nothing is.
    /// </summary>
    /// <param name="frame">RAM before the frame that will be drawn.</param>
    /// <param name="rows"><see cref="NametableRows"/> rows.</param>
    public static void Find(in MarioFrame frame, Span<uint> rows)
    {
        rows.Slice(0, NametableRows).Clear();
        if (!frame.IsInStage)
        {
            return;
        }

        for (int page = 0; page < 2; page++)
        {
            for (int row = 0; row < RamMap.TileRows; row++)
            {
                uint tiles = 0;
                for (int column = 0; column < 16; column++)
                {
                    tiles |= frame.RingTile(page * 16 + column, row) == 0 ? 3u << (2 * column) : 0;
                }

                // Nametables 2 and 3 are 0 and 1 again: the game scrolls sideways.
                int at = page * RowsPerTable + (RamMap.TileTop + row * RamMap.TileSize) / TileBytes;
                rows[at] = rows[at + 1] = rows[at + 2 * RowsPerTable] = rows[at + 2 * RowsPerTable + 1] = tiles;
            }
        }
    }
}
