using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Networks;

/// <summary>What distributions, noise and IMPALA's body add to a network.</summary>
public class HeadTests
{
    private static readonly InputSpec Flat = new() { FrameBytes = 30, Signed = true, Scale = 1 / 64f };

    private static readonly InputSpec Picture = new() { FrameBytes = 20 * 18, Stack = 2, Height = 20, Width = 18, Scale = 1 / 255f };

    private static readonly NetworkSettings Streams = new() { HiddenUnits = 16, StreamUnits = 12, Noisy = true };

    private static readonly NetworkSettings Impala = new() { Body = PictureBody.Impala, LayerNorm = false, PictureUnits = 16 };

    private readonly WorkerPool _pool = new(2);

    [OneTimeTearDown]
    public void Close() => _pool.Dispose();

    [Test]
    public void A_noisy_layer_has_the_gradient_of_its_output([Values] bool relu)
    {
        var parameters = new ParameterSet();
        var layer = new NoisyLinear(parameters, "layer", 13, 7, 0.5f, relu, _pool);
        parameters.Initialise(new RandomStream(1));
        layer.Draw(new RandomStream(2));
        GradientCheck.Layer(layer, parameters, 5);
    }

    [Test]
    public void Noise_is_factorised_and_begins_at_the_papers_strength()
    {
        const int Inputs = 400, Outputs = 300;
        var parameters = new ParameterSet();
        var layer = new NoisyLinear(parameters, "layer", Inputs, Outputs, 0.5f, relu: false, _pool);
        parameters.Initialise(new RandomStream(1));
        float[] x = new float[Inputs], quiet = new float[Outputs], noisy = new float[Outputs], bias = new float[Outputs];
        x[0] = 1;
        layer.Forward(1, x, quiet);
        layer.Draw(new RandomStream(2));
        layer.Forward(1, x, noisy);
        layer.Forward(1, new float[Inputs], bias);

        // y_j − quiet y_j = σ f(ε_j) (f(ε_0) + 1): rank one, so all outputs share the factor beside the bias's.
        float[] weights = [.. noisy.Zip(bias, (n, b) => n - b).Zip(parameters.Values.Where((_, i) => i % Inputs == 0), (n, mu) => n - mu)];
        float[] biases = [.. bias.Zip(parameters.Parameters.Single(p => p.Name == "layer.bias_mu").Values.ToArray(), (b, mu) => b - mu)];
        float factor = weights[0] / biases[0];
        double sigma = 0.5 / Math.Sqrt(Inputs);
        Assert.Multiple(() =>
        {
            for (int j = 0; j < Outputs; j++)
            {
                Assert.That(weights[j], Is.EqualTo(factor * biases[j]).Within(1e-5), $"output {j}");
            }

            // E f(ε)² = E |ε| = √(2/π)
            Assert.That(biases.Average(b => b * b / sigma / sigma), Is.EqualTo(Math.Sqrt(2 / Math.PI)).Within(0.15));
        });

        layer.Silence();
        layer.Forward(1, x, noisy);
        Assert.That(noisy, Is.EqualTo(quiet));
    }

    [Test]
    public void Implicit_quantiles_have_the_gradient_of_their_outputs([Values] bool drawn)
    {
        var network = new QNetwork(Flat, 3, Streams with { Cosines = 8 }, new RandomStream(1), _pool, 4);
        network.Noise(drawn ? new RandomStream(2) : null);
        byte[] observations = new byte[4 * Flat.Length];
        new Random(1).NextBytes(observations);
        GradientCheck.Network(network, observations, 4);
    }

    [Test]
    public void Chances_are_the_middles_of_equal_parts_unless_drawn_and_then_each_rows_own()
    {
        var network = new QNetwork(Flat, 3, Streams with { Cosines = 8 }, new RandomStream(1), _pool, 4);
        byte[] observations = new byte[2 * Flat.Length];
        network.Forward(observations, 2);
        Assert.That(network.Taus.ToArray(), Is.EqualTo(new[] { 0.125f, 0.375f, 0.625f, 0.875f, 0.125f, 0.375f, 0.625f, 0.875f }));

        network.Noise(new RandomStream(2));
        float[] values = network.Forward(observations, 2).ToArray(), taus = network.Taus.ToArray();
        Assert.That(taus, Is.Unique.And.All.InRange(0, 1));
        Assert.That(network.Forward(observations, 2).ToArray(), Is.EqualTo(values), "until the next draw");
    }

