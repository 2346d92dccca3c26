using System.Diagnostics;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>One timed piece of work.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Milliseconds">Median wall-clock time of one repetition.</param>
/// <param name="Gigaflops">Floating-point operations a second, in thousands of millions, counted as if no input were zero.</param>
public sealed record LearnBenchmarkResult(string Name, double Milliseconds, double Gigaflops)
{
    /// <summary>The shortest repetition: what the median would be on a machine with nothing else to do.</summary>
    public double BestMilliseconds { get; init; }
}

/// <summary>How fast this machine learns: the figures behind <c>bench learn</c>.</summary>
public static class LearnBenchmark
{
    // Tiles: 1,016 bytes of which one in eight is not zero, as on 1-1's first screen.
    private static readonly InputSpec Tiles = new() { FrameBytes = 1016, Signed = true, Scale = 1f / 64 };

    private static readonly InputSpec Pixels = new() { FrameBytes = 84 * 84, Stack = 4, Height = 84, Width = 84, Scale = 1f / 255 };

    private static readonly NetworkSettings Nature = new() { LayerNorm = false, Dueling = false };

    private const int Actions = 7;

    /// <summary>Times everything once and returns the medians.</summary>
    /// <param name="threads">Threads a learner may use.</param>
    /// <param name="repetitions">Timed repetitions of each.</param>
    /// <param name="warmUpMilliseconds">How long each runs untimed first, until the runtime has compiled the hot methods for good.</param>
    public static IReadOnlyList<LearnBenchmarkResult> Run(int threads, int repetitions, int warmUpMilliseconds = 400)
    {
        LearnBenchmarkResult Time(string name, double operations, Action work) => LearnBenchmark.Time(name, repetitions, warmUpMilliseconds, operations, work);

        using var pool = new WorkerPool(threads);
        RandomStream random = new Seeds(1).Stream("bench");
        var tiles = new QNetwork(Tiles, Actions, new NetworkSettings(), random, pool);
        var nature = new QNetwork(Pixels, Actions, Nature, random, pool);
        var adam = new RAdam(tiles.Parameters.Values.Length, 1e-8f, pool);
        byte[] maps = Bytes(512 * Tiles.Length, 8, random);
        byte[] screens = Bytes(32 * Pixels.Length, 1, random);
        float[] gradient = new float[512 * Actions];
        gradient.AsSpan().Fill(1e-3f);

        double perMap = MultiplyAdds(tiles, Tiles);
        double perScreen = MultiplyAdds(nature, Pixels);
        double firstConvolution = 400 * 256 * 32;
        double firstLayer = 1016 * 256;
        return
        [
            Time("GEMM 512 x 256 x 256", 2.0 * 512 * 256 * 256, Multiplication(512, 256, 256, random)),
            Time("GEMM 400 x 32 x 256", 2.0 * 400 * 32 * 256, Multiplication(400, 32, 256, random)),
            Time("tile MLP forward, batch 1", 2 * perMap, () => tiles.Forward(maps, 1)),
            Time("tile MLP forward, batch 64", 64 * 2 * perMap, () => tiles.Forward(maps, 64)),
            Time("tile MLP training step, batch 512, RAdam", 512 * 2 * (3 * perMap - firstLayer), () =>
            {
                tiles.Forward(maps, 512);
                tiles.Backward(gradient);
                float scale = GradientNorm.Factor(GradientNorm.Of(tiles.Parameters.Gradients), 10);
                adam.Step(tiles.Parameters.Values, tiles.Parameters.Gradients, scale, 1e-5f);
                tiles.WeightsChanged();
            }),
            Time("nature CNN forward, batch 1", 2 * perScreen, () => nature.Forward(screens, 1)),
            Time("nature CNN forward, batch 32", 32 * 2 * perScreen, () => nature.Forward(screens, 32)),
            PixelStep(threads, Time, 32 * 2 * (5 * perScreen - firstConvolution), screens),
        ];
    }

    /// <summary>One whole Double DQN update of 32 pictures: draw, three forward passes, one backward, Adam, and the step of one environment that pays for it.</summary>
    private static LearnBenchmarkResult PixelStep(
        int threads, Func<string, double, Action, LearnBenchmarkResult> time, double operations, byte[] screens)
    {
        var settings = new DqnSettings
        {
            Network = Nature, BatchSize = 32, LearnEvery = 1, BurnIn = 64, ReplayCapacity = 1_000, EpsilonStart = 1, EpsilonFinal = 1, TargetUpdatePeriod = 1_000_000,
        };
        using var learner = new Dqn(Pixels, Actions, 1, settings, new Seeds(1), threads);
        int[] action = new int[1];
        float[] reward = [1];
        var end = new StepEnd[1];
        int at = 0;
        void Step()
        {
            // Acting waits for its turn: what is timed is the update.
            byte[] next = screens;
            int offset = at++ % 32 * Pixels.Length;
            ReadOnlySpan<byte> observation = next.AsSpan(offset, Pixels.Length);
            learner.Observe(new StepBatch { Actions = action, Rewards = reward, Ends = end, NextObservations = observation, Observations = observation });
        }

        learner.Act(screens.AsSpan(0, Pixels.Length), action);
        for (int i = 0; i < settings.BurnIn; i++)
        {
            Step();
        }

        return time("Double DQN step, nature CNN, batch 32, Adam", operations, Step);
    }

    private static Action Multiplication(int m, int n, int k, RandomStream random)
    {
        float[] a = Floats(m * k, random), b = Floats(k * n, random), c = new float[m * n];
        float[] panels = new float[Gemm.PackedLength(k, n)];
        Gemm.Pack(b, n, 1, k, n, panels);
        return () => Gemm.Multiply(m, n, k, a, k, 1, panels, c, n);
    }

    // Weights count once for every place they are used at.
    private static double MultiplyAdds(QNetwork network, InputSpec input)
    {
        double sum = 0;
        int height = input.Height, width = input.Width;
        foreach (NamedTensor tensor in network.Tensors)
        {
            if (tensor.Shape.Length == 4)
            {
                int kernel = tensor.Shape[2], stride = kernel / 2 == 1 ? 1 : kernel / 2;
                (height, width) = ((height - kernel) / stride + 1, (width - kernel) / stride + 1);
                sum += (double)tensor.Values.Length * height * width;
            }
            else if (tensor.Shape.Length == 2)
            {
                sum += tensor.Values.Length;
            }
        }

        return sum;
    }

    private static LearnBenchmarkResult Time(string name, int repetitions, int warmUpMilliseconds, double operations, Action work)
    {
        var warmUp = Stopwatch.StartNew();
        while (warmUp.ElapsedMilliseconds < warmUpMilliseconds)
        {
            work();
        }

        double[] times = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times[i] = (Stopwatch.GetTimestamp() - start) * 1000.0 / Stopwatch.Frequency;
        }

        Array.Sort(times);
        double median = times[repetitions / 2];
        return new LearnBenchmarkResult(name, median, operations / median / 1e6) { BestMilliseconds = times[0] };
    }

    private static byte[] Bytes(int count, int oneIn, RandomStream random)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)(random.NextInt(oneIn) == 0 ? random.NextInt(256) : 0);
        }

        return bytes;
    }

    private static float[] Floats(int count, RandomStream random)
    {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++)
        {
            floats[i] = 2 * random.NextSingle() - 1;
        }

        return floats;
    }
}
