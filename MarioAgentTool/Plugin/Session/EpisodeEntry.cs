using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>An episode of this sitting that has ended.</summary>
/// <param name="Number">Counted from 1, or on from what is gone on with.</param>
/// <param name="Start">Where it began, for people.</param>
/// <param name="Summary">How it went.</param>
/// <param name="Parts">Its reward by cause.</param>
/// <param name="Steps">Agent steps of the sitting up to its end.</param>
public readonly record struct EpisodeEntry(int Number, string Start, EpisodeSummary Summary, RewardParts Parts, long Steps);
