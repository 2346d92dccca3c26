using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Backends;

/// <summary>
/// Where networks are computed. An algorithm is written once, over spans on the host: what it asks of a backend is Q(s, ·) of bytes, the
/// weights' gradients from dL/dQ, and an optimiser's step. The same weights in, the same numbers out, within rounding.
/// </summary>
internal interface IBackend : IDisposable
{
    /// <summary>For people: <c>managed, 2 threads</c>; <c>TorchSharp on cuda:0</c>.</summary>
    string Name { get; }

    /// <summary>A network whose first weights <paramref name="random"/> decides, on every backend alike.</summary>
    /// <exception cref="ArgumentException">A shape nobody can build; the message names the setting.</exception>
    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from.</param>
    /// <param name="settings">The shape.</param>
    /// <param name="random">First weights are drawn from it.</param>
    /// <param name="atoms">Numbers to an action: 1 for its value, more for a distribution.</param>
    IQNetwork Network(InputSpec input, int actions, NetworkSettings settings, RandomStream random, int atoms = 1);

    /// <summary>Adam (Kingma and Ba, 2015) over a network of this backend.</summary>
    INetworkOptimiser Adam(IQNetwork network, float epsilon);

    /// <summary>Rectified Adam (Liu et al., 2020) over a network of this backend.</summary>
    INetworkOptimiser RAdam(IQNetwork network, float epsilon);

    /// <summary>Does chunks 0 … <paramref name="chunks"/> − 1 of work on the host, on as many threads as compute there, and returns when all are done.</summary>
    /// <param name="chunks">How many pieces the work has. What one comes to must not depend on another.</param>
    /// <param name="body">Is given the chunk's number, and the thread's.</param>
    void Run(int chunks, Action<int, int> body);

    /// <summary>Memory for the outputs of passes through a network of this backend.</summary>
    /// <param name="length">The largest batch × <see cref="IQNetwork.Outputs"/>.</param>
    PassOutputs Outputs(int length);

    /// <summary>Memory for frames to learn from: beside the networks where that is worth it and has room, else the host's. It says which, and why.</summary>
    /// <param name="places">Frames.</param>
    /// <param name="frameBytes">Bytes of each.</param>
    /// <param name="signed">Whether bytes are two's complement.</param>
    FrameMemory Frames(int places, int frameBytes, bool signed);
}

/// <summary>Bytes in, Q(s, ·) out, and back. One thread calls at a time.</summary>
internal interface IQNetwork : IDisposable
{
    /// <summary>Numbers to an observation: actions × atoms.</summary>
    int Outputs { get; }

    /// <summary>The network in a line, the same on every backend; checkpoints are refused by it.</summary>
    string Shape { get; }

    /// <summary>
    /// The tensors by their names, parameters and running statistics, on the host. Asking counts as writing: what is kept elsewhere or
    /// packed is made anew from them before the next use, so ask again before each round of writing.
    /// </summary>
    IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>Q(s, ·) for a batch, or what stands for it, to act by or to look at: batch × <see cref="Outputs"/>, valid until the next call.</summary>
    /// <param name="observations">batch × observation length.</param>
    /// <param name="batch">Observations.</param>
    /// <param name="by">Whose statistics a network with BatchNorm goes by; no other network cares.</param>
    ReadOnlySpan<float> Evaluate(ReadOnlySpan<byte> observations, int batch, NormalBy by = NormalBy.Batch);

    /// <summary>The same without waiting for it, of observations that may be beside the network already, or are asked about more than once.</summary>
    /// <param name="observations">Of them the first <paramref name="batch"/>.</param>
    /// <param name="batch">Observations.</param>
    /// <param name="outputs">Where Q(s, ·) will be.</param>
    /// <param name="by">Whose statistics a network with BatchNorm goes by.</param>
    void Evaluate(Observations observations, int batch, PassOutputs outputs, NormalBy by = NormalBy.Batch);

    /// <summary>Q(s, ·) to learn from: as <see cref="Evaluate(ReadOnlySpan{byte}, int, NormalBy)"/>, and <see cref="Backward"/> may follow. What was asked for before it is there with it.</summary>
    ReadOnlySpan<float> Forward(Observations observations, int batch, NormalBy by = NormalBy.Batch);

    /// <summary>
    /// The same for one action of each observation: batch × atoms. <see cref="Backward"/> then takes as many. Cheaper than all actions where a network can leave out the others.
    /// </summary>
    /// <param name="observations">Of them the first <paramref name="batch"/>.</param>
    /// <param name="actions">One an observation.</param>
    /// <param name="batch">Observations.</param>
    /// <param name="by">Whose statistics a network with BatchNorm goes by.</param>
    ReadOnlySpan<float> Forward(Observations observations, ReadOnlySpan<int> actions, int batch, NormalBy by = NormalBy.Batch);

    /// <summary>All gradients, from the loss's derivative by the values of the last pass, which was one to learn from.</summary>
    /// <exception cref="InvalidOperationException">It was another, or none.</exception>
    void Backward(ReadOnlySpan<float> valueGradients);

    /// <summary>τ of each quantile of the last pass, batch × atoms; empty for networks that draw none.</summary>
    ReadOnlySpan<float> Taus { get; }

    /// <summary>
    /// Draws the noise of its noisy layers anew, and seeds the chances of implicit quantiles; null has layers be their mean and chances stand, as at first.
    /// The same stream, the same noise, on every backend.
    /// </summary>
    void Noise(RandomStream? random);

    /// <summary>The same weights as another network of this shape and backend, and the same running statistics.</summary>
    void CopyFrom(IQNetwork other);
}

/// <summary>An optimiser over all weights of one network. Moments and counter are its whole state.</summary>
internal interface INetworkOptimiser : IDisposable
{
    /// <summary>Steps taken.</summary>
    long Steps { get; set; }

    /// <summary>
    /// The moments on the host, one number a weight in the order of the network's parameters: mean of gradients, mean of squared
    /// gradients. As with <see cref="IQNetwork.Tensors"/>, asking counts as writing.
    /// </summary>
    (float[] First, float[] Second) Moments { get; }

    /// <summary>One step against the gradients of the network's last backward pass.</summary>
    /// <param name="rate">Learning rate now.</param>
    /// <param name="gradientNorm">Gradients longer than this, all together, are shortened to it first; 0 leaves them.</param>
    void Step(float rate, float gradientNorm);
}
