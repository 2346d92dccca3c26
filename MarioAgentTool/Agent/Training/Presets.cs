using MarioAgentTool.Environment;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>A named beginning for settings.</summary>
/// <param name="Name">For <c>--preset</c>.</param>
/// <param name="Summary">One line about what it is for.</param>
/// <param name="Settings">The settings.</param>
public sealed record Preset(string Name, string Summary, RunSettings Settings);

/// <summary>The presets: all that is known to work, as data.</summary>
public static class Presets
{
    /// <summary>The default first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new("fast", "PQN on tiles, 64 consoles: the quickest known way to a clear.", new RunSettings()),
        new("double-dqn", "Double DQN with replay, on tiles or on pixels.", new RunSettings { Preset = "double-dqn", Learner = LearnerKind.DoubleDqn }),
    ];

    /// <summary>The settings with another observation, and what goes with it.</summary>
    public static RunSettings Observing(RunSettings settings, ObservationKind observation) => settings with
    {
        Environment = settings.Environment with { Observation = observation },
    };

    /// <summary>The preset of that name.</summary>
    public static Preset Get(string name) =>
        All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException($"There is no preset {name}. {Suggestion.Sentence(name, [.. All.Select(p => p.Name)])}");
}
