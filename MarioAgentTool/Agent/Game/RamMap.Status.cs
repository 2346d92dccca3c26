namespace MarioAgentTool.Game;

// What the status bar shows, and where in the game we are.
public static partial class RamMap
{
    /// <summary>CloudTypeOverride — non-zero in coin heavens, where falling off is the exit.</summary>
    public const int CloudArea = 0x0743;

    /// <summary>LoopCommand — non-zero where a castle may send Mario back four pages.</summary>
    public const int LoopCommand = 0x0745;

    /// <summary>MultiLoopCorrectCntr — right turns taken in a maze of three.</summary>
    public const int MazeCorrect = 0x06D9;

    /// <summary>MultiLoopPassCntr — turns passed in a maze of three.</summary>
    public const int MazePassed = 0x06DA;

    /// <summary>CoinTallyFor1Ups — coins counted for hidden 1-ups.</summary>
    public const int CoinTally = 0x0748;

    /// <summary>AreaType — <see cref="Game.AreaType"/>.</summary>
    public const int AreaType = 0x074E;

    /// <summary>AreaPointer — the area entered last, until the level names the one its next pipe or vine leads to.</summary>
    public const int AreaPointer = 0x0750;

    /// <summary>CurrentPlayer — 0 Mario, 1 Luigi.</summary>
    public const int CurrentPlayer = 0x0753;

    /// <summary>FetchNewGameTimerFlag — non-zero: the clock is about to be set.</summary>
    public const int FetchClock = 0x0757;

    /// <summary>GameTimerExpiredFlag — non-zero once the clock has run out.</summary>
    public const int TimeUp = 0x0759;

    /// <summary>NumberofLives — lives left after this one; 2 at the start, 255 when the game is over.</summary>
    public const int Lives = 0x075A;

    /// <summary>HalfwayPage — page of the checkpoint; 0 when none.</summary>
    public const int HalfwayPage = 0x075B;

    /// <summary>LevelNumber — stage of the world, 0-3.</summary>
    public const int Stage = 0x075C;

    /// <summary>CoinTally — 0-99.</summary>
    public const int Coins = 0x075E;

    /// <summary>WorldNumber — 0-7.</summary>
    public const int World = 0x075F;

    /// <summary>AreaNumber — area of the world, 0-4; not the stage where a stage opens with a walk into a pipe.</summary>
    public const int Area = 0x0760;

    /// <summary>SecondaryHardMode — non-zero from 5-3 on.</summary>
    public const int SecondaryHardMode = 0x06CC;

    /// <summary>PrimaryHardMode — non-zero in the second quest.</summary>
    public const int PrimaryHardMode = 0x076A;

    /// <summary>NumberOfPlayers — 0 for one.</summary>
    public const int PlayerCount = 0x077A;

    /// <summary>GameTimerCtrlTimer — frames until the clock's next tick; one unit is 24 frames.</summary>
    public const int ClockTick = 0x0787;

    /// <summary>TopScoreDisplay — 6 decimal digits, one a byte.</summary>
    public const int TopScoreDigits = 0x07D7;

    /// <summary>PlayerScoreDisplay — 6 decimal digits of Mario's score; the screen adds a 0.</summary>
    public const int ScoreDigits = 0x07DD;

    /// <summary>Digits in <see cref="ScoreDigits"/>.</summary>
    public const int ScoreDigitCount = 6;

    /// <summary>Player 2's score, likewise; its first digit is the fixed 0 that gym reads with Mario's.</summary>
    public const int SecondScoreDigits = 0x07E3;

    /// <summary>CoinDisplay — 2 decimal digits.</summary>
    public const int CoinDigits = 0x07ED;

    /// <summary>WorldSelectEnableFlag — non-zero after the game was won: worlds can be chosen.</summary>
    public const int WorldSelect = 0x07FC;

    /// <summary>ContinueWorld — world that A and Start begin in, from 0.</summary>
    public const int ContinueWorld = 0x07FD;

    /// <summary>GameTimerDisplay — 3 decimal digits.</summary>
    public const int TimeDigits = 0x07F8;

    /// <summary>Digits in <see cref="TimeDigits"/>.</summary>
    public const int TimeDigitCount = 3;
}
