using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

public class DoubleDqnTests
{
    [Test]
    public void Targets_take_the_online_choice_at_the_target_networks_price()
    {
        // R = 1, γⁿ = 1/2.  Online prefers action 2; the target network prices it at 10, and would itself have liked 0 at 100.
        // The second transition is terminal: R alone.
        float[] targets = new float[2];
        DoubleDqn.Targets(
            returns: [1, 7], discounts: [0.5f, 0],
            onlineQ: [3, 4, 5, /* */ 1, 0, 0], targetQ: [100, 50, 10, /* */ 1000, 0, 0],
            actions: 3, targets);
        Assert.That(targets, Is.EqualTo(new float[] { 6, 7 }));
    }

    [Test]
    public void Updates_wait_for_burn_in_and_then_come_once_in_so_many_steps()
    {
        var settings = new DoubleDqnSettings { BatchSize = 8, LearnEvery = 2, BurnIn = 100, ReplayCapacity = 500, Network = new() { HiddenUnits = 8 } };
        using var learner = new DoubleDqn(Corridor.Input, 2, 1, settings, new Seeds(1), 1);
        var corridor = new Corridor(1);
        corridor.Run(learner, 99);
        Assert.That(learner.Progress, Is.EqualTo(learner.Progress with { Steps = 99, Updates = 0, Loss = float.NaN, MeanQ = float.NaN }));
        corridor.Run(learner, 101);
        Assert.That(learner.Progress.Updates, Is.EqualTo(51), "steps 100, 102 … 200");
    }

    [Test]
    public void More_actions_than_a_byte_counts_are_refused()
        => Assert.That(
            () => new DoubleDqn(Corridor.Input, 257, 1, new DoubleDqnSettings(), new Seeds(1), 1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("256"));
}
