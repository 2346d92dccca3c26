using MarioAgentTool.Game;
using MarioAgentTool.Support;

namespace MarioAgentTool.Environment;

/// <summary>
/// One console's life of episodes, driven a frame at a time by whoever owns the emulator:
/// <code>
/// session.Begin(host);
/// while (true)
/// {
///     while (!session.AwaitsAction)
///     {
///         host.FrameAdvance(session.Buttons, session.WantsScreen);
///         session.AfterFrame(host);
///     }
///     session.Act(choose(session.Observation));      // session.Step tells of the action before
/// }
/// </code>
/// An ended episode is followed by the next at once: the session loads the start state, waits its no-op frames and asks for an
/// action only then. Frames in which the game leads Mario are passed with no button held. Under <see cref="ConductKind.Ours"/>
/// RAM is never written, so that the buttons since the start state alone repeat an episode; under <see cref="ConductKind.Gym"/>
/// it is, as <see cref="GymSkip"/> says.
/// </summary>
public sealed partial class GameSession
{
    /// <summary>
    /// Frames in a row in which the game may lead Mario before an episode is cut off: 30 seconds, and two minutes where worlds
    /// follow each other. (gym waits for ever, as after the last castle it must.)
    /// </summary>
    private const int LongestPass = 1800, LongestPassBetweenWorlds = 7200;

    private readonly EnvironmentSettings _settings;
    private readonly IReadOnlyList<StartState> _starts;
    private readonly StartTally _tally;
    private readonly IStartSource? _source;
    private readonly GymSkip? _skip;
    private readonly int _longestPass;
    private readonly RandomStream _random;
    private readonly ActionSet _actions;
    private readonly IRewardRule _rule;
    private readonly IObserver _observer;
    private readonly FrameStack _stack;
    private readonly byte[] _final;
    private readonly ProgressMeter _way = new();

    private Phase _phase;
    private int _noOpsLeft;
    private int _framesLeft;
    private int _passed;
    private int _action = -1;
    private int _start, _lastStart, _level, _maxX;
    private int _walked, _lastFurthestWalked, _furthestWalked;
    private GymInfo _info;
    private StepResult _step;
    private EpisodeSummary _episode, _lastEpisode;
    private InputLog _inputs = new(), _lastInputs = new();

    /// <param name="settings">What kind of world this is; checked here.</param>
    /// <param name="start">Where every episode begins.</param>
    /// <param name="random">Draws no-op starts and sticky actions; the session's own.</param>
    public GameSession(EnvironmentSettings settings, StartState start, RandomStream random)
        : this(settings, [start], random)
    {
    }

    /// <param name="settings">What kind of world this is; checked here.</param>
    /// <param name="source">Says where each episode begins.</param>
    /// <param name="random">Draws starts, no-op starts and sticky actions; the session's own.</param>
    public GameSession(EnvironmentSettings settings, IStartSource source, RandomStream random)
        : this(settings, [source.Find(0)], random) => _source = source;

