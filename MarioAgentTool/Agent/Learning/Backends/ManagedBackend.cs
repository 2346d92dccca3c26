using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Backends;

/// <summary>Our own kernels, on this machine's processor. Results do not depend on the number of threads.</summary>
/// <param name="threads">Threads that share the work, the caller's among them.</param>
internal sealed class ManagedBackend(int threads) : IBackend
{
    private readonly WorkerPool _pool = new(threads);

    public string Name => threads == 1 ? "managed, 1 thread" : $"managed, {threads} threads";

    public IQNetwork Network(InputSpec input, int actions, NetworkSettings settings, RandomStream random, int atoms = 1)
        => new QNetwork(input, actions, settings, random, _pool, atoms);

    public INetworkOptimiser Adam(IQNetwork network, float epsilon) => new Optimiser((QNetwork)network, length => new Adam(length, epsilon, _pool));

    public INetworkOptimiser RAdam(IQNetwork network, float epsilon) => new Optimiser((QNetwork)network, length => new RAdam(length, epsilon, _pool));

    public void Run(int chunks, Action<int, int> body) => _pool.Run(chunks, body);

    public PassOutputs Outputs(int length) => new HostOutputs(length);

    public FrameMemory Frames(int places, int frameBytes, bool signed) => new PagedFrames(places, frameBytes);

    public void Dispose() => _pool.Dispose();

    private sealed class Optimiser(QNetwork network, Func<int, IOptimiser> make) : INetworkOptimiser
    {
        private readonly IOptimiser _kernel = make(network.Parameters.Values.Length);

        public long Steps
        {
            get => _kernel.Steps;
            set => _kernel.Steps = value;
        }

        public (float[] First, float[] Second) Moments => (_kernel.FirstMoment, _kernel.SecondMoment);

        public void Step(float rate, float gradientNorm)
        {
            float[] gradients = network.Parameters.Gradients;
            float scale = gradientNorm > 0 ? GradientNorm.Factor(GradientNorm.Of(gradients), gradientNorm) : 1;
            _kernel.Step(network.Parameters.Values, gradients, scale, rate);
            network.Stepped();
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>Outputs that are there when the pass returns.</summary>
internal sealed class HostOutputs(int length) : PassOutputs
{
    /// <summary>What the network writes to.</summary>
    public float[] Values { get; } = new float[length];

    public override ReadOnlySpan<float> Read() => Values;
}
