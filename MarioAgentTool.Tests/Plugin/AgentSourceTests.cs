using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin;

public class AgentSourceTests
{
    private static readonly Environment.ObservationSpec s_spec = new() { FrameBytes = 12, Scale = 1f };

    private static readonly RomIdentity s_rom = new("games/Some Game.nes", "Some Game", "0123");

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("agent").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(LearnerKind.Dqn)]
    [TestCase(LearnerKind.Pqn)]
    public void What_is_saved_as_a_run_is_the_same_agent_when_opened(LearnerKind kind)
    {
        string run = Path.Combine(_folder, "mine");
        AgentSource trained = AgentSource.New(kind);
        using ILearner learner = trained.Open(s_spec, actions: 3);
        trained.Save(run, learner, s_rom);

        AgentSource opened = AgentSource.FromRun(run);
        using ILearner back = opened.Open(s_spec, actions: 3);
        Assert.That(opened.Settings.Rom, Is.EqualTo(s_rom));
        Assert.That(opened.Description, Does.StartWith("mine, ").And.Contain(AgentSource.Name(kind)));
        Assert.That(back.Weights.Select(w => w.Values.ToArray()), Is.EqualTo(learner.Weights.Select(w => w.Values.ToArray())));
    }

    [Test]
    public void Another_run_is_not_overwritten()
    {
        AgentSource trained = AgentSource.New(LearnerKind.Dqn);
        using ILearner learner = trained.Open(s_spec, actions: 3);
        trained.Save(_folder, learner, s_rom);
        Assert.That(() => trained.Save(_folder, learner, s_rom), Throws.TypeOf<SettingsException>());
    }

    [Test]
    public void What_is_no_run_is_said_to_be_none()
    {
        Assert.That(() => AgentSource.FromRun(""), Throws.TypeOf<SettingsException>().With.Message.Contains("No run is chosen"));
        Assert.That(() => AgentSource.FromRun(_folder), Throws.TypeOf<SettingsException>().With.Message.Contains("settings.json"));
    }

    [Test]
    public void A_run_without_weights_says_when_they_come()
    {
        RunFolder.Create(_folder).WriteSettings(new RunSettings());
        Assert.That(() => AgentSource.FromRun(_folder), Throws.TypeOf<SettingsException>().With.Message.Contains("first evaluation"));
    }
}
