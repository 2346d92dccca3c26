using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// What gym-super-mario-bros 7.4.0 makes of a frame: the reward v + c + d, clipped, and whether the episode is over. The rewards
/// that quote it build on this.
/// </summary>
internal sealed class GymMeter(EnvironmentSettings settings)
{
    private const int Clip = 15, DeathPenalty = -25, LargestStride = 5;

    private readonly bool _robustClear = settings.Reward.RobustClear || settings.Conduct == ConductKind.Ours;
    private readonly bool _coinHeavenIsNoDeath = settings.Reward.CoinHeavenExit;
    private readonly bool _fullGame = settings.Task == TaskKind.FullGame;
    private readonly bool _ours = settings.Conduct == ConductKind.Ours;

    private int _lastX, _lastTime;
    private EpisodeEnd _lastDeath;

    /// <summary>Pixels, clock ticks and what the ending adds, which sum to <see cref="Reward"/>.</summary>
    public int X { get; private set; }

    public int Clock { get; private set; }

    public int Ending => Reward - X - Clock;

    /// <summary>Of the last frame, clipped to ±15.</summary>
    public int Reward { get; private set; }

    /// <summary>Whether the last frame pays the price of dying.</summary>
    public bool IsDeath { get; private set; }

    /// <summary>Of the last frame.</summary>
    public EpisodeEnd End { get; private set; }

    public void BeginEpisode(in MarioFrame frame)
    {
        _lastX = frame.LevelX;
        _lastTime = frame.GymTime;
        _lastDeath = EpisodeEnd.Hit;
        X = Clock = Reward = 0;
        IsDeath = false;
        End = EpisodeEnd.None;
    }

    /// <summary>One frame of gym's step, before it skips anything.</summary>
    public void Advance(in MarioFrame frame)
    {
        // v: Δx, 0 where it is more than a stride (a change of area).  c: Δclock, 0 when it is wound up.  d: −25 on dying.
        int x = frame.LevelX, time = frame.GymTime;
        X = Math.Abs(x - _lastX) > LargestStride ? 0 : x - _lastX;
        Clock = Math.Min(time - _lastTime, 0);
        IsDeath = IsDying(frame) || frame.GymIsDead;
        Reward = Math.Min(Math.Max(X + Clock + (IsDeath ? DeathPenalty : 0), -Clip), Clip);
        _lastX = x;
        _lastTime = time;
        _lastDeath = IsDeath ? Endings.DeathOf(frame) : _lastDeath;
        End = EndOf(frame);
    }

    /// <summary>gym's _is_dying; <see cref="RewardSettings.CoinHeavenExit"/> takes the way out of a coin heaven off it.</summary>
    public bool IsDying(in MarioFrame frame) =>
        _coinHeavenIsNoDeath ? frame.Routine == PlayerRoutine.Death || frame.HasFallen : frame.GymIsDying;

    /// <summary>gym's flag_get; <see cref="RewardSettings.RobustClear"/> takes the pole alone for enough.</summary>
    public bool IsFlag(in MarioFrame frame) => frame.GymFlagGet || _robustClear && frame.IsCleared;

    public void Sync(SessionSync s)
    {
        s.Sync(ref _lastX);
        s.Sync(ref _lastTime);
        s.Sync(ref _lastDeath);
    }

    private EpisodeEnd EndOf(in MarioFrame frame)
    {
        if (_fullGame)
        {
            // gym plays on until the life counter has gone below 0; our conduct stops as the last life is lost.
            return frame.GymIsGameOver || _ours && IsDeath && frame.Lives == 0 ? _lastDeath
                : _ours && Endings.IsGameWon(frame) ? EpisodeEnd.FlagReached
                : EpisodeEnd.None;
        }

        return IsDeath ? _lastDeath : IsFlag(frame) ? EpisodeEnd.FlagReached : EpisodeEnd.None;
    }
}
