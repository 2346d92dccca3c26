using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Recording;

namespace MarioAgentTool.Training;

/// <summary>What a shell lends the trainer: consoles, a clock, and whoever wants to know.</summary>
public sealed record TrainingShell
{
    /// <summary>Makes a freshly powered-on console with the run's cartridge.</summary>
    public required Func<IFrameHost> NewHost { get; init; }

    /// <summary>Writes the best episode; null keeps no movie.</summary>
    public IMovieSink? Movies { get; init; }

    /// <summary>States along a movie, so many frames apart, wherever an episode can begin; null reads no movies.</summary>
    public Func<string, int, IReadOnlyList<StartState>>? AlongMovie { get; init; }

    /// <summary>Makes the record for TensorBoard in a run's folder; null keeps none.</summary>
    public Func<string, IRunRecord>? TensorBoard { get; init; }

    /// <summary>Is told what happens; null tells nobody.</summary>
    public ITrainingWatcher? Watcher { get; init; }

    /// <summary>Time since any moment; null takes the machine's stopwatch.</summary>
    public Func<TimeSpan>? Clock { get; init; }
}

/// <summary>Is told how a run goes, on the trainer's thread, between steps.</summary>
public interface ITrainingWatcher
{
    /// <summary>A line of metrics was written.</summary>
    /// <param name="interval">The line.</param>
    /// <param name="left">Time to the end of the budget at the present pace; null without a budget.</param>
    void Logged(IntervalMetrics interval, TimeSpan? left);

    /// <summary>An evaluation is over.</summary>
    void Evaluated(EvaluationMetrics evaluation);

    /// <summary>A record has a line for the console.</summary>
    void Noted(string line);

    /// <summary>A checkpoint stands.</summary>
    void Saved();
}

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>The budget of frames is spent.</summary>
    FramesSpent,

    /// <summary>The budget of minutes is spent.</summary>
    TimeSpent,

    /// <summary>The budget of episodes is spent.</summary>
    EpisodesSpent,

    /// <summary>The goal was reached, and confirmed on fresh seeds.</summary>
    GoalReached,

    /// <summary>Someone asked it to stop.</summary>
    Stopped,
}
