namespace MarioAgentTool.Game;

/// <summary>$0770, what the program as a whole is doing.</summary>
public enum OperatingMode : byte
{
    /// <summary>Title screen and demo.</summary>
    Title = 0,

    /// <summary>A stage, and all that leads to it.</summary>
    Game = 1,

    /// <summary>The axe is touched; the world is over.</summary>
    Victory = 2,

    /// <summary>No lives left.</summary>
    GameOver = 3,
}

/// <summary>$000E, the player routine of the next frame.</summary>
public enum PlayerRoutine : byte
{
    /// <summary>Timers and position at an entrance are being set.</summary>
    EntranceSetup = 0x00,

    /// <summary>Climbing a vine by himself.</summary>
    VineClimb = 0x01,

    /// <summary>Walking into a pipe on its side.</summary>
    SidePipe = 0x02,

    /// <summary>Sinking into a pipe.</summary>
    VerticalPipe = 0x03,

    /// <summary>Sliding down the flagpole.</summary>
    FlagpoleSlide = 0x04,

    /// <summary>Walking to the castle.</summary>
    EndOfLevel = 0x05,

    /// <summary>The life is lost.</summary>
    LoseLife = 0x06,

    /// <summary>Coming into an area.</summary>
    AreaEntrance = 0x07,

    /// <summary>Buttons count.</summary>
    Control = 0x08,

    /// <summary>Growing or shrinking.</summary>
    SizeChange = 0x09,

    /// <summary>Hit while big.</summary>
    Injury = 0x0A,

    /// <summary>The death leap.</summary>
    Death = 0x0B,

    /// <summary>Flower taken.</summary>
    FlowerPickup = 0x0C,
}

/// <summary>$001D, how Mario is held up.</summary>
public enum FloatState : byte
{
    Ground = 0,

    /// <summary>Jumping or swimming.</summary>
    Jumping = 1,

    /// <summary>Off a ledge.</summary>
    Falling = 2,

    /// <summary>On a vine or on the flagpole.</summary>
    Climbing = 3,
}

/// <summary>$0756. More than <see cref="Fire"/> counts as fire.</summary>
public enum PowerState : byte
{
    Small = 0,
    Super = 1,
    Fire = 2,
}

/// <summary>$074E.</summary>
public enum AreaType : byte
{
    Water = 0,
    Ground = 1,
    Underground = 2,
    Castle = 3,
}

/// <summary>$0039, what slot 5 offers when its type is <see cref="ObjectType.PowerUp"/>.</summary>
public enum PowerUpKind : byte
{
    Mushroom = 0,
    Flower = 1,
    Star = 2,
    OneUp = 3,
}
