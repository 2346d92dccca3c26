using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// gym-super-mario-bros 7.4.0: v + c + d a frame, clipped to ±15 a frame and summed over the skip, as PyTorch's tutorial
/// (notebook 001) sums it.
/// </summary>
internal sealed class GymReward(EnvironmentSettings settings) : IRewardRule
{
    private readonly GymMeter _gym = new(settings);
    private RewardParts _parts;

    public RewardParts Parts => _parts;

    public float Reward => _parts.Total;

    public bool StepIsOver => false;

    public int? MaxX => null;

    public void BeginEpisode(in MarioFrame frame) => _gym.BeginEpisode(frame);

    public void BeginStep() => _parts = default;

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        _gym.Advance(frame);
        var (progress, time, shaping, ending) = _parts;
        _parts = new RewardParts(progress + _gym.X, time + _gym.Clock, shaping, ending + _gym.Ending);
        return _gym.End;
    }

    // gym measures the next Δ from the last frame it gave out, not from these.
    public void AfterPassedFrame(in MarioFrame frame)
    {
    }

    public EpisodeEnd AfterLed(in MarioFrame frame) => EpisodeEnd.None;

    public EpisodeEnd EndStep() => EpisodeEnd.None;

    public void Sync(SessionSync s)
    {
        _gym.Sync(s);
        s.Sync(ref _parts);
    }
}
