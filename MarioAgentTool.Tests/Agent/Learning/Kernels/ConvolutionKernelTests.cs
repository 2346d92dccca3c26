using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

/// <summary>The three products against plain loops in double precision, on every path.</summary>
public class ConvolutionKernelTests
{
    // Depth, height, width, kernel, stride, channels: the nature network's three on a small picture, tails everywhere, strides that do not fit.
    private static readonly int[][] Shapes =
    [
        [4, 24, 28, 8, 4, 32], [32, 9, 8, 4, 2, 64], [64, 5, 6, 3, 1, 64],
        [16, 12, 14, 3, 1, 48], [8, 13, 12, 4, 2, 16],
        [1, 7, 6, 3, 2, 5], [3, 8, 60, 3, 1, 20], [5, 9, 9, 4, 3, 40], [2, 6, 6, 2, 3, 16],
    ];

    private readonly RandomStream _random = new(3);

    [Test]
    public void Forward_is_every_patch_times_every_channels_weights(
        [ValueSource(nameof(Shapes))] int[] numbers, [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path, [Values] bool relu)
    {
        KernelPaths.Require(path);
        Case c = new(Shape(numbers), _random);
        double[] expected = new double[c.Shape.Outputs];
        c.Visit((w, x, y) => expected[y] += (double)c.Weight[w] * c.Image[x]);
        for (int y = 0; y < expected.Length; y++)
        {
            expected[y] += c.Bias[y % c.Shape.Channels];
            expected[y] = relu ? Math.Max(0, expected[y]) : expected[y];
        }

        Assert.That(Forward(c, path, relu), Is.EqualTo(expected).Within(2e-4));
    }

    [Test]
    public void The_weights_gradient_is_the_sum_over_patches_and_comes_in_PyTorchs_order(
        [ValueSource(nameof(Shapes))] int[] numbers, [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path)
    {
        KernelPaths.Require(path);
        Case c = new(Shape(numbers), _random);
        double[] expected = new double[c.Weight.Length];
        c.Visit((w, x, y) => expected[w] += 2.0 * c.Gradient[y] * c.Image[x]);
        Assert.That(WeightGradient(c, path), Is.EqualTo(expected).Within(2e-4), "two pictures alike");
    }

    [Test]
    public void The_pictures_gradient_comes_back_from_every_patch_that_saw_the_pixel(
        [ValueSource(nameof(Shapes))] int[] numbers, [ValueSource(typeof(KernelPaths), nameof(KernelPaths.All))] KernelPath path)
    {
        KernelPaths.Require(path);
        Case c = new(Shape(numbers), _random);
        double[] expected = new double[c.Shape.Inputs];
        c.Visit((w, x, y) => expected[x] += (double)c.Weight[w] * c.Gradient[y]);
        Assert.That(InputGradient(c, path), Is.EqualTo(expected).Within(2e-4));
    }

    [Test]
    public void Both_fused_paths_give_the_same_bits([ValueSource(nameof(Shapes))] int[] numbers)
    {
        Case c = new(Shape(numbers), _random);
        KernelPaths.AssertFusedAreOne(path => Forward(c, path, relu: true));
        KernelPaths.AssertFusedAreOne(path => WeightGradient(c, path));
        KernelPaths.AssertFusedAreOne(path => InputGradient(c, path));
    }

    [Test]
    public void A_picture_in_parts_is_the_picture_to_the_bit([ValueSource(nameof(Shapes))] int[] numbers, [Values(2, 3)] int parts)
    {
        Case c = new(Shape(numbers), _random);
        Assert.That(Forward(c, KernelPath.Fastest, relu: true, parts), Is.EqualTo(Forward(c, KernelPath.Fastest, relu: true)));
    }

    private static ConvolutionShape Shape(int[] n) => new(n[0], n[1], n[2], n[3], n[4], n[5]);

    private static unsafe float[] Forward(Case c, KernelPath path, bool relu, int parts = 1)
    {
        float[] y = new float[c.Shape.Outputs];
        fixed (float* image = c.Image, bias = c.Bias, to = y)
        {
            ConvolutionKernel kernel = Kernel(c, path);
            for (int part = 0; part < parts; part++)
            {
                kernel.Forward(image, bias, relu, to, part, parts, new float[kernel.ScratchLength]);
            }
        }

        return y;
    }

    private static unsafe float[] WeightGradient(Case c, KernelPath path)
    {
        ConvolutionKernel kernel = Kernel(c, path);
        float[] sum = new float[c.Weight.Length], padded = new float[c.Shape.Pixels * kernel.PaddedChannels], gradient = new float[c.Weight.Length];
        for (int i = 0; i < c.Gradient.Length; i++)
        {
            padded[i / c.Shape.Channels * kernel.PaddedChannels + i % c.Shape.Channels] = c.Gradient[i];
        }

        fixed (float* image = c.Image, dy = padded, to = sum)
        {
            kernel.AddWeightGradient(image, dy, to);
            kernel.AddWeightGradient(image, dy, to);
        }

        kernel.Unpack(sum, gradient);
        return gradient;
    }

    private static unsafe float[] InputGradient(Case c, KernelPath path)
    {
        float[] dx = [.. Enumerable.Repeat(7f, c.Shape.Inputs)];
        fixed (float* dy = c.Gradient, to = dx)
        {
            Kernel(c, path).InputGradient(dy, to);
        }

        return dx;
    }

    private static ConvolutionKernel Kernel(Case c, KernelPath path)
    {
        var kernel = new ConvolutionKernel(c.Shape, path);
        kernel.Pack(c.Weight);
        return kernel;
    }

    private sealed class Case(ConvolutionShape shape, RandomStream random)
    {
        public ConvolutionShape Shape { get; } = shape;

        public float[] Image { get; } = Floats(shape.Inputs, random);

        public float[] Weight { get; } = Floats(shape.Channels * shape.PatchLength, random);

        public float[] Bias { get; } = Floats(shape.Channels, random);

        public float[] Gradient { get; } = Floats(shape.Outputs, random);

        /// <summary>Every multiplication: places of the weight (channel × depth × row × column), the picture's number, the result.</summary>
        public void Visit(Action<int, int, int> each)
        {
            ConvolutionShape s = Shape;
            for (int o = 0; o < s.Channels; o++)
            {
                for (int d = 0; d < s.Depth; d++)
                {
                    for (int k = 0; k < s.Kernel * s.Kernel; k++)
                    {
                        for (int pixel = 0; pixel < s.Pixels; pixel++)
                        {
                            int row = pixel / s.OutWidth * s.Stride + k / s.Kernel, column = pixel % s.OutWidth * s.Stride + k % s.Kernel;
                            each((o * s.Depth + d) * s.Kernel * s.Kernel + k, (row * s.Width + column) * s.Depth + d, pixel * s.Channels + o);
                        }
                    }
                }
            }
        }

        private static float[] Floats(int count, RandomStream random) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
