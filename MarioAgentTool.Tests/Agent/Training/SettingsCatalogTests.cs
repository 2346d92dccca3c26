using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class SettingsCatalogTests
{
    [Test]
    public void It_has_what_settings_json_has_and_each_is_described()
    {
        string[] written = [.. SettingsFile.Values(new RunSettings()).Keys.Where(p => p is not ("preset" or "fixes" or "rom"))];
        Assert.That(SettingsCatalog.All.Select(k => k.Path), Is.EqualTo(written));
        Assert.That(SettingsCatalog.All.Where(k => k.Description.Length == 0).Select(k => k.Path), Is.Empty, "without a documentation comment");
        Assert.That(SettingsCatalog.All.Where(k => k.Type.IsEnum).SelectMany(k => k.Choices.Where(c => c.Description.Length == 0).Select(c => $"{k.Path}={c.Name}")), Is.Empty);
    }

    [Test]
    public void Every_value_named_is_one_that_is_taken()
    {
        foreach (Knob knob in SettingsCatalog.All)
        {
            foreach (KnobChoice choice in knob.Choices)
            {
                Assert.That(SettingsFile.Get(SettingsFile.With(new RunSettings(), [$"{knob.Path}={choice.Name}"]), knob.Path), Is.EqualTo(choice.Name), knob.Path);
            }

            if (knob.TakesNull)
            {
                Assert.That(SettingsFile.Get(SettingsFile.With(new RunSettings(), [$"{knob.Path}=null"]), knob.Path), Is.EqualTo("null"), knob.Path);
            }
        }
    }

    [Test]
    public void A_description_is_the_comment_in_the_words_of_settings_json()
    {
        Assert.That(SettingsCatalog.Get("environment.task").Description, Is.EqualTo("What an episode is. Default one stage."));
        Assert.That(SettingsCatalog.Get("environment.stages").Description, Does.Contain("for randomStages: 1-1,1-2,8-4."));
        Assert.That(SettingsCatalog.Get("environment.task").Expectation, Is.EqualTo("stage, fullGame, randomStages"));
        Assert.That(SettingsCatalog.Get("budget.minutes").Expectation, Is.EqualTo("a number, or null"));
        Assert.That(SettingsCatalog.Get("weights").Expectation, Is.EqualTo("a text, or null"));
        Assert.That(() => SettingsCatalog.Get("pqn.discont"), Throws.TypeOf<SettingsException>().With.Message.Contains("pqn.discount"));
    }

    [Test]
    public void A_search_wants_all_its_words()
    {
        Knob knob = SettingsCatalog.Get("environment.noOpStarts");
        Assert.That(knob.Matches(""), Is.True);
        Assert.That(knob.Matches("noop waiting"), Is.True);
        Assert.That(knob.Matches("noop sticky"), Is.False);
    }

    [Test]
    public void Differences_make_one_of_the_other()
    {
        RunSettings fast = Presets.Get("fast").Settings, other = Presets.Get("tutorial-ddqn").Settings;
        string[] changes = [.. SettingsFile.Differences(fast, other).Select(d => $"{d.Path}={d.Value}")];
        Assert.That(SettingsFile.With(fast, changes), Is.EqualTo(other));
        Assert.That(SettingsFile.Differences(other, other), Is.Empty);
        Assert.That(SettingsFile.Differences(fast, fast with { Environment = fast.Environment with { Observation = ObservationKind.MariO } }), Is.EqualTo(new[] { ("environment.observation", "mariO") }));
    }
}
