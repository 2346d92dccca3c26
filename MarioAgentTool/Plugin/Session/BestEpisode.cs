using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Recording;

namespace MarioAgentTool.Plugin;

/// <summary>An episode that can be played again.</summary>
/// <param name="Start">Where it began.</param>
/// <param name="Summary">How it went.</param>
/// <param name="Inputs">Buttons of each of its frames.</param>
public sealed record BestEpisode(StartState Start, EpisodeSummary Summary, Buttons[] Inputs)
{
    /// <summary>Whether power-on and buttons alone lead there.</summary>
    public bool IsFromPowerOn => Start.Name is null && !Start.WroteRam;

    /// <summary>What a movie of it holds: from power-on, or from <see cref="Start"/>.</summary>
    public IReadOnlyList<Buttons> Tape => IsFromPowerOn ? EpisodeTape.Join(Start, Inputs, "").Inputs : Inputs;

    /// <summary>A clear before none, then the quicker clear or the further way.</summary>
    internal bool IsBetterThan(BestEpisode? other)
    {
        if (other is null)
        {
            return true;
        }

        bool clears = Summary.End == EpisodeEnd.FlagReached, otherClears = other.Summary.End == EpisodeEnd.FlagReached;
        return clears != otherClears ? clears : clears ? Summary.Frames < other.Summary.Frames : Summary.FurthestX > other.Summary.FurthestX;
    }
}
