using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Networks;

public class QNetworkTests
{
    private static readonly InputSpec Flat = new() { FrameBytes = 1016, Signed = true, Scale = 1 / 64f };

    private static readonly InputSpec Picture = new() { FrameBytes = 84 * 84, Stack = 4, Height = 84, Width = 84, Scale = 1 / 255f };

    private readonly WorkerPool _pool = new(1);

    [OneTimeTearDown]
    public void Close() => _pool.Dispose();

    [Test]
    public void Names_and_shapes_are_those_of_the_PyTorch_Sequential()
    {
        var plain = new NetworkSettings { LayerNorm = false, Dueling = false };
        Assert.Multiple(() =>
        {
            Assert.That(Describe(Flat, new()), Is.EqualTo(
                "features.0.weight 256x1016, features.0.bias 256, features.1.weight 256, features.1.bias 256, "
                + "features.3.weight 256x256, features.3.bias 256, features.4.weight 256, features.4.bias 256, "
                + "value.weight 1x256, advantage.weight 7x256, value.bias 1, advantage.bias 7"));
            Assert.That(Describe(Picture, plain), Is.EqualTo(
                "features.0.weight 32x4x8x8, features.0.bias 32, features.2.weight 64x32x4x4, features.2.bias 64, "
                + "features.4.weight 64x64x3x3, features.4.bias 64, features.7.weight 512x3136, features.7.bias 512, "
                + "head.weight 7x512, head.bias 7"));
            Assert.That(Describe(Picture with { FrameBytes = 96 * 96, Height = 96, Width = 96 }, plain with { BatchNorm = true, Dueling = true, StreamUnits = 256 }), Is.EqualTo(
                "conv1.weight 32x4x8x8, conv1.bias 32, bn1.weight 32, bn1.bias 32, bn1.running_mean 32, bn1.running_var 32, bn1.num_batches_tracked , "
                + "conv2.weight 64x32x4x4, conv2.bias 64, bn2.weight 64, bn2.bias 64, bn2.running_mean 64, bn2.running_var 64, bn2.num_batches_tracked , "
                + "conv3.weight 64x64x3x3, conv3.bias 64, bn3.weight 64, bn3.bias 64, bn3.running_mean 64, bn3.running_var 64, bn3.num_batches_tracked , "
                + "val_fc1.weight 256x4096, adv_fc1.weight 256x4096, val_fc1.bias 256, adv_fc1.bias 256, "
                + "val_fc2.weight 1x256, val_fc2.bias 1, adv_fc2.weight 7x256, adv_fc2.bias 7"));
        });
    }

    [Test]
    public void Shapes_nobody_could_build_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => Describe(Picture, new() { BatchNorm = true }), Throws.ArgumentException.With.Message.Contains("LayerNorm are both true"));
        Assert.That(() => Describe(Picture, new() { Dueling = false, StreamUnits = 8 }), Throws.ArgumentException.With.Message.Contains("StreamUnits is 8"));
        Assert.That(() => Describe(Flat, new() { LayerNorm = false, BatchNorm = true }), Throws.ArgumentException.With.Message.Contains("a picture's channels"));
    });

    [Test]
    public void Weights_begin_within_one_over_the_root_of_the_fan_in_as_PyTorch_has_it()
    {
        var network = new QNetwork(Flat, 7, new NetworkSettings(), new RandomStream(1), _pool);
        float[] first = network.Tensors[0].Values.ToArray();
        double bound = 1 / Math.Sqrt(1016);
        Assert.Multiple(() =>
        {
            Assert.That(first.Max(), Is.LessThanOrEqualTo(bound).And.GreaterThan(0.99 * bound));
            Assert.That(first.Min(), Is.GreaterThanOrEqualTo(-bound).And.LessThan(-0.99 * bound));
            Assert.That(first.Average(), Is.Zero.Within(bound / 100));
            Assert.That(network.Tensors[2].Values.ToArray(), Is.All.EqualTo(1), "LayerNorm's scale");
            Assert.That(network.Tensors[3].Values.ToArray(), Is.All.EqualTo(0), "LayerNorm's shift");
        });
    }

    [Test]
    public void An_observations_values_do_not_depend_on_its_batch()
    {
        foreach (InputSpec input in new[] { Flat, Picture })
        {
            var network = new QNetwork(input, 7, new NetworkSettings(), new RandomStream(1), _pool);
            var random = new RandomStream(2);
            byte[] observations = [.. Enumerable.Range(0, 9 * input.Length).Select(_ => (byte)random.NextInt(256))];
            float[] together = network.Forward(observations, 9).ToArray();
            for (int i = 0; i < 9; i++)
            {
                float[] alone = network.Forward(observations.AsSpan(i * input.Length, input.Length), 1).ToArray();
                Assert.That(alone, Is.EqualTo(together[(i * 7)..(i * 7 + 7)]), $"observation {i}");
            }
        }
    }

    [Test]
    public void One_pictures_values_have_the_same_bits_on_one_and_three_threads()
    {
        byte[] picture = [.. Enumerable.Range(0, Picture.Length).Select(i => (byte)(i * 31 % 251))];
        float[][] values =
        [
            .. new[] { 1, 3 }.Select(threads =>
            {
                using var pool = new WorkerPool(threads);
                return new QNetwork(Picture, 7, new NetworkSettings(), new RandomStream(1), pool).Forward(picture, 1).ToArray();
            }),
        ];
        Assert.That(values[1], Is.EqualTo(values[0]));
    }

    [Test]
    public void Gradients_have_the_same_bits_on_one_two_and_three_threads()
    {
        foreach (InputSpec input in new[] { Flat, Picture })
        {
            float[][] gradients = [.. new[] { 1, 2, 3 }.Select(threads => Gradients(input, threads))];
            Assert.Multiple(() =>
            {
                Assert.That(gradients[1], Is.EqualTo(gradients[0]), "two");
                Assert.That(gradients[2], Is.EqualTo(gradients[0]), "three");
            });
        }
    }

    private static float[] Gradients(InputSpec input, int threads)
    {
        using var pool = new WorkerPool(threads);
        var network = new QNetwork(input, 7, new NetworkSettings(), new RandomStream(1), pool);
        var random = new RandomStream(2);
        int batch = input.Height > 0 ? 11 : 300;
        byte[] observations = [.. Enumerable.Range(0, batch * input.Length).Select(_ => (byte)random.NextInt(256))];
        network.Forward(observations, batch);
        network.Backward(GradientCheck.Floats(batch * 7, random));
        return network.Parameters.Gradients;
    }

    private string Describe(InputSpec input, NetworkSettings settings)
        => string.Join(", ", new QNetwork(input, 7, settings, new RandomStream(1), _pool).Tensors.Select(t => $"{t.Name} {string.Join('x', t.Shape)}"));
}
