namespace MarioAgentTool.Tests.Trail;

/// <summary>One slot of Trail's objects, with names for what the tests ask and set.</summary>
internal readonly struct TrailObject(TrailGame game, int slot)
{
    public bool IsActive => game[0x0F + slot] != 0;
    public byte Type => game[0x16 + slot];
    public byte State => game[0x1E + slot];
    public int Direction => game[0x46 + slot];
    public int X => game[0x6E + slot] << 8 | game[0x87 + slot];
    public int Y => (game[0xB6 + slot] - 1) * 256 + game[0xCF + slot];
    public int XSpeed => (sbyte)game[0x58 + slot];
    public int YSpeed => (sbyte)game[0xA0 + slot];

    /// <summary>Frames or ticks of 21 frames until it does something else.</summary>
    public byte Timer => game[0x796 + slot];

    /// <summary>Writes an object into a slot, as it is when it has been born: y is the top of its 24-pixel frame.</summary>
    public static TrailObject Place(TrailGame game, int slot, byte type, int x, int y, byte state = 0, int xSpeed = 0, int ySpeed = 0)
    {
        game[0x16 + slot] = type;
        game[0x1E + slot] = state;
        game[0x46 + slot] = (byte)(xSpeed > 0 ? 1 : 2);
        game[0x58 + slot] = (byte)xSpeed;
        game[0x6E + slot] = (byte)(x >> 8);
        game[0x87 + slot] = (byte)x;
        game[0xA0 + slot] = (byte)ySpeed;
        game[0xB6 + slot] = 1;
        game[0xCF + slot] = (byte)y;
        game[0x401 + slot] = 0;
        game[0x417 + slot] = 0;
        game[0x434 + slot] = 0;
        game[0x491 + slot] = 0;
        game[0x796 + slot] = 0;
        game[0x78A + slot] = 0;
        game[0x110 + slot] = 0;
        game[0x116 + slot] = 0;
        game[0x11C + slot] = (byte)y;
        game[0x122 + slot] = 0;
        game[0x0F + slot] = 1;
        return new TrailObject(game, slot);
    }
}
