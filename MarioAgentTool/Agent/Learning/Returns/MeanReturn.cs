namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// DQN's estimate, the mean alone (Mnih et al., 2015, https://www.nature.com/articles/nature14236), by the Huber loss: square near the
/// target, straight beyond κ.
/// </summary>
internal sealed class MeanReturn(float kappa) : IReturnModel
{
    public int Atoms => 1;

    public void Means(ReadOnlySpan<float> outputs, Span<float> values) => outputs.Slice(0, values.Length).CopyTo(values);

    public void MeanGradient(ReadOnlySpan<float> outputs, Span<float> gradient) => gradient.Fill(1);

    public void Targets(ReadOnlySpan<float> returns, ReadOnlySpan<float> discounts, ReadOnlySpan<float> next, NextPolicy policy, Span<float> targets)
    {
        int actions = policy.Actions;
        for (int i = 0; i < targets.Length; i++)
        {
            // y = R + γⁿ (1 − done) Σₐ π(a | s') (Q⁻(s', a) + bonus(a));  with all chance on one action, DQN's and Double DQN's
            float value = 0;
            for (int a = i * actions; a < (i + 1) * actions; a++)
            {
                value += policy.Chances[a] * (next[a] + policy.Bonuses[a]);
            }

            targets[i] = returns[i] + discounts[i] * value;
        }
    }

    public float Loss(ReadOnlySpan<float> outputs, ReadOnlySpan<float> taus, ReadOnlySpan<float> target, Span<float> gradient, out float error)
    {
        // L(δ) = δ²/2 while |δ| ≤ κ, κ (|δ| − κ/2) beyond;  dL/dQ = clamp(δ, −κ, κ)
        float delta = outputs[0] - target[0];
        float clamped = Math.Max(-kappa, Math.Min(kappa, delta));
        gradient[0] = clamped;
        error = Math.Abs(delta);
        return clamped * (delta - clamped / 2);
    }
}
