namespace MarioAgentTool.Game;

// Enemies and other things that move. Slot i adds i, or as said.
public static partial class RamMap
{
    /// <summary>Slots in every enemy table: 0-4 enemies, 5 power-ups, flags and the like.</summary>
    public const int ObjectSlots = 6;

    /// <summary>Enemy_Flag — non-zero: in use; bit 7: a double of the slot in the low nibble.</summary>
    public const int ObjectActive = 0x000F;

    /// <summary>Enemy_ID — <see cref="Game.ObjectType"/>.</summary>
    public const int ObjectType = 0x0016;

    /// <summary>Enemy_State — 0 walking; bit 5 defeated; bit 7 kicked shell; low bits: stages of being stomped.</summary>
    public const int ObjectState = 0x001E;

    /// <summary>FireballState — 2 slots.</summary>
    public const int FireballState = 0x0024;

    /// <summary>Misc_State — 9 slots; bit 7: a hammer; else, when non-zero, a coin thrown by a block.</summary>
    public const int MiscState = 0x002A;

    /// <summary>Slots of hammers and thrown coins.</summary>
    public const int MiscSlots = 9;

    /// <summary>PowerUpType — <see cref="PowerUpKind"/> in slot 5.</summary>
    public const int PowerUpKind = 0x0039;

    /// <summary>Enemy_MovingDir — 1 right, 2 left.</summary>
    public const int ObjectDirection = 0x0046;

    /// <summary>Enemy_X_Speed — signed 1/16 pixel a frame for what walks; other uses by type.</summary>
    public const int ObjectXSpeed = 0x0058;

    /// <summary>Enemy_PageLoc.</summary>
    public const int ObjectPage = 0x006E;

    /// <summary>Fireball_PageLoc.</summary>
    public const int FireballPage = 0x0074;

    /// <summary>Misc_PageLoc.</summary>
    public const int MiscPage = 0x007A;

    /// <summary>Enemy_X_Position — pixels into the page.</summary>
    public const int ObjectX = 0x0087;

    /// <summary>Fireball_X_Position.</summary>
    public const int FireballX = 0x008D;

    /// <summary>Misc_X_Position.</summary>
    public const int MiscX = 0x0093;

    /// <summary>Enemy_Y_Speed — signed pixels a frame; for fire bars FirebarSpinState_High, the angle: 0-31, clockwise from up.</summary>
    public const int ObjectYSpeed = 0x00A0;

    /// <summary>Enemy_Y_HighPos — as for the player.</summary>
    public const int ObjectYHigh = 0x00B6;

    /// <summary>Enemy_Y_Position — scanline of the top of a 24-pixel frame; feet at +24.</summary>
    public const int ObjectY = 0x00CF;

    /// <summary>Fireball_Y_Position.</summary>
    public const int FireballY = 0x00D5;

    /// <summary>Misc_Y_Position.</summary>
    public const int MiscY = 0x00DB;

    /// <summary>BowserFlameTimerCtrl — when the next flame comes.</summary>
    public const int BowserFlameTimer = 0x0367;

    /// <summary>BowserHitPoints — fireballs he still survives.</summary>
    public const int BowserHitPoints = 0x0483;

    /// <summary>Enemy_CollisionBits.</summary>
    public const int ObjectCollision = 0x0491;

    /// <summary>EnemyBoundingBoxCoord — 4 bytes a slot: x, y of the upper left, x, y of the lower right corner, on the screen.</summary>
    public const int ObjectBox = 0x04B0;

    /// <summary>WarpZoneControl — non-zero in a warp zone.</summary>
    public const int WarpZone = 0x06D6;
}
