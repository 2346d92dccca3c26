namespace MarioAgentTool.Environment;

/// <summary>Knobs of <see cref="TileObserver"/>.</summary>
public sealed record TileSettings
{
    /// <summary>Observations stacked, a step apart. Default 1: speeds are among the numbers, and two frames made little difference.</summary>
    public int Stack { get; init; } = 1;
}
