-- Where Super Mario Bros. keeps things in CPU $0000-$07FF, and what the values mean.
-- Made from MarioAgentTool/Agent/Game/RamMap.*.cs; do not edit. To make it anew:
--     MARIO_WRITE_LUA=1 dotnet test --filter GeneratedRamMapTests

return {
    Size = 2048, -- Bytes of work RAM.
    FrameCounter = 0x0009, -- FrameCounter — frames, mod 256.
    ActionButtons = 0x000A, -- A_B_Buttons — bits A ($80) and B ($40) as this frame's player routine reads them.
    UpDownButtons = 0x000B, -- Up_Down_Buttons — bits up ($08) and down ($04).
    LeftRightButtons = 0x000C, -- Left_Right_Buttons — bits left ($02) and right ($01).
    PreviousActionButtons = 0x000D, -- PreviousA_B_Buttons — A and B of the last player routine; a jump needs A that is not set here.
    PlayerRoutine = 0x000E, -- GameEngineSubroutine — the player routine the next frame runs: PlayerRoutine.
    Joypad1 = 0x06FC, -- SavedJoypad1Bits — pad 1 as the game sees it: A 80, B 40, Select 20, Start 10, up 08, down 04, left 02, right 01.
    Joypad2 = 0x06FD, -- SavedJoypad2Bits — pad 2, likewise.
    ChangeAreaTimer = 0x06DE, -- ChangeAreaTimer — frames until a pipe or a side exit leads on; 0 when none does.
    ScreenTask = 0x073C, -- ScreenRoutineTask — which part of the screen's set-up runs.
    TimerControl = 0x0747, -- TimerControl — non-zero while the game's timers stand still: death, growing, shrinking.
    JoypadMask = 0x074A, -- JoypadBitMask — Start and Select already taken notice of.
    EntrancePage = 0x0751, -- EntrancePage — page at which the area is entered.
    AlternateEntrance = 0x0752, -- AltEntranceControl — 0 level start, 1 pipe, 2 vine.
    JoypadOverride = 0x0758, -- JoypadOverride — buttons the game presses itself while Mario walks by himself.
    DisableCard = 0x0769, -- DisableIntermediate — non-zero: no "WORLD 1-1" card.
    OperatingMode = 0x0770, -- OperMode — OperatingMode.
    ModeTask = 0x0772, -- OperMode_Task — the mode's own step; in game mode 0 area set-up, 1 screen routines, 2 second set-up, 3 play.
    DisableScreen = 0x0774, -- DisableScreenFlag — non-zero: the picture is black.
    PauseStatus = 0x0776, -- GamePauseStatus — bit 0: paused.
    PauseTimer = 0x0777, -- GamePauseTimer — frames before Start is heard again.
    IntervalTimerControl = 0x077F, -- IntervalTimerControl — 20 to 0; the slow timers tick each time it runs out, every 21 frames.
    ScreenTimer = 0x07A0, -- ScreenTimer — how long a card stays, in slow ticks.
    Random = 0x07A7, -- PseudoRandomBitReg — 7 bytes of shift register, one shift a frame.
    PlayTask = 3, -- The value of ModeTask while a stage is played.
    ObjectSlots = 6, -- Slots in every enemy table: 0-4 enemies, 5 power-ups, flags and the like.
    ObjectActive = 0x000F, -- Enemy_Flag — non-zero: in use; bit 7: a double of the slot in the low nibble.
    ObjectType = 0x0016, -- Enemy_ID — ObjectType.
    ObjectState = 0x001E, -- Enemy_State — 0 walking; bit 5 defeated; bit 7 kicked shell; low bits: stages of being stomped.
    FireballState = 0x0024, -- FireballState — 2 slots.
    MiscState = 0x002A, -- Misc_State — 9 slots; bit 7: a hammer; else, when non-zero, a coin thrown by a block.
    MiscSlots = 9, -- Slots of hammers and thrown coins.
    PowerUpKind = 0x0039, -- PowerUpType — PowerUpKind in slot 5.
    ObjectDirection = 0x0046, -- Enemy_MovingDir — 1 right, 2 left.
    ObjectXSpeed = 0x0058, -- Enemy_X_Speed — signed 1/16 pixel a frame for what walks; other uses by type.
    ObjectPage = 0x006E, -- Enemy_PageLoc.
    FireballPage = 0x0074, -- Fireball_PageLoc.
    MiscPage = 0x007A, -- Misc_PageLoc.
    ObjectX = 0x0087, -- Enemy_X_Position — pixels into the page.
    FireballX = 0x008D, -- Fireball_X_Position.
    MiscX = 0x0093, -- Misc_X_Position.
    ObjectYSpeed = 0x00A0, -- Enemy_Y_Speed — signed pixels a frame; for fire bars FirebarSpinState_High, the angle: 0-31, clockwise from up.
    ObjectYHigh = 0x00B6, -- Enemy_Y_HighPos — as for the player.
    ObjectY = 0x00CF, -- Enemy_Y_Position — scanline of the top of a 24-pixel frame; feet at +24.
    FireballY = 0x00D5, -- Fireball_Y_Position.
    MiscY = 0x00DB, -- Misc_Y_Position.
    BowserFlameTimer = 0x0367, -- BowserFlameTimerCtrl — when the next flame comes.
    BowserHitPoints = 0x0483, -- BowserHitPoints — fireballs he still survives.
    ObjectCollision = 0x0491, -- Enemy_CollisionBits.
    ObjectBox = 0x04B0, -- EnemyBoundingBoxCoord — 4 bytes a slot: x, y of the upper left, x, y of the lower right corner, on the screen.
    WarpZone = 0x06D6, -- WarpZoneControl — non-zero in a warp zone.
    FloatState = 0x001D, -- Player_State — FloatState.
    Facing = 0x0033, -- PlayerFacingDir — 1 right, 2 left.
    MovingDirection = 0x0045, -- Player_MovingDir — 1 right, 2 left.
    XSpeed = 0x0057, -- Player_X_Speed — signed, 1/16 pixel a frame; walking to ±$18, running to ±$28.
    PlayerPage = 0x006D, -- Player_PageLoc — which 256-pixel page of the level Mario is on.
    PlayerXInPage = 0x0086, -- Player_X_Position — pixels into that page, of the left edge of his 16-pixel column.
    YSpeed = 0x009F, -- Player_Y_Speed — signed pixels a frame, down positive; −5 to 4.
    PlayerYHigh = 0x00B5, -- Player_Y_HighPos — 0 above the screen, 1 on it, 2 and more below.
    PlayerY = 0x00CE, -- Player_Y_Position — scanline of the top of his 32-pixel frame; small Mario fills the lower half.
    PlayerScreenX = 0x03AD, -- Player_Rel_XPos — pixels from the screen's left edge.
    PlayerScreenY = 0x03B8, -- Player_Rel_YPos — scanline, as gym's y_pos reads it.
    XSubpixel = 0x0400, -- SprObject_X_MoveForce — x below the pixel, 1/256. (Player_X_MoveForce is $0705, speed below the 1/16 pixel.)
    YSubpixel = 0x0416, -- Player_YMF_Dummy — y below the pixel, 1/256.
    YSpeedFraction = 0x0433, -- Player_Y_MoveForce — speed below YSpeed, 1/256 pixel a frame.
    MaximumLeftSpeed = 0x0450, -- MaximumLeftSpeed — the fastest to the left now allowed; signed like XSpeed.
    MaximumRightSpeed = 0x0456, -- MaximumRightSpeed — the fastest to the right now allowed.
    PlayerCollision = 0x0490, -- Player_CollisionBits — sides on which he touches something.
    PlayerBox = 0x04AC, -- BoundingBox_UL_Corner — x, y of the upper left and of the lower right corner, on the screen.
    AbsoluteXSpeed = 0x0700, -- Player_XSpeedAbsolute — |x speed|, 1/16 pixel a frame.
    RunningLatch = 0x0703, -- RunningSpeed — the running latch.
    Swimming = 0x0704, -- SwimmingFlag — non-zero in water.
    Gravity = 0x0709, -- VerticalForce — gravity in force, 1/256 pixel a frame a frame; less while A is held and he rises.
    FallGravity = 0x070A, -- VerticalForceDown — gravity once A is let go.
    JumpspringAnimation = 0x070E, -- JumpspringAnimCtrl — non-zero while a spring moves him.
    PlayerEntrance = 0x0710, -- PlayerEntranceCtrl — 6 and 7: he walks into a pipe by himself.
    Crouching = 0x0714, -- CrouchingFlag — non-zero when ducked.
    PlayerSize = 0x0754, -- PlayerSize — 0 big, 1 small.
    PlayerPower = 0x0756, -- PlayerStatus — PowerState.
    JumpSwimTimer = 0x0782, -- JumpSwimTimer — frames in which A still lifts him.
    RunningTimer = 0x0783, -- RunningTimer — frames of running speed left after B is let go; to 10.
    BlockBounceTimer = 0x0784, -- BlockBounceTimer — frames before another block can be bumped.
    SideCollisionTimer = 0x0785, -- SideCollisionTimer — frames left of being pushed off a wall.
    JumpspringTimer = 0x0786, -- JumpspringTimer — frames left of a spring's bounce.
    ClimbSideTimer = 0x0789, -- ClimbSideTimer — frames before Mario changes sides on a vine.
    InjuryTimer = 0x079E, -- InjuryTimer — slow ticks of being untouchable after a hit; from 8.
    StarTimer = 0x079F, -- StarInvincibleTimer — slow ticks of star power; from 35.
    ScrollLock = 0x0723, -- ScrollLock — non-zero: the screen stands still.
    ScreenLeftPage = 0x071A, -- ScreenLeft_PageLoc.
    ScreenRightPage = 0x071B, -- ScreenRight_PageLoc.
    ScreenLeftX = 0x071C, -- ScreenLeft_X_Pos — pixels into the page.
    ScreenRightX = 0x071D, -- ScreenRight_X_Pos.
    ParserPage = 0x0725, -- CurrentPageLoc — page of the next tile column to be parsed.
    ParserColumn = 0x0726, -- CurrentColumnPos — column (0-15) of that page to be parsed next.
    Whirlpool = 0x047D, -- Whirlpool_Flag — non-zero while a current under water pulls at Mario.
    HorizontalScroll = 0x073F, -- HorizontalScroll.
    Tiles = 0x0500, -- Block_Buffer_1 — metatiles of even pages, 13 rows of 16; odd pages follow at TilePageBytes.
    TilePageBytes = 208, -- Bytes from the even page's tiles to the odd page's.
    TileRows = 13, -- Rows of tiles; the first lies at scanline TileTop.
    TileColumns = 32, -- Columns held: two pages.
    TileTop = 32, -- Scanline of the first row of tiles; the status bar is above.
    TileSize = 16, -- Pixels a tile, both ways.
    CloudArea = 0x0743, -- CloudTypeOverride — non-zero in coin heavens, where falling off is the exit.
    LoopCommand = 0x0745, -- LoopCommand — non-zero where a castle may send Mario back four pages.
    MazeCorrect = 0x06D9, -- MultiLoopCorrectCntr — right turns taken in a maze of three.
    MazePassed = 0x06DA, -- MultiLoopPassCntr — turns passed in a maze of three.
    CoinTally = 0x0748, -- CoinTallyFor1Ups — coins counted for hidden 1-ups.
    AreaType = 0x074E, -- AreaType — AreaType.
    AreaPointer = 0x0750, -- AreaPointer — the area entered last, until the level names the one its next pipe or vine leads to.
    CurrentPlayer = 0x0753, -- CurrentPlayer — 0 Mario, 1 Luigi.
    FetchClock = 0x0757, -- FetchNewGameTimerFlag — non-zero: the clock is about to be set.
    TimeUp = 0x0759, -- GameTimerExpiredFlag — non-zero once the clock has run out.
    Lives = 0x075A, -- NumberofLives — lives left after this one; 2 at the start, 255 when the game is over.
    HalfwayPage = 0x075B, -- HalfwayPage — page of the checkpoint; 0 when none.
    Stage = 0x075C, -- LevelNumber — stage of the world, 0-3.
    Coins = 0x075E, -- CoinTally — 0-99.
    World = 0x075F, -- WorldNumber — 0-7.
    Area = 0x0760, -- AreaNumber — area of the world, 0-4; not the stage where a stage opens with a walk into a pipe.
    SecondaryHardMode = 0x06CC, -- SecondaryHardMode — non-zero from 5-3 on.
    PrimaryHardMode = 0x076A, -- PrimaryHardMode — non-zero in the second quest.
    PlayerCount = 0x077A, -- NumberOfPlayers — 0 for one.
    ClockTick = 0x0787, -- GameTimerCtrlTimer — frames until the clock's next tick; one unit is 24 frames.
    TopScoreDigits = 0x07D7, -- TopScoreDisplay — 6 decimal digits, one a byte.
    ScoreDigits = 0x07DD, -- PlayerScoreDisplay — 6 decimal digits of Mario's score; the screen adds a 0.
    ScoreDigitCount = 6, -- Digits in ScoreDigits.
    SecondScoreDigits = 0x07E3, -- Player 2's score, likewise; its first digit is the fixed 0 that gym reads with Mario's.
    CoinDigits = 0x07ED, -- CoinDisplay — 2 decimal digits.
    WorldSelect = 0x07FC, -- WorldSelectEnableFlag — non-zero after the game was won: worlds can be chosen.
    ContinueWorld = 0x07FD, -- ContinueWorld — world that A and Start begin in, from 0.
    TimeDigits = 0x07F8, -- GameTimerDisplay — 3 decimal digits.
    TimeDigitCount = 3, -- Digits in TimeDigits.

    -- $0770, what the program as a whole is doing.
    OperatingModes = {
        Title = 0x00,
        Game = 0x01,
        Victory = 0x02,
        GameOver = 0x03,
    },

    -- $000E, the player routine of the next frame.
    PlayerRoutines = {
        EntranceSetup = 0x00,
        VineClimb = 0x01,
        SidePipe = 0x02,
        VerticalPipe = 0x03,
        FlagpoleSlide = 0x04,
        EndOfLevel = 0x05,
        LoseLife = 0x06,
        AreaEntrance = 0x07,
        Control = 0x08,
        SizeChange = 0x09,
        Injury = 0x0A,
        Death = 0x0B,
        FlowerPickup = 0x0C,
    },

    -- $001D, how Mario is held up.
    FloatStates = {
        Ground = 0x00,
        Jumping = 0x01,
        Falling = 0x02,
        Climbing = 0x03,
    },

    -- $0756. More than Fire counts as fire.
    PowerStates = {
        Small = 0x00,
        Super = 0x01,
        Fire = 0x02,
    },

    -- $074E.
    AreaTypes = {
        Water = 0x00,
        Ground = 0x01,
        Underground = 0x02,
        Castle = 0x03,
    },

    -- $0039, what slot 5 offers when its type is PowerUp.
    PowerUpKinds = {
        Mushroom = 0x00,
        Flower = 0x01,
        Star = 0x02,
        OneUp = 0x03,
    },

    -- $0016 and on: what an object slot holds.
    ObjectTypes = {
        GreenKoopa = 0x00,
        RedKoopaUnused = 0x01,
        BuzzyBeetle = 0x02,
        RedKoopa = 0x03,
        HammerBro = 0x05,
        Goomba = 0x06,
        Blooper = 0x07,
        BulletBill = 0x08,
        GreyCheepCheep = 0x0A,
        RedCheepCheep = 0x0B,
        Podoboo = 0x0C,
        PiranhaPlant = 0x0D,
        GreenParatroopaHopping = 0x0E,
        RedParatroopa = 0x0F,
        GreenParatroopaFlying = 0x10,
        Lakitu = 0x11,
        Spiny = 0x12,
        FlyingCheepCheep = 0x14,
        BowserFlame = 0x15,
        Fireworks = 0x16,
        FireBar = 0x1B,
        FireBarFast = 0x1C,
        FireBarCounterClockwise = 0x1D,
        FireBarFastCounterClockwise = 0x1E,
        FireBarLong = 0x1F,
        BalancePlatform = 0x24,
        VerticalPlatform = 0x25,
        LiftUpLarge = 0x26,
        LiftDownLarge = 0x27,
        HorizontalPlatform = 0x28,
        DroppingPlatform = 0x29,
        SlidingPlatform = 0x2A,
        LiftUpSmall = 0x2B,
        LiftDownSmall = 0x2C,
        Bowser = 0x2D,
        PowerUp = 0x2E,
        Vine = 0x2F,
        FlagpoleFlag = 0x30,
        StarFlag = 0x31,
        Jumpspring = 0x32,
        CannonBulletBill = 0x33,
        WarpZone = 0x34,
        Retainer = 0x35,
    },
}
