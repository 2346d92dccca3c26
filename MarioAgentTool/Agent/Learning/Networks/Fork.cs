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

    /// <summary>Layers one after another, with what stands between them.</summary>
    private sealed class Chain(Layer[] layers)
    {
        private readonly float[][] _results = [.. layers.Select(_ => Array.Empty<float>())], _gradients = [.. layers.Select(_ => Array.Empty<float>())];

        public IReadOnlyList<Layer> Layers => layers;

        public int Outputs => layers[layers.Length - 1].Outputs;

        public void WeightsChanged()
        {
            foreach (Layer layer in layers)
            {
                layer.WeightsChanged();
            }
        }

        public float[] Forward(int batch, float[] x)
        {
            for (int i = 0; i < layers.Length; i++)
            {
                Ensure(ref _results[i], batch * layers[i].Outputs);
                layers[i].Forward(batch, i == 0 ? x : _results[i - 1], _results[i]);
            }

            return _results[layers.Length - 1];
        }

        /// <summary>Where the loss's derivative by the last layer's results is to be written.</summary>
        public float[] Gradient(int batch)
        {
            Ensure(ref _gradients[layers.Length - 1], batch * Outputs);
            return _gradients[layers.Length - 1];
        }

        public void Backward(int batch, float[] x, float[]? dx)
        {
            for (int i = layers.Length - 1; i >= 0; i--)
            {
                if (i > 0)
                {
                    Ensure(ref _gradients[i - 1], batch * layers[i].Inputs);
                }

                layers[i].Backward(batch, i == 0 ? x : _results[i - 1], _results[i], _gradients[i], i == 0 ? dx : _gradients[i - 1]);
            }
        }
    }
}
