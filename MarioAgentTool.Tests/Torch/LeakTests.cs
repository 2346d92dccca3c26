using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Tests.Agent.Learning;
using static TorchSharp.torch;

namespace MarioAgentTool.Tests.Torch;

/// <summary>TorchSharp's tensors live outside the garbage collector; whatever is not disposed of stays.</summary>
[NonParallelizable]
public class LeakTests
{
    [Test]
    public void Ten_thousand_steps_leave_as_many_tensors_as_the_first_few([Values("PQN", "Rainbow")] string algorithm, [Values(FramePlacement.Host, FramePlacement.Device)] FramePlacement frames)
    {
        using (var learner = LearnersTests.Create(algorithm, 1, OnProcessor.Backend(frames)))
        {
            var corridor = new Corridor(LearnersTests.Walkers);
            corridor.Run(learner, 200);
            long before = Tensor.TotalCount;
            corridor.Run(learner, 10_000);
            Assert.That(Tensor.TotalCount, Is.EqualTo(before), "tensors alive");
            Assert.That(learner.Progress.Updates, Is.GreaterThan(5_000));
        }
    }

    [Test]
    public void Looking_saving_and_loading_leave_none([Values("PQN", "Rainbow", "classic Double DQN")] string algorithm, [Values(FramePlacement.Host, FramePlacement.Device)] FramePlacement frames)
    {
        using ILearner learner = LearnersTests.Create(algorithm, 1, OnProcessor.Backend(frames));
        new Corridor(LearnersTests.Walkers).Run(learner, 100);

        // Memory that only a second loading asks for is there after two.
        Look();
        Look();
        long before = Tensor.TotalCount;
        Look();
        Assert.That(Tensor.TotalCount, Is.EqualTo(before));

        void Look()
        {
            Corridor.Values(learner);
            Assert.That(learner.Weights, Is.Not.Empty);
            Assert.That(learner.TargetWeights, Is.Not.Null);
            LearnersTests.HandOver(learner, learner);
        }
    }

    [Test]
    public void A_learner_that_is_disposed_of_leaves_none([Values("PQN", "Rainbow", "classic Double DQN")] string algorithm, [Values(FramePlacement.Host, FramePlacement.Device)] FramePlacement frames)
    {
        long before = Tensor.TotalCount;
        using (var learner = LearnersTests.Create(algorithm, 1, OnProcessor.Backend(frames)))
        {
            new Corridor(LearnersTests.Walkers).Run(learner, 100);
        }

        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }
}
