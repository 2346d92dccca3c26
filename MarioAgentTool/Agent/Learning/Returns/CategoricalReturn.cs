namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// C51: Bellemare, Dabney and Munos, "A Distributional Perspective on Reinforcement Learning" (2017, https://arxiv.org/abs/1707.06887).
/// A return is one of N values z_i evenly spaced from V_MIN to V_MAX; the outputs are logits of its chances p_i. The target's
/// distribution is moved and shrunk by the reward and the discount, laid onto the z_i again, and met by cross-entropy.
/// </summary>
internal sealed class CategoricalReturn : IReturnModel
{
    private readonly float _lowest, _highest, _step;
    private readonly float[] _z, _p;

    public CategoricalReturn(int atoms, float lowest, float highest)
    {
        // z_i = V_MIN + i Δz,  Δz = (V_MAX − V_MIN)/(N − 1)
        (Atoms, _lowest, _highest) = (atoms, lowest, highest);
        _step = (highest - lowest) / (atoms - 1);
        _z = new float[atoms];
        _p = new float[atoms];
        for (int i = 0; i < atoms; i++)
        {
            _z[i] = lowest + i * _step;
        }
    }

    public int Atoms { get; }

    /// <summary>The z_i.</summary>
    public ValueBins Values => new(Atoms, _lowest, _step);

    public void Means(ReadOnlySpan<float> outputs, Span<float> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = Mean(outputs.Slice(row * Atoms, Atoms));
        }
    }

    public void MeanGradient(ReadOnlySpan<float> outputs, Span<float> gradient) => Softmax.MeanGradient(outputs, _p, _z, gradient);

    public void Targets(ReadOnlySpan<float> returns, ReadOnlySpan<float> discounts, ReadOnlySpan<float> next, NextPolicy policy, Span<float> targets)
    {
        targets.Clear();
        for (int row = 0; row < returns.Length; row++)
        {
            Span<float> m = targets.Slice(row * Atoms, Atoms);
            for (int a = row * policy.Actions; a < (row + 1) * policy.Actions; a++)
            {
                if (policy.Chances[a] > 0)
                {
                    // Where several actions are possible, the return is a mixture of theirs.
                    Softmax.Of(next.Slice(a * Atoms, Atoms), _p);
                    Project(returns[row], discounts[row], policy.Bonuses[a], policy.Chances[a], m);
                }
            }
        }
    }

    public float Loss(ReadOnlySpan<float> outputs, ReadOnlySpan<float> taus, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        // L = −Σᵢ mᵢ log pᵢ(s, a);  dL/dlogitᵢ = pᵢ − mᵢ
        float norm = Softmax.Of(outputs, _p);
        float loss = 0;
        for (int i = 0; i < Atoms; i++)
        {
            loss -= target[i] * (outputs[i] - norm);
            gradient[i] = _p[i] - target[i];
        }

        // Rainbow (Hessel et al., 2018) draws by this loss.
        error = loss;
        return loss;
    }

    /// <summary>Q(s, a) = Σᵢ zᵢ pᵢ(s, a); leaves p behind.</summary>
    private float Mean(ReadOnlySpan<float> outputs)
    {
        Softmax.Of(outputs, _p);
        return Softmax.Mean(_p, _z);
    }

    /// <summary>Lays the distribution p, moved by R and shrunk by γ, onto the support: the paper's algorithm 1.</summary>
    private void Project(float reward, float discount, float bonus, float chance, Span<float> m)
    {
        for (int j = 0; j < Atoms; j++)
        {
            // T̂z_j = [R + γ (z_j + bonus)] between V_MIN and V_MAX;  b = (T̂z_j − V_MIN)/Δz;  l = ⌊b⌋
            float moved = Math.Max(_lowest, Math.Min(_highest, reward + discount * (_z[j] + bonus)));
            float b = Math.Min((moved - _lowest) / _step, Atoms - 1);
            int l = (int)b;

            // m_l += p_j (u − b);  m_u += p_j (b − l)
            float upper = b - l;
            m[l] += chance * _p[j] * (1 - upper);
            if (upper > 0)
            {
                m[l + 1] += chance * _p[j] * upper;
            }
        }
    }
}
