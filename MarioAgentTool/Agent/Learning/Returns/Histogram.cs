namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// HL-Gauss: Imani and White, "Improving Regression Performance with Distributional Losses" (2018, https://arxiv.org/abs/1806.04613),
/// found to serve value learning by Farebrother et al., "Stop Regressing: Training Value Functions via Classification" (2024,
/// https://arxiv.org/abs/2403.03950). A value is told by the chances p_i of N bins between V_MIN and V_MAX; the outputs are their logits.
/// A target becomes the normal distribution around it, cut into the bins, and is met by cross-entropy: how large a return is then
/// weighs no more than how it differs, and what is rare pulls no harder for being far off.
/// </summary>
internal sealed class Histogram : IRegression
{
    // σ in bins; the paper's choice.
    private const double Spread = 0.75;

    // Bins to either side of the target's own that its distribution is cut into: beyond 4, 5 σ away, are less than a millionth of it.
    private const int Reach = 4;

    private readonly float _lowest, _highest, _step;
    private readonly float[] _z, _p;

    public Histogram(int bins, float lowest, float highest)
    {
        // z_i: the bins' middles
        (Atoms, _lowest, _highest) = (bins, lowest, highest);
        _step = (highest - lowest) / bins;
        _z = new float[bins];
        _p = new float[bins];
        for (int i = 0; i < bins; i++)
        {
            _z[i] = lowest + (i + 0.5f) * _step;
        }
    }

    public int Atoms { get; }

    /// <summary>The bins' middles.</summary>
    public ValueBins Values => new(Atoms, _z[0], _step);

    public void Means(ReadOnlySpan<float> outputs, Span<float> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            // Q(s, a) = Σᵢ zᵢ pᵢ(s, a)
            Softmax.Of(outputs.Slice(row * Atoms, Atoms), _p);
            values[row] = Softmax.Mean(_p, _z);
        }
    }

    public void MeanGradient(ReadOnlySpan<float> outputs, Span<float> gradient) => Softmax.MeanGradient(outputs, _p, _z, gradient);

    public float Loss(ReadOnlySpan<float> outputs, float target, Span<float> gradient, out float value)
    {
        // mᵢ = [Φ((eᵢ₊₁ − y)/σ) − Φ((eᵢ − y)/σ)] / [Φ((e_N − y)/σ) − Φ((e₀ − y)/σ)],  eᵢ = V_MIN + i Δz the bins' edges
        float y = Math.Max(_lowest + _step / 2, Math.Min(_highest - _step / 2, target));
        int own = (int)((y - _lowest) / _step), first = Math.Max(0, own - Reach), end = Math.Min(Atoms, own + Reach + 1);
        Span<double> mass = stackalloc double[2 * Reach + 1];
        double sigma = Spread * _step, lowestEdge = Normal((_lowest + first * _step - y) / sigma), edge = lowestEdge;
        for (int i = first; i < end; i++)
        {
            double next = Normal((_lowest + (i + 1) * _step - y) / sigma);
            mass[i - first] = next - edge;
            edge = next;
        }

        // L = −Σᵢ mᵢ log pᵢ(s, a);  dL/dlogitᵢ = pᵢ − mᵢ
        float norm = Softmax.Of(outputs, gradient), loss = 0;
        value = Softmax.Mean(gradient, _z);
        for (int i = first; i < end; i++)
        {
            float m = (float)(mass[i - first] / (edge - lowestEdge));
            loss -= m * (outputs[i] - norm);
            gradient[i] -= m;
        }

        return loss;
    }

    /// <summary>Φ, within 2e-7: erf by Abramowitz and Stegun's 7.1.26.</summary>
    private static double Normal(double x)
    {
        double z = Math.Abs(x) / Math.Sqrt(2), t = 1 / (1 + 0.3275911 * z);
        double erf = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.Exp(-z * z);
        return (x < 0 ? 1 - erf : 1 + erf) / 2;
    }
}
