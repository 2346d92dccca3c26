using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning.Kernels;

namespace MarioAgentTool.Tests.Agent.Learning.Networks;

/// <summary>Every layer's derivative, and what each computes, on sizes that leave tails everywhere.</summary>
public class LayerTests
{
    private readonly WorkerPool _pool = new(2);

    [OneTimeTearDown]
    public void Close() => _pool.Dispose();

    [Test]
    public void Linear_has_the_gradient_of_its_output([Values] bool relu)
    {
        var parameters = new ParameterSet();
        var layer = new Linear(parameters.Uniform("w", 37, 19, 37), parameters.Uniform("b", 37, 19), 37, relu, _pool);
        parameters.Initialise(new RandomStream(1));
        GradientCheck.Layer(layer, parameters, 5);
    }

    [TestCase(21, 1)]
    [TestCase(9, 4)]
    public void LayerNorm_then_ReLU_has_the_gradient_of_its_output(int width, int rowsPerSample)
    {
        ParameterSet parameters = Perturbed(set => (set.Constant("γ", 1, width), set.Constant("β", 0, width)), out var p);
        GradientCheck.Layer(new LayerNormRelu(p.Item1, p.Item2, rowsPerSample, _pool), parameters, 6);
    }

    [Test]
    public void LayerNorm_centres_and_scales_each_row()
    {
        ParameterSet parameters = new();
        var layer = new LayerNormRelu(parameters.Constant("γ", 2, 4), parameters.Constant("β", 10, 4), 1, _pool);
        parameters.Initialise(new RandomStream(1));
        float[] y = new float[4];

        // Mean 3, variance 5: ±1/√5 and ±3/√5, doubled, plus ten.
        layer.Forward(1, [0, 2, 4, 6], y);
        double unit = 1 / Math.Sqrt(5);
        Assert.That(y, Is.EqualTo(new[] { 10 - 6 * unit, 10 - 2 * unit, 10 + 2 * unit, 10 + 6 * unit }).Within(1e-4));
    }

