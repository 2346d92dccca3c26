namespace MarioAgentTool.Game;

// What the program is about: tasks, timers, entrances, chance.
public readonly ref partial struct MarioFrame
{
    /// <summary>Frames, mod 256.</summary>
    public byte FrameCounter => _ram[RamMap.FrameCounter];

    /// <summary>The mode's own step; in game mode 0 area set-up, 1 screen routines, 2 second set-up, 3 play.</summary>
    public byte ModeTask => _ram[RamMap.ModeTask];

    /// <summary>Which part of the screen's set-up runs.</summary>
    public byte ScreenTask => _ram[RamMap.ScreenTask];

    /// <summary>Slow ticks that a card still stays.</summary>
    public byte ScreenTimer => _ram[RamMap.ScreenTimer];

    /// <summary>Frames until a pipe or a side exit leads on; 0 when none does.</summary>
    public byte ChangeAreaTimer => _ram[RamMap.ChangeAreaTimer];

    /// <summary>Frames until the slow timers tick; from 20.</summary>
    public byte SlowTick => _ram[RamMap.IntervalTimerControl];

    /// <summary>Frames until the clock ticks; from 24.</summary>
    public byte ClockTick => _ram[RamMap.ClockTick];

    /// <summary>The clock is about to be set.</summary>
    public bool IsClockDue => _ram[RamMap.FetchClock] != 0;

    public bool IsScreenOff => _ram[RamMap.DisableScreen] != 0;

    /// <summary>The area comes without its "WORLD 1-1" card.</summary>
    public bool HasNoCard => _ram[RamMap.DisableCard] != 0;

    /// <summary>0 level start, 1 pipe, 2 vine.</summary>
    public byte AlternateEntrance => _ram[RamMap.AlternateEntrance];

    /// <summary>Page at which the area is entered.</summary>
    public byte EntrancePage => _ram[RamMap.EntrancePage];

    /// <summary>6 and 7: he walks into a pipe by himself.</summary>
    public byte PlayerEntrance => _ram[RamMap.PlayerEntrance];

    /// <summary>Buttons the game presses itself, as bits of <see cref="RamMap.Joypad1"/>.</summary>
    public byte JoypadOverride => _ram[RamMap.JoypadOverride];

    /// <summary>Start and Select already taken notice of.</summary>
    public byte JoypadMask => _ram[RamMap.JoypadMask];

    /// <summary>Seven bytes of shift register, one shift a frame.</summary>
    public ReadOnlySpan<byte> Chance => _ram.Slice(RamMap.Random, 7);

    /// <summary>The area entered last, until the level names the one its next pipe or vine leads to.</summary>
    public byte AreaPointer => _ram[RamMap.AreaPointer];

    /// <summary>Page of the checkpoint; 0 when none.</summary>
    public byte HalfwayPage => _ram[RamMap.HalfwayPage];

    /// <summary>A castle may send Mario back four pages here.</summary>
    public bool IsMaze => _ram[RamMap.LoopCommand] != 0;

    /// <summary>Pipes lead to other worlds here.</summary>
    public bool IsWarpZone => _ram[RamMap.WarpZone] != 0;

    /// <summary>From 5-3 on.</summary>
    public bool IsSecondaryHardMode => _ram[RamMap.SecondaryHardMode] != 0;

    /// <summary>The second quest.</summary>
    public bool IsPrimaryHardMode => _ram[RamMap.PrimaryHardMode] != 0;

    /// <summary>0 Mario, 1 Luigi.</summary>
    public byte CurrentPlayer => _ram[RamMap.CurrentPlayer];

    /// <summary>1 or 2.</summary>
    public int Players => _ram[RamMap.PlayerCount] + 1;

    /// <summary>As on the title screen.</summary>
    public int TopScore => Digits(RamMap.TopScoreDigits, RamMap.ScoreDigitCount) * 10;

    /// <summary>Coins counted for hidden 1-ups.</summary>
    public byte CoinTally => _ram[RamMap.CoinTally];

    /// <summary>Worlds can be chosen on the title screen.</summary>
    public bool HasWorldSelect => _ram[RamMap.WorldSelect] != 0;

    /// <summary>World that A and Start begin in, 1-8.</summary>
    public int ContinueWorld => _ram[RamMap.ContinueWorld] + 1;
}
