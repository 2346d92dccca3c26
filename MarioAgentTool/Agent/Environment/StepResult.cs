namespace MarioAgentTool.Environment;

/// <summary>What one action led to.</summary>
/// <param name="Reward">The reward: the sum of <paramref name="Parts"/>.</param>
/// <param name="End">Whether and how the episode ended.</param>
/// <param name="Parts">What the reward is made of, for display.</param>
public readonly record struct StepResult(float Reward, EpisodeEnd End, RewardParts Parts);

/// <summary>A step's reward by cause.</summary>
/// <param name="Progress">Ground gained or lost.</param>
/// <param name="Time">The price of time.</param>
/// <param name="Shaping">Checkpoints and hints.</param>
/// <param name="Ending">Death, stall, flag.</param>
public readonly record struct RewardParts(float Progress, float Time, float Shaping, float Ending)
{
    /// <summary>The reward.</summary>
    public float Total => Progress + Time + Shaping + Ending;
}

/// <summary>An episode in numbers, finished or so far.</summary>
/// <param name="Reward">Sum of the rewards.</param>
/// <param name="Steps">Actions.</param>
/// <param name="Frames">Frames since the start state, waiting and led ones included.</param>
/// <param name="FurthestX">Greatest level x, pixels.</param>
/// <param name="X">Level x at the end, pixels.</param>
/// <param name="End">How it ended; <see cref="EpisodeEnd.None"/> while it lasts.</param>
public readonly record struct EpisodeSummary(float Reward, int Steps, int Frames, int FurthestX, int X, EpisodeEnd End);
