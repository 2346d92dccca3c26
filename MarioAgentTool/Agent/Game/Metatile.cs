namespace MarioAgentTool.Game;

/// <summary>
/// What the ids in the tile ring mean. The game keeps an id only if something can be met there; 0 is air or scenery. The
/// top two bits are the palette, and the limits below hold one for each.
/// </summary>
public static class Metatile
{
    /// <summary>Flagpole ball and shaft, vine.</summary>
    public const byte FlagpoleBall = 0x24, FlagpoleShaft = 0x25, Vine = 0x26;

    /// <summary>Blocks that are not there until Mario's head is.</summary>
    public const byte HiddenCoinBlock = 0x5F, HiddenLifeBlock = 0x60;

    /// <summary>Coins, on land and under water.</summary>
    public const byte Coin = 0xC2, WaterCoin = 0xC3;

    /// <summary>The axe beyond Bowser.</summary>
    public const byte Axe = 0xC5;

    // ClimbMTileUpperExt: from here on, within the same top two bits, a tile is climbed instead of met.
    private static ReadOnlySpan<byte> ClimbableFrom => [0x24, 0x6D, 0x8A, 0xC6];

    /// <summary>Whether Mario stands on it and is stopped by it.</summary>
    public static bool IsSolid(byte id) =>
        id != 0 && id < ClimbableFrom[id >> 6] && id is not (HiddenCoinBlock or HiddenLifeBlock or Coin or WaterCoin or Axe);

    /// <summary>
    /// Solid, and something happens when Mario's head meets it from below: bricks, those with something in them, and "?" blocks.
    /// (BrickQBlockMetatiles, and the two plain bricks.)
    /// </summary>
    public static bool IsBumpable(byte id) => id is 0x51 or 0x52 or (>= 0x55 and <= 0x5E) or 0xC0 or 0xC1;

    /// <summary>Coins, on land and under water.</summary>
    public static bool IsCoin(byte id) => id is Coin or WaterCoin;

    /// <summary>Vines and the flagpole.</summary>
    public static bool IsClimbable(byte id) => id != 0 && id >= ClimbableFrom[id >> 6];
}
