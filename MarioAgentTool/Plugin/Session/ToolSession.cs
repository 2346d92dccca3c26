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
public sealed partial class ToolSession : IDisposable
{
    private readonly PadOverride _pad = new();
    private readonly Func<TimeSpan> _clock;
    private BizHawkHost? _host;
    private IGameHost? _game;
    private AgentSource? _source;
    private ToolActivity _goal;
    private bool _pressPower, _beginsHere;
    private Buttons[]? _tape;
    private int _tapeAt;
    private RecordingHost? _recording;
    private Starter? _starter;
    private readonly List<StartState> _starts = [];
    private GameSession? _session;
    private ILearner? _learner;
    private int _expectedFrame;

    // The transition under way, as a learner of one environment takes it in.
    private readonly int[] _action = new int[1], _performed = new int[1];
    private readonly float[] _reward = new float[1];
    private readonly StepEnd[] _end = new StepEnd[1];
    private float[] _values = [];
    private byte[] _observation = [];
    private bool _hasActed;

    /// <param name="clock">Time since any moment; null takes the machine's stopwatch.</param>
    public ToolSession(Func<TimeSpan>? clock = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        _clock = clock ?? (() => watch.Elapsed);
        Starts.Changed += StartsHaveChanged;
    }

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

    /// <summary>On the way to training, or training.</summary>
    public bool IsTraining => IsBusy && _goal == ToolActivity.Training && _tape is null;

    /// <summary>The states that episodes start from; none for the stage's beginning. Another core cannot read them.</summary>
    public StartList Starts { get; } = new();

    /// <summary>Where the network is kept while training goes on, and when it stops; null keeps nothing.</summary>
    public Autosave? Autosave
    {
        get;
        set
        {
            FinishKeeping();
            field = value;
        }
    }

    /// <summary>What the agent sees, wants and does now.</summary>
    public AgentView View { get; } = new();

    /// <summary>Whether the user's hand on the pad goes before the agent's while it plays. (Training is never disturbed.)</summary>
    public bool HumanMayTakeOver { get; set; } = true;

    /// <summary>The best episode of this sitting, for a movie; null before the first has ended.</summary>
    public BestEpisode? Best { get; private set; }

    /// <summary>The number in <see cref="ToolProgress.Log"/> of <see cref="Best"/>; 0 before the first has ended.</summary>
    public int BestNumber { get; private set; }

    /// <summary>EmuHawk has started a core, or has none: whatever went on is over.</summary>
    /// <param name="host">The core, if it is one the agent can play on.</param>
    /// <param name="obstacle">Else why not, as a sentence.</param>
    public void Attach(BizHawkHost? host, string? obstacle)
    {
        string loss = KeepWhatWasLearned();
        StopPlaying();
        Starts.Clear();
        _host = host;
        Activity = host is null ? ToolActivity.Waiting : ToolActivity.Ready;
        Message = host is null ? obstacle ?? "No game is loaded." : "Ready. Choose a run and watch it play, or train here.";
        Message += loss;
    }

    /// <summary>Turns the console off and on, goes to the stage and plays episode after episode.</summary>
    public void Watch(AgentSource source) => Start(source, ToolActivity.Playing, oneEpisode: false, atPowerOn: false);

    /// <summary>Plays one episode on a console that was switched on this moment, for a movie: no state is loaded.</summary>
    public void PlayOnceFromPowerOn(AgentSource source) => Start(source, ToolActivity.Playing, oneEpisode: true, atPowerOn: true);

    /// <summary>Plays one episode from the machine as it is at the next frame, for a movie: no state is loaded.</summary>
    public void PlayOnceFromHere(AgentSource source)
    {
        Start(source, ToolActivity.Playing, oneEpisode: true, atPowerOn: true);
        _starter = null;
        _beginsHere = true;
    }

    /// <summary>Holds what was held before, frame by frame, for a movie of it; the machine must be where that began.</summary>
    public void PlayTape(IReadOnlyList<Buttons> inputs)
    {
        if (_host is null)
        {
            throw new InvalidOperationException(Message);
        }

        StopPlaying();
        _tape = [.. inputs];
        _tapeAt = 0;
        IsEpisodeDone = false;
        Activity = ToolActivity.Playing;
        Message = "Playing the best episode again, for the movie.";
    }

    /// <summary>Turns the console off and on, goes to the stage and learns, one environment, in EmuHawk's own time.</summary>
    public void Train(AgentSource source) => Start(source, ToolActivity.Training, oneEpisode: false, atPowerOn: false);

    /// <summary>Gives the pad back to the user.</summary>
    public void Stop(string message)
    {
        string loss = KeepWhatWasLearned();
        StopPlaying();
        if (_host is not null)
        {
            Activity = ToolActivity.Ready;
        }

        Message = message + loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        KeepWhatWasLearned();
        FinishKeeping();
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
        if (source.Environment is { Observation: ObservationKind.Pixels, Pixels.Background: BackgroundKind.Flat })
        {
            throw new NotSupportedException(
                $"This agent sees {source.Environment.WorldName} with flat backgrounds, which EmuHawk's cores do not draw; play it with mario-agent eval, or train one with environment.pixels.background=scenery.");
        }

        FinishKeeping();
        _learner?.Dispose();
        _learner = null;
        _source = source;
        _goal = goal;
        _recording = oneEpisode ? new RecordingHost(_host) : null;
        _game = _recording ?? (IGameHost)_host;
        IsEpisodeDone = false;
        Progress = new ToolProgress(goal == ToolActivity.Training ? source.Earlier : null);
        Best = null;
        BestNumber = 0;
        View.Clear();
        _starts.Clear();
        if (UsesStarts)
        {
            _starts.AddRange(Starts.States);
            BeginSession();
            _expectedFrame = _host.Frame;
            return;
        }

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
        environment = UsesStarts ? environment with { StartDraw = Starts.Draw } : environment;
        _session = new GameSession(environment, _starts, new Seeds(_source!.Settings.Seed).Stream("emuhawk"));
        string where = "";
        if (_learner is null)
        {
            (_learner, where) = OpenLearner(_source, _session);
            _values = new float[_session.ActionCount];
            _observation = new byte[_session.ObservationSpec.Length];
        }

        View.Begin(environment, _session);
        Activity = _goal;
        Message = _goal == ToolActivity.Playing ? $"Playing: {_source.Description}." : $"Training: {_source.Description}.{where}";
        _session.Begin(_game!);
    }

    // Movies begin where they begin.
    private bool UsesStarts => _recording is null && Starts.Count > 0;

    private void StopPlaying()
    {
        _starter = null;
        _session = null;
        _hasActed = false;
        _pressPower = _beginsHere = false;
        _tape = null;
        _recording = null;
    }
}
