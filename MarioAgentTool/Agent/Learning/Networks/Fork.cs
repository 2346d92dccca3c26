namespace MarioAgentTool.Learning.Networks;

/// <summary>Chains of layers that read the same features, their results side by side.</summary>
internal sealed class Fork : Layer
{
    private readonly Chain[] _chains;
    private float[] _dx = [];

    public Fork(params Layer[][] chains)
        : base(chains[0][0].Inputs, chains.Sum(c => c[c.Length - 1].Outputs)) => _chains = [.. chains.Select(c => new Chain(c))];

    public IEnumerable<IReadOnlyList<Layer>> Chains => _chains.Select(c => c.Layers);

    public override void WeightsChanged()
    {
        foreach (Chain chain in _chains)
        {
            chain.WeightsChanged();
        }
    }

    public override void Forward(int batch, float[] x, float[] y)
    {
        int first = 0;
        foreach (Chain chain in _chains)
        {
            float[] result = chain.Forward(batch, x);
            for (int s = 0; s < batch; s++)
            {
                result.AsSpan(s * chain.Outputs, chain.Outputs).CopyTo(y.AsSpan(s * Outputs + first));
            }

            first += chain.Outputs;
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        Ensure(ref _dx, dx is null ? 0 : batch * Inputs);
        int first = 0;
        foreach (Chain chain in _chains)
        {
            float[] gradient = chain.Gradient(batch);
            for (int s = 0; s < batch; s++)
            {
                dy.AsSpan(s * Outputs + first, chain.Outputs).CopyTo(gradient.AsSpan(s * chain.Outputs));
            }

            // The features' gradient is the sum of what the chains ask for.
            chain.Backward(batch, x, dx is null ? null : first == 0 ? dx : _dx);
            if (dx is not null && first > 0)
            {
                Kernels.Lanes.Add(dx.AsSpan(0, batch * Inputs), _dx);
            }

            first += chain.Outputs;
        }
    }
}
