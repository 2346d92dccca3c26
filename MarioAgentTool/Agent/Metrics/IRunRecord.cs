namespace MarioAgentTool.Metrics;

/// <summary>An agent step of one console, and where learning stood after it.</summary>
public readonly record struct StepFacts
{
    /// <summary>Agent steps since the run began, over all consoles, this one included.</summary>
    public required long Step { get; init; }

    /// <summary>Which console; 0 where there is one.</summary>
    public int Console { get; init; }

    /// <summary>What the step brought.</summary>
    public required double Reward { get; init; }

    /// <summary>Whether the episode ended with it.</summary>
    public required bool Ended { get; init; }

    /// <summary>Episodes that had ended before it: the number, from 0, of the one that ends now.</summary>
    public required long Episode { get; init; }

    /// <summary>How far the run has ever come, in pixels of the stage; the frontier where the learner keeps one.</summary>
    public double FurthestX { get; init; }

    /// <summary>Chance of a random action.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Loss of the update that followed this step; null where none did.</summary>
    public double? Loss { get; init; }

    /// <summary>Mean predicted value in that update.</summary>
    public double? MeanQ { get; init; }

    /// <summary>Transitions in replay.</summary>
    public long ReplaySize { get; init; }

    /// <summary>Optimiser steps so far.</summary>
    public long Updates { get; init; }
}

/// <summary>
/// A record of a run that is told of every step, in order. Its state goes with the run's checkpoint, and whatever it wrote after the
/// checkpoint is taken back when the run goes on from there.
/// </summary>
public interface IRunRecord : IDisposable
{
    /// <summary>Takes in a step.</summary>
    void Step(in StepFacts step);

    /// <summary>The run has come to the end it was given.</summary>
    void Finish();

    /// <summary>Writes what going on needs; everything recorded so far is on the disk when it returns.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Goes on from there. Called before the first step, if at all.</summary>
    void Load(BinaryReader reader);
}
