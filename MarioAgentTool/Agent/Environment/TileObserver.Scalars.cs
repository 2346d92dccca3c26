using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

// The numbers that are no place in the level.
public sealed partial class TileObserver
{
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

        /// <summary>8 an observation in a row that saw A held.</summary>
        StepsAHeld,

        /// <summary>A current under water pulls at him.</summary>
        InCurrent,

        /// <summary>32 a fireball of his on its way.</summary>
        Fireballs,

        /// <summary>Where a castle may send him back four pages.</summary>
        InLoop,

        /// <summary>16 a right turn in a maze of three.</summary>
        MazeCorrect,

        /// <summary>16 a turn in a maze of three.</summary>
        MazePassed,

        /// <summary>A coin heaven.</summary>
        CloudArea,

        /// <summary>Worlds from 5-3 on.</summary>
        Harder,

        /// <summary>8 a world; this and the next four are 0 unless <see cref="TileSettings.Place"/> is set.</summary>
        World,

        /// <summary>16 a stage.</summary>
        Stage,

        /// <summary>12 an area of the world.</summary>
        Area,

        /// <summary>4 a page of 256 pixels.</summary>
        LevelPage,

        /// <summary>Place in the page, 1 for 4 pixels.</summary>
        LevelPlace,

        /// <summary>Always 1: what an empty level still says.</summary>
        Bias,

        /// <summary>How many there are.</summary>
        Count,
    }

    /// <summary>
    /// What a jump hangs on, told a second time: of each of these so many bytes, one of which is set. A step more or less is a matter of a pixel, and
    /// networks find it hard to tell near numbers apart.
    /// </summary>
    public enum OneHot
    {
        /// <summary>16: pixels from the left edge of his column's tile.</summary>
        TileX,

        /// <summary>16: pixels from the upper edge of his row's tile.</summary>
        TileY,

        /// <summary>17, 5/16 pixel a frame apart; the middle one is standing still.</summary>
        XSpeed,

        /// <summary>17, half a pixel a frame apart, the first at −4.25 and faster up.</summary>
        YSpeed,

        /// <summary>11: observations in a row that saw A held, up to 10.</summary>
        StepsAHeld,

        /// <summary>How many there are.</summary>
        Count,
    }

    /// <summary>Where each <see cref="OneHot"/> begins after the scalars, and where the last ends.</summary>
    public static IReadOnlyList<int> OneHotOffsets { get; } = [0, 16, 32, 49, 66, OneHotBytes];

    // Observations in a row that saw A held.
    private int _stepsHeld;

    private void WriteScalars(in MarioFrame frame, Span<byte> scalars)
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
        _stepsHeld = (held & Buttons.A) != 0 ? Math.Min(_stepsHeld + 1, 15) : 0;
        scalars[(int)Scalar.StepsAHeld] = Clamp(_stepsHeld * 8);
        scalars[(int)Scalar.InCurrent] = Flag(frame.IsInCurrent);
        scalars[(int)Scalar.Fireballs] = Clamp(frame.Fireballs * 32);
        scalars[(int)Scalar.InLoop] = Flag(frame.IsInLoop);
        scalars[(int)Scalar.MazeCorrect] = Clamp(frame.MazeCorrect * 16);
        scalars[(int)Scalar.MazePassed] = Clamp(frame.MazePassed * 16);
        scalars[(int)Scalar.CloudArea] = Flag(frame.IsCloudArea);
        scalars[(int)Scalar.Harder] = Flag(frame.IsHarder);
        if (_settings.Place)
        {
            scalars[(int)Scalar.World] = Clamp(frame.World * 8);
            scalars[(int)Scalar.Stage] = Clamp(frame.Stage * 16);
            scalars[(int)Scalar.Area] = Clamp(frame.Area * 12);
            scalars[(int)Scalar.LevelPage] = Clamp((frame.LevelX >> 8) * 4);
            scalars[(int)Scalar.LevelPlace] = Clamp((frame.LevelX & 255) >> 2);
        }

        scalars[(int)Scalar.Bias] = (byte)One;
    }

    private void WriteOneHots(in MarioFrame frame, Span<byte> flags)
    {
        Set(flags, OneHot.TileX, (frame.LevelX + 8) & 15);
        Set(flags, OneHot.TileY, frame.Y & 15);
        Set(flags, OneHot.XSpeed, (frame.XSpeed + 42) / 5);
        Set(flags, OneHot.YSpeed, (frame.YSpeed * 256 + frame.YSpeedFraction + 1088) / 128);
        Set(flags, OneHot.StepsAHeld, _stepsHeld);
    }

    private static void Set(Span<byte> flags, OneHot which, int value)
    {
        int first = OneHotOffsets[(int)which], last = OneHotOffsets[(int)which + 1] - 1;
        flags[Math.Min(Math.Max(first + value, first), last)] = (byte)One;
    }
}
