using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>gym-super-mario-bros 7.4: v + c + d a frame, clipped to ±15 a frame and summed over the skip.</summary>
internal sealed class GymReward : IRewardRule
{
    private const int Clip = 15, DeathPenalty = -25, LargestStride = 5;

    private int _lastX, _lastTime;
    private RewardParts _parts;

    public RewardParts Parts => _parts;

    public void BeginEpisode(in MarioFrame frame)
    {
        _lastX = frame.LevelX;
        _lastTime = frame.Time;
    }

    public void BeginStep() => _parts = default;

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        // v: Δx, 0 where it is more than a stride (a change of area).  c: Δclock, 0 when it is wound up.  d: −25 on dying.
        int v = frame.LevelX - _lastX;
        v = Math.Abs(v) > LargestStride ? 0 : v;
        int c = Math.Min(frame.Time - _lastTime, 0);
        int d = frame.GymIsDying || frame.GymIsDead ? DeathPenalty : 0;
        _lastX = frame.LevelX;
        _lastTime = frame.Time;

        // What the clip takes off is taken off the ending's part first: only a death goes beyond it.
        int r = Math.Min(Math.Max(v + c + d, -Clip), Clip);
        var (progress, time, shaping, ending) = _parts;
        _parts = new RewardParts(progress + v, time + c, shaping, ending + (r - v - c));
        return Endings.AsGymSees(frame);
    }

    // gym measures the next Δ from the last frame it gave out, not from these.
    public void AfterPassedFrame(in MarioFrame frame)
    {
    }

    public EpisodeEnd EndStep() => EpisodeEnd.None;

    public void Sync(SessionSync s)
    {
        s.Sync(ref _lastX);
        s.Sync(ref _lastTime);
        s.Sync(ref _parts);
    }
}
