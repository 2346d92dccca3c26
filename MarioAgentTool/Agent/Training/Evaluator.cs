using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// Examines a network: always the action of highest value, on consoles of its own, each episode from its stage's beginning, with
/// its own random stream. The same network, seeds and name give the same episodes on any number of threads.
/// </summary>
internal sealed class Evaluator(EnvironmentSettings environment, IReadOnlyList<StartState> starts, Func<IFrameHost> newHost, WorkerPool pool)
{
    // Enough to keep inference batched; more would only cost memory.
    private const int Consoles = 64;

    private readonly List<IFrameHost> _hosts = [];

    /// <summary>Stages examined.</summary>
    public int Stages => starts.Count;

    /// <summary>Frames emulated so far, by all examinations.</summary>
    public long Frames { get; private set; }

    /// <summary>Plays episodes on consoles in lock step; whose is over takes the next that waits.</summary>
    /// <param name="learner">Whose network is asked.</param>
    /// <param name="episodes">How many of each stage.</param>
    /// <param name="protocol">How they are made to differ.</param>
    /// <param name="seeds">The run's seeds.</param>
    /// <param name="name">Names the episodes' random streams; another name gives fresh ones.</param>
    /// <param name="stop">Ends it at the next step.</param>
    /// <returns>All episodes, those of a stage in their order.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IReadOnlyList<PlayedEpisode> Play(
        ILearner learner, int episodes, Protocol protocol, Seeds seeds, string name, CancellationToken stop = default)
    {
        var played = new PlayedEpisode[episodes * starts.Count];
        if (played.Length == 0)
        {
            return played;
        }

        // Stages take turns, so that the longest does not come last and alone.
        EnvironmentSettings settings = environment with { NoOpStarts = protocol.NoOps, StickyActions = protocol.Sticky };
        GameSession Session(int episode)
        {
            StartState start = starts[episode % starts.Count];
            return new GameSession(settings, start, seeds.Stream($"{name} {start.Stage}", episode / starts.Count));
        }

        int consoles = Math.Min(Consoles, played.Length);
        while (_hosts.Count < consoles)
        {
            _hosts.Add(newHost());
        }

        int[] playing = [.. Enumerable.Range(0, consoles)];
        var fleet = new ConsoleFleet([.. playing.Select(Session)], _hosts, pool);
        fleet.Begin();
        PlayAll(learner, fleet, playing, Session, played, stop);
        Frames += fleet.Frames;
        return played;
    }

    // playing: the episode of each console, −1 for none.
    private static void PlayAll(ILearner learner, ConsoleFleet fleet, int[] playing, Func<int, GameSession> session, PlayedEpisode[] played, CancellationToken stop)
    {
        int actionCount = fleet[0].ActionCount, length = fleet[0].ObservationSpec.Length, next = playing.Length, left = played.Length;
        var observations = new byte[fleet.Count * length];
        var values = new float[fleet.Count * actionCount];
        var actions = new int[fleet.Count];
        while (left > 0)
        {
            stop.ThrowIfCancellationRequested();

            // Only those still playing are asked about.
            int asked = 0;
            for (int i = 0; i < fleet.Count; i++)
            {
                if (playing[i] >= 0)
                {
                    fleet.ObservationOf(i).CopyTo(observations.AsSpan(asked++ * length));
                }
            }

            learner.QValues(observations.AsSpan(0, asked * length), values.AsSpan(0, asked * actionCount));
            for (int i = 0, answer = 0; i < fleet.Count; i++)
            {
                actions[i] = playing[i] >= 0 ? Greedy.ArgMax(values.AsSpan(answer++ * actionCount, actionCount)) : ConsoleFleet.Rest;
            }

            fleet.Step(actions);
            for (int i = 0; i < fleet.Count; i++)
            {
                if (playing[i] < 0 || fleet.Ends[i] == StepEnd.None)
                {
                    continue;
                }

                EpisodeSummary episode = fleet[i].LastEpisode;
                played[playing[i]] = new PlayedEpisode(
                    episode.End == EpisodeEnd.FlagReached, episode.End, episode.Reward, episode.FurthestX, episode.Frames, fleet[i].LastEpisodeInputs.ToArray())
                {
                    Stage = fleet[i].LastStart.Stage.ToString(),
                };
                left--;
                playing[i] = next < played.Length ? next++ : -1;
                if (playing[i] >= 0)
                {
                    fleet.Replace(i, session(playing[i]));
                }
            }
        }
    }
}
