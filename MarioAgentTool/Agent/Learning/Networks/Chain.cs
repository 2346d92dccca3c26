namespace MarioAgentTool.Learning.Networks;

/// <summary>Layers one after another, with what stands between them.</summary>
internal sealed class Chain(Layer[] layers)
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

    /// <summary>The last layer's results, until the next call.</summary>
    public float[] Forward(int batch, float[] x)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            Layer.Ensure(ref _results[i], batch * layers[i].Outputs);
            layers[i].Forward(batch, i == 0 ? x : _results[i - 1], _results[i]);
        }

        return _results[layers.Length - 1];
    }

    /// <summary>Where the loss's derivative by the last layer's results is to be written.</summary>
    public float[] Gradient(int batch)
    {
        Layer.Ensure(ref _gradients[layers.Length - 1], batch * Outputs);
        return _gradients[layers.Length - 1];
    }

    /// <summary>Parameter gradients, and dx where it is wanted, from what was written to <see cref="Gradient"/>.</summary>
    public void Backward(int batch, float[] x, float[]? dx)
    {
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            if (i > 0)
            {
                Layer.Ensure(ref _gradients[i - 1], batch * layers[i].Inputs);
            }

            layers[i].Backward(batch, i == 0 ? x : _results[i - 1], _results[i], _gradients[i], i == 0 ? dx : _gradients[i - 1]);
        }
    }
}
