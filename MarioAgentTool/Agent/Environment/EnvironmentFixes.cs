namespace MarioAgentTool.Environment;

/// <summary>One way in which a quotation may be mended.</summary>
/// <param name="Name">For <c>--fix</c>.</param>
/// <param name="Where">Whose flaw it is: gym, or the notebooks by number.</param>
/// <param name="Summary">The flaw, and what the fix does.</param>
/// <param name="Apply">The settings with it mended.</param>
public sealed record EnvironmentFix(string Name, string Where, string Summary, Func<RewardSettings, RewardSettings> Apply);

/// <summary>The flaws of gym and of the notebooks' steps that can be mended, as a table.</summary>
public static class EnvironmentFixes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<EnvironmentFix> All { get; } =
    [
        new("flag-get", "gym", "flag_get wants the castle's flag loaded while Mario slides; the pole alone is enough", r => r with { RobustClear = true }),
        new("coin-heaven", "gym", "falling out of a coin heaven counts as a death; it is the way out, unless time is up", r => r with { CoinHeavenExit = true }),
        new("first-frame-pays", "000", "x_pos is compared with 0 on each step's first frame, which so always pays; it is compared with the frame before", r => r with { CarryX = true }),
        new("death-unpaid", "000", "a death costs 0.5 instead of gym's 15 where x_pos did not grow; it costs what gym says", r => r with { KeepDeath = true }),
        new("reward-overwrite", "002", "a death's -10 and the flag's 25 replace what the step had earned; they are added to it", r => r with { AddEndings = true }),
        new("room-change", "002", "max_x is kept where a pipe leads to a smaller x_pos, so that nothing there is progress; it starts anew there", r => r with { NewGroundPerRoom = true }),
        new("give-up-ends", "002", "giving up after 500 frames counts as an end of the world; it cuts the episode off, and the learner bootstraps", r => r with { GiveUpTruncates = true }),
    ];
}
