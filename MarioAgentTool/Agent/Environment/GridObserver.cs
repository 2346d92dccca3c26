using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// Two coarse views that others' agents have, as signed bytes read as they are, one number a tile:
/// <code>
/// mari-o        13 × 13 tiles around Mario (SethBling's MarI/O): 1 what stands in the tile ring, −1 an active object near the
///               cell's middle, and a last 1 as bias: 170 numbers.
/// screen-grid   the 13 × 16 tiles of the screen (yumouwei's super-mario-bros-reinforcement-learning): 2 Mario, 1 solid,
///               −1 an object: 208 numbers, there stacked by four.
/// </code>
/// </summary>
public sealed class GridObserver : IObserver
{
    /// <summary>Tiles to each side of Mario, and numbers of MarI/O's view.</summary>
    public const int Radius = 6, MariOBytes = (2 * Radius + 1) * (2 * Radius + 1) + 1;

    /// <summary>Tiles of the screen.</summary>
    public const int ScreenRows = RamMap.TileRows, ScreenColumns = 16;

    private const int Slots = 5, Near = 8;
    private const sbyte Tile = 1, Enemy = -1, Mario = 2;

    private readonly bool _isMariO;
    private readonly TileSettings _settings;

    /// <param name="kind">Which of the two.</param>
    /// <param name="settings">How many are stacked.</param>
    public GridObserver(ObservationKind kind, TileSettings settings)
    {
        if (kind is not (ObservationKind.MariO or ObservationKind.ScreenGrid))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Grids are mari-o and screen-grid.");
        }

        _isMariO = kind == ObservationKind.MariO;
        _settings = settings;
    }

    /// <summary>Layout.</summary>
    public ObservationSpec Spec => new() { FrameBytes = _isMariO ? MariOBytes : ScreenRows * ScreenColumns, Stack = _settings.Stack, Signed = true, Scale = 1 };

    int IObserver.RenderedFrames => 0;

    bool IObserver.StacksEachFrame => false;

    /// <summary>Writes one frame.</summary>
    /// <param name="frame">RAM after a frame.</param>
    /// <param name="grid"><see cref="ObservationSpec.FrameBytes"/> bytes.</param>
    public void Observe(in MarioFrame frame, Span<byte> grid)
    {
        grid.Clear();
        if (_isMariO)
        {
            ObserveAround(frame, grid);
        }
        else
        {
            ObserveScreen(frame, grid);
        }
    }

    void IObserver.BeginEpisode()
    {
    }

    void IObserver.Prepare(IGameHost host)
    {
    }

    void IObserver.Remember(IGameHost host)
    {
    }

    void IObserver.Observe(IGameHost host, Span<byte> frame) => Observe(new MarioFrame(host.ReadRam()), frame);

    void IObserver.Sync(SessionSync s)
    {
    }

    // Cell (dx, dy) looks at Mario's x + dx + 8 and y + dy: his y is 16 below the top of his frame, and the tile is sought 16 higher.
    private static void ObserveAround(in MarioFrame frame, Span<byte> grid)
    {
        int cell = 0;
        for (int dy = -Radius * RamMap.TileSize; dy <= Radius * RamMap.TileSize; dy += RamMap.TileSize)
        {
            for (int dx = -Radius * RamMap.TileSize; dx <= Radius * RamMap.TileSize; dx += RamMap.TileSize, cell++)
            {
                int x = frame.LevelX + dx + RamMap.TileSize / 2, y = frame.Y + dy;
                if (frame.TileAt(x >> 4, (y - RamMap.TileTop) >> 4) != 0)
                {
                    grid[cell] = (byte)Tile;
                }

                for (int slot = 0; slot < Slots; slot++)
                {
                    // Objects' y stands 24 above their feet, as Mario's does 32: MarI/O adds the difference of 24.
                    var thing = frame.Object(slot);
                    if (thing.IsActive && Math.Abs(thing.LevelX - (frame.LevelX + dx)) <= Near && Math.Abs(thing.Y + 24 - (frame.Y + 16 + dy)) <= Near)
                    {
                        grid[cell] = unchecked((byte)Enemy);
                    }
                }
            }
        }

        grid[cell] = (byte)Tile;
    }

    private static void ObserveScreen(in MarioFrame frame, Span<byte> grid)
    {
        int left = frame.ScreenLeft >> 4;
        for (int row = 0; row < ScreenRows; row++)
        {
            for (int column = 0; column < ScreenColumns; column++)
            {
                grid[row * ScreenColumns + column] = (byte)(frame.TileAt(left + column, row) != 0 ? Tile : 0);
            }
        }

        for (int slot = 0; slot < Slots; slot++)
        {
            var thing = frame.Object(slot);
            if (thing.IsActive)
            {
                Put(grid, ((thing.LevelX + 8) >> 4) - left, (thing.Y + 8 - RamMap.TileTop) >> 4, Enemy);
            }
        }

        Put(grid, ((frame.LevelX + 8) >> 4) - left, (frame.Y + 16 - RamMap.TileTop) >> 4, Mario);
    }

    private static void Put(Span<byte> grid, int column, int row, sbyte value)
    {
        if (column is >= 0 and < ScreenColumns && row is >= 0 and < ScreenRows)
        {
            grid[row * ScreenColumns + column] = unchecked((byte)value);
        }
    }
}
