namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// Munchausen DQN: Vieillard, Pietquin and Geist, "Munchausen Reinforcement Learning" (2020, https://arxiv.org/abs/2007.14430). The
/// policy is soft, π = softmax(q⁻/τ); a reward gets the scaled log-policy of the action taken on top, and the future its entropy:
/// <code>
///   y = R + α [τ ln π(a | s)] between l₀ and 0 + γⁿ (1 − done) Σₐ' π(a' | s') (q⁻(s', a') − τ ln π(a' | s'))
/// </code>
/// With n-step returns the log-policy of the first action alone is added.
/// </summary>
internal sealed class Munchausen(float alpha, float tau, float floor)
{
    /// <summary>α [τ ln π(a | s)] between l₀ and 0, onto each row's return.</summary>
    /// <param name="values">q⁻(s, ·): rows × actions.</param>
    /// <param name="actions">The action taken, one a row.</param>
    /// <param name="returns">R, one a row; grows by the bonus.</param>
    public void Reward(ReadOnlySpan<float> values, ReadOnlySpan<int> actions, Span<float> returns)
    {
        int count = values.Length / returns.Length;
        for (int row = 0; row < returns.Length; row++)
        {
            ReadOnlySpan<float> q = values.Slice(row * count, count);
            float logPolicy = q[actions[row]] - SoftMaximum(q);
            returns[row] += alpha * Math.Max(floor, Math.Min(0, logPolicy));
        }
    }

    /// <summary>π(· | s'), and −τ ln π as bonuses.</summary>
    /// <param name="values">q⁻(s', ·): rows × actions.</param>
    /// <param name="policy">Filled in.</param>
    public void Choose(ReadOnlySpan<float> values, NextPolicy policy)
    {
        int count = policy.Actions;
        for (int at = 0; at < values.Length; at += count)
        {
            ReadOnlySpan<float> q = values.Slice(at, count);
            float soft = SoftMaximum(q);
            for (int a = 0; a < count; a++)
            {
                float logPolicy = q[a] - soft;
                policy.Chances[at + a] = (float)Math.Exp(logPolicy / tau);
                policy.Bonuses[at + a] = -logPolicy;
            }
        }
    }

    /// <summary>τ ln Σ exp(q/τ), by which τ ln π(a) = q(a) − that; the highest taken out first, so that nothing overflows.</summary>
    private float SoftMaximum(ReadOnlySpan<float> q)
    {
        float highest = Greedy.Max(q);
        double sum = 0;
        foreach (float value in q)
        {
            sum += Math.Exp((value - highest) / tau);
        }

        return highest + tau * (float)Math.Log(sum);
    }
}