    /// <param name="settings">What kind of world this is; checked here.</param>
    /// <param name="starts">Where episodes begin; drawn anew for each, as <see cref="EnvironmentSettings.StartDraw"/> says.</param>
    /// <param name="random">Draws starts, no-op starts and sticky actions; the session's own.</param>
    public GameSession(EnvironmentSettings settings, IReadOnlyList<StartState> starts, RandomStream random)
    {
        settings.Validate();
        if (starts.Count == 0)
        {
            throw new ArgumentException("There is no start state; a session needs one or more.", nameof(starts));
        }

        _settings = settings;
        _starts = starts;
        _tally = new StartTally(starts.Count);
        _random = random;
        _skip = settings.Conduct == ConductKind.Gym ? new GymSkip(settings) : null;
        _longestPass = settings.Task == TaskKind.FullGame ? LongestPassBetweenWorlds : LongestPass;
        _actions = ActionSet.Parse(settings.ActionSet);
        _rule = settings.Reward.Kind switch
        {
            RewardKind.Progress => new ProgressReward(settings),
            RewardKind.Custom => new CustomReward(settings),
            RewardKind.Gym => new GymReward(settings),
            RewardKind.Shaped => new ShapedReward(settings),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Reward.Kind, "No such reward."),
        };
        _observer = settings.Observation switch
        {
            ObservationKind.Tiles => new TileObserver(settings.Tiles),
            ObservationKind.Pixels => new PixelObserver(settings.Pixels),
            ObservationKind.MariO or ObservationKind.ScreenGrid => new GridObserver(settings.Observation, settings.Tiles),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Observation, "No such observation."),
        };
        ObservationSpec = _observer.Spec;
        _stack = new FrameStack(ObservationSpec.FrameBytes, ObservationSpec.Stack);
        _final = new byte[ObservationSpec.Length];
    }

    /// <summary>Where in an episode the coming frame falls.</summary>
    private enum Phase
    {
        /// <summary><see cref="Begin"/> is due.</summary>
        Idle,

        /// <summary>Waiting for the first action to make sense: no-op frames, then until the game listens.</summary>
        Opening,

        /// <summary><see cref="Act"/> is due.</summary>
        Choosing,

        /// <summary>The action is held.</summary>
        Stepping,

        /// <summary>The game leads Mario, in the middle of a step.</summary>
        Passing,
    }

    /// <summary>Layout of observations.</summary>
    public ObservationSpec ObservationSpec { get; }

    /// <summary>Actions to choose from.</summary>
    public int ActionCount => _actions.Count;

    /// <summary>What they are.</summary>
    public ActionSet Actions => _actions;

    /// <summary>To hold during the coming frame.</summary>
    public Buttons Buttons => _phase == Phase.Stepping ? _actions[_action] : Buttons.None;

    /// <summary>The action now held: the one chosen, or under <see cref="EnvironmentSettings.StickyActions"/> the one before. −1 before the first of an episode.</summary>
    public int HeldAction => _action;

    /// <summary>
    /// The coming frame must be rendered. Where a step may end on any of its frames and the last picture counts, as under gym's
    /// conduct, and where a picture is put together from two frames, as by nes-py's clock, each is.
    /// </summary>
    public bool WantsScreen => _observer.RenderedFrames > 0 && (_skip is not null || _settings.Clock == ClockKind.NesPy || _phase switch
    {
        Phase.Opening => _noOpsLeft <= _observer.RenderedFrames,
        Phase.Stepping => _observer.StacksEachFrame || _framesLeft <= _observer.RenderedFrames,
        _ => true,
    });

    /// <summary><see cref="Act"/> must be called before the next frame.</summary>
    public bool AwaitsAction => _phase == Phase.Choosing;

    /// <summary>The coming frame has the action held; in others the game, or the session, leads.</summary>
    public bool IsHolding => _phase == Phase.Stepping;

    /// <summary>Of the action last completed.</summary>
    public StepResult Step => _step;

    /// <summary>
    /// gym's <c>info</c> of the last frame in which the action was held: as in gym, before what was skipped after it. At an
    /// episode's start, of the frame it starts on; as it ends, of its last frame until the next is acted on.
    /// </summary>
    public GymInfo Info => _info;

    /// <summary>
    /// How far the episode of the last step had come by then: notebook 002's max_x under its reward, which begins at 40 and grows by
    /// two pixels at least; else the greatest level x.
    /// </summary>
    public int MaxX => _maxX;

    /// <summary>Where the episode began.</summary>
    public StartState Start => StartOf(_start);

    /// <summary>The <see cref="StartState.Number"/> of <see cref="Start"/>, which may no longer be kept; without a source its place in the list.</summary>
    public int StartNumber => _start;

    /// <summary>Where the episode that ended last began.</summary>
    public StartState LastStart => StartOf(_lastStart);

    /// <summary>As <see cref="StartNumber"/>, of <see cref="LastStart"/>.</summary>
    public int LastStartNumber => _lastStart;

    /// <summary>Pixels walked since the episode began, there and back counted once, through pipes and mazes: see <see cref="ProgressMeter"/>.</summary>
    public int Walked => _walked;

    /// <summary>The most that <see cref="Walked"/> came to in the episode that ended last.</summary>
    public int LastFurthestWalked => _lastFurthestWalked;

    /// <summary>What to act on now.</summary>
    public ReadOnlySpan<byte> Observation => _stack.Frames;

    /// <summary>The last observation of the episode that ended; valid while <see cref="Step"/> tells of an end.</summary>
    public ReadOnlySpan<byte> FinalObservation => _final;

    /// <summary>The episode so far.</summary>
    public EpisodeSummary Episode => _episode;

    /// <summary>The episode that ended last.</summary>
    public EpisodeSummary LastEpisode => _lastEpisode;

    /// <summary>
    /// Buttons of every frame since the start state, waiting and led frames included, of the last ended episode; valid until the
    /// next one ends.
    /// </summary>
    public ReadOnlySpan<Buttons> LastEpisodeInputs => _lastInputs.Frames;

    /// <summary>Buttons of every frame since the start state of the episode that is on.</summary>
    public ReadOnlySpan<Buttons> EpisodeInputs => _inputs.Frames;

    /// <summary>Loads the start state and begins the first episode.</summary>
    public void Begin(IGameHost host)
    {
        _step = default;
        BeginEpisode(host, DrawNoOps());
        _observer.Prepare(host);
    }

    /// <summary>The action for the coming frames.</summary>
    public void Act(int action)
    {
        if (_phase != Phase.Choosing)
        {
            throw new InvalidOperationException($"No action is due ({_phase}); run frames until AwaitsAction.");
        }

        if ((uint)action >= (uint)ActionCount)
        {
            throw new ArgumentOutOfRangeException(nameof(action), action, $"Actions are 0 to {ActionCount - 1} ({_actions.Name}).");
        }

        // Sticky actions (Machado et al., 2018, section 5.2). An episode's first has none before it.
        if (_action < 0 || _settings.StickyActions == 0 || _random.NextSingle() >= _settings.StickyActions)
        {
            _action = action;
        }

        _framesLeft = _settings.FrameSkip;
        _rule.BeginStep();
        _phase = Phase.Stepping;
    }

    /// <summary>Told of each frame, right after it.</summary>
    public void AfterFrame(IGameHost host)
    {
        if (_phase is Phase.Idle or Phase.Choosing)
        {
            throw new InvalidOperationException(_phase == Phase.Idle ? "Begin is due." : "Act is due before another frame.");
        }

        _inputs.Add(Buttons);
        var frame = new MarioFrame(host.ReadRam());
        _episode = _episode with
        {
            Frames = _episode.Frames + 1,
            X = frame.LevelX,
            FurthestX = Math.Max(_episode.FurthestX, frame.LevelX),
        };
        _walked += _way.Advance(frame);
        _furthestWalked = Math.Max(_furthestWalked, _walked);

        switch (_phase)
        {
            case Phase.Opening:
                AfterOpeningFrame(host, frame);
                break;

            case Phase.Stepping:
                _framesLeft--;
                _info = GymInfo.Of(frame);
                var end = _rule.AfterFrame(frame);
                if (end != EpisodeEnd.None)
                {
                    EndEpisode(host, end, observed: false);
                }
                else if (_skip?.Begin(host) ?? !Listens(frame))
                {
                    _passed = 0;
                    _phase = Phase.Passing;
                    _observer.Remember(host);
                }
                else
                {
                    AfterHeldFrame(host);
                }

                break;

            case Phase.Passing:
                _rule.AfterPassedFrame(frame);
                if (!(_skip?.AfterFrame(host) ?? !Listens(frame)))
                {
                    _phase = Phase.Stepping;
                    AfterHeldFrame(host);
                }
                else if (++_passed >= _longestPass)
                {
                    EndEpisode(host, EpisodeEnd.Truncated, observed: false);
                }
                else
                {
                    _observer.Remember(host);
                }

                break;
        }

        _observer.Prepare(host);
    }

    // A life lost in a full game is led through, like the card that follows.
    private bool Listens(in MarioFrame frame) =>
        frame.IsListening && !(_settings.Task == TaskKind.FullGame && (frame.IsDying || frame.HasFallen));

    private void BeginEpisode(IGameHost host, int noOps)
    {
        _start = _source is not null ? _source.Draw(_random).Number
            : _starts.Count == 1 ? 0 : _settings.StartDraw == StartDraw.Failures ? _tally.Draw(_random) : _random.NextInt(_starts.Count);
        host.LoadState(Start.State);
        _observer.BeginEpisode();
        _inputs.Clear();
        var frame = new MarioFrame(host.ReadRam());
        _episode = new EpisodeSummary(0, 0, 0, frame.LevelX, frame.LevelX, EpisodeEnd.None);
        _way.Begin(frame);
        _walked = _furthestWalked = 0;
        _action = -1;

        _passed = 0;
        _phase = Phase.Opening;
        if (_skip is not null && noOps == 0 && Start.Picture is { } picture)
        {
            // gym looks at the start state itself.
            _noOpsLeft = 0;
            var still = new StillHost(host, picture);
            if (_observer.RenderedFrames > 1)
            {
                _observer.Remember(still);
            }

            Open(still, frame);
            return;
        }

        // A state says nothing about the picture: whoever looks at it needs frames.
        _noOpsLeft = Math.Max(Start.IsInPlay ? 0 : noOps, _observer.RenderedFrames);
        OpenWhenReady(host, frame);
    }

    private StartState StartOf(int number) => _source?.Find(number) ?? _starts[number];

    private int DrawNoOps() => _settings.NoOpStarts > 0 ? _random.NextInt(_settings.NoOpStarts + 1) : 0;

    private void AfterOpeningFrame(IGameHost host, in MarioFrame frame)
    {
        _noOpsLeft = Math.Max(_noOpsLeft - 1, 0);
        if (Endings.Of(frame) != EpisodeEnd.None)
        {
            // Waiting itself was deadly: begin again without.
            BeginEpisode(host, noOps: 0);
            return;
        }

        OpenWhenReady(host, frame);
    }

    private void OpenWhenReady(IGameHost host, in MarioFrame frame)
    {
        if (_noOpsLeft > 0 || !frame.IsListening)
        {
            if (_noOpsLeft < _observer.RenderedFrames && _episode.Frames > 0)
            {
                _observer.Remember(host);
            }

            if (_noOpsLeft == 0 && ++_passed > _longestPass)
            {
                throw new InvalidOperationException(
                    $"The start state gave no control for {_longestPass} frames ($000E is {(int)frame.Routine:X2}); start from a state in the middle of a stage.");
            }

            return;
        }

        Open(host, frame);
    }

    private void Open(IGameHost host, in MarioFrame frame)
    {
        _observer.Observe(host, _stack.Newest);
        _stack.Repeat();
        _rule.BeginEpisode(frame);
        _level = frame.World * 4 + frame.Stage;
        if (_step.End == EpisodeEnd.None)
        {
            _info = GymInfo.Of(frame);
        }

        _phase = Phase.Choosing;
    }

    /// <summary>A held frame is over and the game listens again, at once or after having led Mario along.</summary>
    private void AfterHeldFrame(IGameHost host)
    {
        var end = _rule.AfterLed(new MarioFrame(host.ReadRam()));
        if (end != EpisodeEnd.None)
        {
            EndEpisode(host, end, observed: false);
            return;
        }

        if (HasLeftStage(host))
        {
            // By a warp pipe: what comes is another stage's.
            EndEpisode(host, EpisodeEnd.Truncated, observed: false);
            return;
        }

        if (_framesLeft > 0 && !_rule.StepIsOver)
        {
            if (_observer.StacksEachFrame)
            {
                ObserveNow(host);
            }

            if (_framesLeft < _observer.RenderedFrames)
            {
                _observer.Remember(host);
            }

            return;
        }

        ObserveNow(host);
        end = _rule.EndStep();
        if (end == EpisodeEnd.None && _episode.Steps + 1 == _settings.MaxSteps)
        {
            end = EpisodeEnd.Truncated;
        }

        if (end != EpisodeEnd.None)
        {
            EndEpisode(host, end, observed: true);
            return;
        }

        EndStep(end);
        _phase = Phase.Choosing;
    }

    private bool HasLeftStage(IGameHost host)
    {
        var frame = new MarioFrame(host.ReadRam());
        return _skip is null && _settings.Task != TaskKind.FullGame && frame.World * 4 + frame.Stage != _level;
    }

    private void EndStep(EpisodeEnd end)
    {
        _maxX = _rule.MaxX ?? _episode.FurthestX;
        _step = new StepResult(_rule.Reward, end, _rule.Parts);
        _episode = _episode with { Reward = _episode.Reward + _step.Reward, Steps = _episode.Steps + 1, End = end };
    }

    private void EndEpisode(IGameHost host, EpisodeEnd end, bool observed)
    {
        if (!observed)
        {
            // In the middle of a skip the picture may be a few frames old. Nothing looks beyond this observation.
            ObserveNow(host);
        }

        EndStep(end);
        _stack.Frames.CopyTo(_final);
        _lastEpisode = _episode;
        _lastStart = _start;
        _lastFurthestWalked = _furthestWalked;
        if (_source is null)
        {
            _tally.Add(_start, end);
        }

        (_inputs, _lastInputs) = (_lastInputs, _inputs);
        BeginEpisode(host, DrawNoOps());
    }

    private void ObserveNow(IGameHost host)
    {
        _stack.Shift();
        _observer.Observe(host, _stack.Newest);
    }
}
