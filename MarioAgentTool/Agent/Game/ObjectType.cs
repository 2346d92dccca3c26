namespace MarioAgentTool.Game;

/// <summary>$0016 and on: what an object slot holds.</summary>
public enum ObjectType : byte
{
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

    /// <summary>Twelve balls instead of six.</summary>
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

    /// <summary>The flag over the castle; gym takes its presence for part of a cleared stage.</summary>
    StarFlag = 0x31,
    Jumpspring = 0x32,
    CannonBulletBill = 0x33,
    WarpZone = 0x34,
    Retainer = 0x35,
}

/// <summary>What an object means to somebody who meets it.</summary>
public enum ObjectKind
{
    /// <summary>Nothing to meet: decoration, controls, the defeated.</summary>
    None,

    /// <summary>Deadly from the side, beaten from above.</summary>
    Stompable,

    /// <summary>Deadly from every side.</summary>
    Hazard,

    /// <summary>Carries.</summary>
    Platform,

    /// <summary>Worth touching.</summary>
    PowerUp,
}
