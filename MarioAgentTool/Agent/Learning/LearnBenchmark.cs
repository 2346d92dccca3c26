using System.Diagnostics;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>A step that <c>bench learn</c> times, with all that another program needs to take the same one.</summary>
internal sealed class LearnStep
{
    /// <summary>What is timed.</summary>
    public required string Name { get; init; }

    /// <summary>Floating-point operations, counted as if no input were zero.</summary>
    public required double Operations { get; init; }

    /// <summary>Takes the step once, its batch as if just drawn, and answers with what it computed: a training step's loss, or the Q-values of a forward pass.</summary>
    public required Func<float[]> Take { get; init; }

    /// <summary>The network: "nature", "dueling" or "tiles".</summary>
    public required string Network { get; init; }

    /// <summary>"forward", "double" (Double DQN, smooth L1, Adam), "max" (DQN, squared error, Adam) or "returns" (PQN's regression, RAdam).</summary>
    public required string Kind { get; init; }

    /// <summary>What an observation looks like.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>Observations in a batch, their actions, rewards (or returns), and γ (1 − done).</summary>
    public required ReplayBatch Batch { get; init; }

    /// <summary>The weights that are trained.</summary>
    public required Func<IReadOnlyList<NamedTensor>> Weights { get; init; }

    /// <summary>The target network's, where the step has one.</summary>
    public Func<IReadOnlyList<NamedTensor>> TargetWeights { get; init; } = () => [];

    /// <summary>Step size of the optimiser.</summary>
    public float LearningRate { get; init; }

    /// <summary>γ in the target; <see cref="ReplayBatch.Discounts"/> multiply it.</summary>
    public float Discount { get; init; }

    /// <summary>Greatest norm of the gradients; 0 for any.</summary>
    public float GradientNorm { get; init; }
}

/// <summary>The steps behind <c>bench learn</c>, each ready to be taken.</summary>
internal sealed class LearnBenchmark : IDisposable
{
    // Tiles: 1,016 bytes of which one in eight is not zero, as on 1-1's first screen.
    private static readonly InputSpec Tiles = new() { FrameBytes = 1016, Signed = true, Scale = 1f / 64 };

    private static readonly InputSpec Pixels84 = Pixels(84), Pixels96 = Pixels(96);

    private static readonly NetworkSettings Nature = new() { LayerNorm = false, Dueling = false };

    private static readonly NetworkSettings DuelingNorm = new() { LayerNorm = false, BatchNorm = true, StreamUnits = 256 };

    /// <summary>Actions of every network here.</summary>
    internal const int Actions = 7;

    private readonly IBackend _backend;
    private readonly List<IDisposable> _parts = [];
    private readonly RandomStream _random = new Seeds(1).Stream("bench");
    private readonly Func<IBackend> _backends;

