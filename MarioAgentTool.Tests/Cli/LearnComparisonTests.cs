using MarioAgentTool.Cli.Commands;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Tests.Golden;

namespace MarioAgentTool.Tests.Cli;

public class LearnComparisonTests
{
    [Test]
    public void Every_step_is_timed_under_a_name_of_its_own()
    {
        LearnTiming[] timings = [.. LearnComparison.Run(() => new ManagedBackend(1), peer: null, warmUpMilliseconds: 0, turnMilliseconds: 0)];
        Assert.Multiple(() =>
        {
            Assert.That(timings.Select(t => t.Name), Is.Unique);
            Assert.That(timings.Select(t => t.Best), Is.All.Positive);
            Assert.That(timings.Select(t => t.Gigaflops), Is.All.Positive);
            Assert.That(timings.Select(t => t.Ratio), Is.All.Null, "nobody to compare with");
        });
    }

    [Test]
    public void Every_kernel_is_timed_under_a_name_of_its_own()
    {
        IReadOnlyList<KernelTiming> timings = KernelBenchmark.Run(milliseconds: 0);
        Assert.Multiple(() =>
        {
            Assert.That(timings.Select(t => t.Name), Is.Unique);
            Assert.That(timings.Select(t => t.Rate), Is.All.Positive);
        });
    }

    [Test]
    public void Three_steps_from_the_same_weights_come_to_what_PyTorch_computes()
    {
        PyTorch.Require();
        using TorchPeer peer = TorchPeer.Start(threads: 1)!;
        using var benchmark = new LearnBenchmark(() => new ManagedBackend(2));
        foreach (LearnStep step in benchmark.Steps)
        {
            peer.Prepare(step);
            double difference = LearnComparison.Compare(step, peer);

            // Biases before BatchNorm have rounding for a gradient, of which Adam makes whole steps: there the losses part.
            Assert.That(difference, Is.LessThan(step.Kind == "max" ? 1e-3 : 1e-5), step.Name);
        }
    }
}
