using System.Numerics;
using System.Runtime.InteropServices;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// A linear layer that explores: Fortunato et al., "Noisy Networks for Exploration" (2018, https://arxiv.org/abs/1706.10295), with
/// factorised Gaussian noise. What a weight is worth is drawn again and again, as widely as the layer has learned to.
/// <code>
///   y = (μʷ + σʷ ⊙ εʷ) x + μᵇ + σᵇ ⊙ εᵇ          equation 9
///   εʷ_ij = f(ε_i) f(ε_j),  εᵇ_j = f(ε_j)          equations 10 and 11,  f(x) = sgn(x) √|x|
/// </code>
/// </summary>
internal sealed class NoisyLinear : Layer
{
    private readonly Parameter _weightMu, _weightSigma, _biasMu, _biasSigma, _weight, _bias;
    private readonly Linear _linear;

    // f(ε) of each input and of each output; all zero where the layer is silent.
    private readonly float[] _inputNoise, _outputNoise;
    private bool _stale = true, _silent = true;

    /// <param name="parameters">Where the four tensors go: weight_mu, weight_sigma, bias_mu and bias_sigma.</param>
    /// <param name="name">What stands before their names.</param>
    /// <param name="inputs">p.</param>
    /// <param name="outputs">q.</param>
    /// <param name="scale">σ₀.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="pool">Threads to share the work.</param>
    public NoisyLinear(ParameterSet parameters, string name, int inputs, int outputs, float scale, bool relu, WorkerPool pool)
        : base(inputs, outputs)
    {
        // μ uniform in ± 1/√p, σ = σ₀/√p: section 3.2.
        float sigma = (float)(scale / Math.Sqrt(inputs));
        _weightMu = parameters.Uniform($"{name}.weight_mu", inputs, outputs, inputs);
        _weightSigma = parameters.Constant($"{name}.weight_sigma", sigma, outputs, inputs);
        _biasMu = parameters.Uniform($"{name}.bias_mu", inputs, outputs);
        _biasSigma = parameters.Constant($"{name}.bias_sigma", sigma, outputs);

        // The weights as drawn are a linear layer's, whose gradients lead on to those of μ and σ.
        var drawn = new ParameterSet();
        _weight = drawn.Constant("weight", 0, outputs, inputs);
        _bias = drawn.Constant("bias", 0, outputs);
        drawn.Initialise(new RandomStream(0));
        _linear = new Linear(_weight, _bias, inputs, relu, pool);
        (_inputNoise, _outputNoise) = (new float[inputs], new float[outputs]);
    }

    public Parameter WeightMu => _weightMu;

    public Parameter WeightSigma => _weightSigma;

    public Parameter BiasMu => _biasMu;

    public Parameter BiasSigma => _biasSigma;

    public bool Relu => _linear.Relu;

    /// <summary>f(ε) of each input, as last drawn.</summary>
    public ReadOnlySpan<float> InputNoise => _inputNoise;

    /// <summary>f(ε) of each output, as last drawn.</summary>
    public ReadOnlySpan<float> OutputNoise => _outputNoise;

    /// <summary>Draws ε anew.</summary>
    public void Draw(RandomStream random)
    {
        Fill(_inputNoise, random);
        Fill(_outputNoise, random);
        Drawn();
    }

    /// <summary>Takes ε as given: of each input, and of each output.</summary>
    internal void Take(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        inputs.CopyTo(_inputNoise);
        outputs.CopyTo(_outputNoise);
        Drawn();
    }

    /// <summary>ε = 0: the layer is its mean.</summary>
    public void Silence()
    {
        if (!_silent)
        {
            Array.Clear(_inputNoise, 0, _inputNoise.Length);
            Array.Clear(_outputNoise, 0, _outputNoise.Length);
            (_stale, _silent) = (true, true);
        }
    }

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, float[] x, float[] y)
    {
        if (_stale)
        {
            Combine();
        }

        _linear.Forward(batch, x, y);
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        _linear.Backward(batch, x, y, dy, dx);

        // dμ = dw;  dσ = dw ⊙ ε
        _weight.Gradient.CopyTo(_weightMu.Gradient);
        _bias.Gradient.CopyTo(_biasMu.Gradient);
        Span<float> sigma = _weightSigma.Gradient, weight = _weight.Gradient, biasSigma = _biasSigma.Gradient, bias = _bias.Gradient;
        sigma.Clear();
        for (int o = 0; o < Outputs; o++)
        {
            AddProducts(weight.Slice(o * Inputs, Inputs), _outputNoise[o], _inputNoise, sigma.Slice(o * Inputs, Inputs));
            biasSigma[o] = bias[o] * _outputNoise[o];
        }
    }

    private void Combine()
    {
        _weightMu.Values.CopyTo(_weight.Values);
        _biasMu.Values.CopyTo(_bias.Values);
        Span<float> sigma = _weightSigma.Values, weight = _weight.Values, biasSigma = _biasSigma.Values, bias = _bias.Values;
        for (int o = 0; o < Outputs && !_silent; o++)
        {
            AddProducts(sigma.Slice(o * Inputs, Inputs), _outputNoise[o], _inputNoise, weight.Slice(o * Inputs, Inputs));
            bias[o] += biasSigma[o] * _outputNoise[o];
        }

        _linear.WeightsChanged();
        _stale = false;
    }

    /// <summary>sums += a · factor ⊙ b.</summary>
    private static void AddProducts(ReadOnlySpan<float> a, float factor, ReadOnlySpan<float> b, Span<float> sums)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(a), y = MemoryMarshal.Cast<float, Vector<float>>(b);
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += x[i] * factor * y[i];
        }

        for (int i = to.Length * Vector<float>.Count; i < sums.Length; i++)
        {
            sums[i] += a[i] * factor * b[i];
        }
    }

    private static void Fill(float[] noise, RandomStream random)
    {
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)random.NextGaussian();
        }
    }

    private void Drawn()
    {
        Shape(_inputNoise);
        Shape(_outputNoise);
        (_stale, _silent) = (true, false);
    }

    // f(x) = sgn(x) √|x|
    private static void Shape(float[] noise)
    {
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = Math.Sign(noise[i]) * (float)Math.Sqrt(Math.Abs(noise[i]));
        }
    }
}
