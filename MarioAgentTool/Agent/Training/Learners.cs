using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>Makes the learner that settings ask for.</summary>
public static class Learners
{
    /// <param name="settings">The run's.</param>
    /// <param name="observation">What a session observes.</param>
    /// <param name="actions">How many actions it offers.</param>
    /// <param name="environments">Consoles that play at once.</param>
    public static ILearner Create(RunSettings settings, ObservationSpec observation, int actions, int environments)
    {
        // Learning has never heard of environments; the two layouts say the same in their own rooms.
        var input = new InputSpec
        {
            FrameBytes = observation.FrameBytes,
            Stack = observation.Stack,
            SlidesByOne = !(settings.Environment is { Observation: ObservationKind.Pixels, Pixels.EachFrame: true, FrameSkip: > 1 }),
            Signed = observation.Signed,
            Scale = observation.Scale,
            Height = observation.Height,
            Width = observation.Width,
        };
        var seeds = new Seeds(settings.Seed);
        return settings.Learner switch
        {
            LearnerKind.Pqn => new Pqn(input, actions, environments, settings.Pqn, seeds, settings.ThreadsOrCores),
            LearnerKind.DoubleDqn => new DoubleDqn(input, actions, environments, settings.DoubleDqn, seeds, settings.ThreadsOrCores),
            _ => throw new SettingsException($"learner {settings.Learner} cannot be made here; expected pqn or doubleDqn."),
        };
    }

    /// <summary>A learner whose network is only asked: without the memory that learning would need.</summary>
    public static ILearner CreateToPlay(RunSettings settings, ObservationSpec observation, int actions) => Create(
        settings with
        {
            Pqn = settings.Pqn with { RolloutSteps = 1 },
            DoubleDqn = settings.DoubleDqn with { ReplayCapacity = settings.DoubleDqn.BatchSize + settings.DoubleDqn.NStep + 1, BurnIn = settings.DoubleDqn.BatchSize },
        },
        observation, actions, environments: 1);
}
