using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class RunSummaryTests
{
    [Test]
    public void A_run_that_achieved_nothing_says_so() =>
        Assert.That(RunSummary.Text(new RunSettings(), new Ledger(), RunEnd.Stopped), Does.Contain("no evaluation has cleared the stage yet").And.Contain("--resume"));

    [Test]
    public void The_first_clear_is_told_in_frames_and_time()
    {
        var ledger = new Ledger { FirstClear = new EvaluationMetrics { Frames = 1_250_000, Steps = 300_000, Clock = new() { Seconds = 75 } } };

        Assert.That(RunSummary.Text(new RunSettings(), ledger, RunEnd.TimeSpent), Does.Contain("First clear     at 1.25M frames, 300k steps, 1 min 15 s"));
    }

    [TestCase(true, 500, true, 600, true, TestName = "the quicker of two clears")]
    [TestCase(true, 900, false, 100, true, TestName = "a clear rather than none")]
    [TestCase(false, 900, true, 100, false, TestName = "none is no match for a clear")]
    public void The_better_episode_is(bool cleared, int frames, bool otherCleared, int otherFrames, bool isBetter) =>
        Assert.That(Episode(cleared, frames, 100).IsBetterThan(Episode(otherCleared, otherFrames, 100)), Is.EqualTo(isBetter));

    [Test]
    public void Without_a_clear_the_further_episode_is_better() => Assert.That(Episode(false, 900, 101).IsBetterThan(Episode(false, 100, 100)));

    private static PlayedEpisode Episode(bool cleared, int frames, int x) => new(cleared, cleared ? EpisodeEnd.FlagReached : EpisodeEnd.Fell, 0, x, frames, []);
}
