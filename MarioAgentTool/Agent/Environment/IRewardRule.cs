using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// A reward and the endings that go with it. Within a step it is told of every frame in which Mario was held by the action; of
/// frames in which the game led him, only that they passed.
/// </summary>
internal interface IRewardRule
{
    /// <summary>The frame on which the first action is chosen.</summary>
    void BeginEpisode(in MarioFrame frame);

    /// <summary>An action has been chosen.</summary>
    void BeginStep();

    /// <summary>A frame with the action held. An ending closes the step at once.</summary>
    EpisodeEnd AfterFrame(in MarioFrame frame);

    /// <summary>A frame in which the game led Mario.</summary>
    void AfterPassedFrame(in MarioFrame frame);

    /// <summary>A held frame that ended nothing, and what the game led on from it, are over: RAM as it is now.</summary>
    EpisodeEnd AfterLed(in MarioFrame frame);

    /// <summary>The rule breaks the step off after this frame, whatever is left of the skip.</summary>
    bool StepIsOver { get; }

    /// <summary>All frames of the step are over without an ending; this is the last chance to name one.</summary>
    EpisodeEnd EndStep();

    /// <summary>The step's reward so far, rounded once.</summary>
    float Reward { get; }

    /// <summary>What it is made of; the sum may differ in the last bits.</summary>
    RewardParts Parts { get; }

    /// <summary>max_x of notebook 002's training loop, where the rule keeps one.</summary>
    int? MaxX { get; }

    /// <summary>Writes or reads all that carries over between frames.</summary>
    void Sync(SessionSync s);
}
