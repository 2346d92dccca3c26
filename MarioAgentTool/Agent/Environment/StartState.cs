using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>A machine where a stage's episodes start, and the buttons that led there from power-on, one entry a frame.</summary>
/// <param name="State">The machine, as the host that made it freezes it.</param>
/// <param name="InputsFromPowerOn">Where <see cref="WroteRam"/> is set, these alone do not lead there.</param>
public sealed record StartState(byte[] State, Buttons[] InputsFromPowerOn)
{
    /// <summary>The stage it is the start of.</summary>
    public StageId Stage { get; init; } = StageId.First;

    /// <summary>What the state is called that somebody gave; null where a starter led here. What led to a given state is not known.</summary>
    public string? Name { get; init; }

    /// <summary>Tells it from the others of its <see cref="IStartSource"/>.</summary>
    public int Number { get; init; }

    /// <summary>Pixels walked from the stage's beginning to here; 0 where nobody knows.</summary>
    public int Progress { get; init; }

    /// <summary>In the middle of play, where waiting may be deadly: the first action comes at once, without no-ops.</summary>
    public bool IsInPlay { get; init; }

    /// <summary>RAM was written on the way, which no movie can hold.</summary>
    public bool WroteRam { get; init; }

    /// <summary>The picture of that frame, which no state holds; null where nobody looked.</summary>
    public Still? Picture { get; init; }
}

/// <summary>A picture kept.</summary>
public sealed class Still
{
    private readonly byte[] _indices;
    private readonly int[] _argb;
    private readonly int _width, _height, _top;

    private Still(in Screen screen)
    {
        _indices = screen.Indices.ToArray();
        _argb = screen.Argb.ToArray();
        (_width, _height, _top) = (screen.Width, screen.Height, screen.Top);
    }

    /// <summary>What a host shows now.</summary>
    public static Still Of(in Screen screen) => new(screen);

    /// <summary>As it was shown.</summary>
    public Screen Screen => new() { Indices = _indices, Argb = _argb, Width = _width, Height = _height, Top = _top };
}
