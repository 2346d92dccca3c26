using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Plugin;

// Steps of the agent: what it is told, what it chooses.
public sealed partial class ToolSession
{
    private (ILearner Learner, string Where) OpenLearner(AgentSource source, GameSession session)
    {
        if (_goal != ToolActivity.Training || Home is null)
        {
            ILearner here = source.Open(session.ObservationSpec, session.ActionCount);
            GoOn(source, here.Load);
            return (here, "");
        }

        (LearnerConnection connection, string note) = Home();
        RemoteLearner learner = source.OpenElsewhere(connection, session.ObservationSpec, session.ActionCount);
        GoOn(source, learner.BeginLoad);
        return (learner, $" Learning {connection.Home}. {note}".TrimEnd());
    }

    private static void GoOn(AgentSource source, Action<Stream> load)
    {
        if (source.State is not null)
        {
            using FileStream state = File.OpenRead(source.State);
            load(state);
        }
    }

    private void TryDecide()
    {
        try
        {
            Decide();
        }
        catch (LearnerLostException e)
        {
            Stop(e.Message);
        }
    }

    private void Decide()
    {
        GameSession session = _session!;
        if (_hasActed)
        {
            TakeIn(session.Step.Reward, session.Step.End);
            View.Step = session.Step;
            if (session.Step.End != EpisodeEnd.None)
            {
                EpisodeIsOver(session);
            }
            else
            {
                View.EpisodeParts = Sum(View.EpisodeParts, session.Step.Parts);
            }
        }

        Choose(session.Observation);
        session.Act(_action[0]);
        _performed[0] = session.HeldAction;
        _hasActed = true;
        Progress.Steps++;
    }

    private void EpisodeIsOver(GameSession session)
    {
        EpisodeSummary episode = session.LastEpisode;
        Log(session);
        Starts.Add(session.LastStart, episode.End);
        if (episode.End != EpisodeEnd.Truncated && new BestEpisode(session.LastStart, episode, []).IsBetterThan(Best))
        {
            Best = new BestEpisode(session.LastStart, episode, session.LastEpisodeInputs.ToArray());
            BestNumber = Progress.Episodes;
        }
    }

    private void Log(GameSession session)
    {
        Progress.Add(session.LastStart, session.LastEpisode, Sum(View.EpisodeParts, session.Step.Parts));
        View.EpisodeParts = default;
    }

    private static RewardParts Sum(RewardParts a, RewardParts b) => new(a.Progress + b.Progress, a.Time + b.Time, a.Shaping + b.Shaping, a.Ending + b.Ending);

    /// <summary>Keeps what the learner was asked for as training stopped, once it has come. Costs nothing when there is nothing.</summary>
    public void KeepWhatCame()
    {
        if (!IsTraining && _learner is not null)
        {
            Autosave?.KeepWhatCame(_learner, Progress);
        }
    }

    /// <summary>As <see cref="KeepWhatCame"/>, and waits for it for some seconds: nobody will ask that learner again.</summary>
    /// <returns>What was not kept, a sentence; empty where all was.</returns>
    public string FinishKeeping() => Trying(() => Autosave!.Finish(_learner!, Progress), Autosave is not null && _learner is not null);

    private string KeepWhatWasLearned() =>
        Trying(() => Autosave!.Keep(_source!, _learner!, Progress), _goal == ToolActivity.Training && IsBusy && _learner is not null && Autosave is not null);

    // Where something has gone wrong already, keeping may fail as well: that is a sentence more, and no reason not to stop.
    private static string Trying(Action keep, bool isThereAnything)
    {
        try
        {
            if (isThereAnything)
            {
                keep();
            }

            return "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $" What was learned since the last autosave could not be kept: {e.Message}";
        }
    }

    // The states are others: episodes go on from those, the learner goes on as it is.
    private void StartsHaveChanged()
    {
        if (!IsBusy || _recording is not null || _tape is not null || _session is null)
        {
            return;
        }

        if (Starts.Count == 0)
        {
            _starts.Clear();
            BeginStarter(pressPower: true);
            return;
        }

        _starts.Clear();
        _starts.AddRange(Starts.States);
        LeaveEpisode();
        BeginSession();
        _expectedFrame = _host!.Frame;
    }

    // The learner waits for the outcome of its last action; nobody will see it.
    private void LeaveEpisode()
    {
        if (_hasActed && Activity == ToolActivity.Training)
        {
            _reward[0] = 0;
            _end[0] = StepEnd.Truncated;
            Observe(_observation);
        }

        _hasActed = false;
        View.EpisodeParts = default;
    }

    private void Choose(ReadOnlySpan<byte> observation)
    {
        observation.CopyTo(_observation);
        bool isLookedAt = View.TakeLook() || Activity != ToolActivity.Training;
        if (isLookedAt)
        {
            _learner!.QValues(observation, _values);
        }

        if (Activity == ToolActivity.Training)
        {
            _learner!.Act(_observation, _action);
        }
        else
        {
            _action[0] = Greedy.ArgMax(_values);
        }

        if (isLookedAt)
        {
            View.Decide(_observation, _values, _action[0], new MarioFrame(_game!.ReadRam()));
        }
    }

    private void TakeIn(float reward, EpisodeEnd end)
    {
        if (Activity != ToolActivity.Training)
        {
            return;
        }

        _reward[0] = reward;
        _end[0] = end switch
        {
            EpisodeEnd.None => StepEnd.None,
            EpisodeEnd.Truncated => StepEnd.Truncated,
            _ => StepEnd.Terminal,
        };
        Observe(end == EpisodeEnd.None ? _session!.Observation : _session!.FinalObservation);
    }

    private void Observe(ReadOnlySpan<byte> next)
    {
        _learner!.Observe(new StepBatch
        {
            Actions = _action,
            Performed = _performed,
            Rewards = _reward,
            Ends = _end,
            NextObservations = next,
            Observations = _session!.Observation,
        });
        LearnerProgress progress = _learner.Progress;
        Progress.Epsilon = (float)progress.Epsilon;
        Progress.Loss = float.IsNaN(progress.Loss) ? null : progress.Loss;
    }
}
