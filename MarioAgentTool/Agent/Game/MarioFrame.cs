namespace MarioAgentTool.Game;

/// <summary>
/// One frame of work RAM, asked in the game's words. Read-only, allocates nothing; valid as long as the bytes are.
/// </summary>
public readonly ref partial struct MarioFrame
{
    private readonly ReadOnlySpan<byte> _ram;

    /// <param name="ram">CPU $0000-$07FF.</param>
    public MarioFrame(ReadOnlySpan<byte> ram)
    {
        if (ram.Length < RamMap.Size)
        {
            throw new ArgumentException($"Work RAM is {RamMap.Size} bytes; the host gave {ram.Length}.", nameof(ram));
        }

        _ram = ram;
    }

    // ---- What the program is doing -------------------------------------------------------------------------------

    public OperatingMode Mode => (OperatingMode)_ram[RamMap.OperatingMode];

    /// <summary>The player routine of the next frame.</summary>
    public PlayerRoutine Routine => (PlayerRoutine)_ram[RamMap.PlayerRoutine];

    /// <summary>A stage is running, whoever moves Mario.</summary>
    public bool IsInStage => Mode == OperatingMode.Game && _ram[RamMap.ModeTask] == RamMap.PlayTask;

    /// <summary>
    /// Buttons count: a stage runs and Mario is not led along by the game. Growing, shrinking and dying are left in, as gym
    /// leaves them in.
    /// </summary>
    public bool IsListening => IsInStage && Routine is PlayerRoutine.LoseLife or >= PlayerRoutine.Control;

    /// <summary>The game's timers stand still.</summary>
    public bool IsFrozen => _ram[RamMap.TimerControl] != 0;

    public bool IsPaused => (_ram[RamMap.PauseStatus] & 1) != 0;

    // ---- Mario ------------------------------------------------------------------------------------------------------

    /// <summary>Left edge of Mario's 16-pixel column in the area, pixels. Starts anew in every area.</summary>
    public int LevelX => _ram[RamMap.PlayerPage] << 8 | _ram[RamMap.PlayerXInPage];

    /// <summary>Scanline of the top of his 32-pixel frame; negative above the screen, 256 and more below.</summary>
    public int Y => ((sbyte)_ram[RamMap.PlayerYHigh] - 1) * 256 + _ram[RamMap.PlayerY];

    /// <summary>X below the pixel, 1/256.</summary>
    public byte XSubpixel => _ram[RamMap.XSubpixel];

    /// <summary>Y below the pixel, 1/256.</summary>
    public byte YSubpixel => _ram[RamMap.YSubpixel];

    /// <summary>1/16 pixel a frame, right positive.</summary>
    public sbyte XSpeed => (sbyte)_ram[RamMap.XSpeed];

    /// <summary>Pixels a frame, down positive.</summary>
    public sbyte YSpeed => (sbyte)_ram[RamMap.YSpeed];

    /// <summary>Speed below <see cref="YSpeed"/>, 1/256 pixel a frame.</summary>
    public byte YSpeedFraction => _ram[RamMap.YSpeedFraction];

    /// <summary>The fastest to the right now allowed, 1/16 pixel a frame.</summary>
    public sbyte MaximumRightSpeed => (sbyte)_ram[RamMap.MaximumRightSpeed];

    /// <summary>Gravity in force, 1/256 pixel a frame a frame.</summary>
    public byte Gravity => _ram[RamMap.Gravity];

    public FloatState FloatState => (FloatState)_ram[RamMap.FloatState];

    public PowerState Power => _ram[RamMap.PlayerPower] switch { 0 => PowerState.Small, 1 => PowerState.Super, _ => PowerState.Fire };

    /// <summary>Two tiles tall.</summary>
    public bool IsBig => _ram[RamMap.PlayerSize] == 0;

    public bool IsCrouching => _ram[RamMap.Crouching] != 0;

    public bool IsSwimming => _ram[RamMap.Swimming] != 0;

    public bool FacesRight => _ram[RamMap.Facing] == 1;

    public bool MovesRight => _ram[RamMap.MovingDirection] == 1;

    /// <summary>On a spring.</summary>
    public bool IsOnSpring => _ram[RamMap.JumpspringAnimation] != 0;

    /// <summary>Slow ticks of being untouchable; 0-8.</summary>
    public byte InjuryTimer => _ram[RamMap.InjuryTimer];

    /// <summary>Slow ticks of star power; 0-35.</summary>
    public byte StarTimer => _ram[RamMap.StarTimer];

    /// <summary>Frames of running speed left.</summary>
    public byte RunningTimer => _ram[RamMap.RunningTimer];

    /// <summary>Frames in which A still lifts.</summary>
    public byte JumpSwimTimer => _ram[RamMap.JumpSwimTimer];

    /// <summary>
    /// What the game took from the pad last. A and B come from where the jump test looks for them: while A is set here,
    /// pressing it again starts no jump.
    /// </summary>
    public Buttons Held
    {
        get
        {
            int pad = _ram[RamMap.PreviousActionButtons] & 0xC0 | _ram[RamMap.Joypad1] & 0x0F;
            return ((pad & 0x80) != 0 ? Buttons.A : 0) | ((pad & 0x40) != 0 ? Buttons.B : 0)
                | ((pad & 0x08) != 0 ? Buttons.Up : 0) | ((pad & 0x04) != 0 ? Buttons.Down : 0)
                | ((pad & 0x02) != 0 ? Buttons.Left : 0) | ((pad & 0x01) != 0 ? Buttons.Right : 0);
        }
    }

    /// <summary>A press of A in the coming frame would start a jump or a swimming stroke.</summary>
    public bool CanJump => (Held & Buttons.A) == 0 && (FloatState == FloatState.Ground || IsSwimming);

    // ---- The status bar ---------------------------------------------------------------------------------------------

    /// <summary>Lives left after this one: 2, 1, 0; 255 when the game is over.</summary>
    public byte Lives => _ram[RamMap.Lives];

    /// <summary>0-99.</summary>
    public byte Coins => _ram[RamMap.Coins];

    /// <summary>As on the screen.</summary>
    public int Score => Digits(RamMap.ScoreDigits, RamMap.ScoreDigitCount) * 10;

    /// <summary>As on the screen; 400 at most.</summary>
    public int Time => Digits(RamMap.TimeDigits, RamMap.TimeDigitCount);

    /// <summary>1-8.</summary>
    public int World => _ram[RamMap.World] + 1;

    /// <summary>1-4.</summary>
    public int Stage => _ram[RamMap.Stage] + 1;

    /// <summary>Area of the world, from 1.</summary>
    public int Area => _ram[RamMap.Area] + 1;

    public AreaType AreaType => (AreaType)(_ram[RamMap.AreaType] & 3);

    /// <summary>A coin heaven, which is left by falling off.</summary>
    public bool IsCloudArea => _ram[RamMap.CloudArea] != 0;

    /// <summary>The clock has run out.</summary>
    public bool IsTimeUp => _ram[RamMap.TimeUp] != 0;

    // ---- The screen -------------------------------------------------------------------------------------------------

    /// <summary>Level pixel of the screen's left edge.</summary>
    public int ScreenLeft => _ram[RamMap.ScreenLeftPage] << 8 | _ram[RamMap.ScreenLeftX];

    /// <summary>Level pixel of the screen's right edge.</summary>
    public int ScreenRight => _ram[RamMap.ScreenRightPage] << 8 | _ram[RamMap.ScreenRightX];

    /// <summary>Mario's distance from the screen's left edge, pixels.</summary>
    public int ScreenX => LevelX - ScreenLeft;

    public bool IsScrollLocked => _ram[RamMap.ScrollLock] != 0;

    private int Digits(int address, int count)
    {
        int number = 0;
        for (int i = 0; i < count; i++)
        {
            number = number * 10 + _ram[address + i];
        }

        return number;
    }
}
