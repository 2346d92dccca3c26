using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// r = Δx/32 − 0.02 a step; −2 for a death or a stall, +5 for the flag. Every ending is one: a stalled episode has no future
/// either, or an agent would learn to wait for the next. In a full game lives and stages are priced alike as they go by; it ends
/// with the last life or the last castle.
/// </summary>
internal sealed class ProgressReward(EnvironmentSettings settings) : IRewardRule
{
    private readonly RewardSettings _settings = settings.Reward;
    private readonly bool _fullGame = settings.Task == TaskKind.FullGame;
    private readonly ProgressMeter _meter = new();
    private int _walked, _walkedBeforeStep, _furthestWalked;
    private int _stepsWithoutProgress;
    private EpisodeEnd _lastEnd;
    private int _mazePassed, _mazeCorrect;
    private float _ending, _turns;
    private RewardParts _parts;

    public RewardParts Parts => _parts;

    public float Reward => _parts.Total;

    public bool StepIsOver => false;

    public int? MaxX => null;

    public void BeginEpisode(in MarioFrame frame)
    {
        _meter.Begin(frame);
        _walked = _walkedBeforeStep = _furthestWalked = 0;
        _stepsWithoutProgress = 0;
        _lastEnd = EpisodeEnd.None;
        (_mazePassed, _mazeCorrect) = (frame.MazePassed, frame.MazeCorrect);
    }

    public void BeginStep()
    {
        _walkedBeforeStep = _walked;
        _ending = _turns = 0;
        _parts = default;
    }

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        _walked += _meter.Advance(frame);
        var end = Endings.Of(frame);
        (bool right, bool wrong) = Turn(frame);
        _turns += right ? _settings.MazeTurn : 0;
        if (end == EpisodeEnd.None && _settings.MazeEnds && (wrong || _meter.IsSentBack) && !_fullGame)
        {
            end = EpisodeEnd.Stalled;
        }

        // Where an ending ends nothing it shows for as long as the game takes; it is paid for once.
        _ending += end == _lastEnd ? 0 : PriceOf(end);
        _lastEnd = end;
        Price();
        return !_fullGame ? end
            : end == EpisodeEnd.FlagReached ? (Endings.IsGameWon(frame) ? end : EpisodeEnd.None)
            : end != EpisodeEnd.None && frame.Lives is 0 or 0xFF ? end : EpisodeEnd.None;
    }

    public void AfterPassedFrame(in MarioFrame frame) => _meter.Advance(frame);

    public EpisodeEnd AfterLed(in MarioFrame frame) => EpisodeEnd.None;

    public EpisodeEnd EndStep()
    {
        if (_walked > _furthestWalked)
        {
            _furthestWalked = _walked;
            _stepsWithoutProgress = 0;
        }
        else if (++_stepsWithoutProgress == _settings.StallSteps)
        {
            _ending += PriceOf(EpisodeEnd.Stalled);
            Price();
            return EpisodeEnd.Stalled;
        }

        return EpisodeEnd.None;
    }

    public void Sync(SessionSync s)
    {
        _meter.Sync(s);
        s.Sync(ref _walked);
        s.Sync(ref _walkedBeforeStep);
        s.Sync(ref _furthestWalked);
        s.Sync(ref _stepsWithoutProgress);
        s.Sync(ref _lastEnd);
        s.Sync(ref _ending);
        s.Sync(ref _turns);
        s.Sync(ref _mazePassed);
        s.Sync(ref _mazeCorrect);
        s.Sync(ref _parts);
    }

    private void Price() => _parts = new RewardParts((_walked - _walkedBeforeStep) / _settings.PixelsPerPoint, _settings.PerStep, _turns, _ending);

    // A maze of three judges its turns together, after the last; the game counts each as it is passed, and the right ones.
    private (bool Right, bool Wrong) Turn(in MarioFrame frame)
    {
        (int passed, int correct) = (frame.MazePassed - _mazePassed, frame.MazeCorrect - _mazeCorrect);
        (_mazePassed, _mazeCorrect) = (frame.MazePassed, frame.MazeCorrect);
        return (correct == 1, passed == 1 && correct == 0);
    }

    private float PriceOf(EpisodeEnd end) => end switch
    {
        EpisodeEnd.None => 0,
        EpisodeEnd.FlagReached => _settings.Flag,
        _ => _settings.Death,
    };
}
