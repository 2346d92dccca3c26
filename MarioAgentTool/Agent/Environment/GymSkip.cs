using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// What gym-super-mario-bros 7.4.0 does between two of its steps: it kills a dying Mario at once, waits out a world's end, cuts
/// short the walk into another area, and passes frames in which the game leads Mario without its cards. All by writing RAM, and
/// without a button held.
/// </summary>
internal sealed class GymSkip(EnvironmentSettings settings)
{
    private readonly bool _fullGame = settings.Task == TaskKind.FullGame;

    // Only gym takes the way out of a coin heaven for a death.
    private readonly bool _coinHeavenIsNoDeath = settings.Reward.CoinHeavenExit || settings.Reward.Kind == RewardKind.Progress;

    private enum Stage
    {
        Over,
        Killed,
        WorldEnding,
        Occupied,
    }

    private Stage _stage;
    private int _time;

    /// <summary>A frame was given out and did not end the episode. Writes what there is to write.</summary>
    /// <returns>Whether frames must pass now.</returns>
    public bool Begin(IGameHost host)
    {
        var frame = new MarioFrame(host.ReadRam());
        if (!(_coinHeavenIsNoDeath ? frame.Routine == PlayerRoutine.Death || frame.HasFallen : frame.GymIsDying))
        {
            return AfterDeath(host);
        }

        host.WriteByte(RamMap.PlayerRoutine, (byte)PlayerRoutine.LoseLife);
        _stage = Stage.Killed;
        return true;
    }

    /// <summary>One of those frames has passed.</summary>
    /// <returns>Whether more must.</returns>
    public bool AfterFrame(IGameHost host) => _stage switch
    {
        Stage.Killed => AfterDeath(host),
        Stage.WorldEnding => new MarioFrame(host.ReadRam()).GymTime == _time || AfterWorld(host),
        _ => AfterArea(host),
    };

    public void Sync(SessionSync s)
    {
        int stage = (int)_stage;
        s.Sync(ref stage);
        _stage = (Stage)stage;
        s.Sync(ref _time);
    }

    private bool AfterDeath(IGameHost host)
    {
        var frame = new MarioFrame(host.ReadRam());
        if (!_fullGame || !frame.GymIsWorldOver)
        {
            return AfterWorld(host);
        }

        // Until the clock begins to be paid out.
        _time = frame.GymTime;
        _stage = Stage.WorldEnding;
        return true;
    }

    private bool AfterWorld(IGameHost host)
    {
        if (host.ReadRam()[RamMap.ChangeAreaTimer] is > 1 and < 255)
        {
            host.WriteByte(RamMap.ChangeAreaTimer, 1);
        }

        return AfterArea(host);
    }

    private bool AfterArea(IGameHost host)
    {
        var frame = new MarioFrame(host.ReadRam());
        if (!frame.GymIsBusy && !frame.GymIsWorldOver)
        {
            _stage = Stage.Over;
            return false;
        }

        host.WriteByte(RamMap.ScreenTimer, 0);
        _stage = Stage.Occupied;
        return true;
    }
}
