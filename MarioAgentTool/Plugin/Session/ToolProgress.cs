using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>What the window shows of a sitting: what has happened since playing or training was started.</summary>
public sealed class ToolProgress
{
    private const int HistoryLength = 200;
    private const int MeanOver = 20;

    private readonly List<EpisodeSummary> _recent = [];

    /// <param name="earlier">What is gone on with; null for nothing.</param>
    public ToolProgress(KeptProgress? earlier = null)
    {
        if (earlier is not null)
        {
            (Episodes, Clears, FurthestX, Steps, Frames) = earlier;
        }
    }

    /// <summary>Episodes that have ended.</summary>
    public int Episodes { get; private set; }

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

    /// <summary>The latest episodes, oldest first.</summary>
    public IReadOnlyList<EpisodeSummary> Recent => _recent;

    /// <summary>Mean reward of the latest twenty episodes; null before the first.</summary>
    public float? MeanReward
    {
        get
        {
            int count = Math.Min(MeanOver, _recent.Count);
            float sum = 0;
            for (int i = _recent.Count - count; i < _recent.Count; i++)
            {
                sum += _recent[i].Reward;
            }

            return count == 0 ? null : sum / count;
        }
    }

    internal void Add(EpisodeSummary episode)
    {
        Episodes++;
        Clears += episode.End == EpisodeEnd.FlagReached ? 1 : 0;
        FurthestX = Math.Max(FurthestX, episode.FurthestX);
        if (_recent.Count == HistoryLength)
        {
            _recent.RemoveAt(0);
        }

        _recent.Add(episode);
    }
}
