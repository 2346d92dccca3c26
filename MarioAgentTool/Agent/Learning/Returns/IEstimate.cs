namespace MarioAgentTool.Learning.Returns;

/// <summary>What a network's outputs say of the value of each action. A row of outputs is actions × <see cref="Atoms"/> numbers.</summary>
internal interface IEstimate
{
    /// <summary>Numbers an action takes.</summary>
    int Atoms { get; }

    /// <summary>Q(s, ·): the mean of each action's return.</summary>
    /// <param name="outputs">rows × actions × atoms.</param>
    /// <param name="values">rows × actions, filled in.</param>
    void Means(ReadOnlySpan<float> outputs, Span<float> values);

    /// <summary>The mean's derivative by one action's outputs.</summary>
    /// <param name="outputs">Of that action: atoms.</param>
    /// <param name="gradient">Atoms, filled in.</param>
    void MeanGradient(ReadOnlySpan<float> outputs, Span<float> gradient);
}

/// <summary>An estimate that is moved towards numbers: returns that somebody has already worked out.</summary>
internal interface IRegression : IEstimate
{
    /// <summary>The loss of one row. Threads may ask at once.</summary>
    /// <param name="outputs">For the action taken: atoms.</param>
    /// <param name="target">The return.</param>
    /// <param name="gradient">The loss's derivative by the outputs, atoms, filled in.</param>
    /// <param name="value">What they say the value is.</param>
    float Loss(ReadOnlySpan<float> outputs, float target, Span<float> gradient, out float value);
}
