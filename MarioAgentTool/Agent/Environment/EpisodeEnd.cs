namespace MarioAgentTool.Environment;

/// <summary>Why an episode is over. All but <see cref="Truncated"/> are facts of the game or of the reward's rules.</summary>
public enum EpisodeEnd
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>Into a pit.</summary>
    Fell,

    /// <summary>Touched something deadly.</summary>
    Hit,

    /// <summary>The game's clock ran out.</summary>
    TimeUp,

    /// <summary>Flagpole or axe: the stage is cleared.</summary>
    FlagReached,

    /// <summary>No progress for as long as the reward allows; counted as a death by those rewards that say so.</summary>
    Stalled,

    /// <summary>We stopped watching; the state has a future, and a learner bootstraps from it.</summary>
    Truncated,
}