    [Test]
    public void A_spectrally_normal_convolution_has_the_gradient_of_its_output_and_a_weight_of_norm_1()
    {
        ConvolutionShape shape = new(3, 7, 6, kernel: 3, stride: 1, channels: 4);
        var parameters = new ParameterSet();
        var norm = new SpectralNorm(parameters, "layer", shape.PatchLength, 4, 3, 3, 3);
        var layer = new PaddedConvolution(new Convolution(norm, parameters.Uniform("b", shape.PatchLength, 4), shape, relu: false, _pool));
        parameters.Initialise(new RandomStream(1));
        norm.Begin();
        GradientCheck.Layer(layer, parameters, 3);

        // The longest that Ŵ makes a vector of length 1: by many steps of the power iteration on Ŵᵀ Ŵ.
        for (int i = 0; i < 200; i++)
        {
            norm.Iterate();
        }

        norm.Apply();
        float[] weight = norm.Weight.Values.ToArray(), v = norm.V;
        double[] image = [.. Enumerable.Range(0, 4).Select(row => v.Select((x, i) => (double)x * weight[row * v.Length + i]).Sum())];
        Assert.That(Math.Sqrt(image.Sum(x => x * x)), Is.EqualTo(1).Within(1e-4));
    }

    [Test]
    public void The_power_iteration_goes_on_with_the_optimiser_and_only_with_it()
    {
        using var backend = new MarioAgentTool.Learning.Backends.ManagedBackend(1);
        using var network = (QNetwork)backend.Network(Picture, 3, Impala with { SpectralNorm = true }, new RandomStream(1));
        byte[] observations = new byte[Picture.Length];
        new Random(1).NextBytes(observations);
        float[] values = network.Forward(observations, 1).ToArray();
        float[] u = [.. network.Tensors.First(t => t.Name.EndsWith("._u", StringComparison.Ordinal)).Values.Span];
        Assert.That(network.Forward(observations, 1).ToArray(), Is.EqualTo(values), "asking for tensors, as a checkpoint does, changes nothing");

        network.Backward([1, 1, 1]);
        backend.Adam(network, 1e-8f).Step(0.01f, 0);
        Assert.That(network.Tensors.First(t => t.Name.EndsWith("._u", StringComparison.Ordinal)).Values.ToArray(), Is.Not.EqualTo(u));
    }

    [Test]
    public void The_distributional_dueling_head_has_the_gradient_of_its_output()
    {
        var parameters = new ParameterSet();
        parameters.Initialise(new RandomStream(1));
        GradientCheck.Layer(new DistributionalDueling(3, 4), parameters, 5);
    }

    [TestCase(5)]
    [TestCase(200)]
    public void Folded_into_one_matrix_an_action_it_has_the_gradient_of_its_output(int batch)
    {
        (DuelingHead head, ParameterSet parameters) = Folded();
        GradientCheck.Layer(head, parameters, batch);
    }

    [Test]
    public void Folded_it_says_what_its_two_streams_say()
    {
        const int Batch = 200;
        (DuelingHead head, ParameterSet parameters) = Folded();
        (Parameter weight, Parameter bias) = head.Value;
        var streams = new Fork(
            [new Linear(weight, bias, head.Inputs, relu: false, _pool)],
            [new Linear(head.Advantage.Weight, head.Advantage.Bias, head.Inputs, relu: false, _pool)]);
        var dueling = new DistributionalDueling(head.Actions, head.Atoms);
        var random = new RandomStream(3);
        float[] x = GradientCheck.Floats(Batch * head.Inputs, random), side = new float[Batch * streams.Outputs], expected = new float[Batch * head.Outputs], got = new float[expected.Length];
        streams.Forward(Batch, x, side);
        dueling.Forward(Batch, side, expected);
        head.Forward(Batch, x, got);
        Assert.That(got, Is.EqualTo(expected).Within(1e-5));
        Assert.That(parameters.Parameters.Select(p => p.Name), Is.EqualTo(new[] { "value.weight", "value.bias", "advantage.weight", "advantage.bias" }));
    }

