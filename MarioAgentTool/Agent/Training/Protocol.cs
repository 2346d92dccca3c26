namespace MarioAgentTool.Training;

/// <summary>Which protocol a run is judged by.</summary>
public enum ProtocolKind
{
    /// <summary>Each step the previous action is held on with some chance (Machado et al., 2018): who has learned a list of buttons fails.</summary>
    Sticky,

    /// <summary>A random number of frames of waiting before the first action (Mnih et al., 2015), and nothing random after it.</summary>
    NoOp,
}

/// <summary>How an examination makes episodes differ that greedy play alone would repeat.</summary>
/// <param name="Kind">Which of the two it is.</param>
/// <param name="NoOps">Most frames of waiting before an episode; how many is drawn for each.</param>
/// <param name="Sticky">Chance per step that the previous action is held on instead of the one chosen.</param>
public sealed record Protocol(ProtocolKind Kind, int NoOps, float Sticky)
{
    /// <summary>For files: <c>no_op</c>, <c>sticky</c>.</summary>
    public string Name => Kind == ProtocolKind.NoOp ? "no_op" : "sticky";

    /// <summary>For people: <c>no-op 0-30</c>, <c>sticky 0.25</c>.</summary>
    public string Title => Kind == ProtocolKind.NoOp ? $"no-op 0-{NoOps}" : FormattableString.Invariant($"sticky {Sticky:0.##}");

    /// <summary>Random waiting, then undisturbed.</summary>
    public static Protocol NoOp(int noOps) => new(ProtocolKind.NoOp, noOps, 0);

    /// <summary>Sticky actions, after the same random waiting.</summary>
    public static Protocol StickyActions(int noOps, float chance) => new(ProtocolKind.Sticky, noOps, chance);
}
