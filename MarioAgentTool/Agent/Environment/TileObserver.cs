using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// The level around Mario as 1,024 signed bytes, each read as byte / 64:
/// <code>
///    0   4 planes of 13 × 18 tiles, row by row: solid, stompable, hazard, platform; 64 where there is one
///  936   5 nearest objects of 9 numbers: present, dx, dy, vx, vy, stompable, hazard, platform, power-up
///  981   43 numbers about Mario and the area: <see cref="Scalar"/>
/// </code>
/// The window moves with Mario tile by tile: 4 columns behind his middle to 13 ahead, 8 rows above the lower half of his body to
/// 4 below. Columns not parsed yet are empty. Where between two tiles he stands is among the numbers, since a grid alone
/// confuses jumps half a tile apart.
/// </summary>
public sealed partial class TileObserver : IObserver
{
    /// <summary>Columns of the window, and those of them behind Mario.</summary>
    public const int Columns = 18, ColumnsBehind = 4;

    /// <summary>Rows of the window, and those of them above Mario.</summary>
    public const int Rows = 13, RowsAbove = 8;

    /// <summary>Bytes of one plane.</summary>
    public const int PlaneBytes = Rows * Columns;

    /// <summary>The planes, in order.</summary>
    public const int SolidPlane = 0, StompablePlane = 1, HazardPlane = 2, PlatformPlane = 3, Planes = 4;

    /// <summary>Objects listed, and numbers about each.</summary>
    public const int Objects = 5, ObjectBytes = 9;

    /// <summary>Where the object list and the scalars begin.</summary>
    public const int ObjectOffset = Planes * PlaneBytes, ScalarOffset = ObjectOffset + Objects * ObjectBytes;

    /// <summary>Bytes of one frame.</summary>
    public const int FrameBytes = ScalarOffset + (int)Scalar.Count;

    /// <summary>The byte that a network reads as 1.</summary>
    public const sbyte One = 64;

    private static readonly byte[] SolidValue = MakeSolidValues();

    private readonly TileSettings _settings;

    /// <param name="settings">Its knobs.</param>
    public TileObserver(TileSettings settings) => _settings = settings;

    /// <summary>Layout.</summary>
    public ObservationSpec Spec => new() { FrameBytes = FrameBytes, Stack = _settings.Stack, Signed = true, Scale = 1f / One };

    int IObserver.RenderedFrames => 0;

    bool IObserver.StacksEachFrame => false;

    /// <summary>Writes one frame.</summary>
    /// <param name="frame">RAM after a frame.</param>
    /// <param name="observation"><see cref="FrameBytes"/> bytes.</param>
    public void Observe(in MarioFrame frame, Span<byte> observation)
    {
        observation = observation.Slice(0, FrameBytes);
        observation.Clear();
        var window = new Window(frame);
        DrawTiles(frame, window, observation);
        DrawHammers(frame, window, observation);
        int found = DrawObjects(frame, window, observation);
        ListObjects(frame, found, observation.Slice(ObjectOffset));
        WriteScalars(frame, observation.Slice(ScalarOffset));
    }

    void IObserver.Observe(IGameHost host, Span<byte> frame) => Observe(new MarioFrame(host.ReadRam()), frame);

    void IObserver.Prepare(IGameHost host)
    {
    }

    void IObserver.Remember(IGameHost host)
    {
    }

    void IObserver.Sync(SessionSync s)
    {
    }

    private static void DrawTiles(in MarioFrame frame, in Window window, Span<byte> observation)
    {
        for (int row = 0; row < Rows; row++)
        {
            var line = observation.Slice(row * Columns, Columns);
            for (int column = 0; column < Columns; column++)
            {
                line[column] = SolidValue[frame.TileAt(window.Column + column, window.Row + row)];
            }
        }
    }

    private static byte Flag(bool set) => (byte)(set ? One : 0);

    private static byte Clamp(int value) => (byte)(sbyte)Math.Min(Math.Max(value, -127), 127);

    private static byte[] MakeSolidValues()
    {
        var values = new byte[256];
        for (int id = 0; id < values.Length; id++)
        {
            values[id] = Flag(Metatile.IsSolid((byte)id));
        }

        return values;
    }

    /// <summary>The part of the level that is drawn: its first column and row, in tiles.</summary>
    private readonly struct Window
    {
        public Window(in MarioFrame frame)
        {
            Column = ((frame.LevelX + 8) >> 4) - ColumnsBehind;
            Row = ((frame.Y + 24 - RamMap.TileTop) >> 4) - RowsAbove;
        }

        public int Column { get; }

        public int Row { get; }

        /// <summary>Marks every tile of the window that the box reaches into.</summary>
        public void Mark(in Box box, Span<byte> plane)
        {
            int left = Math.Max((box.Left >> 4) - Column, 0), right = Math.Min(((box.Right - 1) >> 4) - Column, Columns - 1);
            int top = Math.Max(((box.Top - RamMap.TileTop) >> 4) - Row, 0), bottom = Math.Min(((box.Bottom - 1 - RamMap.TileTop) >> 4) - Row, Rows - 1);
            for (int row = top; row <= bottom; row++)
            {
                for (int column = left; column <= right; column++)
                {
                    plane[row * Columns + column] = (byte)One;
                }
            }
        }
    }
}
