namespace MarioAgentTool.Game;

/// <summary>
/// The dictionary <c>info</c> of gym-super-mario-bros 7.4.0, key by key as it computes them. Digits are read as it reads them:
/// each byte's decimal numeral, one after the other, so that a byte of 36 adds "36".
/// </summary>
/// <param name="Coins">coins: 0-99.</param>
/// <param name="FlagGet">flag_get: see <see cref="MarioFrame.GymFlagGet"/>.</param>
/// <param name="Life">life: $075A as it is: 2, 1, 0, and 255 when the game is over.</param>
/// <param name="Score">score: the last five digits and the fixed 0, so a score of a million and more lacks its millions.</param>
/// <param name="Stage">stage: 1-4.</param>
/// <param name="Status">status: small, tall, fireball.</param>
/// <param name="Time">time: the clock.</param>
/// <param name="World">world: 1-8.</param>
/// <param name="XPos">x_pos: pixels from the area's left edge.</param>
/// <param name="YPos">y_pos: see <see cref="MarioFrame.GymY"/>.</param>
public readonly record struct GymInfo(int Coins, bool FlagGet, byte Life, long Score, int Stage, string Status, int Time, int World, int XPos, int YPos)
{
    /// <summary>What gym would tell of this frame.</summary>
    public static GymInfo Of(in MarioFrame frame) => new(
        (int)frame.GymNumber(RamMap.CoinDigits, 2),
        frame.GymFlagGet,
        frame.Lives,
        frame.GymNumber(RamMap.ScoreDigits + 1, RamMap.ScoreDigitCount),
        frame.Stage,
        StatusOf(frame.Power),
        frame.GymTime,
        frame.World,
        frame.LevelX,
        frame.GymY);

    /// <summary>gym's word for it.</summary>
    internal static string StatusOf(PowerState power) => power switch { PowerState.Small => "small", PowerState.Super => "tall", _ => "fireball" };
}
