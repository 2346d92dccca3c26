using MarioAgentTool.Metrics;

namespace MarioAgentTool.Tests.Agent.Metrics;

public class ClearRateTests
{
    // Newcombe (1998), method 3, and R's prop.test(correct = FALSE).
    [TestCase(95, 100, 0.8882, 0.9785)]
    [TestCase(0, 100, 0, 0.0370)]
    [TestCase(100, 100, 0.9630, 1)]
    [TestCase(81, 263, 0.2553, 0.3662)]
    public void The_interval_is_Wilsons(int clears, int episodes, double low, double high)
    {
        ClearRate rate = new(clears, episodes);
        Assert.That(rate.Low, Is.EqualTo(low).Within(5e-5));
        Assert.That(rate.High, Is.EqualTo(high).Within(5e-5));
    }

    [Test]
    public void Of_no_episode_nothing_is_known() => Assert.That(new ClearRate(0, 0), Has.Property("Low").Zero.And.Property("High").EqualTo(1).And.Property("Share").Zero);
}
