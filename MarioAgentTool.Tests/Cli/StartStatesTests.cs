using MarioAgentTool.Metrics;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Tests.Trail;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Cli;

/// <summary>Training from states: made by replay, named on train's command line.</summary>
[NonParallelizable]
public class StartStatesTests
{
    [Test]
    public void A_run_starts_from_the_states_of_a_folder_and_remembers_them()
    {
        using TemporaryFolder folder = new();
        (int code, _, string error) = Train(folder["first"]);
        Assert.That(code, Is.Zero, error);
        Directory.CreateDirectory(folder["states"]);
        foreach (int frames in new[] { 260, 300 })
        {
            (code, _, error) = CommandLineTests.Run(
                "replay", Path.Combine(folder["first"], "best-episode.bk2"), "--frames", $"{frames}", "--state", Path.Combine(folder["states"], $"{frames}.state"));
            Assert.That(code, Is.Zero, error);
        }

        (code, _, error) = Train(folder["second"], "--start", folder["states"], "--start-where-it-fails");
        Assert.That(code, Is.Zero, error);
        RunSettings settings = RunFolder.Open(folder["second"]).ReadSettings();
        Assert.That(settings.StartFiles.Select(Path.GetFileName), Is.EqualTo(new[] { "260.state", "300.state" }));
        Assert.That(settings.Environment.StartDraw, Is.EqualTo(Environment.StartDraw.Failures));
        Assert.That(File.Exists(Path.Combine(folder["second"], "best-episode.bk2")), "Evaluations begin where the stage does, whatever training does.");
        Assert.That(CommandLineTests.Run("eval", folder["second"], "--episodes", "2").Code, Is.Zero);
    }

    [Test]
    public void A_run_starts_along_a_movie_from_its_end_backwards_in_the_movies_stage()
    {
        using TemporaryFolder folder = new();
        string movie = Path.Combine(TrailRebuildTests.SourceFolder(), "movies", "1-3.fm2");
        (int code, string output, string error) = Train(folder["run"], "--start", movie, "--start-every", "120", "--curriculum", "backward", "--set", "logPeriod=256");
        Assert.That(code, Is.Zero, error);
        RunSettings settings = RunFolder.Open(folder["run"]).ReadSettings();
        Assert.That((settings.Environment.World, settings.Environment.Stage), Is.EqualTo((1, 3)));
        Assert.That(settings.Curriculum, Is.EqualTo(new CurriculumSettings { Kind = CurriculumKind.Backward, Every = 120 }));

        // A clear of some twenty seconds: ten places, and it begins at the last.
        CurriculumPlace place = MetricsLog.Read(RunFolder.Open(folder["run"]).Metrics).OfType<IntervalMetrics>().First().Curriculum!.Single();
        Assert.That(place.Stage, Is.EqualTo("1-3"));
        Assert.That(place.Starts, Is.InRange(8, 20));
        Assert.That(place.Position, Is.EqualTo(place.Starts - 1).Or.EqualTo(place.Starts - 2));
        Assert.That(output, Does.Contain($"({place.Starts} starts"));
    }

    [Test]
    public void A_curriculum_that_cannot_be_is_refused()
    {
        using TemporaryFolder folder = new();
        Assert.That(Train(folder["a"], "--curriculum", "backward").Error, Does.Contain("with it --start and a movie"));
        Assert.That(Train(folder["b"], "--curriculum", "frontiers").Error, Does.Contain("Did you mean frontier?"));
        Assert.That(Train(folder["c"], "--start", folder["no.bk2"]).Error, Does.Contain("does not exist; expected a movie"));
    }

    [Test]
    public void What_is_no_state_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        string no = folder["no.state"];
        File.WriteAllText(no, "this is no state of anything at all");
        Assert.That(Train(folder["a"], "--start", no).Error, Does.Contain("no.state: These bytes begin with"));
        Assert.That(Train(folder["b"], "--start", folder["missing.state"]).Error, Does.Contain("missing.state is not there"));
        Directory.CreateDirectory(folder["empty"]);
        Assert.That(Train(folder["c"], "--start", folder["empty"]).Error, Does.Contain("has no .state file"));
    }

    private static (int Code, string Output, string Error) Train(string run, params string[] more) => CommandLineTests.Run(
    [
        "train", "--out", run, "--frames", "6000", "--threads", "2", "--set", "consoles=4", "--set", "evaluation.period=256", "--set", "evaluation.episodes=2",
        "--set", "evaluation.stickyEpisodes=0", "--set", "evaluation.confirmationEpisodes=2", .. more,
    ]);
}
