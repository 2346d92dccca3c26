using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class PresetsTests
{
    private static readonly string[] Notebooks = ["right-only-dqn", "tutorial-ddqn", "dueling-custom"];

    [TestCaseSource(nameof(Notebooks))]
    public void A_notebooks_file_spells_every_setting_out(string name)
    {
        string path = Path.Combine(Repository.Root, "MarioAgentTool", "Agent", "Training", "Presets", $"{name}.json");

        Assert.That(
            File.ReadAllText(path).ReplaceLineEndings("\n"), Is.EqualTo(SettingsFile.ToJson(Presets.Get(name).Settings)),
            $"mario-agent presets {name} prints what {path} should hold");
    }

    [TestCaseSource(nameof(Notebooks))]
    public void A_notebooks_preset_tells_its_quirks_and_its_fixes_exist(string name)
    {
        Preset preset = Presets.Get(name);
        string[] promised = [.. preset.Quirks.Where(q => q.Contains("(fix: ", StringComparison.Ordinal)).Select(q => q[(q.IndexOf("(fix: ", StringComparison.Ordinal) + 6)..].TrimEnd('.', ')'))];

        Assert.That(preset.Differences, Is.Not.Empty);
        Assert.That(promised, Is.SubsetOf(Fixes.Of(name).Select(f => f.Name)));
    }

    /// <summary>
    /// What the presets take from an environment that cannot say it yet. Whoever gives the environment one of these wires it into
    /// the presets' files and takes it off this list.
    /// </summary>
    [Test]
    public void What_is_to_be_wired_is_known()
    {
        string[] environment = [.. SettingsFile.List(new RunSettings()).Select(s => s.Path).Where(p => p.StartsWith("environment.", StringComparison.Ordinal))];
        string[] waiting =
        [
            "env id (SuperMarioBros-1-1-v0, -2-2-v1): files are named by world and stage with v0",
            "right-only-dqn: its reward of each sub-frame; it has gym's now",
            "dueling-custom: furthest x as custom_reward counts it (from 40, by more than 1); it is the episode's furthest x now",
            "tutorial-ddqn, dueling-custom: antialiased and PIL's bilinear resize; both have the area one now",
            "save.name's .pt and .chkpt: networks kept on the way are safetensors now",
        ];

        Assert.That(environment, Has.None.Contains("envId").And.None.Contains("resize"), "wire: " + string.Join("; ", waiting));
        Assert.That(Enum.GetNames<RewardKind>(), Is.EqualTo(new[] { "Progress", "Custom", "Gym" }), "wire: " + waiting[1]);
    }

    [Test]
    public void Every_fix_changes_settings_of_each_of_its_presets_and_is_recorded()
    {
        foreach (Fix fix in Fixes.All)
        {
            foreach (string preset in fix.Presets)
            {
                RunSettings before = Presets.Get(preset).Settings, after = Fixes.Apply(before, [fix.Name]);
                Assert.That(after.Fixes, Is.EqualTo(fix.Name));
                Assert.That(after with { Fixes = "" }, Is.Not.EqualTo(before), $"{fix.Name} of {preset}");
                Assert.That(after.Validate, Throws.Nothing);
            }
        }
    }

    [TestCase("dueling-custom", "batchnorm-evil", "Did you mean batchnorm-eval?")]
    [TestCase("tutorial-ddqn", "batchnorm-eval", "mends dueling-custom, not tutorial-ddqn; tutorial-ddqn has quick-epsilon.")]
    [TestCase("fast", "batchnorm-eval", "mends dueling-custom, not fast; the preset fast has no fixes")]
    [TestCase("fast", "anything", "the preset fast has no fixes; mario-agent presets lists")]
    public void A_fix_that_cannot_be_is_explained(string preset, string fix, string explanation) => Assert.That(
        () => Fixes.Apply(Presets.Get(preset).Settings, [fix]), Throws.TypeOf<SettingsException>().With.Message.Contains(explanation));

    [Test]
    public void A_notebooks_preset_takes_tiles_too([ValueSource(nameof(Notebooks))] string name)
    {
        RunSettings settings = Presets.Observing(Presets.Get(name).Settings, ObservationKind.Tiles) with { Threads = 1 };

        Assert.That(() => Learners.Create(settings, new TileObserver(settings.Environment.Tiles).Spec, 7, 1).Dispose(), Throws.Nothing);
    }

    [Test]
    public void The_frontier_follows_one_console() => Assert.That(
        () => Learners.Create(Presets.Get("dueling-custom").Settings with { Threads = 1 }, new PixelObserver(Presets.Get("dueling-custom").Settings.Environment.Pixels).Spec, 7, 2),
        Throws.TypeOf<SettingsException>().With.Message.Contains("classicDqn: Frontier follows one environment").And.Message.Contains("consoles=1"));

    [TestCase("save.name=a/b.pt", "save.name is a/b.pt")]
    [TestCase("save.period=0", "save.period is 0")]
    [TestCase("budget.episodes=0", "budget.episodes is 0")]
    [TestCase("classicDqn.syncPeriod=0", "classicDqn.syncPeriod is 0")]
    public void Values_out_of_range_are_refused(string assignment, string explanation) => Assert.That(
        () => SettingsFile.With(Presets.Get("tutorial-ddqn").Settings, [assignment]).Validate(), Throws.TypeOf<SettingsException>().With.Message.Contains(explanation));
}
