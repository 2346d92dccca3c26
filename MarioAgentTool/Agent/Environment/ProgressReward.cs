using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// r = Δx/32 − 0.02 a step; −2 for a death or a stall, +5 for the flag. Every ending is one: a stalled episode has no future
/// either, or an agent would learn to wait for the next.
/// </summary>
internal sealed class ProgressReward(RewardSettings settings) : IRewardRule
{
    private readonly ProgressMeter _meter = new();
    private int _walked, _walkedBeforeStep, _furthestWalked;
    private int _stepsWithoutProgress;
    private RewardParts _parts;

    public RewardParts Parts => _parts;

    public void BeginEpisode(in MarioFrame frame)
    {
        _meter.Begin(frame);
        _walked = _walkedBeforeStep = _furthestWalked = 0;
        _stepsWithoutProgress = 0;
    }

    public void BeginStep()
    {
        _walkedBeforeStep = _walked;
        _parts = default;
    }

    public EpisodeEnd AfterFrame(in MarioFrame frame)
    {
        _walked += _meter.Advance(frame);
        var end = Endings.Of(frame);
        Price(end);
        return end;
    }

    public void AfterPassedFrame(in MarioFrame frame) => _meter.Advance(frame);

    public EpisodeEnd EndStep()
    {
        if (_walked > _furthestWalked)
        {
            _furthestWalked = _walked;
            _stepsWithoutProgress = 0;
        }
        else if (++_stepsWithoutProgress == settings.StallSteps)
        {
            Price(EpisodeEnd.Stalled);
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
        s.Sync(ref _parts);
    }

    private void Price(EpisodeEnd end) => _parts = new RewardParts(
        Progress: (_walked - _walkedBeforeStep) / settings.PixelsPerPoint,
        Time: settings.PerStep,
        Shaping: 0,
        Ending: end switch
        {
            EpisodeEnd.None => 0,
            EpisodeEnd.FlagReached => settings.Flag,
            _ => settings.Death,
        });
}
