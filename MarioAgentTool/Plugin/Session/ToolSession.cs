using BizHawk.Client.Common;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Plugin;

/// <summary>What the agent is doing in EmuHawk.</summary>
public enum ToolActivity
{
    /// <summary>No game it knows.</summary>
    Waiting,

    /// <summary>A game it knows; the pad is the user's.</summary>
    Ready,

    /// <summary>On the way from power-on into the stage.</summary>
    Starting,

    /// <summary>Playing as well as it can.</summary>
    Playing,

    /// <summary>Playing to learn.</summary>
    Training,
}

/// <summary>
/// The agent's side of the plug-in: it is told of EmuHawk's frames and says what to hold. It knows nothing of windows, and
/// runs no frame itself. All calls come on EmuHawk's one thread.
/// </summary>
public sealed class ToolSession : IDisposable
{
    private readonly PadOverride _pad = new();
    private BizHawkHost? _host;
    private IGameHost? _game;
    private AgentSource? _source;
    private ToolActivity _goal;
    private bool _pressPower;
    private RecordingHost? _recording;
    private Starter? _starter;
    private readonly List<StartState> _starts = [];
    private GameSession? _session;
    private ILearner? _learner;
    private int _expectedFrame;

    // The transition under way, as a learner of one environment takes it in.
    private readonly int[] _action = new int[1];
    private readonly float[] _reward = new float[1];
    private readonly StepEnd[] _end = new StepEnd[1];
    private float[] _values = [];
    private byte[] _observation = [];
    private bool _hasActed;

    /// <summary>What is going on.</summary>
    public ToolActivity Activity { get; private set; }

    /// <summary>What is going on, as a sentence.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What has happened since playing or training was started.</summary>
    public ToolProgress Progress { get; private set; } = new();

    /// <summary>The learner that was trained or watched last, until another is started.</summary>
    public ILearner? Learner => _learner;

    /// <summary>Where that learner came from.</summary>
    public AgentSource? Source => _source;

    /// <summary>An episode was to be played once, from power-on, and is over.</summary>
    public bool IsEpisodeDone { get; private set; }

    /// <summary>Where training learns, with a note about that for people; null learns inside the frame, in nobody's but EmuHawk's time.</summary>
    public Func<(LearnerConnection Connection, string Note)>? Home { get; set; }

    /// <summary>EmuHawk has started a core, or has none: whatever went on is over.</summary>
    /// <param name="host">The core, if it is one the agent can play on.</param>
    /// <param name="obstacle">Else why not, as a sentence.</param>
    public void Attach(BizHawkHost? host, string? obstacle)
    {
        StopPlaying();
        _host = host;
        Activity = host is null ? ToolActivity.Waiting : ToolActivity.Ready;
        Message = host is null ? obstacle ?? "No game is loaded." : "Ready. Choose a run and watch it play, or train here.";
    }

    /// <summary>Turns the console off and on, goes to the stage and plays episode after episode.</summary>
    public void Watch(AgentSource source) => Start(source, ToolActivity.Playing, oneEpisode: false, atPowerOn: false);

    /// <summary>Plays one episode on a console that was switched on this moment, for a movie: no state is loaded.</summary>
    public void PlayOnceFromPowerOn(AgentSource source) => Start(source, ToolActivity.Playing, oneEpisode: true, atPowerOn: true);

    /// <summary>Turns the console off and on, goes to the stage and learns, one environment, in EmuHawk's own time.</summary>
    public void Train(AgentSource source) => Start(source, ToolActivity.Training, oneEpisode: false, atPowerOn: false);

    /// <summary>Gives the pad back to the user.</summary>
    public void Stop(string message)
    {
        StopPlaying();
        if (_host is not null)
        {
            Activity = ToolActivity.Ready;
        }

        Message = message;
    }

    /// <summary>A frame is about to run: says what to hold.</summary>
    public void PreFrame(IJoypadApi joypad)
    {
        if (_host is null || Activity is ToolActivity.Waiting or ToolActivity.Ready)
        {
            return;
        }

        if (!_pressPower && _host.Frame != _expectedFrame)
        {
            StartOver();
        }

        if (_pressPower)
        {
            // Off and on happens at this frame's start, so that the frame is the first after power-on.
            _pad.PressPower(joypad);
            _pressPower = false;
        }

        _pad.Hold(joypad, _starter?.Buttons ?? _session!.Buttons);
    }

