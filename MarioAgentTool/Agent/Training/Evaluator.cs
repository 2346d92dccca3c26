using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>One episode of greedy play.</summary>
/// <param name="Cleared">Whether the stage was cleared.</param>
/// <param name="End">How it ended.</param>
/// <param name="Reward">Sum of rewards.</param>
/// <param name="FurthestX">Pixels of the stage.</param>
/// <param name="Frames">Emulated frames, the no-ops before it included.</param>
/// <param name="Inputs">Buttons of each of these frames.</param>
public sealed record PlayedEpisode(bool Cleared, EpisodeEnd End, float Reward, int FurthestX, int Frames, Buttons[] Inputs)
{
    /// <summary>The stage it began in.</summary>
    public string Stage { get; init; } = "1-1";

    /// <summary>Whether this one is the better to show: a clear before none, then the quicker clear or the further way.</summary>
    public bool IsBetterThan(PlayedEpisode? other) =>
        other is null || (Cleared != other.Cleared ? Cleared : Cleared ? Frames < other.Frames : FurthestX > other.FurthestX);
}

/// <summary>
/// Examines a network: always the action of highest value, on consoles of its own, each episode after random no-ops
/// and with its own random stream.
/// </summary>
internal sealed class Evaluator(EnvironmentSettings environment, IReadOnlyList<StartState> starts, Func<IFrameHost> newHost, WorkerPool pool)
{
    // Enough to keep inference batched; more would only cost memory.
    private const int Wave = 64;

    private readonly List<IFrameHost> _hosts = [];

    /// <summary>Plays episodes, in waves of consoles in lock step.</summary>
    /// <param name="learner">Whose network is asked.</param>
    /// <param name="episodes">How many.</param>
    /// <param name="noOps">Most no-op frames before an episode.</param>
    /// <param name="sticky">Chance that a console repeats its previous action, per step.</param>
    /// <param name="seeds">The run's seeds.</param>
    /// <param name="name">Names the episodes' random streams; another name gives fresh ones.</param>
    /// <param name="stop">Ends it at the next step.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IReadOnlyList<PlayedEpisode> Play(
        ILearner learner, int episodes, int noOps, float sticky, Seeds seeds, string name, CancellationToken stop = default)
    {
        var played = new PlayedEpisode[episodes];
        EnvironmentSettings settings = environment with { NoOpStarts = noOps, StickyActions = sticky };
        for (int first = 0; first < episodes; first += Wave)
        {
            int count = Math.Min(Wave, episodes - first);
            while (_hosts.Count < count)
            {
                _hosts.Add(newHost());
            }

            var sessions = new GameSession[count];
            for (int i = 0; i < count; i++)
            {
                sessions[i] = new GameSession(settings, starts, seeds.Stream(name, first + i));
            }

            PlayWave(learner, new ConsoleFleet(sessions, _hosts, pool), played.AsSpan(first, count), stop);
        }

        return played;
    }

    private static void PlayWave(ILearner learner, ConsoleFleet fleet, Span<PlayedEpisode> played, CancellationToken stop)
    {
        int actionCount = fleet[0].ActionCount, length = fleet[0].ObservationSpec.Length, playing = fleet.Count;
        var observations = new byte[fleet.Count * length];
        var values = new float[fleet.Count * actionCount];
        var actions = new int[fleet.Count];
        fleet.Begin();
        while (playing > 0)
        {
            stop.ThrowIfCancellationRequested();

            // Only those still playing are asked about.
            int asked = 0;
            for (int i = 0; i < fleet.Count; i++)
            {
                if (played[i] is null)
                {
                    fleet.ObservationOf(i).CopyTo(observations.AsSpan(asked++ * length));
                }
            }

            learner.QValues(observations.AsSpan(0, asked * length), values.AsSpan(0, asked * actionCount));
            for (int i = 0, answer = 0; i < fleet.Count; i++)
            {
                actions[i] = played[i] is null ? Greedy.ArgMax(values.AsSpan(answer++ * actionCount, actionCount)) : ConsoleFleet.Rest;
            }

            fleet.Step(actions);
            for (int i = 0; i < fleet.Count; i++)
            {
                if (played[i] is null && fleet.Ends[i] != StepEnd.None)
                {
                    EpisodeSummary episode = fleet[i].LastEpisode;
                    played[i] = new PlayedEpisode(
                        episode.End == EpisodeEnd.FlagReached, episode.End, episode.Reward, episode.FurthestX, episode.Frames, fleet[i].LastEpisodeInputs.ToArray())
                    {
                        Stage = fleet[i].LastStart.Stage.ToString(),
                    };
                    playing--;
                }
            }
        }
    }
}
