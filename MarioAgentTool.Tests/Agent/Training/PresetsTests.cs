using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class PresetsTests
{
    private static readonly string[] Notebooks = ["right-only-dqn", "tutorial-ddqn", "dueling-custom"];

    private static readonly string[] Papers = ["rainbow", "btr"];

    private static readonly string[] Files = [.. Notebooks, .. Papers];

    [TestCaseSource(nameof(Files))]
    public void A_presets_file_spells_every_setting_out(string name)
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
        Assert.That(promised, Is.EquivalentTo(Fixes.Of(name).Select(f => f.Name)), "each fix mends a quirk that is told of");
    }

    [TestCase("fast", "PQN")]
    [TestCase("fast-pixels", "PQN")]
    [TestCase("double-dqn", "Double DQN")]
    [TestCase("rainbow", "Rainbow")]
    [TestCase("btr", "Munchausen IQN")]
    public void What_a_preset_makes_is_told_in_a_story(string name, string algorithm)
    {
        Preset preset = Presets.Get(name);
        RunSettings settings = Presets.Observing(preset.Settings, ObservationKind.Tiles) with { Threads = 1 };
        using ILearner learner = Learners.CreateToPlay(settings);

        Assert.That(learner.Algorithm, Is.EqualTo(algorithm));
        Assert.That(preset.Story, Has.Length.GreaterThan(100));
        Assert.That(preset.Differences.Count > 0 || name == "double-dqn", "and what differs from its paper");
    }

    [TestCaseSource(nameof(Papers))]
    public void A_papers_preset_learns_from_pictures_and_from_tiles(string name)
    {
        RunSettings pictures = Presets.Get(name).Settings, tiles = Presets.Observing(pictures, ObservationKind.Tiles);

        Assert.That(pictures.Environment.Observation, Is.EqualTo(ObservationKind.Pixels));
        Assert.That((tiles.Dqn.Estimate, tiles.Dqn.Munchausen, tiles.Dqn.PriorityExponent, tiles.Dqn.Network.Noisy), Is.EqualTo((pictures.Dqn.Estimate, pictures.Dqn.Munchausen, pictures.Dqn.PriorityExponent, true)));
        Assert.That((tiles.Dqn.BatchSize, tiles.Dqn.LearnEvery, tiles.Dqn.Network.LayerNorm), Is.EqualTo((256, 64, true)), "at the pace of tiles");
        Assert.That(() => Learners.CreateToPlay(pictures with { Threads = 1 }).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Fast_pixels_is_fast_with_pictures() => Assert.That(
        Presets.Observing(Presets.Get("fast").Settings, ObservationKind.Pixels) with { Preset = "fast-pixels" }, Is.EqualTo(Presets.Get("fast-pixels").Settings));

    // Which of gym's environments each notebook plays, whose reward it has, and how it shrinks the picture.
    [TestCase("right-only-dqn", "SuperMarioBros-1-1-v0", RewardKind.Shaped, ResizeMethod.OpenCvArea)]
    [TestCase("tutorial-ddqn", "SuperMarioBros-1-1-v0", RewardKind.Gym, ResizeMethod.TorchBilinear)]
    [TestCase("dueling-custom", "SuperMarioBros-2-2-v1", RewardKind.Custom, ResizeMethod.PillowBilinear)]
    public void A_notebooks_world_is_its_own(string name, string id, RewardKind reward, ResizeMethod method)
    {
        EnvironmentSettings world = Presets.Get(name).Settings.Environment;

        Assert.That(world, Is.EqualTo(EnvironmentId.Parse(id).In(world)));
        Assert.That((world.Reward.Kind, world.Pixels.Method, world.Pixels.Palette), Is.EqualTo((reward, method, PaletteKind.NesPy)));
        Assert.That((world.FrameSkip, world.Pixels.Stack, world.Pixels.EachFrame), Is.EqualTo((4, 4, name == "dueling-custom")));
        Assert.That((world.NoOpStarts, world.StickyActions, world.Pixels.FirstLine, world.Pixels.Lines), Is.EqualTo((0, 0f, 0, 240)));
    }

    [Test]
    public void Every_switch_of_the_quoted_rewards_has_a_fix()
    {
        string[] changes = [.. Fixes.All.SelectMany(f => f.Changes)];
        foreach (System.Reflection.PropertyInfo flag in typeof(RewardSettings).GetProperties().Where(p => p.PropertyType == typeof(bool) && p.Name != nameof(RewardSettings.MazeEnds)))
        {
            Assert.That(changes, Does.Contain($"environment.reward.{char.ToLowerInvariant(flag.Name[0])}{flag.Name[1..]}=true"));
        }
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
    [TestCase("tutorial-ddqn", "batchnorm-eval", "mends dueling-custom, not tutorial-ddqn; tutorial-ddqn has flag-get, coin-heaven, quick-epsilon.")]
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
