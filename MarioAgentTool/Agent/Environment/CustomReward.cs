using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// The step of notebook 002's FrameStackAndSkip with its custom_reward, number for number: new ground in pixels, −0.1 a frame,
/// +10 once beyond x_pos 1320, a hint to jump when stuck, and −10 or 25 that replaces the whole step's reward on its last frame.
/// It judges each frame after what gym skipped on from it: death by the RAM of then, all else by gym's info of before.
/// </summary>
internal sealed class CustomReward(EnvironmentSettings settings) : IRewardRule
{
    private const int StartX = 40, CheckpointX = 1320, PatienceFrames = 60, GiveUpFrames = 500, Room = 16;
    private const double Died = -10, Won = 25, Checkpoint = 10, PerFrame = -0.1;

    private readonly GymMeter _gym = new(settings);
    private readonly RewardSettings _settings = settings.Reward;

    // max_x, t, flag, died_flag of the training loop, and what custom_reward asks of info.
    private int _maxX, _t;
    private bool _flag, _diedFlag;
    private int _infoX, _infoY, _lastX;
    private bool _infoFlag;

    private bool _stepIsOver;
    private double _total, _progress, _time, _shaping, _ending;

    public RewardParts Parts => new((float)_progress, (float)_time, (float)_shaping, (float)_ending);

    public float Reward => (float)_total;

    public bool StepIsOver => _stepIsOver;

    public int? MaxX => _maxX;

    public void BeginEpisode(in MarioFrame frame)
    {
        _gym.BeginEpisode(frame);
        _maxX = StartX;
        _lastX = frame.LevelX;
        _t = 0;
        _flag = _diedFlag = false;
    }

    public void BeginStep()
    {
        _total = _progress = _time = _shaping = _ending = 0;
        _stepIsOver = false;
    }

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        _gym.Advance(frame);
        _infoX = frame.LevelX;
        _infoY = frame.GymY;
        _infoFlag = _gym.IsFlag(frame);
        return _gym.End == EpisodeEnd.None ? EpisodeEnd.None : Judge(frame);
    }

    public void AfterPassedFrame(in MarioFrame frame)
    {
    }

    public EpisodeEnd AfterLed(in MarioFrame frame) => Judge(frame);

    public EpisodeEnd EndStep() => EpisodeEnd.None;

    public void Sync(SessionSync s)
    {
        _gym.Sync(s);
        s.Sync(ref _maxX);
        s.Sync(ref _t);
        s.Sync(ref _flag);
        s.Sync(ref _diedFlag);
        s.Sync(ref _infoX);
        s.Sync(ref _infoY);
        s.Sync(ref _infoFlag);
        s.Sync(ref _lastX);
        s.Sync(ref _stepIsOver);
        s.Sync(ref _total);
        s.Sync(ref _progress);
        s.Sync(ref _time);
        s.Sync(ref _shaping);
        s.Sync(ref _ending);
    }

    private EpisodeEnd Judge(in MarioFrame frame)
    {
        bool died = _gym.IsDying(frame) || frame.GymIsDead;
        if (died || _diedFlag)
        {
            // Where death shows only after gym's skipping, gym has not ended the episode: the step breaks off, and the steps
            // after it are one frame long and worth nothing until gym does.
            if (!_diedFlag)
            {
                Close(Died);
                _diedFlag = true;
            }

            _stepIsOver = true;
            return _gym.End;
        }

        double v = 0, ch = 0, y = 0;
        bool done = false;
        if (_settings.NewGroundPerRoom && Math.Abs(_infoX - _lastX) > Room)
        {
            _maxX = _infoX;
        }

        _lastX = _infoX;
        int delta = _infoX - _maxX;
        if (delta > 1)
        {
            v = delta;
            _maxX = _infoX;
            _t = 0;
        }
        else
        {
            _t++;
            if (_t > PatienceFrames)
            {
                // y = clamp(−2 + 2.85 (y_pos − 79) / 240, −2, −0.1), a quarter of it counted
                y = Math.Min(Math.Max(-2 + 2.85 * ((_infoY - 79) / 240.0), -2), -0.1);
            }

            done = _t > GiveUpFrames;
        }

        if (_infoX > CheckpointX && !_flag)
        {
            ch = Checkpoint;
            _flag = true;
        }

        // The sum in the notebook's order, for the last bit's sake.
        double reward = v + ch + y / 4 + PerFrame;
        _progress += v;
        _time += PerFrame;
        _shaping += ch + y / 4;
        if (_infoFlag)
        {
            reward += Won;
            _ending += Won;
            done = true;
        }

        _total += reward;
        if (!done)
        {
            return EpisodeEnd.None;
        }

        _stepIsOver = true;
        if (_infoFlag)
        {
            CloseWon();
            return EpisodeEnd.FlagReached;
        }

        Close(Died);
        return _settings.GiveUpTruncates ? EpisodeEnd.Truncated : EpisodeEnd.Stalled;
    }

    private void CloseWon()
    {
        if (!_settings.AddEndings)
        {
            _total = _ending = Won;
            _progress = _time = _shaping = 0;
        }
    }

    private void Close(double reward)
    {
        if (_settings.AddEndings)
        {
            _total += reward;
            _ending += reward;
            return;
        }

        _total = _ending = reward;
        _progress = _time = _shaping = 0;
    }
}
