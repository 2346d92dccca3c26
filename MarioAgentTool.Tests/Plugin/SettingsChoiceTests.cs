using MarioAgentTool.Plugin;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin;

public class SettingsChoiceTests
{
    [Test]
    public void A_change_is_in_the_settings_of_both_ways_to_train_where_they_use_it()
    {
        SettingsChoice choice = new();
        choice.Choose(Presets.Get("double-dqn"));
        choice.Set(SettingsCatalog.Get("dqn.batchSize"), "64");
        choice.Set(SettingsCatalog.Get("consoles"), "8");
        Assert.That(choice.Beside.Dqn.BatchSize, Is.EqualTo(64));
        Assert.That(choice.Here.Dqn.BatchSize, Is.EqualTo(64));
        Assert.That((choice.Beside.Consoles, choice.Here.Consoles), Is.EqualTo((8, 1)));
        Assert.That(choice.Assignments, Is.EqualTo(new[] { "consoles=8", "dqn.batchSize=64" }));

        choice.Reset(SettingsCatalog.Get("dqn.batchSize"));
        Assert.That(choice.Here.Dqn.BatchSize, Is.EqualTo(AgentSource.New(LearnerKind.Dqn).Settings.Dqn.BatchSize));
        choice.ResetAll();
        Assert.That(choice.Beside, Is.EqualTo(Presets.Get("double-dqn").Settings));
    }

    [TestCase("dqn.batchSize", "many", "dqn.batchSize is many; expected a whole number.")]
    [TestCase("dqn.batchSize", "", "dqn.batchSize is empty; expected a whole number.")]
    [TestCase("dqn.batchSize", "0", "dqn.batchSize is 0; expected 1 or more.")]
    [TestCase("dqn.discount", "2", "dqn: Discount is 2; it has to lie between 0 and 1.")]
    [TestCase("dqn.network.batchNorm", "true", "dqn: BatchNorm and LayerNorm are both true; one normalises.")]
    [TestCase("environment.world", "9", "1 to 8")]
    [TestCase("environment.observation", "pixel", "Did you mean pixels?")]
    [TestCase("environment.actionSet", "sinple", "\"sinple\" is no action set")]
    [TestCase("budget.until", "maybe", "budget.until is maybe; expected a number, or null.")]
    public void What_it_does_not_take_is_said_and_changes_nothing(string path, string value, string sentence)
    {
        SettingsChoice choice = new();
        Assert.That(() => choice.Set(SettingsCatalog.Get(path), value), Throws.TypeOf<SettingsException>().With.Message.Contains(sentence));
        Assert.That(choice.Changes, Is.Empty);
    }

    [Test]
    public void What_is_set_back_by_hand_is_no_change()
    {
        SettingsChoice choice = new();
        choice.Set(SettingsCatalog.Get("seed"), "7");
        choice.Set(SettingsCatalog.Get("seed"), "1");
        Assert.That(choice.Changes, Is.Empty);
    }

    [Test]
    public void It_survives_being_kept_as_a_text()
    {
        SettingsChoice choice = new();
        choice.Choose(Presets.Get("fast"));
        choice.Set(SettingsCatalog.Get("pqn.learningRate"), "1e-4");
        choice.Set(SettingsCatalog.Get("environment.stages"), "");
        choice.Set(SettingsCatalog.Get("environment.task"), "randomStages");
        SettingsChoice back = new();
        Assert.That(back.Restore(choice.ToText()), Is.Empty);
        Assert.That(back.Beside, Is.EqualTo(choice.Beside));
        Assert.That(back.Restore(""), Is.Empty);
        Assert.That(back.Beside, Is.EqualTo(choice.Beside));
    }

    [Test]
    public void What_another_release_kept_is_left_out_with_a_sentence()
    {
        SettingsChoice choice = new();
        IReadOnlyList<string> refused = choice.Restore("""{ "preset": "slow", "changes": { "pqn.magic": "3", "seed": "5", "consoles": "-1" } }""");
        Assert.That(refused, Has.Count.EqualTo(3));
        Assert.That(refused, Has.Some.Contains("slow").And.Some.Contains("pqn.magic = 3 was left out").And.Some.Contains("consoles = -1 was left out"));
        Assert.That(choice.Assignments, Is.EqualTo(new[] { "seed=5" }));
        Assert.That(choice.Restore("not JSON"), Has.Count.EqualTo(1));
    }

    [TestCase("fast")]
    [TestCase("dueling-custom")]
    public void What_is_exported_is_the_same_when_imported(string preset)
    {
        SettingsChoice choice = new();
        choice.Choose(Presets.Get(preset));
        choice.Set(SettingsCatalog.Get("seed"), "12");
        SettingsChoice back = new();
        back.Import(choice.Export(), "settings.json");
        Assert.That(back.Preset.Name, Is.EqualTo(preset));
        Assert.That(back.Assignments, Is.EqualTo(new[] { "seed=12" }));
        Assert.That(() => back.Import("""{ "consoles": 0 }""", "settings.json"), Throws.TypeOf<SettingsException>());
        Assert.That(back.Assignments, Is.EqualTo(new[] { "seed=12" }), "and stays as it was");
    }

    [Test]
    public void Only_the_chosen_learners_section_is_of_use()
    {
        SettingsChoice choice = new();
        choice.Choose(Presets.Get("fast"));
        Assert.That(SettingsCatalog.All.Where(choice.IsUsed).Select(k => k.Path), Has.Member("pqn.epochs").And.Member("environment.world").And.No.Member("dqn.batchSize"));
    }

    [Test]
    public void Whatever_preset_is_chosen_training_here_can_begin_with_it()
    {
        foreach (Preset preset in Presets.All)
        {
            SettingsChoice choice = new();
            choice.Choose(preset);
            Assert.That(() => AgentSource.New(choice.Here), Throws.Nothing, preset.Name);
        }
    }
}