    /// <param name="backends">Makes what computes the networks.</param>
    public LearnBenchmark(Func<IBackend> backends)
    {
        _backends = backends;
        _backend = backends();
        Steps =
        [
            Forward("tiles", Tiles, new NetworkSettings(), 1),
            Forward("tiles", Tiles, new NetworkSettings(), 64),
            Returns(512),
            Forward("nature", Pixels84, Nature, 1),
            Forward("nature", Pixels84, Nature, 32),
            Classic("nature", Pixels84, new ClassicDqnSettings { Network = Nature, BatchSize = 32, ReplayCapacity = 32 }),
            Forward("dueling", Pixels96, DuelingNorm, 1),
            Classic("dueling", Pixels96, new ClassicDqnSettings
            {
                Network = DuelingNorm, BatchSize = 128, ReplayCapacity = 128, Target = TargetKind.Max, Loss = LossKind.SquaredError, LearningRate = 2e-4f, Discount = 0.95f,
            }),
        ];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<LearnStep> Steps { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts.ForEach(p => p.Dispose());
        _backend.Dispose();
    }

    /// <summary>Repeats a piece of work until the runtime has compiled its hot methods for good.</summary>
    internal static void WarmUp(Action work, int milliseconds)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            work();
        }
        while (clock.ElapsedMilliseconds < milliseconds);
    }

    /// <summary>Milliseconds of wall-clock time, one repetition after the other.</summary>
    internal static double[] Time(Action work, int repetitions)
    {
        double[] times = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times[i] = (Stopwatch.GetTimestamp() - start) * 1000.0 / Stopwatch.Frequency;
        }

        return times;
    }

    private static InputSpec Pixels(int size) => new() { FrameBytes = size * size, Stack = 4, Height = size, Width = size, Scale = 1f / 255 };

    private static string Title(string network) => network switch
    {
        "tiles" => "tile MLP",
        "nature" => "nature CNN",
        _ => "dueling CNN with BatchNorm, 96 x 96",
    };

    private LearnStep Forward(string network, InputSpec input, NetworkSettings settings, int size)
    {
        IQNetwork net = Network(input, settings);
        ReplayBatch batch = Batch(input, size);
        return new LearnStep
        {
            Name = $"{Title(network)}: forward, batch {size}",
            Operations = 2 * size * MultiplyAdds(net, input).All,
            Take = () => net.Evaluate(batch.States.Bytes, size).ToArray(),
            Network = network, Kind = "forward", Input = input, Batch = batch, Weights = () => net.Tensors,
        };
    }

    private LearnStep Classic(string network, InputSpec input, ClassicDqnSettings settings)
    {
        var learner = new ClassicDqn(input, Actions, 1, settings, new Seeds(1), _backends());
        _parts.Add(learner);
        ReplayBatch batch = Batch(input, settings.BatchSize);
        bool twice = settings.Target == TargetKind.Double;
        (double all, double first) = MultiplyAdds(Network(input, settings.Network), input);
        return new LearnStep
        {
            Name = $"{Title(network)}: {(twice ? "Double DQN" : "DQN")} step, batch {settings.BatchSize}, Adam",

            // Forward passes, and a backward one that costs two but for the picture's own gradient.
            Operations = 2 * settings.BatchSize * ((twice ? 5 : 4) * all - first),
            Take = () =>
            {
                batch.States.Changed();
                batch.NextStates.Changed();
                learner.Update(batch);
                return [learner.Progress.Loss];
            },
            Network = network, Kind = twice ? "double" : "max", Input = input, Batch = batch,
            Weights = () => learner.Weights, TargetWeights = () => learner.TargetWeights,
            LearningRate = settings.LearningRate, Discount = settings.Discount,
        };
    }

    /// <summary>PQN's minibatch: regression on returns by RAdam.</summary>
    private LearnStep Returns(int size)
    {
        const float LearningRate = 1e-3f, Clip = 10;
        IQNetwork net = Network(Tiles, new NetworkSettings());
        INetworkOptimiser optimiser = _backend.RAdam(net, 1e-8f);
        _parts.Add(optimiser);
        ReplayBatch batch = Batch(Tiles, size);
        float[] gradient = new float[size * Actions];
        (double all, double first) = MultiplyAdds(net, Tiles);
        return new LearnStep
        {
            Name = $"{Title("tiles")}: PQN step, batch {size}, RAdam",
            Operations = 2 * size * (3 * all - first),
            Take = () =>
            {
                batch.States.Changed();
                ReadOnlySpan<float> q = net.Forward(batch.States, size);
                Array.Clear(gradient, 0, gradient.Length);
                double loss = 0;
                for (int i = 0; i < size; i++)
                {
                    // L = mean of ½ (Q(s, a) − G)²
                    int at = i * Actions + batch.Actions[i];
                    float error = q[at] - batch.Returns[i];
                    loss += error * error / 2;
                    gradient[at] = error / size;
                }

                net.Backward(gradient);
                optimiser.Step(LearningRate, Clip);
                return [(float)(loss / size)];
            },
            Network = "tiles", Kind = "returns", Input = Tiles, Batch = batch, Weights = () => net.Tensors,
            LearningRate = LearningRate, GradientNorm = Clip,
        };
    }

    private IQNetwork Network(InputSpec input, NetworkSettings settings)
    {
        IQNetwork network = _backend.Network(input, Actions, settings, _random);
        _parts.Add(network);
        return network;
    }

    private ReplayBatch Batch(InputSpec input, int size)
    {
        var batch = new ReplayBatch(size, input.Length);
        int oneIn = input.Height > 0 ? 1 : 8;
        Fill(batch.States.Overwrite(), oneIn);
        Fill(batch.NextStates.Overwrite(), oneIn);
        for (int i = 0; i < size; i++)
        {
            batch.Actions[i] = _random.NextInt(Actions);
            batch.Returns[i] = 2 * _random.NextSingle() - 1;
            batch.Discounts[i] = i % 16 == 5 ? 0 : 1;
        }

        return batch;
    }

    private void Fill(Span<byte> bytes, int oneIn)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(_random.NextInt(oneIn) == 0 ? _random.NextInt(256) : 0);
        }
    }

    // Of one observation, in the whole network and in its first layer. Weights count once for every place they are used at.
    private static (double All, double First) MultiplyAdds(IQNetwork network, InputSpec input)
    {
        double sum = 0, first = 0;
        int height = input.Height, width = input.Width;
        foreach (NamedTensor tensor in network.Tensors)
        {
            double count = tensor.Shape.Length is 2 or 4 ? tensor.Values.Length : 0;
            if (tensor.Shape.Length == 4)
            {
                int kernel = tensor.Shape[2], stride = kernel / 2 == 1 ? 1 : kernel / 2;
                (height, width) = ((height - kernel) / stride + 1, (width - kernel) / stride + 1);
                count *= height * width;
            }

            first = first == 0 ? count : first;
            sum += count;
        }

        return (sum, first);
    }
}
