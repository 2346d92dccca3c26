using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning;
using MarioAgentTool.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Tests.Torch;

/// <summary>bfloat16 multiplies in 8 bits: values and losses stay within a twentieth, and what is kept stays in 32.</summary>
public class MixedPrecisionTests
{
    // Of the greatest value of a batch. One rounding to 8 bits is 0.4 %; they add up over some layers.
    private const float Tolerance = 0.05f;

    [Test]
    public void Values_stay_near_those_of_32_bits_update_after_update([ValueSource(typeof(BackendTests), nameof(BackendTests.ShapeNames))] string shape)
    {
        using TorchBackend exact = OnProcessor.Backend(precision: BackendPrecision.Single), mixed = OnProcessor.Backend(precision: BackendPrecision.BFloat16);
        using IQNetwork expected = BackendTests.Make(exact, shape), actual = BackendTests.Make(mixed, shape);
        using INetworkOptimiser expectedOptimiser = exact.Adam(expected, 1e-4f), actualOptimiser = mixed.Adam(actual, 1e-4f);
        RandomStream random = new Seeds(2).Stream("batches"), noise = new Seeds(3).Stream("noise"), sameNoise = new Seeds(3).Stream("noise");
        float worst = 0;
        bool differs = false;
        for (int update = 1; update <= 8; update++)
        {
            Observations states = BackendTests.States(random, BackendTests.InputOf(shape));
            expected.Noise(noise);
            actual.Noise(sameNoise);
            float[] wanted = expected.Forward(states, BackendTests.Batch).ToArray(), got = actual.Forward(states, BackendTests.Batch).ToArray();
            float largest = wanted.Max(Math.Abs);
            worst = Math.Max(worst, wanted.Zip(got, (a, b) => Math.Abs(a - b)).Max() / largest);
            differs |= !wanted.SequenceEqual(got);

            // L = mean of ½ (Q − target)²
            float[] targets = [.. wanted.Select(_ => random.NextSingle() - 0.5f)];
            double wantedLoss = Loss(wanted, targets), loss = Loss(got, targets);
            Assert.That(loss, Is.EqualTo(wantedLoss).Within(Tolerance * wantedLoss), $"loss of update {update}");
            expected.Backward([.. wanted.Zip(targets, (q, t) => (q - t) / wanted.Length)]);
            actual.Backward([.. got.Zip(targets, (q, t) => (q - t) / got.Length)]);
            expectedOptimiser.Step(1e-4f, 10);
            actualOptimiser.Step(1e-4f, 10);
        }

        TestContext.Out.WriteLine(FormattableString.Invariant($"{shape}: values part by {100 * worst:0.00} % of the greatest"));
        Assert.That(worst, Is.LessThan(Tolerance));
        Assert.That(differs, "it is the shorter type that multiplies");
    }

    [Test]
    public void The_last_layer_adds_no_rounding_of_its_own()
    {
        // Values of 1000 and a little: in 8 bits they would come in steps of 4.
        using TorchBackend mixed = OnProcessor.Backend(precision: BackendPrecision.BFloat16);
        using IQNetwork network = BackendTests.Make(mixed, "nature");
        foreach (NamedTensor tensor in network.Tensors)
        {
            tensor.Values.Span.Clear();
            if (tensor.Name == "head.bias")
            {
                float[] biases = [1000.5f, 1001, 1001.5f, 1002, 1003];
                biases.CopyTo(tensor.Values.Span);
            }
        }

        Assert.That(network.Evaluate(new byte[BackendTests.InputOf("nature").Length], 1).ToArray(), Is.EqualTo(new[] { 1000.5f, 1001, 1001.5f, 1002, 1003 }));
    }

    [Test]
    public void Weights_moments_and_checkpoints_are_of_32_bits([Values("PQN", "Rainbow")] string algorithm)
    {
        TorchBackend mixed = OnProcessor.Backend(precision: BackendPrecision.BFloat16);
        using ILearner learner = LearnersTests.Create(algorithm, 1, mixed), exact = LearnersTests.Create(algorithm, 9, new ManagedBackend(1));
        new Corridor(LearnersTests.Walkers).Run(learner, 100);
        Assert.That(learner.Progress.Updates, Is.GreaterThan(20));
        float[] weights = LearnersTests.WeightsOf(learner);
        Assert.That(weights.Count(w => BitConverter.SingleToInt32Bits(w) << 16 != 0), Is.GreaterThan(weights.Length / 2), "more bits than bfloat16 has");

        // The checkpoint is any other backend's: learning goes on from the very numbers.
        byte[] file = LearnersTests.HandOver(learner, exact);
        Assert.That(LearnersTests.WeightsOf(exact), Is.EqualTo(weights));
        using var again = new MemoryStream();
        exact.Save(again, withReplay: true);
        Assert.That(again.ToArray(), Is.EqualTo(file), "moments and all");

        using IQNetwork network = BackendTests.Make(mixed, "tiles");
        var parameters = (TorchNetwork)network;
        Assert.That((parameters.Parameters.dtype, parameters.Gradients.dtype), Is.EqualTo((ScalarType.Float32, ScalarType.Float32)));
    }

    private static double Loss(float[] values, float[] targets) => values.Zip(targets, (q, t) => (double)(q - t) * (q - t) / 2).Average();
}
