using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>A switch that mends one of a notebook's quirks.</summary>
/// <param name="Name">For <c>--fix</c>.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Presets">The presets that have the quirk.</param>
/// <param name="Changes">The settings it sets, as <c>--set</c> takes them.</param>
public sealed record Fix(string Name, string Summary, IReadOnlyList<string> Presets, IReadOnlyList<string> Changes);

/// <summary>The table of fixes.</summary>
public static class Fixes
{
    private const string RightOnly = "right-only-dqn", Tutorial = "tutorial-ddqn", Dueling = "dueling-custom";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fix> All { get; } =
    [
        new("flag-get", "Takes the pole alone for the flag; gym's flag_get wants the castle's flag loaded while Mario slides.", [RightOnly, Tutorial, Dueling], ["environment.reward.robustClear=true"]),
        new("coin-heaven", "Lets Mario fall out of a coin heaven, which is the way out, where gym counts a death.", [RightOnly, Tutorial, Dueling], ["environment.reward.coinHeavenExit=true"]),
        new("first-frame-pays", "Compares x on a step's first frame with the frame before instead of 0, where it always pays.", [RightOnly], ["environment.reward.carryX=true"]),
        new("death-unpaid", "Makes a death cost gym's 15 also where x did not grow, and the notebook takes 0.5.", [RightOnly], ["environment.reward.keepDeath=true"]),
        new("reward-overwrite", "Adds a death's -10 and the flag's 25 to what the step has earned instead of replacing it.", [Dueling], ["environment.reward.addEndings=true"]),
        new("room-change", "Begins progress anew where a pipe leads to a smaller x; the notebook's max_x stays, and nothing there pays.", [Dueling], ["environment.reward.newGroundPerRoom=true"]),
        new("give-up-ends", "Cuts an episode off after 500 idle frames, so that the learner bootstraps, instead of ending its world.", [Dueling], ["environment.reward.giveUpTruncates=true"]),
        new("scale-pixels", "Feeds the network 0 to 1 instead of 0 to 255.", [RightOnly], ["classicDqn.inputRange=observation"]),
        new("target-copy", "Begins the target network as a copy of the online one.", [RightOnly], ["classicDqn.targetStartsAsCopy=true"]),
        new("quick-epsilon", "Brings epsilon to its minimum in 1 million instead of 9.2.", [RightOnly, Tutorial], ["classicDqn.epsilonDecay=0.9999977"]),
        new("batchnorm-eval", "Acts, and computes targets, with the running statistics, as after eval().", [Dueling], ["classicDqn.actingStatistics=running"]),
        new("sync-steps", "Copies the target network every 125 steps instead of episodes.", [Dueling], ["classicDqn.syncUnit=steps", "classicDqn.syncPeriod=125"]),
        new("raise-episode", "Raises epsilon beyond the frontier for the rest of the episode, and only by this episode's position.", [Dueling], ["classicDqn.frontier.rule=asDescribed"]),
    ];

    /// <summary>Those of a preset.</summary>
    public static IEnumerable<Fix> Of(string preset) => All.Where(f => f.Presets.Contains(preset));

    /// <summary>The settings with fixes of their preset applied, in the order given.</summary>
    public static RunSettings Apply(RunSettings settings, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Fix[] known = [.. Of(settings.Preset)];
            Fix? fix = known.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
            if (fix is null)
            {
                Fix? elsewhere = All.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
                throw new SettingsException(
                    elsewhere is not null ? $"--fix {name} mends {string.Join(" and ", elsewhere.Presets)}, not {settings.Preset}; {Offer(settings.Preset, known)}"
                    : known.Length > 0 ? $"--fix {name}: the preset {settings.Preset} has no such fix. {Suggestion.Sentence(name, [.. known.Select(f => f.Name)])}"
                    : $"--fix {name}: {Offer(settings.Preset, known)}");
            }

            settings = SettingsFile.With(settings, fix.Changes);
            settings = settings with { Fixes = settings.Fixes.Length == 0 ? fix.Name : $"{settings.Fixes}, {fix.Name}" };
        }

        return settings;
    }

    private static string Offer(string preset, Fix[] known) => known.Length == 0
        ? $"the preset {preset} has no fixes; mario-agent presets lists those that have."
        : $"{preset} has {string.Join(", ", known.Select(f => f.Name))}.";
}
