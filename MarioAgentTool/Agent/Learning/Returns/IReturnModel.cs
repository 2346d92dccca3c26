namespace MarioAgentTool.Learning.Returns;

/// <summary>
/// What a network's outputs say of the return of each action, and how they are moved towards a target. A row of outputs is
/// actions × <see cref="IEstimate.Atoms"/> numbers.
/// </summary>
internal interface IReturnModel : IEstimate
{
    /// <summary>What the outputs for the action taken ought to have been.</summary>
    /// <param name="returns">R, one a row: the n rewards discounted and summed.</param>
    /// <param name="discounts">γⁿ (1 − done), one a row.</param>
    /// <param name="next">The target network's outputs for s', rows × actions × atoms.</param>
    /// <param name="policy">π: how the next action is chosen.</param>
    /// <param name="targets">rows × atoms, filled in.</param>
    void Targets(ReadOnlySpan<float> returns, ReadOnlySpan<float> discounts, ReadOnlySpan<float> next, NextPolicy policy, Span<float> targets);

    /// <summary>The loss of one transition.</summary>
    /// <param name="outputs">The online network's for the action taken: atoms.</param>
    /// <param name="taus">The chances that the outputs were asked for at, atoms; empty where those are the model's own.</param>
    /// <param name="target">Atoms.</param>
    /// <param name="gradient">The loss's derivative by the outputs, atoms, filled in.</param>
    /// <param name="error">What prioritised replay goes by, filled in.</param>
    float Loss(ReadOnlySpan<float> outputs, ReadOnlySpan<float> taus, ReadOnlySpan<float> target, Span<float> gradient, out float error);
}