    /// <summary>A frame has run.</summary>
    public void PostFrame()
    {
        if (_host is null)
        {
            return;
        }

        _host.FrameDone();
        if (Activity is ToolActivity.Waiting or ToolActivity.Ready)
        {
            return;
        }

        Progress.Frames++;
        if (_starter is not null)
        {
            _starter.AfterFrame(_game!);
            if (_starter.IsStarted)
            {
                _starts.Add(_starter.Finish(_game!));
                if (_starts.Count < World.StartStages().Count)
                {
                    BeginStarter(pressPower: true);
                }
                else
                {
                    BeginSession();
                }
            }
        }
        else
        {
            _session!.AfterFrame(_game!);
        }

        if (_recording is { IsOver: true })
        {
            Progress.Add(_session!.LastEpisode);
            IsEpisodeDone = true;
            Stop("The episode is over.");
        }
        else if (_session is { AwaitsAction: true })
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

        // The session may have put the machine back, and the counter with it.
        _expectedFrame = _host.Frame;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopPlaying();
        _learner?.Dispose();
        _learner = null;
    }

    private void Start(AgentSource source, ToolActivity goal, bool oneEpisode, bool atPowerOn)
    {
        if (_host is null)
        {
            throw new InvalidOperationException(Message);
        }

        StopPlaying();
        source.Environment.Validate();
        _learner?.Dispose();
        _learner = null;
        _source = source;
        _goal = goal;
        _recording = oneEpisode ? new RecordingHost(_host) : null;
        _game = _recording ?? (IGameHost)_host;
        IsEpisodeDone = false;
        Progress = new ToolProgress();
        _starts.Clear();
        BeginStarter(pressPower: !atPowerOn);
    }

    private void BeginStarter(bool pressPower)
    {
        StageId stage = World.StartStages()[_starts.Count];
        _starter = Starter.For(World, stage);
        _session = null;
        _hasActed = false;
        _pressPower = pressPower;
        _expectedFrame = _host!.Frame;
        Activity = ToolActivity.Starting;
        Message = $"Starting {stage}.";
    }

    // A movie cannot hold RAM that was written.
    private EnvironmentSettings World => _recording is null ? _source!.Environment : _source!.Environment.AsMovies();

    private void BeginSession()
    {
        _starter = null;

        // Watching shows the agent itself; sticky actions are for training and examinations.
        EnvironmentSettings environment = _goal == ToolActivity.Playing ? World with { StickyActions = 0 } : World;
        _session = new GameSession(environment, _starts, new Seeds(_source!.Settings.Seed).Stream("emuhawk"));
        string where = "";
        if (_learner is null)
        {
            (_learner, where) = OpenLearner(_source, _session);
            _values = new float[_session.ActionCount];
            _observation = new byte[_session.ObservationSpec.Length];
        }

        Activity = _goal;
        Message = _goal == ToolActivity.Playing ? $"Playing: {_source.Description}." : $"Training: {_source.Description}.{where}";
        _session.Begin(_game!);
    }

    private (ILearner Learner, string Where) OpenLearner(AgentSource source, GameSession session)
    {
        if (_goal != ToolActivity.Training || Home is null)
        {
            return (source.Open(session.ObservationSpec, session.ActionCount), "");
        }

        (LearnerConnection connection, string note) = Home();
        return (source.OpenElsewhere(connection, session.ObservationSpec, session.ActionCount), $" Learning {connection.Home}. {note}".TrimEnd());
    }

    private void Decide()
    {
        GameSession session = _session!;
        if (_hasActed)
        {
            TakeIn(session.Step.Reward, session.Step.End);
            if (session.Step.End != EpisodeEnd.None)
            {
                Progress.Add(session.LastEpisode);
            }
        }

        Choose(session.Observation);
        session.Act(_action[0]);
        _hasActed = true;
        Progress.Steps++;
    }

    private void Choose(ReadOnlySpan<byte> observation)
    {
        if (Activity == ToolActivity.Training)
        {
            observation.CopyTo(_observation);
            _learner!.Act(_observation, _action);
            return;
        }

        _learner!.QValues(observation, _values);
        _action[0] = 0;
        for (int i = 1; i < _values.Length; i++)
        {
            if (_values[i] > _values[_action[0]])
            {
                _action[0] = i;
            }
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
            Rewards = _reward,
            Ends = _end,
            NextObservations = next,
            Observations = _session!.Observation,
        });
        LearnerProgress progress = _learner.Progress;
        Progress.Epsilon = progress.Epsilon;
        Progress.Loss = float.IsNaN(progress.Loss) ? null : progress.Loss;
    }

    // Somebody else loaded a state or rewound: what was seen before does not lead to what will be seen.
    private void StartOver()
    {
        if (_starter is not null)
        {
            BeginStarter(pressPower: true);
            return;
        }

        _session!.Begin(_game!);
        if (_hasActed && Activity == ToolActivity.Training)
        {
            // The learner waits for the outcome of its last action; nobody saw it.
            _reward[0] = 0;
            _end[0] = StepEnd.Truncated;
            Observe(_observation);
        }

        _hasActed = false;
        if (_session.AwaitsAction)
        {
            Decide();
        }
    }

    private void StopPlaying()
    {
        _starter = null;
        _session = null;
        _hasActed = false;
        _pressPower = false;
        _recording = null;
    }
}
