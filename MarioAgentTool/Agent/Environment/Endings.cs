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

    /// <summary>The last castle's axe: the whole game is won.</summary>
    public static bool IsGameWon(in MarioFrame frame) => frame.Mode == OperatingMode.Victory && frame is { World: 8, Stage: 4 };

    /// <summary>Which death it is, given that it is one.</summary>
    public static EpisodeEnd DeathOf(in MarioFrame frame)
    {
        if (frame.IsTimeUp)
        {
            return EpisodeEnd.TimeUp;
        }

        return frame.Y >= 256 ? EpisodeEnd.Fell : EpisodeEnd.Hit;
    }
}
