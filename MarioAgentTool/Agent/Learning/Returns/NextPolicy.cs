namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// How the action in s' is chosen that a target bootstraps from, one row a transition: the chance of each action, and what is added to
/// the return of each. Of DQN and Double DQN one action has all the chance, and nothing is added.
/// </summary>
internal sealed class NextPolicy(int rows, int actions)
{
    public int Actions { get; } = actions;

    /// <summary>π(a | s'): rows × actions.</summary>
    public float[] Chances { get; } = new float[rows * actions];

    /// <summary>Added to the return of each action, before the discount: rows × actions.</summary>
    public float[] Bonuses { get; } = new float[rows * actions];

    /// <summary>
    /// All chance to the action of highest value: the target network's own values for DQN (Mnih et al., 2015), the online network's for
    /// Double DQN (van Hasselt et al., 2016).
    /// </summary>
    /// <param name="values">Q(s', ·) of whichever chooses: rows × actions.</param>
    public void Greedily(ReadOnlySpan<float> values)
    {
        Array.Clear(Chances, 0, Chances.Length);
        Array.Clear(Bonuses, 0, Bonuses.Length);
        for (int at = 0; at < Chances.Length; at += Actions)
        {
            // DQN:         y = R + γⁿ (1 − done) Q⁻(s', argmaxₐ Q⁻(s', a))
            // Double DQN:  y = R + γⁿ (1 − done) Q⁻(s', argmaxₐ Q(s', a))
            Chances[at + Greedy.ArgMax(values.Slice(at, Actions))] = 1;
        }
    }
}
