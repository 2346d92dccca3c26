using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// The step of notebook 000's SkipFrame: gym's reward of a frame counts only if x_pos grew over the frame before, else the frame
/// costs 0.5 whatever gym paid, a death included. x_pos is compared with 0 on a step's first frame, so that this one always pays.
/// </summary>
internal sealed class ShapedReward(EnvironmentSettings settings) : IRewardRule
{
    private const float Standing = -0.5f;

    private readonly GymMeter _gym = new(settings);
    private readonly bool _carriesX = settings.Reward.CarryX, _keepsDeath = settings.Reward.KeepDeath;
    private int _x;
    private RewardParts _parts;

    public RewardParts Parts => _parts;

    public float Reward => _parts.Total;

    public bool StepIsOver => false;

    public int? MaxX => null;

    public void BeginEpisode(in MarioFrame frame)
    {
        _gym.BeginEpisode(frame);
        _x = frame.LevelX;
    }

    public void BeginStep()
    {
        _parts = default;
        _x = _carriesX ? _x : 0;
    }

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        _gym.Advance(frame);
        int x = frame.LevelX;
        var (progress, time, shaping, ending) = _parts;
        _parts = x > _x || _keepsDeath && _gym.IsDeath
            ? new RewardParts(progress + _gym.X, time + _gym.Clock, shaping, ending + _gym.Ending)
            : new RewardParts(progress, time, shaping + Standing, ending);
        _x = x;
        return _gym.End;
    }

    public void AfterPassedFrame(in MarioFrame frame)
    {
    }

    public EpisodeEnd AfterLed(in MarioFrame frame) => EpisodeEnd.None;

    public EpisodeEnd EndStep() => EpisodeEnd.None;

    public void Sync(SessionSync s)
    {
        _gym.Sync(s);
        s.Sync(ref _x);
        s.Sync(ref _parts);
    }
}
