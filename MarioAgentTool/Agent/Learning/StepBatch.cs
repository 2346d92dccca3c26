namespace MarioAgentTool.Learning;

/// <summary>How a transition closes. Ending and stopping stay apart: a learner bootstraps through <see cref="Truncated"/> only.</summary>
public enum StepEnd : byte
{
    /// <summary>The episode goes on.</summary>
    None,

    /// <summary>The state has no future.</summary>
    Terminal,

    /// <summary>Nobody watched further; the future is estimated.</summary>
    Truncated,
}

/// <summary>One lock-step transition of N environments: what followed the actions last chosen. The caller owns all memory.</summary>
public readonly ref struct StepBatch
{
    /// <summary>N actions, as chosen.</summary>
    public required ReadOnlySpan<int> Actions { get; init; }

    /// <summary>N actions, as performed: what an environment made of the choice, by sticky actions say. Empty where nobody knows better than that it is the choice.</summary>
    public ReadOnlySpan<int> Performed { get; init; }

    /// <summary>N rewards.</summary>
    public required ReadOnlySpan<float> Rewards { get; init; }

    /// <summary>N endings.</summary>
    public required ReadOnlySpan<StepEnd> Ends { get; init; }

    /// <summary>N × <see cref="InputSpec.Length"/>: what the actions led to; where an episode ended, its last observation.</summary>
    public required ReadOnlySpan<byte> NextObservations { get; init; }

    /// <summary>N × <see cref="InputSpec.Length"/>: what to act on now; where an episode ended, the first of the next one.</summary>
    public required ReadOnlySpan<byte> Observations { get; init; }

    /// <summary>N: how far along its course each environment is after the step, in a unit of its own; empty where it has none.</summary>
    public ReadOnlySpan<float> Positions { get; init; }

    /// <summary>N: the greatest position of the episode that the step belongs to; empty where there is none.</summary>
    public ReadOnlySpan<float> Furthest { get; init; }
}
