using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// The level around Mario as signed bytes, each read as byte / 64:
/// <code>
///    0   4 planes of 13 × 17 tiles, row by row (or 7: <see cref="TilePlanes"/>)
///  884   5 nearest objects of 9 numbers: present, dx, dy, vx, vy, stompable, hazard, platform (of a fire bar: its turning), power-up
///  929   56 numbers about Mario and the area: <see cref="Scalar"/>
///  985   77 flags, some of those numbers again: <see cref="OneHot"/> (unless <see cref="TileSettings.OneHot"/> is off)
/// </code>
/// The window moves with Mario tile by tile: 4 columns behind his middle to 12 ahead, 8 rows above the lower half of his body to
/// 4 below. Columns not parsed yet are empty. Where between two tiles he stands is among the numbers, since a grid alone
/// confuses jumps half a tile apart.
/// </summary>
public sealed partial class TileObserver : IObserver
{
    /// <summary>Columns of the window, and those of them behind Mario.</summary>
    public const int Columns = 17, ColumnsBehind = 4;

    /// <summary>Rows of the window, and those of them above Mario.</summary>
    public const int Rows = 13, RowsAbove = 8;

    /// <summary>Bytes of one plane.</summary>
    public const int PlaneBytes = Rows * Columns;

    /// <summary>The planes of <see cref="TilePlanes.Folded"/>, in order.</summary>
    public const int SolidPlane = 0, StompablePlane = 1, HazardPlane = 2, PlatformPlane = 3, FoldedPlanes = 4;

    /// <summary>Planes of <see cref="TilePlanes.Separate"/>.</summary>
    public const int SeparatePlanes = 7;

    /// <summary>Objects listed, and numbers about each.</summary>
    public const int Objects = 5, ObjectBytes = 9;

    /// <summary>Bytes of all flags of <see cref="OneHot"/>.</summary>
    public const int OneHotBytes = 77;

    /// <summary>Where the object list, the scalars and the flags of a folded observation begin.</summary>
    public const int ObjectOffset = FoldedPlanes * PlaneBytes, ScalarOffset = ObjectOffset + Objects * ObjectBytes, OneHotOffset = ScalarOffset + (int)Scalar.Count;

    /// <summary>Bytes of one folded frame with its flags.</summary>
    public const int FrameBytes = OneHotOffset + OneHotBytes;

    /// <summary>The byte that a network reads as 1.</summary>
    public const sbyte One = 64;

    /// <summary>What a plane of <see cref="TilePlanes.Folded"/> holds beside ones: what can be bumped; what draws Mario.</summary>
    public const sbyte Bumpable = 127, Coin = -16, PowerUp = -64, Goal = -127;

    private readonly TileSettings _settings;
    private readonly Ink _bumpable, _coin, _goal, _stompable, _hazard, _platform, _powerUp;

    // By metatile: what stands in the solid plane, and what in another one, if anything.
    private readonly byte[] _solidValue = new byte[256];
    private readonly Ink[] _otherInk = new Ink[256];
    private readonly int _planes;

    /// <param name="settings">Its knobs.</param>
    public TileObserver(TileSettings settings)
    {
        _settings = settings;
        if (settings.Planes == TilePlanes.Folded)
        {
            (_bumpable, _stompable, _hazard) = (new(SolidPlane, Bumpable), new(StompablePlane, One), new(HazardPlane, One));
            (_platform, _coin, _powerUp, _goal) = (new(PlatformPlane, One), new(PlatformPlane, Coin), new(PlatformPlane, PowerUp), new(PlatformPlane, Goal));
            _planes = FoldedPlanes;
        }
        else
        {
            (_bumpable, _coin, _goal) = (new(1, One), new(2, One / 4), new(2, One));
            (_stompable, _hazard, _platform, _powerUp) = (new(3, One), new(4, One), new(5, One), new(6, One));
            _planes = SeparatePlanes;
        }

        for (int id = 0; id < _solidValue.Length; id++)
        {
            bool isBumpable = Metatile.IsBumpable((byte)id);
            _otherInk[id] = Metatile.IsCoin((byte)id) ? _coin
                : id == Metatile.Axe || Metatile.IsClimbable((byte)id) ? _goal
                : isBumpable ? _bumpable : default;
            _solidValue[id] = isBumpable && _bumpable.Plane == SolidPlane ? (byte)_bumpable.Value : Flag(Metatile.IsSolid((byte)id));
        }
    }