    // An action that nobody takes, one that nearly all take, and batches that are cut between two workers.
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(200)]
    public void For_one_action_a_row_the_values_and_gradients_are_those_of_all_actions_with_nothing_asked_of_the_others(int batch)
    {
        (DuelingHead head, ParameterSet parameters) = Folded();
        var random = new RandomStream(4);
        int[] actions = [.. Enumerable.Range(0, batch).Select(i => i % 9 == 3 ? 2 : i % 7 == 5 ? 0 : 3)];
        float[] x = GradientCheck.Floats(batch * head.Inputs, random), dy = GradientCheck.Floats(batch * head.Atoms, random);
        float[] all = new float[batch * head.Outputs], dAll = new float[all.Length], expectedDx = new float[x.Length];
        head.Forward(batch, x, all);
        float[] expected = new float[batch * head.Atoms];
        for (int i = 0; i < batch; i++)
        {
            all.AsSpan((i * head.Actions + actions[i]) * head.Atoms, head.Atoms).CopyTo(expected.AsSpan(i * head.Atoms));
            dy.AsSpan(i * head.Atoms, head.Atoms).CopyTo(dAll.AsSpan((i * head.Actions + actions[i]) * head.Atoms));
        }

        head.Backward(batch, x, all, dAll, expectedDx);
        float[] expectedGradients = [.. parameters.Gradients];

        float[] taken = new float[expected.Length], dx = new float[x.Length];
        parameters.Gradients.AsSpan().Fill(float.NaN);
        head.Forward(batch, x, actions, taken);
        head.Backward(batch, x, taken, [.. dy], dx);
        Assert.That(taken, Is.EqualTo(expected));
        Assert.That(dx, Is.EqualTo(expectedDx).Within(1e-5));
        Assert.That(parameters.Gradients, Is.EqualTo(expectedGradients).Within(1e-4));
    }

    private (DuelingHead Head, ParameterSet Parameters) Folded()
    {
        var parameters = new ParameterSet();
        var head = new DuelingHead(parameters, features: 70, actions: 4, atoms: 48, _pool);
        parameters.Initialise(new RandomStream(1));
        return (head, parameters);
    }

    [Test]
    public void With_one_atom_it_is_the_dueling_head()
    {
        float[] x = GradientCheck.Floats(2 * 5, new RandomStream(1)), one = new float[8], other = new float[8];
        new Dueling(4).Forward(2, x, one);
        new DistributionalDueling(4, 1).Forward(2, x, other);
        Assert.That(other, Is.EqualTo(one));
    }

    [Test]
    public void Pooling_has_the_gradient_of_its_output([Values] bool adaptive)
    {
        MaxPool layer = adaptive ? MaxPool.Adaptive(3, 11, 7, 6) : MaxPool.Halving(3, 7, 6);
        var parameters = new ParameterSet();
        parameters.Initialise(new RandomStream(1));
        GradientCheck.Layer(layer, parameters, 3);
    }

    [Test]
    public void Halving_takes_the_highest_of_three_by_three_around_every_second_pixel()
    {
        //   1 2 3 4        6  8       PyTorch's MaxPool2d(3, 2, 1): from 1 2 / 5 6,  from 2 3 4 / 6 7 8,
        //   5 6 7 8   →    9  8       from 5 6 / 9 1,  from 6 7 8 / 1 1 1
        //   9 1 1 1
        float[] y = new float[4];
        MaxPool layer = MaxPool.Halving(1, 3, 4);
        Assert.That((layer.OutHeight, layer.OutWidth), Is.EqualTo((2, 2)));
        layer.Forward(1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 1], y);
        Assert.That(y, Is.EqualTo(new float[] { 6, 8, 9, 8 }));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void A_padded_convolution_keeps_the_size_and_has_the_gradient_of_its_output(int depth)
    {
        ConvolutionShape shape = new(depth, 7, 6, kernel: 3, stride: 1, channels: 4);
        var parameters = new ParameterSet();
        Parameter weight = parameters.Uniform("w", shape.PatchLength, 4, depth, 3, 3);
        var layer = new PaddedConvolution(new Convolution(weight, parameters.Uniform("b", shape.PatchLength, 4), shape, relu: false, _pool));
        parameters.Initialise(new RandomStream(1));
        Assert.That((layer.Inputs, layer.Outputs), Is.EqualTo((depth * 5 * 4, 5 * 4 * 4)));
        GradientCheck.Layer(layer, parameters, 3);
    }

    [TestCase(1, false, 0)]
    [TestCase(5, true, 0)]
    [TestCase(5, true, 12)]
    [TestCase(5, false, 12)]
    public void A_whole_network_has_the_gradient_of_its_outputs(int atoms, bool dueling, int streams)
    {
        var network = new QNetwork(Flat, 3, Streams with { Dueling = dueling || streams > 0, StreamUnits = streams, Noisy = streams == 0 || dueling }, new RandomStream(1), _pool, atoms);
        network.Noise(new RandomStream(2));
        byte[] observations = new byte[4 * Flat.Length];
        new Random(1).NextBytes(observations);
        GradientCheck.Network(network, observations, 4);
    }

    [Test]
    public void So_has_IMPALAs()
    {
        var network = new QNetwork(Picture, 3, Impala, new RandomStream(1), _pool);
        byte[] observations = new byte[2 * Picture.Length];
        new Random(1).NextBytes(observations);
        GradientCheck.Network(network, observations, 2);
    }

    [Test]
    public void Names_and_shapes_are_PyTorchs()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Describe(Flat, Streams, 51), Is.EqualTo(
                "features.0.weight 16x30, features.0.bias 16, features.1.weight 16, features.1.bias 16, "
                + "features.3.weight 16x16, features.3.bias 16, features.4.weight 16, features.4.bias 16, "
                + "val_fc1.weight_mu 12x16, val_fc1.weight_sigma 12x16, val_fc1.bias_mu 12, val_fc1.bias_sigma 12, "
                + "val_fc2.weight_mu 51x12, val_fc2.weight_sigma 51x12, val_fc2.bias_mu 51, val_fc2.bias_sigma 51, "
                + "adv_fc1.weight_mu 12x16, adv_fc1.weight_sigma 12x16, adv_fc1.bias_mu 12, adv_fc1.bias_sigma 12, "
                + "adv_fc2.weight_mu 357x12, adv_fc2.weight_sigma 357x12, adv_fc2.bias_mu 357, adv_fc2.bias_sigma 357"));
            Assert.That(Describe(Flat, new() { HiddenLayers = 1, HiddenUnits = 16, LayerNorm = false }, 5), Is.EqualTo(
                "features.0.weight 16x30, features.0.bias 16, value.weight 5x16, value.bias 5, advantage.weight 35x16, advantage.bias 35"));
            Assert.That(Describe(Flat, new() { HiddenLayers = 1, HiddenUnits = 16, LayerNorm = false, Dueling = false }, 5), Is.EqualTo(
                "features.0.weight 16x30, features.0.bias 16, head.weight 35x16, head.bias 35"));
            Assert.That(Describe(Picture, Impala with { BodyWidth = 2 }, 1), Does.StartWith(
                "blocks.0.conv.weight 32x2x3x3, blocks.0.conv.bias 32, blocks.0.res0.conv0.weight 32x32x3x3, blocks.0.res0.conv0.bias 32, ").And.EndWith(
                "blocks.2.res1.conv1.weight 64x64x3x3, blocks.2.res1.conv1.bias 64, "
                + "features.0.weight 16x2304, features.0.bias 16, value.weight 1x16, advantage.weight 7x16, value.bias 1, advantage.bias 7"));
        });

        string Describe(InputSpec input, NetworkSettings settings, int atoms) =>
            string.Join(", ", new QNetwork(input, 7, settings, new RandomStream(1), _pool, atoms).Tensors.Select(t => $"{t.Name} {string.Join('x', t.Shape)}"));
    }
}
