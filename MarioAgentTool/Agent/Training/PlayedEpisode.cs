using MarioAgentTool.Environment;
using MarioAgentTool.Game;

namespace MarioAgentTool.Training;

/// <summary>One episode of greedy play.</summary>
/// <param name="Cleared">Whether the stage was cleared.</param>
/// <param name="End">How it ended.</param>
/// <param name="Reward">Sum of rewards.</param>
/// <param name="FurthestX">Pixels of the stage.</param>
/// <param name="Frames">Emulated frames, the no-ops before it included.</param>
/// <param name="Inputs">Buttons of each of these frames.</param>
public sealed record PlayedEpisode(bool Cleared, EpisodeEnd End, float Reward, int FurthestX, int Frames, Buttons[] Inputs)
{
    /// <summary>The stage it began in.</summary>
    public string Stage { get; init; } = "1-1";

    /// <summary>Whether this one is the better to show: a clear before none, then the quicker clear or the further way.</summary>
    public bool IsBetterThan(PlayedEpisode? other) =>
        other is null || (Cleared != other.Cleared ? Cleared : Cleared ? Frames < other.Frames : FurthestX > other.FurthestX);
}
