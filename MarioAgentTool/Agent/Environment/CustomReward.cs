using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// custom_reward of the second notebook (dueling DQN) with the step of its FrameStackAndSkip, number for number: new ground in
/// pixels, −0.1 a frame, +10 once beyond x = 1320, a hint to jump when stuck, and −10 or 25 that replaces the whole step's
/// reward when it ends.
/// </summary>
internal sealed class CustomReward : IRewardRule
{
    private const int StartX = 40, CheckpointX = 1320, PatienceFrames = 60, GiveUpFrames = 500;

    private int _maxX, _t;
    private bool _flag;
    private double _progress, _time, _shaping;
    private RewardParts _parts;

    public RewardParts Parts => _parts;

    // max_x, t, flag, died_flag = 40, 0, False, False
    public void BeginEpisode(in MarioFrame frame)
    {
        _maxX = StartX;
        _t = 0;
        _flag = false;
    }

    public void BeginStep()
    {
        _progress = _time = _shaping = 0;
        _parts = default;
    }

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        var end = Endings.AsGymSees(frame);
        if (end is not (EpisodeEnd.None or EpisodeEnd.FlagReached))
        {
            return Close(-10, end);
        }

        int x = frame.LevelX;
        int delta = x - _maxX;
        double y = 0;
        if (delta > 1)
        {
            _progress += delta;
            _maxX = x;
            _t = 0;
        }
        else
        {
            _t++;
            if (_t > PatienceFrames)
            {
                // y = clamp(−2 + 2.85 (y_pos − 79) / 240, −2, −0.1), a quarter of it counted
                y = Math.Min(Math.Max(-2 + 2.85 * ((frame.GymY - 79) / 240.0), -2), -0.1);
            }
        }

        _time += -0.1;
        _shaping += y / 4;
        if (x > CheckpointX && !_flag)
        {
            _shaping += 10;
            _flag = true;
        }

        if (end == EpisodeEnd.FlagReached)
        {
            return Close(25, end);
        }

        if (_t > GiveUpFrames)
        {
            return Close(-10, EpisodeEnd.Stalled);
        }

        _parts = new RewardParts((float)_progress, (float)_time, (float)_shaping, 0);
        return EpisodeEnd.None;
    }

    // gym passes them inside its own step, where the notebook does not look.
    public void AfterPassedFrame(in MarioFrame frame)
    {
    }

    public EpisodeEnd EndStep() => EpisodeEnd.None;

    public void Sync(SessionSync s)
    {
        s.Sync(ref _maxX);
        s.Sync(ref _t);
        s.Sync(ref _flag);
        s.Sync(ref _progress);
        s.Sync(ref _time);
        s.Sync(ref _shaping);
        s.Sync(ref _parts);
    }

    private EpisodeEnd Close(float reward, EpisodeEnd end)
    {
        _parts = new RewardParts(0, 0, 0, Ending: reward);
        return end;
    }
}