    [Test]
    public void A_convolution_has_the_gradient_of_its_output(
        [Values(1, 3, 10)] int depth, [Values] bool relu, [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path)
    {
        KernelPaths.Require(path);
        var shape = new ConvolutionShape(depth, 7, 6, 3, 2, 5);
        var parameters = new ParameterSet();
        Parameter weight = parameters.Uniform("w", shape.PatchLength, 5, depth, 3, 3);
        var layer = new Convolution(weight, parameters.Uniform("b", shape.PatchLength, 5), shape, relu, _pool, path);
        parameters.Initialise(new RandomStream(1));
        GradientCheck.Layer(layer, parameters, 5);
    }

    [Test]
    public void Flattening_puts_channel_after_channel_and_has_the_gradient_of_its_output()
    {
        var layer = new Flatten(pixels: 2, channels: 3);
        float[] y = new float[6];
        layer.Forward(1, [11, 21, 31, 12, 22, 32], y);
        Assert.That(y, Is.EqualTo(new float[] { 11, 12, 21, 22, 31, 32 }));
        GradientCheck.Layer(layer, new ParameterSet(), 3);
    }

    [Test]
    public void The_dueling_head_takes_the_mean_advantage_away_and_has_the_gradient_of_its_output()
    {
        var head = new Dueling(3);
        GradientCheck.Layer(head, new ParameterSet(), 4);

        // V = 5, A = 1, 2, 6 with mean 3.
        float[] q = new float[3];
        head.Forward(1, [5, 1, 2, 6], q);
        Assert.That(q, Is.EqualTo(new float[] { 3, 4, 8 }));
    }

    [Test]
    public void Streams_side_by_side_have_the_gradient_of_their_output()
    {
        ParameterSet parameters = Perturbed(
            set => new SideBySide(
                new Linear(set.Uniform("v", 5, 1, 5), set.Uniform("vb", 5, 1), 5, relu: false, _pool),
                new Linear(set.Uniform("a", 4, 3, 4), set.Uniform("ab", 4, 3), 4, relu: false, _pool)),
            out SideBySide layer);
        GradientCheck.Layer(layer, parameters, 6);
    }

    [TestCase(5, 7)]
    [TestCase(32, 40)]
    public void BatchNorm_has_the_gradient_of_its_output(int channels, int rowsPerSample)
    {
        ParameterSet parameters = Perturbed(
            set => new BatchNormRelu(set.Constant("g", 1, channels), set.Constant("b", 0, channels), Running(channels), rowsPerSample, _pool), out BatchNormRelu layer);
        GradientCheck.Layer(layer, parameters, 3);
    }

    [Test]
    public void BatchNorm_by_the_batch_by_the_sample_and_by_running_statistics()
    {
        var parameters = new ParameterSet();
        Statistics running = Running(1);
        var layer = new BatchNormRelu(parameters.Constant("g", 1, 1), parameters.Constant("b", 0, 1), running, 2, _pool);
        parameters.Initialise(new RandomStream(1));
        float[] x = [1, 3, 11, 13], y = new float[4];

        // Mean 7, variance 26; unbiased 34 2/3.
        layer.Forward(2, x, y);
        Assert.That(y, Is.EqualTo(new[] { 0, 0, 4 / Math.Sqrt(26), 6 / Math.Sqrt(26) }).Within(1e-5), "by the batch");
        Assert.That((running.Mean[0], running.Variance[0], running.Batches[0]), Is.EqualTo((0.7f, 0.9f + 3.4666667f, 1f)).Within(1e-5f), "running");

        layer.By = NormalBy.Sample;
        layer.Forward(2, x, y);
        Assert.That(y, Is.EqualTo(new[] { 0, 1, 0, 1 }).Within(1e-5), "by the sample: means 2 and 12, variance 1");

        layer.By = NormalBy.Running;
        layer.Forward(2, x, y);
        Assert.That(y[3], Is.EqualTo((13 - 0.7) / Math.Sqrt(4.3666667)).Within(1e-5), "by the running statistics");
        Assert.That(running.Batches[0], Is.EqualTo(1), "looking changes nothing");
    }

    private static Statistics Running(int channels) => new(new float[channels], [.. Enumerable.Repeat(1f, channels)], new float[1]);

    [TestCase(true, 1)]
    [TestCase(false, 3)]
    public void A_network_of_bytes_has_the_gradient_of_its_values(bool norm, int stack)
    {
        var input = new InputSpec { FrameBytes = 13, Stack = stack, Signed = true, Scale = 1 / 64f };
        var settings = new NetworkSettings { HiddenUnits = 40, LayerNorm = norm, Dueling = norm };
        var network = new QNetwork(input, 3, settings, new RandomStream(5), _pool);
        var random = new RandomStream(6);
        byte[] observations = [.. Enumerable.Range(0, 6 * input.Length).Select(_ => (byte)(random.NextInt(3) == 0 ? random.NextInt(256) : 0))];
        GradientCheck.Network(network, observations, 6);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_network_of_pictures_has_the_gradient_of_its_values(bool norm)
    {
        var input = new InputSpec { FrameBytes = 36 * 36, Stack = 2, Height = 36, Width = 36, Scale = 1 / 255f };
        var settings = new NetworkSettings { PictureUnits = 24, LayerNorm = norm, Dueling = norm };
        var network = new QNetwork(input, 3, settings, new RandomStream(5), _pool);
        var random = new RandomStream(6);
        byte[] observations = [.. Enumerable.Range(0, 2 * input.Length).Select(_ => (byte)random.NextInt(256))];
        GradientCheck.Network(network, observations, 2);
    }

    private static ParameterSet Perturbed<T>(Func<ParameterSet, T> declare, out T declared)
    {
        var parameters = new ParameterSet();
        declared = declare(parameters);
        parameters.Initialise(new RandomStream(1));
        var random = new RandomStream(2);
        foreach (ref float value in parameters.Values.AsSpan())
        {
            value += random.NextSingle() - 0.5f;
        }

        return parameters;
    }
}
