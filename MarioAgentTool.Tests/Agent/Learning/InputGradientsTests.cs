using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning.Networks;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Learning;

public class InputGradientsTests
{
    private const int Actions = 5;

    private static readonly InputSpec Flat = new() { FrameBytes = 61, Stack = 2, Signed = true, Scale = 1 / 64f };

    private static readonly InputSpec Picture = new() { FrameBytes = 44 * 44, Stack = 2, Height = 44, Width = 44, Scale = 1 / 255f };

    private static readonly NetworkSettings Small = new() { HiddenUnits = 24, PictureUnits = 40 };

    private static readonly NetworkSettings Normed = Small with { LayerNorm = false, BatchNorm = true, StreamUnits = 16 };

    private readonly WorkerPool _pool = new(1);

    [OneTimeTearDown]
    public void Close() => _pool.Dispose();

    private static IEnumerable<TestCaseData> Networks() =>
    [
        new TestCaseData(Flat, Small, false).SetArgDisplayNames("flat, LayerNorm, dueling"),
        new TestCaseData(Flat, Small with { LayerNorm = false, Dueling = false }, false).SetArgDisplayNames("flat, ReLU in the first layer, plain"),
        new TestCaseData(Picture, Small, false).SetArgDisplayNames("picture, LayerNorm, dueling"),
        new TestCaseData(Picture, Normed, false).SetArgDisplayNames("picture, BatchNorm by the sample"),
        new TestCaseData(Picture, Normed, true).SetArgDisplayNames("picture, BatchNorm by the running statistics"),
    ];

    [TestCaseSource(nameof(Networks))]
    public void A_byte_moves_the_value_as_the_gradient_says(InputSpec input, NetworkSettings settings, bool running)
    {
        NormalBy by = running ? NormalBy.Running : NormalBy.Sample;
        QNetwork network = Network(input, settings);
        var random = new RandomStream(3);
        byte[] observation = Bytes(input, random);
        float[] w = GradientCheck.Floats(Actions, random), gradient = new float[input.Length];
        network.Forward(observation, 1, by);
        network.InputGradient(w, gradient);

        // A byte is the smallest step there is; a derivative lies between the differences upwards and downwards, kinks of ReLU aside.
        int agreed = 0, places = 0;
        double middle = Weighed(), largest = gradient.Max(Math.Abs);
        for (int i = 0; i < input.Length; i += Math.Max(1, input.Length / 150) | 1, places++)
        {
            double up = Nudged(i, +1), down = Nudged(i, -1), tolerance = 0.02 * largest;
            agreed += gradient[i] >= Math.Min(up, down) - tolerance && gradient[i] <= Math.Max(up, down) + tolerance ? 1 : 0;
        }

        Assert.That(agreed, Is.GreaterThanOrEqualTo(places * 97 / 100));
        Assert.That(largest, Is.GreaterThan(0.001), "below, differences of floats are noise");

        double Weighed() => network.Forward(observation, 1, by).ToArray().Zip(w, (q, weight) => (double)q * weight).Sum();

        double Nudged(int i, int step)
        {
            byte old = observation[i];
            observation[i] = (byte)(old + step);
            double difference = (Weighed() - middle) / (step * input.Scale);
            observation[i] = old;
            return difference;
        }
    }

    [Test]
    public void Shares_of_a_network_without_biases_add_up_to_the_value_and_to_the_advantage()
    {
        var settings = new NetworkSettings { HiddenUnits = 24, LayerNorm = false };
        QNetwork network = Network(Flat, settings);
        foreach (NamedTensor bias in network.Tensors.Where(t => t.Name.EndsWith("bias", StringComparison.Ordinal)))
        {
            bias.Values.Span.Clear();
        }

        byte[] observation = Bytes(Flat, new RandomStream(4));
        float[] shares = new float[Flat.Length], values = network.Forward(observation, 1).ToArray();
        using InputGradients gradients = new(Flat, Actions, settings);
        Assert.That(gradients.TryTake(network.Tensors));
        for (int action = 0; action < Actions; action++)
        {
            gradients.Explain(observation, action, SaliencyOf.Value, shares);
            Assert.That(shares.Sum(), Is.EqualTo(values[action]).Within(1e-4));
            gradients.Explain(observation, action, SaliencyOf.Advantage, shares);
            Assert.That(shares.Sum(), Is.EqualTo(values[action] - values.Average()).Within(1e-4));
        }
    }

    [Test]
    public void Another_networks_weights_are_not_taken()
    {
        using InputGradients gradients = new(Flat, Actions, Small);
        byte[] observation = Bytes(Flat, new RandomStream(5));
        float[] before = new float[Flat.Length], after = new float[Flat.Length];
        gradients.Explain(observation, 1, SaliencyOf.Value, before);
        Assert.That(gradients.TryTake(Network(Flat, Small with { HiddenUnits = 25 }).Tensors), Is.False);
        Assert.That(gradients.TryTake(Network(Flat, Small with { Dueling = false }).Tensors), Is.False);
        gradients.Explain(observation, 1, SaliencyOf.Value, after);
        Assert.That(after, Is.EqualTo(before));
    }

    [Test]
    public void Every_learner_has_a_network_that_can_be_copied_and_looking_changes_no_bit_of_it([Values] LearnerKind kind)
    {
        RunSettings settings = new() { Learner = kind, Threads = 1, Environment = new EnvironmentSettings() };
        ObservationSpec seen = new TileObserver(settings.Environment.Tiles).Spec;
        using ILearner learner = Learners.CreateToPlay(settings, seen, Actions);
        using InputGradients gradients = Learners.CreateGradients(settings, seen, Actions);
        Assert.That(gradients.TryTake(learner.Weights));
        float[][] before = [.. learner.Weights.Select(w => w.Values.ToArray())];
        byte[] observation = new byte[seen.Length];
        observation.AsSpan().Fill(64);
        gradients.Explain(observation, 0, SaliencyOf.Advantage, new float[seen.Length]);
        Assert.That(learner.Weights.Select(w => w.Values.ToArray()), Is.EqualTo(before));
    }

    private QNetwork Network(InputSpec input, NetworkSettings settings) => new(input, Actions, settings, new RandomStream(2), _pool);

    private static byte[] Bytes(InputSpec input, RandomStream random) =>
        [.. Enumerable.Range(0, input.Length).Select(_ => input.Signed ? (byte)(random.NextInt(120) - 60) : (byte)(1 + random.NextInt(250)))];
}
