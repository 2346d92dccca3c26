using MarioAgentTool.Learning;

namespace MarioAgentTool.Tests.Agent.Learning;

public class SchedulesTests
{
    [TestCase(-5, 1f)]
    [TestCase(0, 1f)]
    [TestCase(50, 0.55f)]
    [TestCase(99, 0.109f)]
    [TestCase(100, 0.1f)]
    [TestCase(long.MaxValue, 0.1f)]
    public void Epsilon_falls_on_a_straight_line_and_stays(long step, float expected)
        => Assert.That(Schedules.Linear(step, 1, 0.1f, 100), Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void Without_a_decay_epsilon_is_final_from_the_start()
        => Assert.That(Schedules.Linear(0, 1, 0.02f, 0), Is.EqualTo(0.02f));

    [TestCase(0, 0, 1e-3f)]
    [TestCase(1_000_000, 0, 1e-3f)]
    [TestCase(0, 1000, 1e-3f)]
    [TestCase(250, 1000, 7.5e-4f)]
    [TestCase(1000, 1000, 0f)]
    [TestCase(2000, 1000, 0f)]
    public void The_learning_rate_falls_to_zero_or_stays(long step, long decay, float expected)
        => Assert.That(Schedules.LearningRate(step, 1e-3f, decay), Is.EqualTo(expected).Within(1e-9));

    [TestCase(0, 1000, 1e-3f)]
    [TestCase(1_000_000, 0, 1e-3f)]
    [TestCase(1000, 1000, 7.0710678e-4f)]
    [TestCase(3000, 1000, 5e-4f)]
    [TestCase(99_000, 1000, 1e-4f)]
    public void The_learning_rate_eases_with_the_root_of_time(long step, long period, float expected)
        => Assert.That(Schedules.Easing(step, 1e-3f, period), Is.EqualTo(expected).Within(1e-9));
}
