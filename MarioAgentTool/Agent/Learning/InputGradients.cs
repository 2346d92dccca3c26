using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>Which number a saliency map explains.</summary>
public enum SaliencyOf
{
    /// <summary>Q(s, a): what the action is worth here.</summary>
    Value,

    /// <summary>Q(s, a) − mean of Q(s, ·): what this action is worth more than others. Under a dueling head the advantage itself.</summary>
    Advantage,
}

/// <summary>
/// Which inputs a value rests on: gradient × input (Shrikumar et al., 2016, https://arxiv.org/abs/1605.01713), on a copy of a
/// network, so that no learner notices. One thread at a time.
/// </summary>
public sealed class InputGradients : IDisposable
{
    private readonly InputSpec _input;
    private readonly WorkerPool _pool = new(1);
    private readonly QNetwork _network;
    private readonly NormalBy _by;
    private readonly IEstimate _model;
    private readonly float[] _weights;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from.</param>
    /// <param name="settings">The network's shape.</param>
    /// <param name="runningStatistics">Whether BatchNorm, if there is any, goes by its running statistics instead of the observation's own.</param>
    public InputGradients(InputSpec input, int actions, NetworkSettings settings, bool runningStatistics = false)
        : this(input, actions, settings, new SquaredError(), runningStatistics)
    {
    }

    /// <summary>Of a network whose outputs may be distributions; a value is their mean.</summary>
    public InputGradients(InputSpec input, int actions, DqnSettings settings)
        : this(input, actions, settings.Network, settings.ReturnModel(), runningStatistics: false)
    {
    }

    /// <summary>As the other.</summary>
    public InputGradients(InputSpec input, int actions, PqnSettings settings)
        : this(input, actions, settings.Network, settings.Regression(), runningStatistics: false)
    {
    }

    private InputGradients(InputSpec input, int actions, NetworkSettings settings, IEstimate model, bool runningStatistics)
    {
        _input = input;
        _model = model;
        _network = new QNetwork(input, actions, settings, new Seeds(0).Stream("weights"), _pool, model.Atoms);
        _by = runningStatistics ? NormalBy.Running : NormalBy.Sample;
        _weights = new float[actions * model.Atoms];
    }

    /// <summary>Takes over a learner's parameters.</summary>
    /// <returns>False, and nothing is taken, where they are another network's.</returns>
    public bool TryTake(IReadOnlyList<NamedTensor> weights)
    {
        IReadOnlyList<NamedTensor> mine = _network.Tensors;
        if (mine.Count != weights.Count || mine.Zip(weights, (to, from) => to.Name == from.Name && to.Shape.SequenceEqual(from.Shape)).Contains(false))
        {
            return false;
        }

        for (int i = 0; i < mine.Count; i++)
        {
            weights[i].Values.CopyTo(mine[i].Values);
        }

        return true;
    }

    /// <summary>Shares of the inputs in a value; positive ones speak for the action. In a network without biases they add up to it.</summary>
    /// <param name="observation"><see cref="InputSpec.Length"/> bytes.</param>
    /// <param name="action">The action.</param>
    /// <param name="of">Which of its numbers.</param>
    /// <param name="shares">One number a byte, filled in: the derivative by what the byte is read as, times what it is read as.</param>
    public void Explain(ReadOnlySpan<byte> observation, int action, SaliencyOf of, Span<float> shares)
    {
        int atoms = _model.Atoms, actions = _weights.Length / atoms;
        ReadOnlySpan<float> outputs = _network.Forward(observation, 1, _by);
        for (int a = 0; a < actions; a++)
        {
            float weight = (a == action ? 1 : 0) - (of == SaliencyOf.Advantage ? 1f / actions : 0);
            Span<float> gradient = _weights.AsSpan(a * atoms, atoms);
            _model.MeanGradient(outputs.Slice(a * atoms, atoms), gradient);
            foreach (ref float derivative in gradient)
            {
                derivative *= weight;
            }
        }

        _network.InputGradient(_weights, shares);
        for (int i = 0; i < observation.Length; i++)
        {
            shares[i] *= _input.Scale * (_input.Signed ? (sbyte)observation[i] : observation[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();
}
