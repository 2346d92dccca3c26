namespace MarioAgentTool.Game;

// Mario's body beyond place and speed, and what flies about him.
public readonly ref partial struct MarioFrame
{
    /// <summary>Pixels from the screen's left edge, as the game keeps it.</summary>
    public byte PlayerScreenX => _ram[RamMap.PlayerScreenX];

    /// <summary>Scanline, as the game keeps it; what <see cref="GymY"/> reads.</summary>
    public byte PlayerScreenY => _ram[RamMap.PlayerScreenY];

    /// <summary>0 above the screen, 1 on it, 2 and more below: gym's _y_viewport.</summary>
    public byte YHigh => _ram[RamMap.PlayerYHigh];

    /// <summary>|x speed|, 1/16 pixel a frame.</summary>
    public byte AbsoluteXSpeed => _ram[RamMap.AbsoluteXSpeed];

    /// <summary>The fastest to the left now allowed, 1/16 pixel a frame.</summary>
    public sbyte MaximumLeftSpeed => (sbyte)_ram[RamMap.MaximumLeftSpeed];

    /// <summary>Gravity once A is let go, 1/256 pixel a frame a frame.</summary>
    public byte FallGravity => _ram[RamMap.FallGravity];

    public bool IsRunning => _ram[RamMap.RunningLatch] != 0;

    /// <summary>Sides on which he touches something; a cleared bit 0 (right) or 1 (left) is a wall there.</summary>
    public byte CollisionBits => _ram[RamMap.PlayerCollision];

    /// <summary>The box on the screen that the game collides with.</summary>
    public Box ScreenBox
    {
        get
        {
            ReadOnlySpan<byte> box = _ram.Slice(RamMap.PlayerBox, 4);
            return new Box(box[0], box[1], box[2], box[3]);
        }
    }

    /// <summary>Frames before another block can be bumped.</summary>
    public byte BlockBounceTimer => _ram[RamMap.BlockBounceTimer];

    /// <summary>Frames left of being pushed off a wall.</summary>
    public byte SideCollisionTimer => _ram[RamMap.SideCollisionTimer];

    /// <summary>Frames left of a spring's bounce.</summary>
    public byte JumpspringTimer => _ram[RamMap.JumpspringTimer];

    /// <summary>Frames before he changes sides on a vine.</summary>
    public byte ClimbSideTimer => _ram[RamMap.ClimbSideTimer];

    /// <summary>Untouchable after a hit, or starred.</summary>
    public bool IsInvulnerable => InjuryTimer != 0 || StarTimer != 0;

    /// <summary>Fireballs that Bowser still survives.</summary>
    public byte BowserHitPoints => _ram[RamMap.BowserHitPoints];

    /// <summary>Frames until Bowser's next flame, as the game counts them.</summary>
    public byte BowserFlameTimer => _ram[RamMap.BowserFlameTimer];

    /// <summary>Whether one of Mario's two fireballs flies, and where.</summary>
    /// <param name="slot">0-1.</param>
    /// <param name="box">Its 8 by 8 pixels in the level.</param>
    public bool TryGetFireball(int slot, out Box box)
    {
        int x = _ram[RamMap.FireballPage + slot] << 8 | _ram[RamMap.FireballX + slot], y = _ram[RamMap.FireballY + slot];
        box = new Box(x, y, x + 8, y + 8);
        return _ram[RamMap.FireballState + slot] != 0;
    }
}
