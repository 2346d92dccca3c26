namespace MarioAgentTool.Training;

/// <summary>How a run's episodes are spread over the places that they can begin at.</summary>
public enum CurriculumKind
{
    /// <summary>Over all of them, as <see cref="Environment.EnvironmentSettings.StartDraw"/> says.</summary>
    Uniform,

    /// <summary>
    /// From the end of a way backwards: episodes begin near the goal, and once enough of them reach it, one place earlier (Salimans and
    /// Chen, 2018, https://arxiv.org/abs/1812.03381).
    /// </summary>
    Backward,

    /// <summary>
    /// From the stage's beginning and from wherever the agent has come: the places it reaches are kept, and those seldom begun from are
    /// drawn more often (after Go-Explore, Ecoffet et al., 2021, https://arxiv.org/abs/1901.10995).
    /// </summary>
    Frontier,

    /// <summary>
    /// From the stage's beginning and from one to six seconds before one of the latest deaths, so that what is hard is practised as often
    /// as it kills. Without it most of a run is spent on ground that is no longer a question.
    /// </summary>
    Rewind,
}

/// <summary>Knobs of the curriculum. Evaluations know nothing of it: they begin where stages do.</summary>
public sealed record CurriculumSettings
{
    /// <summary>Default uniform.</summary>
    public CurriculumKind Kind { get; init; }

    /// <summary>Frames between two places along a movie. Default 60: a second of play.</summary>
    public int Every { get; init; } = 60;

    /// <summary>Backward: share of the latest episodes from a place that must clear before the place in front of it is next. Default half.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>
    /// Backward: share of episodes that begin at the place in question; the others begin beyond it, lest that be forgotten. Rewind: share that
    /// begins before a death.
    /// </summary>
    public float Share { get; init; } = 0.6f;

    /// <summary>Frontier: places kept; rewind: deaths kept, over all stages together; a state takes some 13 KB.</summary>
    public int Places { get; init; } = 400;

    /// <summary>Frontier: pixels of the way that make one place. Default 64, four tiles.</summary>
    public int PlacePixels { get; init; } = 64;
}
