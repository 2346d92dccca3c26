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
public sealed class TileObserver : IObserver
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

    // x and y of a fire bar's end at radius 64, by angle: clockwise from straight up, 32 a turn (FirebarPosLookupTbl).
    private static ReadOnlySpan<sbyte> Sine =>
    [
        0, 12, 24, 36, 45, 53, 59, 63, 64, 63, 59, 53, 45, 36, 24, 12,
        0, -12, -24, -36, -45, -53, -59, -63, -64, -63, -59, -53, -45, -36, -24, -12,
    ];

    private static readonly byte[] SolidValue = MakeSolidValues();

    private readonly TileSettings _settings;

    // Objects found in this frame and their distance, nearest first.
    private readonly int[] _nearest = new int[RamMap.ObjectSlots], _distance = new int[RamMap.ObjectSlots];

    /// <param name="settings">Its knobs.</param>
    public TileObserver(TileSettings settings) => _settings = settings;

    /// <summary>The numbers about Mario and the area, in order. Divided by 64 they lie between −1 and 1 unless said.</summary>
    public enum Scalar
    {
        /// <summary>1/16 pixel a frame; ±40 when running.</summary>
        XSpeed,

        /// <summary>12 a pixel a frame, down positive.</summary>
        YSpeed,

        OnGround,
        Jumping,
        Falling,
        Climbing,

        /// <summary>4 a pixel from the left edge of his column's tile.</summary>
        TileX,

        /// <summary>X below the pixel.</summary>
        XSubpixel,

        /// <summary>4 a pixel from the upper edge of his row's tile.</summary>
        TileY,

        /// <summary>Y below the pixel.</summary>
        YSubpixel,

        /// <summary>Scanline / 4; −64 at most above the screen.</summary>
        Y,

        AHeld,
        BHeld,
        UpHeld,
        DownHeld,
        LeftHeld,
        RightHeld,

        /// <summary>A press of A would start a jump now; false while A is held from before.</summary>
        CanJump,

        Big,
        Super,
        Fire,
        Crouching,

        /// <summary>8 a slow tick of being untouchable.</summary>
        Injury,

        /// <summary>2 a slow tick of star power, up to 70.</summary>
        Star,

        /// <summary>64 right, −64 left.</summary>
        Facing,

        /// <summary>64 right, −64 left.</summary>
        Moving,

        /// <summary>Pixels from the screen's left edge / 4.</summary>
        ScreenX,

        Swimming,

        /// <summary>6 a frame of running speed left.</summary>
        RunningTimer,

        /// <summary>2 a frame in which A still lifts.</summary>
        JumpTimer,

        /// <summary>Gravity in force / 2; up to 72.</summary>
        Gravity,

        /// <summary>Vertical speed below a pixel a frame, 1/64.</summary>
        YSpeedFraction,

        /// <summary>The fastest to the right now allowed, 1/16 pixel a frame.</summary>
        MaximumRightSpeed,

        /// <summary>Clock, 64 for 400.</summary>
        Time,

        /// <summary>The game's timers stand still.</summary>
        Frozen,

        WaterArea,
        GroundArea,
        UndergroundArea,
        CastleArea,
        ScrollLocked,
        OnSpring,

        /// <summary>Buttons count; false on dying, growing and shrinking.</summary>
        InControl,

        /// <summary>Always 1: what an empty level still says.</summary>
        Bias,

        /// <summary>How many there are.</summary>
        Count,
    }

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

    private static void DrawHammers(in MarioFrame frame, in Window window, Span<byte> observation)
    {
        for (int slot = 0; slot < RamMap.MiscSlots; slot++)
        {
            if (frame.TryGetHammer(slot, out var box))
            {
                window.Mark(box, observation.Slice(HazardPlane * PlaneBytes, PlaneBytes));
            }
        }
    }

    /// <summary>Draws the six slots into their planes and sorts those worth listing by distance.</summary>
    private int DrawObjects(in MarioFrame frame, in Window window, Span<byte> observation)
    {
        int found = 0;
        for (int slot = 0; slot < RamMap.ObjectSlots; slot++)
        {
            var thing = frame.Object(slot);
            var kind = KindFor(frame, thing);
            if (kind == ObjectKind.None)
            {
                continue;
            }

            if (kind != ObjectKind.PowerUp)
            {
                int plane = kind == ObjectKind.Stompable ? StompablePlane : kind == ObjectKind.Hazard ? HazardPlane : PlatformPlane;
                var cells = observation.Slice(plane * PlaneBytes, PlaneBytes);
                window.Mark(thing.Box, cells);
                if (thing.IsFireBar)
                {
                    DrawFireBar(thing, window, cells);
                }
            }

            var box = thing.Box;
            int distance = Math.Abs(box.CentreX - frame.LevelX - 8) + Math.Abs(box.CentreY - frame.Y - 24);
            int place = found++;
            for (; place > 0 && _distance[place - 1] > distance; place--)
            {
                _distance[place] = _distance[place - 1];
                _nearest[place] = _nearest[place - 1];
            }

            _distance[place] = distance;
            _nearest[place] = slot;
        }

        return found;
    }

    private static void DrawFireBar(in ObjectSlot bar, in Window window, Span<byte> cells)
    {
        int angle = bar.FireBarAngle;
        for (int ball = 1; ball < bar.FireBarBalls; ball++)
        {
            int x = bar.LevelX + ball * 8 * Sine[angle] / 64, y = bar.Y - ball * 8 * Sine[(angle + 8) & 31] / 64;
            window.Mark(new Box(x, y, x + 8, y + 8), cells);
        }
    }

    private void ListObjects(in MarioFrame frame, int found, Span<byte> list)
    {
        for (int i = 0; i < Objects && i < found; i++)
        {
            var thing = frame.Object(_nearest[i]);
            var box = thing.Box;
            var kind = KindFor(frame, thing);
            var entry = list.Slice(i * ObjectBytes, ObjectBytes);
            entry[0] = (byte)One;

            // 2 pixels a unit: 64 is eight tiles away.
            entry[1] = Clamp((box.CentreX - frame.LevelX - 8) / 2);
            entry[2] = Clamp((box.CentreY - frame.Y - 24) / 2);

            // A fire bar's speed bytes hold its angle: given is where its end points.
            entry[3] = thing.IsFireBar ? (byte)Sine[thing.FireBarAngle] : Clamp(thing.XSpeed * 2);
            entry[4] = thing.IsFireBar ? (byte)-Sine[(thing.FireBarAngle + 8) & 31] : Clamp(thing.YSpeed * 8);
            entry[4 + (int)kind] = (byte)One;
        }
    }

    // Nothing is stomped under water.
    private static ObjectKind KindFor(in MarioFrame frame, in ObjectSlot thing)
    {
        var kind = thing.Kind;
        return kind == ObjectKind.Stompable && frame.IsSwimming ? ObjectKind.Hazard : kind;
    }

    private static void WriteScalars(in MarioFrame frame, Span<byte> scalars)
    {
        var held = frame.Held;
        var power = frame.Power;
        var area = frame.AreaType;
        int y = frame.Y;
        scalars[(int)Scalar.XSpeed] = Clamp(frame.XSpeed);
        scalars[(int)Scalar.YSpeed] = Clamp(frame.YSpeed * 12);
        scalars[(int)Scalar.OnGround] = Flag(frame.FloatState == FloatState.Ground);
        scalars[(int)Scalar.Jumping] = Flag(frame.FloatState == FloatState.Jumping);
        scalars[(int)Scalar.Falling] = Flag(frame.FloatState == FloatState.Falling);
        scalars[(int)Scalar.Climbing] = Flag(frame.FloatState == FloatState.Climbing);
        scalars[(int)Scalar.TileX] = (byte)(((frame.LevelX + 8) & 15) * 4);
        scalars[(int)Scalar.XSubpixel] = (byte)(frame.XSubpixel >> 2);
        scalars[(int)Scalar.TileY] = (byte)((y & 15) * 4);
        scalars[(int)Scalar.YSubpixel] = (byte)(frame.YSubpixel >> 2);
        scalars[(int)Scalar.Y] = Clamp(Math.Max(y / 4, -One));
        scalars[(int)Scalar.AHeld] = Flag((held & Buttons.A) != 0);
        scalars[(int)Scalar.BHeld] = Flag((held & Buttons.B) != 0);
        scalars[(int)Scalar.UpHeld] = Flag((held & Buttons.Up) != 0);
        scalars[(int)Scalar.DownHeld] = Flag((held & Buttons.Down) != 0);
        scalars[(int)Scalar.LeftHeld] = Flag((held & Buttons.Left) != 0);
        scalars[(int)Scalar.RightHeld] = Flag((held & Buttons.Right) != 0);
        scalars[(int)Scalar.CanJump] = Flag(frame.CanJump);
        scalars[(int)Scalar.Big] = Flag(frame.IsBig);
        scalars[(int)Scalar.Super] = Flag(power == PowerState.Super);
        scalars[(int)Scalar.Fire] = Flag(power == PowerState.Fire);
        scalars[(int)Scalar.Crouching] = Flag(frame.IsCrouching);
        scalars[(int)Scalar.Injury] = Clamp(frame.InjuryTimer * 8);
        scalars[(int)Scalar.Star] = Clamp(frame.StarTimer * 2);
        scalars[(int)Scalar.Facing] = (byte)(frame.FacesRight ? One : -One);
        scalars[(int)Scalar.Moving] = (byte)(frame.MovesRight ? One : -One);
        scalars[(int)Scalar.ScreenX] = Clamp(frame.ScreenX / 4);
        scalars[(int)Scalar.Swimming] = Flag(frame.IsSwimming);
        scalars[(int)Scalar.RunningTimer] = Clamp(frame.RunningTimer * 6);
        scalars[(int)Scalar.JumpTimer] = Clamp(frame.JumpSwimTimer * 2);
        scalars[(int)Scalar.Gravity] = Clamp(frame.Gravity / 2);
        scalars[(int)Scalar.YSpeedFraction] = (byte)(frame.YSpeedFraction >> 2);
        scalars[(int)Scalar.MaximumRightSpeed] = Clamp(frame.MaximumRightSpeed);
        scalars[(int)Scalar.Time] = Clamp(frame.Time * One / 400);
        scalars[(int)Scalar.Frozen] = Flag(frame.IsFrozen);
        scalars[(int)Scalar.WaterArea] = Flag(area == AreaType.Water);
        scalars[(int)Scalar.GroundArea] = Flag(area == AreaType.Ground);
        scalars[(int)Scalar.UndergroundArea] = Flag(area == AreaType.Underground);
        scalars[(int)Scalar.CastleArea] = Flag(area == AreaType.Castle);
        scalars[(int)Scalar.ScrollLocked] = Flag(frame.IsScrollLocked);
        scalars[(int)Scalar.OnSpring] = Flag(frame.IsOnSpring);
        scalars[(int)Scalar.InControl] = Flag(frame.Routine == PlayerRoutine.Control);
        scalars[(int)Scalar.Bias] = (byte)One;
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
