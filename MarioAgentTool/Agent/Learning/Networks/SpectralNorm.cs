using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// A weight by its greatest singular value: Miyato et al., "Spectral Normalization for Generative Adversarial Networks" (2018,
/// https://arxiv.org/abs/1802.05957), with the names that PyTorch's parametrisation gives. The weight is taken as a matrix of outputs ×
/// all the rest.
/// <code>
///   u ← Wv / |Wv|,  v ← Wᵀu / |Wᵀu|          after every step of the optimiser; to a derivative both are constants
///   Ŵ = W / σ,  σ = uᵀ W v / (|u| |v|)
/// </code>
/// </summary>
internal sealed class SpectralNorm
{
    // As many steps of the power iteration as PyTorch takes before the first use.
    private const int FirstSteps = 15;

    private readonly Parameter _original;
    private readonly float[] _u, _v;
    private readonly int _rows, _columns;

    /// <param name="parameters">Where W, u and v go.</param>
    /// <param name="name">What stands before their names.</param>
    /// <param name="fanIn">Numbers a result is summed from.</param>
    /// <param name="shape">W's shape, outputs first.</param>
    public SpectralNorm(ParameterSet parameters, string name, int fanIn, params int[] shape)
    {
        _original = parameters.Uniform($"{name}.parametrizations.weight.original", fanIn, shape);
        (_rows, _columns) = (shape[0], _original.Length / shape[0]);
        _u = parameters.Buffer($"{name}.parametrizations.weight.0._u", 1, _rows);
        _v = parameters.Buffer($"{name}.parametrizations.weight.0._v", 1, _columns);

        // Ŵ is what a layer multiplies by.
        var normal = new ParameterSet();
        Weight = normal.Constant("weight", 0, shape);
        normal.Initialise(new RandomStream(0));
    }

    /// <summary>W.</summary>
    public Parameter Original => _original;

    /// <summary>Ŵ, and the derivative by it.</summary>
    public Parameter Weight { get; }

    public float[] U => _u;

    public float[] V => _v;

    /// <summary>Brings u and v near the singular vectors, once W has its first values.</summary>
    public void Begin()
    {
        for (int i = 0; i < FirstSteps; i++)
        {
            Iterate();
        }
    }

    /// <summary>One step of the power iteration.</summary>
    public void Iterate()
    {
        for (int row = 0; row < _rows; row++)
        {
            _u[row] = Dot(_original.Values.Slice(row * _columns, _columns), _v);
        }

        Normalise(_u);
        Array.Clear(_v, 0, _columns);
        for (int row = 0; row < _rows; row++)
        {
            Lanes.AddScaled(_v, _original.Values.Slice(row * _columns, _columns), _u[row]);
        }

        Normalise(_v);
    }

    /// <summary>Ŵ from W, u and v.</summary>
    public void Apply()
    {
        float scale = Scale;
        Span<float> weight = Weight.Values;
        ReadOnlySpan<float> original = _original.Values;
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] = original[i] * scale;
        }
    }

    /// <summary>dW from dŴ.</summary>
    public void Backward()
    {
        // dW = (dŴ − ⟨dŴ, Ŵ⟩ û v̂ᵀ) / σ,  û and v̂ of length 1
        float scale = Scale, share = Dot(Weight.Gradient, Weight.Values) * scale / (float)Math.Sqrt((double)Dot(_u, _u) * Dot(_v, _v));
        share = float.IsNaN(share) ? 0 : share;
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<float> from = Weight.Gradient.Slice(row * _columns, _columns);
            Span<float> to = _original.Gradient.Slice(row * _columns, _columns);
            for (int column = 0; column < _columns; column++)
            {
                to[column] = from[column] * scale - share * _u[row] * _v[column];
            }
        }
    }

    // 1/σ; of a weight that is zero, 1.
    private float Scale
    {
        get
        {
            float sigma = 0;
            for (int row = 0; row < _rows; row++)
            {
                sigma += _u[row] * Dot(_original.Values.Slice(row * _columns, _columns), _v);
            }

            return sigma == 0 ? 1 : (float)Math.Sqrt((double)Dot(_u, _u) * Dot(_v, _v)) / sigma;
        }
    }

    private static void Normalise(Span<float> vector)
    {
        // PyTorch's ε.
        float length = Math.Max((float)Math.Sqrt(Dot(vector, vector)), 1e-12f);
        foreach (ref float value in vector)
        {
            value /= length;
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return (float)sum;
    }
}