    /// <summary>Layout.</summary>
    public ObservationSpec Spec => new()
    {
        FrameBytes = _planes * PlaneBytes + Objects * ObjectBytes + (int)Scalar.Count + (_settings.OneHot ? OneHotBytes : 0),
        Stack = _settings.Stack,
        Signed = true,
        Scale = 1f / One,
    };

    int IObserver.RenderedFrames => 0;

    bool IObserver.StacksEachFrame => false;

    /// <summary>The level column and row, in tiles, of the window's upper left cell.</summary>
    public static (int Column, int Row) Corner(in MarioFrame frame) =>
        (((frame.LevelX + 8) >> 4) - ColumnsBehind, ((frame.Y + 24 - RamMap.TileTop) >> 4) - RowsAbove);

    /// <summary>Writes one frame.</summary>
    /// <param name="frame">RAM after a frame.</param>
    /// <param name="observation"><see cref="ObservationSpec.FrameBytes"/> bytes.</param>
    public void Observe(in MarioFrame frame, Span<byte> observation)
    {
        int objects = _planes * PlaneBytes, scalars = objects + Objects * ObjectBytes, flags = scalars + (int)Scalar.Count;
        observation = observation.Slice(0, _settings.OneHot ? flags + OneHotBytes : flags);
        observation.Clear();
        var window = new Window(frame);
        DrawTiles(frame, window, observation);
        DrawHammers(frame, window, observation);
        int found = DrawObjects(frame, window, observation);
        ListObjects(frame, found, observation.Slice(objects));
        WriteScalars(frame, observation.Slice(scalars));
        if (_settings.OneHot)
        {
            WriteOneHots(frame, observation.Slice(flags));
        }

        RememberObjects(frame);
    }

    void IObserver.Observe(IGameHost host, Span<byte> frame) => Observe(new MarioFrame(host.ReadRam()), frame);

    void IObserver.Prepare(IGameHost host)
    {
    }

    void IObserver.Remember(IGameHost host)
    {
    }

    void IObserver.BeginEpisode()
    {
        _stepsHeld = 0;
        _known.AsSpan().Clear();
    }

    void IObserver.Sync(SessionSync s)
    {
        s.Sync(ref _stepsHeld);
        for (int slot = 0; slot < _known.Length; slot++)
        {
            var (type, x, y) = _known[slot];
            s.Sync(ref type);
            s.Sync(ref x);
            s.Sync(ref y);
            _known[slot] = new Known(type, x, y);
        }
    }

    private void DrawTiles(in MarioFrame frame, in Window window, Span<byte> observation)
    {
        int top = Math.Max(-window.Row, 0), bottom = Math.Min(RamMap.TileRows - window.Row, Rows);
        for (int column = 0; column < Columns; column++)
        {
            var tiles = frame.TileColumn(window.Column + column);
            if (tiles.IsEmpty)
            {
                continue;
            }

            for (int row = top; row < bottom; row++)
            {
                byte id = tiles[(window.Row + row) * MarioFrame.TileColumnStride];
                if (id == 0)
                {
                    continue;
                }

                int cell = row * Columns + column;
                observation[cell] = _solidValue[id];
                var other = _otherInk[id];
                if (other.Plane != SolidPlane)
                {
                    observation[other.Plane * PlaneBytes + cell] = (byte)other.Value;
                }
            }
        }
    }

    private static byte Flag(bool set) => (byte)(set ? One : 0);

    private static byte Clamp(int value) => (byte)(sbyte)Math.Min(Math.Max(value, -127), 127);

    /// <summary>Into which plane a kind of thing is drawn, and as what.</summary>
    private readonly record struct Ink(int Plane, sbyte Value);

    /// <summary>The part of the level that is drawn: its first column and row, in tiles.</summary>
    private readonly struct Window
    {
        public Window(in MarioFrame frame)
        {
            (Column, Row) = Corner(frame);
        }

        public int Column { get; }

        public int Row { get; }

        /// <summary>Marks every tile of the window that the box reaches into.</summary>
        public void Mark(in Box box, Span<byte> observation, in Ink ink)
        {
            var plane = observation.Slice(ink.Plane * PlaneBytes, PlaneBytes);
            int left = Math.Max((box.Left >> 4) - Column, 0), right = Math.Min(((box.Right - 1) >> 4) - Column, Columns - 1);
            int top = Math.Max(((box.Top - RamMap.TileTop) >> 4) - Row, 0), bottom = Math.Min(((box.Bottom - 1 - RamMap.TileTop) >> 4) - Row, Rows - 1);
            for (int row = top; row <= bottom; row++)
            {
                for (int column = left; column <= right; column++)
                {
                    plane[row * Columns + column] = (byte)ink.Value;
                }
            }
        }
    }
}
