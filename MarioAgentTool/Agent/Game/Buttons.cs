namespace MarioAgentTool.Game;

/// <summary>Joypad buttons in the order the controller shifts them out, which is also nes-py's action byte.</summary>
[Flags]
public enum Buttons : byte
{
    None = 0,
    A = 1 << 0,
    B = 1 << 1,
    Select = 1 << 2,
    Start = 1 << 3,
    Up = 1 << 4,
    Down = 1 << 5,
    Left = 1 << 6,
    Right = 1 << 7,
}
