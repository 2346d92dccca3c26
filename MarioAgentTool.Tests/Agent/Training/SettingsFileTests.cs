using MarioAgentTool.Environment;
using MarioAgentTool.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Training;

public class SettingsFileTests
{
    [TestCase("fast")]
    [TestCase("double-dqn")]
    [TestCase("rainbow")]
    [TestCase("btr")]
    public void Settings_survive_their_file(string preset)
    {
        RunSettings settings = Presets.Get(preset).Settings with { Seed = 99, Rom = new RomIdentity("/roms/a.nes", "a.nes", "AB12") };

        Assert.That(SettingsFile.FromJson(SettingsFile.ToJson(settings), "settings.json"), Is.EqualTo(settings));
    }

    [Test]
    public void A_mistyped_setting_of_a_known_section_is_looked_for_in_that_section()
    {
        Assert.That(() => SettingsFile.With(new RunSettings(), ["pqn.discont=0.9"]), Throws.TypeOf<SettingsException>().With.Message.EndsWith("Did you mean pqn.discount?"));
        Assert.That(
            () => SettingsFile.With(new RunSettings(), ["pqn.bananas=9"]),
            Throws.TypeOf<SettingsException>().With.Message.Contains("Known: ").And.Message.Contains("pqn.discount").And.Message.Not.Contains("rom.name"));
    }

    [Test]
    public void Only_the_learner_in_use_is_written()
    {
        string json = SettingsFile.ToJson(Presets.Get("fast").Settings);

        Assert.That(json, Does.Contain("\"pqn\": {").And.Not.Contain("dqn"));
    }

    [Test]
    public void An_unknown_key_is_named_with_its_nearest_neighbour() => Assert.That(
        () => SettingsFile.FromJson("""{ "pqn": { "learningRat": 1 } }""", "settings.json"),
        Throws.TypeOf<SettingsException>().With.Message.EqualTo("settings.json: there is no setting pqn.learningRat. Did you mean learningRate?"));

    [Test]
    public void Settings_from_before_Double_DQN_was_one_of_many_are_read()
    {
        RunSettings settings = SettingsFile.FromJson("""{ "learner": "doubleDqn", "doubleDqn": { "nStep": 5, "network": { "hiddenUnits": 64 } } }""", "settings.json");

        Assert.That(settings, Is.EqualTo(new RunSettings { Learner = LearnerKind.Dqn, Dqn = new() { NStep = 5, Network = new() { HiddenUnits = 64 } } }));
        Assert.That(settings.Dqn.AlgorithmName(), Is.EqualTo("Double DQN"));
        Assert.That(
            () => SettingsFile.With(settings, ["doubleDqn.batchSize=8"]), Throws.TypeOf<SettingsException>().With.Message.EndsWith("Did you mean dqn.batchSize?"));
    }

    [Test]
    public void Runs_from_before_flags_and_growing_horizons_go_on_without()
    {
        JObject old = JObject.Parse(SettingsFile.ToJson(new RunSettings()));
        ((JObject)old.SelectToken("environment.tiles")!).Remove("oneHot");
        ((JObject)old["pqn"]!).Remove("horizonGrowth");
        RunSettings settings = SettingsFile.FromJson(old.ToString(), "settings.json"), partly = SettingsFile.FromJson("""{ "pqn": { "discount": 0.9 } }""", "settings.json");

        Assert.That((settings.Environment.Tiles.OneHot, settings.Pqn.HorizonGrowth), Is.EqualTo((false, 1f)));
        Assert.That((partly.Environment.Tiles.OneHot, partly.Pqn.HorizonGrowth), Is.EqualTo((true, 2f)), "what somebody wrote by hand keeps the defaults");
    }

    [TestCase("consoles=32")]
    [TestCase("CONSOLES = 32")]
    public void A_setting_is_replaced_by_its_path(string assignment) =>
        Assert.That(SettingsFile.With(new RunSettings(), [assignment]).Consoles, Is.EqualTo(32));

    [Test]
    public void Settings_take_numbers_names_and_null()
    {
        RunSettings settings = SettingsFile.With(new RunSettings(), ["pqn.discount=9e-1", "environment.observation=pixels", "learner=dqn", "budget.minutes=null", "budget.frames=1000"]);

        Assert.That(settings.Pqn.Discount, Is.EqualTo(0.9f));
        Assert.That(settings.Environment.Observation, Is.EqualTo(ObservationKind.Pixels));
        Assert.That(settings.Learner, Is.EqualTo(LearnerKind.Dqn));
        Assert.That(settings.Budget.Minutes, Is.Null);
        Assert.That(settings.Budget.Frames, Is.EqualTo(1000));
    }

    [TestCase("pqn.discont=1", "Did you mean pqn.discount?")]
    [TestCase("rolloutSteps=8", "Did you mean pqn.rolloutSteps?")]
    [TestCase("consoles", "expected key=value")]
    [TestCase("consoles=many", "many")]
    [TestCase("learner=pnq", "Did you mean pqn?")]
    [TestCase("consoles=2.5", "consoles is 2.5; expected a whole number.")]
    [TestCase("pqn.learningRate=NaN", "pqn.learningRate is NaN; expected a finite number.")]
    [TestCase("budget.minutes=Infinity", "budget.minutes is Infinity; expected a finite number.")]
    public void A_setting_that_cannot_be_is_explained(string assignment, string explanation) => Assert.That(
        () => SettingsFile.With(new RunSettings(), [assignment]), Throws.TypeOf<SettingsException>().With.Message.Contains(explanation));

    [Test]
    public void A_section_cannot_be_put_out() => Assert.That(
        () => SettingsFile.FromJson("""{ "pqn": null }""", "settings.json"),
        Throws.TypeOf<SettingsException>().With.Message.EqualTo("settings.json: pqn is null; expected an object of settings."));

    [Test]
    public void Whole_numbers_may_be_large()
    {
        RunSettings settings = SettingsFile.With(new RunSettings { Seed = ulong.MaxValue }, ["budget.frames=2e6"]);

        Assert.That(settings.Budget.Frames, Is.EqualTo(2_000_000));
        Assert.That(SettingsFile.FromJson(SettingsFile.ToJson(settings), "settings.json").Seed, Is.EqualTo(ulong.MaxValue));
    }

    [TestCase("consoles=0", "consoles is 0; expected 1 to 4096.")]
    [TestCase("environment.frameSkip=0", "FrameSkip is 0")]
    [TestCase("pqn.network.hiddenLayers=0", "hiddenLayers is 0")]
    [TestCase("evaluation.sticky=2", "StickyActions is 2")]
    [TestCase("dqn.atoms=0", "dqn.atoms is 0")]
    [TestCase("dqn.replayFile=null", "dqn.replayFile is null")]
    public void Values_out_of_range_are_refused(string assignment, string explanation) => Assert.That(
        () => SettingsFile.With(new RunSettings(), [assignment]).Validate(), Throws.TypeOf<SettingsException>().With.Message.Contains(explanation));

    [Test]
    public void A_mistyped_preset_is_recognised() => Assert.That(
        () => Presets.Get("duble-dqn"), Throws.TypeOf<SettingsException>().With.Message.EndsWith("Did you mean double-dqn?"));

    [TestCaseSource(typeof(Presets), nameof(Presets.All))]
    public void Every_preset_is_valid_and_knows_its_name(Preset preset)
    {
        Assert.That(preset.Settings.Validate, Throws.Nothing);
        Assert.That(preset.Settings.Preset, Is.EqualTo(preset.Name));
    }
}
