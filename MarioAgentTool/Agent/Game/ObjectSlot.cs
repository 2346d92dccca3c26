namespace MarioAgentTool.Game;

/// <summary>One of the six object slots. Positions are level pixels, y counted down from the top of the screen.</summary>
public readonly ref struct ObjectSlot(ReadOnlySpan<byte> ram, int index)
{
    private readonly ReadOnlySpan<byte> _ram = ram;

    /// <summary>0-5.</summary>
    public int Index { get; } = index;

    /// <summary>Whether the slot is in use.</summary>
    public bool IsActive => _ram[RamMap.ObjectActive + Index] != 0;

    /// <summary>
    /// Taken along with another slot, which runs it: Bowser's second half, or room that a long fire bar keeps free. The game
    /// gives the latter no type.
    /// </summary>
    public bool IsDouble => (_ram[RamMap.ObjectActive + Index] & 0x80) != 0;

    /// <summary>What it holds.</summary>
    public ObjectType Type => (ObjectType)_ram[RamMap.ObjectType + Index];

    /// <summary>Enemy_State, raw.</summary>
    public byte State => _ram[RamMap.ObjectState + Index];

    /// <summary>Left edge.</summary>
    public int LevelX => _ram[RamMap.ObjectPage + Index] << 8 | _ram[RamMap.ObjectX + Index];

    /// <summary>Top of its 24-pixel frame; negative above the screen.</summary>
    public int Y => ((sbyte)_ram[RamMap.ObjectYHigh + Index] - 1) * 256 + _ram[RamMap.ObjectY + Index];

    /// <summary>1/16 pixel a frame; for fire bars and some platforms something else.</summary>
    public sbyte XSpeed => (sbyte)_ram[RamMap.ObjectXSpeed + Index];

    /// <summary>Pixels a frame; for fire bars the angle.</summary>
    public sbyte YSpeed => (sbyte)_ram[RamMap.ObjectYSpeed + Index];

    /// <summary>Killed and on its way off the screen.</summary>
    public bool IsDefeated => (State & 0x20) != 0;

    /// <summary>A rotating bar of fire.</summary>
    public bool IsFireBar => Type is >= ObjectType.FireBar and <= ObjectType.FireBarLong;

    /// <summary>Angle of a fire bar: 0-31, clockwise from straight up.</summary>
    public int FireBarAngle => _ram[RamMap.ObjectYSpeed + Index] & 31;

    /// <summary>The same with its fraction (FirebarSpinState_Low): 256 for each of the 32.</summary>
    public int FireBarSpin => FireBarAngle << 8 | _ram[RamMap.ObjectXSpeed + Index];

    /// <summary>Balls of a fire bar, the one at its hinge included; 8 pixels apart.</summary>
    public int FireBarBalls => Type == ObjectType.FireBarLong ? 12 : 6;

    /// <summary>What it means to Mario, were he not under water.</summary>
    public ObjectKind Kind
    {
        get
        {
            if (!IsActive || IsDefeated || (IsDouble && Type != ObjectType.Bowser))
            {
                return ObjectKind.None;
            }

            switch (Type)
            {
                // A stomped goomba lies flat and harmless; a stomped shell may still move or wake.
                case ObjectType.Goomba:
                    return State >= 2 ? ObjectKind.None : ObjectKind.Stompable;

                case <= ObjectType.RedKoopa:
                case ObjectType.HammerBro:
                case ObjectType.Blooper:
                case ObjectType.BulletBill:
                case ObjectType.GreyCheepCheep:
                case ObjectType.RedCheepCheep:
                case ObjectType.GreenParatroopaHopping:
                case ObjectType.RedParatroopa:
                case ObjectType.GreenParatroopaFlying:
                case ObjectType.Lakitu:
                case ObjectType.FlyingCheepCheep:
                case ObjectType.CannonBulletBill:
                    return ObjectKind.Stompable;

                case ObjectType.Podoboo:
                case ObjectType.PiranhaPlant:
                case ObjectType.Spiny:
                case ObjectType.BowserFlame:
                case >= ObjectType.FireBar and <= ObjectType.FireBarLong:
                case ObjectType.Bowser:
                    return ObjectKind.Hazard;

                case >= ObjectType.BalancePlatform and <= ObjectType.LiftDownSmall:
                case ObjectType.Jumpspring:
                    return ObjectKind.Platform;

                case ObjectType.PowerUp:
                    return ObjectKind.PowerUp;

                default:
                    return ObjectKind.None;
            }
        }
    }

    /// <summary>The space it takes up in the level: the picture's, not the smaller one collisions use.</summary>
    public Box Box
    {
        get
        {
            int x = LevelX, y = Y;
            return Type switch
            {
                ObjectType.LiftUpSmall or ObjectType.LiftDownSmall => new Box(x, y, x + 24, y + 8),
                >= ObjectType.BalancePlatform and <= ObjectType.SlidingPlatform => new Box(x, y, x + 48, y + 8),

                // Two slots, a half each; the rear one lies 16 pixels behind and 8 below.
                ObjectType.Bowser => IsDouble ? new Box(x, y, x + 16, y + 32) : new Box(x, y + 8, x + 16, y + 40),
                ObjectType.BowserFlame => new Box(x, y, x + 24, y + 8),
                >= ObjectType.FireBar and <= ObjectType.FireBarLong => new Box(x, y, x + 8, y + 8),
                ObjectType.BulletBill or ObjectType.CannonBulletBill => new Box(x + 2, y, x + 14, y + 16),
                ObjectType.Podoboo => new Box(x + 2, y, x + 14, y + 16),
                ObjectType.GreyCheepCheep or ObjectType.RedCheepCheep or ObjectType.FlyingCheepCheep => new Box(x + 2, y + 2, x + 14, y + 16),
                ObjectType.PiranhaPlant or ObjectType.HammerBro or ObjectType.Lakitu or ObjectType.Jumpspring or ObjectType.Blooper
                    => new Box(x + 2, y, x + 14, y + 24),

                // Walkers and power-ups: the lower 16 of 24 rows, a koopa's head aside.
                _ => new Box(x + 2, y + 8, x + 14, y + 24),
            };
        }
    }

    /// <summary>The box on the screen that the game itself collided with this frame; 255s when off it.</summary>
    public Box ScreenBox
    {
        get
        {
            var box = _ram.Slice(RamMap.ObjectBox + 4 * Index, 4);
            return new Box(box[0], box[1], box[2], box[3]);
        }
    }
}
