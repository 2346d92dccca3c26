using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>What the window shows of a sitting: what has happened since playing or training was started.</summary>
public sealed class ToolProgress
{
    private const int MeanOver = 20;

    private readonly List<EpisodeEntry> _log = [];
    private readonly int _earlier;

    /// <param name="earlier">What is gone on with; null for nothing.</param>
    public ToolProgress(KeptProgress? earlier = null)
    {
        if (earlier is not null)
        {
            (_earlier, Clears, FurthestX, Steps, Frames) = earlier;
        }
    }

    /// <summary>Episodes that have ended.</summary>
    public int Episodes => _earlier + _log.Count;

    /// <summary>Episodes that cleared the stage.</summary>
    public int Clears { get; private set; }

    /// <summary>The greatest level x of any episode, pixels.</summary>
    public int FurthestX { get; private set; }

    /// <summary>Actions taken.</summary>
    public long Steps { get; internal set; }

    /// <summary>Frames that the agent held the pad.</summary>
    public long Frames { get; internal set; }

    /// <summary>Chance of a random action; null while only watching.</summary>
    public float? Epsilon { get; internal set; }

    /// <summary>Mean loss of the latest updates; null while only watching and before the first.</summary>
    public float? Loss { get; internal set; }

    /// <summary>The episodes of this sitting that have ended, oldest first.</summary>
    public IReadOnlyList<EpisodeEntry> Log => _log;

    /// <summary>Mean reward of the latest twenty episodes; null before the first.</summary>
    public float? MeanReward
    {
        get
        {
            int count = Math.Min(MeanOver, _log.Count);
            float sum = 0;
            for (int i = _log.Count - count; i < _log.Count; i++)
            {
                sum += _log[i].Summary.Reward;
            }

            return count == 0 ? null : sum / count;
        }
    }

    internal void Add(StartState start, EpisodeSummary episode, RewardParts parts)
    {
        Clears += episode.End == EpisodeEnd.FlagReached ? 1 : 0;
        FurthestX = Math.Max(FurthestX, episode.FurthestX);
        _log.Add(new EpisodeEntry(Episodes + 1, start.Name ?? start.Stage.ToString(), episode, parts, Steps));
    }
}
