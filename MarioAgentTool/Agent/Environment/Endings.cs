using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>How an episode ends by the game's own doing.</summary>
public static class Endings
{
    /// <summary>
    /// The ending a frame shows, on the first frame that shows it: long before the life counter moves, and telling a coin
    /// heaven's exit from a pit.
    /// </summary>
    public static EpisodeEnd Of(in MarioFrame frame)
    {
        if (frame.IsCleared)
        {
            return EpisodeEnd.FlagReached;
        }

        return frame.HasFallen || frame.IsDying ? DeathOf(frame) : EpisodeEnd.None;
    }

    /// <summary>
    /// gym's and notebook 002's test of death: $000E is 11 or 6, or $00B5 is above 1. It takes a coin heaven's exit for a death,
    /// and is here because those rewards are quotations.
    /// </summary>
    public static EpisodeEnd AsGymSees(in MarioFrame frame)
    {
        if (frame.GymIsDying || frame.GymIsDead)
        {
            return DeathOf(frame);
        }

        // gym wants the castle's flag loaded too. The slide itself is the same frame, and no reward survives waiting longer.
        return frame.GymFlagGet || frame.IsCleared ? EpisodeEnd.FlagReached : EpisodeEnd.None;
    }

    /// <summary>Which death it is, given that it is one.</summary>
    private static EpisodeEnd DeathOf(in MarioFrame frame)
    {
        if (frame.IsTimeUp)
        {
            return EpisodeEnd.TimeUp;
        }

        return frame.Y >= 256 ? EpisodeEnd.Fell : EpisodeEnd.Hit;
    }
}
