using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class EvaluatorTests
{
    private static readonly EnvironmentSettings World = new() { NoOpStarts = 4 };

    private static readonly RunSettings Settings = new() { Environment = World, Threads = 1, Pqn = new() { Estimate = PqnEstimate.Mean, Network = new() { HiddenUnits = 16 } } };

    private static readonly Protocol Sticky = Protocol.StickyActions(8, 0.25f);

    [Test]
    public void An_episode_is_the_same_among_many_and_on_any_number_of_threads()
    {
        // More than there are consoles: who ends early takes the next.
        IReadOnlyList<PlayedEpisode> many = Play(150, threads: 2), few = Play(5, threads: 1);

        Assert.That(many, Has.Count.EqualTo(150));
        Assert.That(many.Take(5).Select(Facts), Is.EqualTo(few.Select(Facts)));
        Assert.That(Play(150, threads: 1).Select(Facts), Is.EqualTo(many.Select(Facts)));
        Assert.That(many.Select(Facts).Distinct().Count(), Is.GreaterThan(20), "episodes differ");
    }

    [Test]
    public void Another_name_gives_fresh_episodes() => Assert.That(Play(20, 1, "other").Select(Facts), Is.Not.EqualTo(Play(20, 1).Select(Facts)));

    [Test]
    public void Every_stage_gets_as_many_episodes()
    {
        StartState start = Boot.ToStart(new ToyHost(), World);
        IReadOnlyList<PlayedEpisode> played = Play(70, 1, starts: [start, start with { Stage = new StageId(1, 3) }]);

        Assert.That(StageResult.Of(Sticky, played).Select(r => (r.Stage, r.Rate.Episodes)), Is.EqualTo(new[] { ("1-1", 70), ("1-3", 70) }));
    }

    [Test]
    public void A_stages_result_tells_the_middle_of_what_was_played()
    {
        PlayedEpisode Episode(bool cleared, int x, int frames) => new(cleared, cleared ? EpisodeEnd.FlagReached : EpisodeEnd.Fell, 1, x, frames, []);
        StageResult result = new("1-2", Sticky, [Episode(true, 3000, 1500), Episode(true, 3000, 1700), Episode(false, 900, 100), Episode(false, 500, 90)]);

        Assert.That(result.MeanX, Is.EqualTo(1850));
        Assert.That(result.MedianX, Is.EqualTo(1950));
        Assert.That(result.MaxX, Is.EqualTo(3000));
        Assert.That(result.ClearFrames, Is.EqualTo(1600));
        Assert.That(result.Ends, Is.EqualTo(new[] { ("fell", 2), ("flag_reached", 2) }));
        Assert.That((string)StageResult.Table([result]).ElementAt(1), Does.Match(@"^1-2 +sticky 0\.25 +2/4 +50\.0 % +15\.0- 85\.0 % +1850 +1950 +3000 +1600 +fell 2, flag_reached 2$"));
        Assert.That((double)result.ToJson()["furthest_x"]!["median"]!, Is.EqualTo(1950));
    }

    [Test]
    public void A_stages_result_tells_where_it_fails()
    {
        PlayedEpisode Episode(EpisodeEnd end, int x) => new(end == EpisodeEnd.FlagReached, end, 1, x, 100, []);
        StageResult result = new("1-2", Sticky, [
            Episode(EpisodeEnd.FlagReached, 3000), Episode(EpisodeEnd.Hit, 1290), Episode(EpisodeEnd.Fell, 1281), Episode(EpisodeEnd.Fell, 1285), Episode(EpisodeEnd.Fell, 400),
            Episode(EpisodeEnd.Hit, 500), Episode(EpisodeEnd.Hit, 600), Episode(EpisodeEnd.Hit, 700), Episode(EpisodeEnd.Hit, 2000), Episode(EpisodeEnd.Hit, 2100)]);

        Assert.That(result.Failures.Take(3), Is.EqualTo(new[] { ("fell", 1283, 2), ("fell", 400, 1), ("hit", 500, 1) }));
        Assert.That(StageResult.Table([result]).Last().Trim(),
            Is.EqualTo("ended at x 1283: fell 2, 400: fell 1, 500: hit 1, 600: hit 1, 700: hit 1, 1290: hit 1; elsewhere 2"));
        Assert.That((int)result.ToJson()["failures"]![0]!["count"]!, Is.EqualTo(2));
        Assert.That(StageResult.Table([result with { Episodes = [Episode(EpisodeEnd.FlagReached, 3000)] }]).Count(), Is.EqualTo(2), "nothing to tell");
    }

    private static string Facts(PlayedEpisode e) => $"{e.End} {e.FurthestX} {e.Frames} {string.Concat(e.Inputs.Select(b => ((int)b).ToString("x2")))}";

    private static IReadOnlyList<PlayedEpisode> Play(int episodes, int threads, string name = "test", IReadOnlyList<StartState>? starts = null)
    {
        starts ??= [Boot.ToStart(new ToyHost(), World)];
        using var pool = new WorkerPool(threads);
        using ILearner learner = Learners.CreateToPlay(Settings);
        return new Evaluator(World, starts, () => new ToyHost(), pool).Play(learner, episodes, Sticky, new Seeds(3), name);
    }
}
