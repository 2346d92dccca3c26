using MarioAgentTool.Environment;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Environment;

public class StartTallyTests
{
    [Test]
    public void Starts_that_are_not_known_yet_are_drawn_equally_often()
    {
        int[] drawn = Draw(new StartTally(4));
        Assert.That(drawn, Has.All.InRange(900, 1_100));
    }

    [Test]
    public void A_start_that_fails_is_drawn_more_often_and_one_that_never_does_is_not_forgotten()
    {
        StartTally tally = new(2);
        for (int i = 0; i < 100; i++)
        {
            tally.Add(0, EpisodeEnd.FlagReached);
            tally.Add(1, EpisodeEnd.Fell);
        }

        // Weights: .1, the least, and 1 − 1/22.
        int[] drawn = Draw(tally);
        Assert.That(drawn[0] / 4_000.0, Is.EqualTo(0.1 / (0.1 + 21 / 22.0)).Within(0.02));
    }

    [Test]
    public void What_was_learned_since_counts_more_than_what_went_before()
    {
        StartTally tally = new(2);
        for (int i = 0; i < 200; i++)
        {
            tally.Add(0, i < 100 ? EpisodeEnd.Hit : EpisodeEnd.FlagReached);
            tally.Add(1, i < 100 ? EpisodeEnd.FlagReached : EpisodeEnd.Hit);
        }

        int[] drawn = Draw(tally);
        Assert.That(drawn[1], Is.GreaterThan(5 * drawn[0]));
    }

    private static int[] Draw(StartTally tally)
    {
        RandomStream random = new(1);
        int[] drawn = new int[4];
        for (int i = 0; i < 4_000; i++)
        {
            drawn[tally.Draw(random)]++;
        }

        return drawn;
    }
}
