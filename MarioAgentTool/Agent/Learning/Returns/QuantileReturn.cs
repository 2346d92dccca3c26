namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// QR-DQN: Dabney, Rowland, Bellemare and Munos, "Distributional Reinforcement Learning with Quantile Regression" (2018,
/// https://arxiv.org/abs/1710.10044). The outputs are N values θ_i, of which the return stays below the i-th with a chance of
/// τ̂_i = (i + ½)/N; they are fitted by the quantile Huber loss. Where a network draws the chances itself (<see cref="Networks.ImplicitQuantiles"/>),
/// the loss goes by those.
/// </summary>
internal sealed class QuantileReturn(int atoms, float kappa) : IReturnModel
{
    public int Atoms { get; } = atoms;

    public void Means(ReadOnlySpan<float> outputs, Span<float> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            // Q(s, a) = 1/N Σᵢ θᵢ(s, a)
            float sum = 0;
            foreach (float theta in outputs.Slice(row * Atoms, Atoms))
            {
                sum += theta;
            }

            values[row] = sum / Atoms;
        }
    }

    public void MeanGradient(ReadOnlySpan<float> outputs, Span<float> gradient) => gradient.Fill(1f / Atoms);

    public void Targets(ReadOnlySpan<float> returns, ReadOnlySpan<float> discounts, ReadOnlySpan<float> next, NextPolicy policy, Span<float> targets)
    {
        int actions = policy.Actions;
        for (int row = 0; row < returns.Length; row++)
        {
            for (int j = 0; j < Atoms; j++)
            {
                // Tθ_j = R + γⁿ (1 − done) Σₐ π(a | s') (θ⁻_j(s', a) + bonus(a)): over several actions quantile by quantile, as in
                // Munchausen IQN (Vieillard et al., 2020).
                float value = 0;
                for (int a = row * actions; a < (row + 1) * actions; a++)
                {
                    value += policy.Chances[a] * (next[a * Atoms + j] + policy.Bonuses[a]);
                }

                targets[row * Atoms + j] = returns[row] + discounts[row] * value;
            }
        }
    }

    public float Loss(ReadOnlySpan<float> outputs, ReadOnlySpan<float> taus, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        float loss = 0, distance = 0;
        for (int i = 0; i < Atoms; i++)
        {
            // L = Σᵢ 1/N Σⱼ ρ_τ̂ᵢ(u),  u = Tθ_j − θ_i,  ρ_τ(u) = |τ − [u < 0]| · (u²/2 while |u| ≤ κ, κ (|u| − κ/2) beyond)
            float tau = taus.IsEmpty ? (i + 0.5f) / Atoms : taus[i], slope = 0;
            for (int j = 0; j < Atoms; j++)
            {
                float u = target[j] - outputs[i];
                float clamped = Math.Max(-kappa, Math.Min(kappa, u));
                float weight = u < 0 ? 1 - tau : tau;
                loss += weight * clamped * (u - clamped / 2);
                slope -= weight * clamped;
                distance += Math.Abs(u);
            }

            gradient[i] = slope / Atoms;
        }

        // "Beyond the Rainbow" draws by Σᵢ 1/N Σⱼ |u|, which the chances drawn do not enter.
        loss /= Atoms;
        error = taus.IsEmpty ? loss : distance / Atoms;
        return loss;
    }
}
