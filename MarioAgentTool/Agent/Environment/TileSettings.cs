namespace MarioAgentTool.Environment;

/// <summary>Knobs of the observers that read RAM: <see cref="TileObserver"/> and <see cref="GridObserver"/>.</summary>
public sealed record TileSettings
{
    /// <summary>
    /// Observations stacked, a step apart. Default 1: speeds are among the numbers, and two frames made little difference.
    /// yumouwei's agent had 4.
    /// </summary>
    public int Stack { get; init; } = 1;

    /// <summary>How kinds of things share planes. Default folded: 1,062 bytes with all else. Read by <see cref="TileObserver"/>.</summary>
    public TilePlanes Planes { get; init; }

    /// <summary>
    /// Whether world, stage, area and the place in it are told. Default false: who knows the place may learn a list of places
    /// instead of the game. Mazes and long worlds want it. Read by <see cref="TileObserver"/>.
    /// </summary>
    public bool Place { get; init; }

    /// <summary>
    /// Whether what a jump hangs on is told as flags too, a byte for each value: <see cref="TileObserver.OneHot"/>. Default true: with far horizons
    /// networks that saw them fell less. Settings of runs from before there were any are read as false. Read by <see cref="TileObserver"/>.
    /// </summary>
    public bool OneHot { get; init; } = true;
}

/// <summary>How kinds of things share the planes of <see cref="TileObserver"/>.</summary>
public enum TilePlanes
{
    /// <summary>Four planes: solid (64; 127 if it can be bumped), stompable, hazard, and platform (64) with what draws Mario (negative).</summary>
    Folded,

    /// <summary>Seven: solid, breakable, goal (64; coins 16), stompable, hazard, platform, power-up.</summary>
    Separate,
}
