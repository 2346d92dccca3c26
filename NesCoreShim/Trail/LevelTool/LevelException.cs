namespace NesCoreShim.Trail.Levels;

/// <summary>A level or the legend cannot be used; the message names file, line, value and what was expected.</summary>
public sealed class LevelException(string message) : Exception(message);
