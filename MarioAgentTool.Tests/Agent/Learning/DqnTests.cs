using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

public class DqnTests
{
    [Test]
    public void Updates_wait_for_burn_in_and_then_come_once_in_so_many_steps()
    {
        var settings = new DqnSettings { BatchSize = 8, LearnEvery = 2, BurnIn = 100, ReplayCapacity = 500, Network = new() { HiddenUnits = 8 } };
        using var learner = new Dqn(Corridor.Input, 2, 1, settings, new Seeds(1), 1);
        var corridor = new Corridor(1);
        corridor.Run(learner, 99);
        Assert.That(learner.Progress, Is.EqualTo(learner.Progress with { Steps = 99, Updates = 0, Loss = float.NaN, MeanQ = float.NaN }));
        corridor.Run(learner, 101);
        Assert.That(learner.Progress.Updates, Is.EqualTo(51), "steps 100, 102 … 200");
    }

    [Test]
    public void More_actions_than_a_byte_counts_are_refused()
        => Assert.That(
            () => new Dqn(Corridor.Input, 257, 1, new DqnSettings(), new Seeds(1), 1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("256"));

    [TestCase(nameof(DqnSettings.Double), "DQN")]
    [TestCase("", "Double DQN")]
    [TestCase(nameof(DqnSettings.Munchausen), "Munchausen DQN")]
    [TestCase(nameof(DqnSettings.Estimate), "Double C51")]
    public void A_combination_has_the_name_that_papers_give_it(string changed, string name)
    {
        var settings = new DqnSettings();
        settings = changed switch
        {
            nameof(DqnSettings.Double) => settings with { Double = false },
            nameof(DqnSettings.Munchausen) => settings with { Double = false, Munchausen = 0.9f },
            nameof(DqnSettings.Estimate) => settings with { Estimate = EstimateKind.C51 },
            _ => settings,
        };
        Assert.That(settings.AlgorithmName(), Is.EqualTo(name));
    }

    [Test]
    public void What_cannot_be_combined_is_refused_by_name() => Assert.Multiple(() =>
    {
        Assert.That(() => Create(new() { Munchausen = 0.9f }), Throws.ArgumentException.With.Message.Contains("set Double to false"));
        Assert.That(() => Create(new() { Estimate = EstimateKind.C51, Atoms = 1 }), Throws.ArgumentException.With.Message.Contains("Atoms is 1"));
        Assert.That(() => Create(new() { LowestReturn = 3, HighestReturn = 3 }), Throws.ArgumentException.With.Message.Contains("LowestReturn is 3"));
        Assert.That(() => Create(new() { MunchausenFloor = 1 }), Throws.ArgumentException.With.Message.Contains("MunchausenFloor is 1"));
        Assert.That(() => Create(new() { PriorityExponent = 2 }), Throws.ArgumentException.With.Message.Contains("PriorityExponent is 2"));
        Assert.That(() => Create(new() { Network = new() { Body = PictureBody.Impala } }), Throws.ArgumentException.With.Message.Contains("no place for LayerNorm"));
        Assert.That(() => Create(new() { Estimate = EstimateKind.ImplicitQuantiles }), Throws.ArgumentException.With.Message.Contains("implicit quantiles take cosines (64)"));
        Assert.That(() => Create(new() { Network = new() { Cosines = 64 } }), Throws.ArgumentException.With.Message.Contains("nothing else does"));
        Assert.That(() => Create(new() { Network = new() { SpectralNorm = true } }), Throws.ArgumentException.With.Message.Contains("make Body Impala"));

        static void Create(DqnSettings settings) => new Dqn(Corridor.Input, 2, 1, settings, new Seeds(1), 1).Dispose();
    });

    [Test]
    public void Noise_explores_and_looking_does_not()
    {
        using var learner = new Dqn(
            Corridor.Input, 2, 1, new() { Network = new() { HiddenUnits = 8, Noisy = true }, EpsilonStart = 0, EpsilonFinal = 0 }, new Seeds(1), 1);
        float[][] noisy = [.. Enumerable.Range(0, 50).Select(_ => Values(learner.NoisyQValues))];
        float[][] quiet = [.. Enumerable.Range(0, 5).Select(_ => Values(learner.QValues))];
        Assert.Multiple(() =>
        {
            Assert.That(noisy.Select(v => v[0]).Distinct().Count(), Is.EqualTo(50), "each draw is another");
            Assert.That(noisy.Select(v => v[0] > v[1]).Distinct().Count(), Is.EqualTo(2), "and makes other actions best");
            Assert.That(quiet, Is.All.EqualTo(quiet[0]));
            Assert.That(noisy.Average(v => v[0]), Is.EqualTo(quiet[0][0]).Within(0.3), "their mean is the quiet value");
        });

        // Looking between two steps changes nothing that follows.
        int[] First(bool look)
        {
            using var one = new Dqn(Corridor.Input, 2, 1, new() { Network = new() { HiddenUnits = 8, Noisy = true }, EpsilonStart = 0, EpsilonFinal = 0 }, new Seeds(2), 1);
            int[] action = new int[1];
            return [.. Enumerable.Range(0, 40).Select(_ =>
            {
                one.Act(Corridor.Observation(0), action);
                if (look)
                {
                    one.QValues(Corridor.Observation(0), new float[2]);
                }

                return action[0];
            })];
        }

        int[] actions = First(look: false);
        Assert.That(actions.Distinct().Count(), Is.EqualTo(2), "without epsilon, noise alone tries both");
        Assert.That(First(look: true), Is.EqualTo(actions));

        static float[] Values(ValuesOf ask)
        {
            float[] values = new float[2];
            ask(Corridor.Observation(0), values);
            return values;
        }
    }

    private delegate void ValuesOf(ReadOnlySpan<byte> observations, Span<float> values);
}
