namespace MarioAgentTool.Game;

/// <summary>
/// Where Super Mario Bros. keeps things in CPU $0000-$07FF. Names of the public disassembly stand in each comment, with
/// meaning, unit and range. One file a subject; this one: what the program is doing.
/// </summary>
public static partial class RamMap
{
    /// <summary>Bytes of work RAM.</summary>
    public const int Size = 0x0800;

    /// <summary>FrameCounter — frames, mod 256.</summary>
    public const int FrameCounter = 0x0009;

    /// <summary>A_B_Buttons — bits A ($80) and B ($40) as this frame's player routine reads them.</summary>
    public const int ActionButtons = 0x000A;

    /// <summary>Up_Down_Buttons — bits up ($08) and down ($04).</summary>
    public const int UpDownButtons = 0x000B;

    /// <summary>Left_Right_Buttons — bits left ($02) and right ($01).</summary>
    public const int LeftRightButtons = 0x000C;

    /// <summary>PreviousA_B_Buttons — A and B of the last player routine; a jump needs A that is not set here.</summary>
    public const int PreviousActionButtons = 0x000D;

    /// <summary>GameEngineSubroutine — the player routine the next frame runs: <see cref="PlayerRoutine"/>.</summary>
    public const int PlayerRoutine = 0x000E;

    /// <summary>SavedJoypad1Bits — pad 1 as the game sees it: A 80, B 40, Select 20, Start 10, up 08, down 04, left 02, right 01.</summary>
    public const int Joypad1 = 0x06FC;

    /// <summary>SavedJoypad2Bits — pad 2, likewise.</summary>
    public const int Joypad2 = 0x06FD;

    /// <summary>ChangeAreaTimer — frames until a pipe or a side exit leads on; 0 when none does.</summary>
    public const int ChangeAreaTimer = 0x06DE;

    /// <summary>ScreenRoutineTask — which part of the screen's set-up runs.</summary>
    public const int ScreenTask = 0x073C;

    /// <summary>TimerControl — non-zero while the game's timers stand still: death, growing, shrinking.</summary>
    public const int TimerControl = 0x0747;

    /// <summary>JoypadBitMask — Start and Select already taken notice of.</summary>
    public const int JoypadMask = 0x074A;

    /// <summary>EntrancePage — page at which the area is entered.</summary>
    public const int EntrancePage = 0x0751;

    /// <summary>AltEntranceControl — 0 level start, 1 pipe, 2 vine.</summary>
    public const int AlternateEntrance = 0x0752;

    /// <summary>JoypadOverride — buttons the game presses itself while Mario walks by himself.</summary>
    public const int JoypadOverride = 0x0758;

    /// <summary>DisableIntermediate — non-zero: no "WORLD 1-1" card.</summary>
    public const int DisableCard = 0x0769;

    /// <summary>OperMode — <see cref="OperatingMode"/>.</summary>
    public const int OperatingMode = 0x0770;

    /// <summary>OperMode_Task — the mode's own step; in game mode 0 area set-up, 1 screen routines, 2 second set-up, 3 play.</summary>
    public const int ModeTask = 0x0772;

    /// <summary>DisableScreenFlag — non-zero: the picture is black.</summary>
    public const int DisableScreen = 0x0774;

    /// <summary>GamePauseStatus — bit 0: paused.</summary>
    public const int PauseStatus = 0x0776;

    /// <summary>GamePauseTimer — frames before Start is heard again.</summary>
    public const int PauseTimer = 0x0777;

    /// <summary>IntervalTimerControl — 20 to 0; the slow timers tick each time it runs out, every 21 frames.</summary>
    public const int IntervalTimerControl = 0x077F;

    /// <summary>ScreenTimer — how long a card stays, in slow ticks.</summary>
    public const int ScreenTimer = 0x07A0;

    /// <summary>PseudoRandomBitReg — 7 bytes of shift register, one shift a frame.</summary>
    public const int Random = 0x07A7;

    /// <summary>The value of <see cref="ModeTask"/> while a stage is played.</summary>
    public const int PlayTask = 3;
}
