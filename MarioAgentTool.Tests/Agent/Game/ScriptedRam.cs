using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Agent.Game;

/// <summary>Work RAM set up by hand: small Mario under control at the start of 1-1, 24 columns of the level parsed, nothing in it.</summary>
internal sealed class ScriptedRam
{
    public const int GroundY = 176;

    public ScriptedRam()
    {
        Mode = OperatingMode.Game;
        Bytes[RamMap.ModeTask] = RamMap.PlayTask;
        Routine = PlayerRoutine.Control;
        X = 40;
        Y = GroundY;
        Bytes[RamMap.PlayerSize] = 1;
        Bytes[RamMap.Facing] = Bytes[RamMap.MovingDirection] = 1;
        Bytes[RamMap.Lives] = 2;
        Bytes[RamMap.AreaType] = (byte)AreaType.Ground;
        Time = 400;
        ParsedColumns = 24;
    }

    public byte[] Bytes { get; } = new byte[RamMap.Size];

    public MarioFrame Frame => new(Bytes);

    public OperatingMode Mode { set => Bytes[RamMap.OperatingMode] = (byte)value; }

    public PlayerRoutine Routine { set => Bytes[RamMap.PlayerRoutine] = (byte)value; }

    /// <summary>Level x.</summary>
    public int X
    {
        get => Frame.LevelX;
        set => (Bytes[RamMap.PlayerPage], Bytes[RamMap.PlayerXInPage]) = ((byte)(value >> 8), (byte)value);
    }

    /// <summary>Scanline of the top of his frame, below 0 and above 255 too.</summary>
    public int Y
    {
        get => Frame.Y;
        set
        {
            (Bytes[RamMap.PlayerYHigh], Bytes[RamMap.PlayerY]) = ((byte)((value >> 8) + 1), (byte)value);
            Bytes[RamMap.PlayerScreenY] = (byte)value;
        }
    }

    public int Time
    {
        set
        {
            Bytes[RamMap.TimeDigits] = (byte)(value / 100);
            Bytes[RamMap.TimeDigits + 1] = (byte)(value / 10 % 10);
            Bytes[RamMap.TimeDigits + 2] = (byte)(value % 10);
        }
    }

    public int ParsedColumns
    {
        set => (Bytes[RamMap.ParserPage], Bytes[RamMap.ParserColumn]) = ((byte)(value / 16), (byte)(value % 16));
    }

    /// <summary>Pad 1 as the game took it, held since the frame before.</summary>
    public Buttons Held
    {
        set
        {
            int bits = ((value & Buttons.A) != 0 ? 0x80 : 0) | ((value & Buttons.B) != 0 ? 0x40 : 0) | ((value & Buttons.Up) != 0 ? 8 : 0)
                | ((value & Buttons.Down) != 0 ? 4 : 0) | ((value & Buttons.Left) != 0 ? 2 : 0) | ((value & Buttons.Right) != 0 ? 1 : 0);
            Bytes[RamMap.Joypad1] = (byte)bits;
            Bytes[RamMap.PreviousActionButtons] = (byte)(bits & 0xC0);
        }
    }

    public void PutTile(int column, int row, byte id) => Bytes[MarioFrame.TileAddress(column, row)] = id;

    public void PutObject(int slot, ObjectType type, int x, int y, int xSpeed = 0, int ySpeed = 0, byte state = 0)
    {
        Bytes[RamMap.ObjectActive + slot] = 1;
        Bytes[RamMap.ObjectType + slot] = (byte)type;
        Bytes[RamMap.ObjectState + slot] = state;
        Bytes[RamMap.ObjectPage + slot] = (byte)(x >> 8);
        Bytes[RamMap.ObjectX + slot] = (byte)x;
        Bytes[RamMap.ObjectYHigh + slot] = (byte)((y >> 8) + 1);
        Bytes[RamMap.ObjectY + slot] = (byte)y;
        Bytes[RamMap.ObjectXSpeed + slot] = (byte)xSpeed;
        Bytes[RamMap.ObjectYSpeed + slot] = (byte)ySpeed;
    }
}
