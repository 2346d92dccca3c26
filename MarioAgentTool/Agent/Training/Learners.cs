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
            Signed = observation.Signed,
            Scale = observation.Scale,
            Height = observation.Height,
            Width = observation.Width,
        };
        var seeds = new Seeds(settings.Seed);
        int threads = settings.Threads > 0 ? settings.Threads : System.Environment.ProcessorCount;
        return settings.Learner switch
        {
            LearnerKind.Pqn => new Pqn(input, actions, environments, settings.Pqn, seeds, threads),
            LearnerKind.DoubleDqn => new DoubleDqn(input, actions, environments, settings.DoubleDqn, seeds, threads),
            _ => throw new SettingsException($"learner {settings.Learner} cannot be made here; expected pqn or doubleDqn."),
        };
    }
}
