using MarioAgentTool.Environment;

namespace MarioAgentTool.Tests.Agent.Environment;

public class EnvironmentIdTests
{
    [TestCase("SuperMarioBros-v0", TaskKind.FullGame, "1-1", RomLook.Vanilla)]
    [TestCase("SuperMarioBros-v1", TaskKind.FullGame, "1-1", RomLook.Downsample)]
    [TestCase("SuperMarioBros-2-2-v1", TaskKind.Stage, "2-2", RomLook.Downsample)]
    [TestCase("SuperMarioBros-8-4-v0", TaskKind.Stage, "8-4", RomLook.Vanilla)]
    [TestCase("SuperMarioBrosRandomStages-v0", TaskKind.RandomStages, "1-1", RomLook.Vanilla)]
    public void An_id_names_task_stage_and_look(string id, TaskKind task, string stage, RomLook look)
    {
        EnvironmentId parsed = EnvironmentId.Parse(id);
        Assert.That(parsed, Is.EqualTo(new EnvironmentId(task, StageId.Parse(stage), look)));
        Assert.That(parsed.ToString(), Is.EqualTo(id));
        EnvironmentSettings settings = parsed.In(new EnvironmentSettings { World = 3, Stage = 3 });
        settings.Validate();
        Assert.That((settings.Conduct, settings.Task, settings.Look), Is.EqualTo((ConductKind.Gym, task, look)));
        Assert.That(settings.WorldName, Is.EqualTo(id));
    }

    [Test]
    public void There_are_gyms_68_ids_of_its_first_two_versions()
    {
        Assert.That(EnvironmentId.All, Has.Count.EqualTo(68).And.Unique);
        Assert.That(EnvironmentId.All.Select(id => EnvironmentId.Parse(id).ToString()), Is.EqualTo(EnvironmentId.All));
    }

    [TestCase("SuperMarioBros-1-5-v0", "There is no environment SuperMarioBros-1-5-v0. Did you mean SuperMarioBros-1-1-v0?")]
    [TestCase("SuperMarioBros-3-1", "Did you mean SuperMarioBros-3-1-v0?")]
    [TestCase("supermariobros-4-2-v0", "Did you mean SuperMarioBros-4-2-v0?")]
    [TestCase("SuperMarioBrosRandomStage-v0", "Did you mean SuperMarioBrosRandomStages-v0?")]
    [TestCase("Pong-v4", "Known: SuperMarioBros-v0, SuperMarioBros-1-1-v0 to SuperMarioBros-8-4-v0")]
    [TestCase("SuperMarioBros-1-1-v2", "a ROM with other pictures (pixel), which only gym has; RAM and rewards are those of SuperMarioBros-1-1-v0")]
    [TestCase("SuperMarioBrosRandomStages-v3", "(rectangle)")]
    [TestCase("SuperMarioBros-9-1-v2", "There is no environment")]
    [TestCase("SuperMarioBros2-v0", "The Lost Levels")]
    public void What_there_is_none_of_is_refused_with_what_there_is(string id, string message) =>
        Assert.That(() => EnvironmentId.Parse(id), Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [TestCase("4-2,", "\"\" is no stage")]
    [TestCase("1-5", "\"1-5\" is no stage")]
    [TestCase("9-1,1-1", "\"9-1\" is no stage")]
    [TestCase("1-1,1-2,1-1", "1-1 stands twice")]
    public void What_is_wrong_with_a_list_of_stages_is_said(string list, string message) =>
        Assert.That(() => StageId.ParseList(list), Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void Only_episodes_from_buttons_alone_are_movies()
    {
        var ours = new EnvironmentSettings();
        Assert.That(ours.NoMovieBecause(StageId.First), Is.Null);
        Assert.That(ours.NoMovieBecause(new StageId(1, 2)), Does.Contain("1-2 is reached by writing RAM"));
        EnvironmentSettings gym = EnvironmentId.Parse("SuperMarioBros-1-1-v0").In(ours);
        Assert.That(gym.NoMovieBecause(StageId.First), Does.Contain("writes RAM"));
        Assert.That(gym.AsMovies().NoMovieBecause(StageId.First), Is.Null);
        EnvironmentSettings random = ours with { Task = TaskKind.RandomStages, Stages = "2-1,1-1" };
        Assert.That(random.AsMovies().StartStages(), Is.EqualTo(new[] { StageId.First }));
    }
}
