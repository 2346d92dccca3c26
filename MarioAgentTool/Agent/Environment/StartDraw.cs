using MarioAgentTool.Game;
using MarioAgentTool.Support;

namespace MarioAgentTool.Environment;

/// <summary>Which of several starts an episode begins from.</summary>
public enum StartDraw
{
    /// <summary>All equally often.</summary>
    Even,

    /// <summary>More often from where fewer of the latest episodes cleared the stage.</summary>
    Failures,
}

/// <summary>How episodes from each start have ended, and the draw that follows from it.</summary>
internal sealed class StartTally(int count)
{
    // Each episode counts this much less once the next from the same start is over: about twenty are remembered.
    private const float Memory = 0.95f;

    // Even a start that never fails is drawn now and then, lest it be forgotten.
    private const float Least = 0.1f;

    private readonly float[] _episodes = new float[count], _clears = new float[count];

    /// <summary>Takes the end of an episode in.</summary>
    public void Add(int start, EpisodeEnd end)
    {
        _episodes[start] = Memory * _episodes[start] + 1;
        _clears[start] = Memory * _clears[start] + (end == EpisodeEnd.FlagReached ? 1 : 0);
    }

    /// <summary>Chances of being drawn are as the rates of failure, one episode of each kind imagined beforehand.</summary>
    public int Draw(RandomStream random)
    {
        float sum = 0;
        for (int i = 0; i < _episodes.Length; i++)
        {
            sum += Weight(i);
        }

        float left = random.NextSingle() * sum;
        for (int i = 0; i < _episodes.Length - 1; i++)
        {
            left -= Weight(i);
            if (left < 0)
            {
                return i;
            }
        }

        return _episodes.Length - 1;
    }

    public void Sync(SessionSync s)
    {
        for (int i = 0; i < _episodes.Length; i++)
        {
            s.Sync(ref _episodes[i]);
            s.Sync(ref _clears[i]);
        }
    }

    private float Weight(int start) => Math.Max(Least, 1 - (_clears[start] + 1) / (_episodes[start] + 2));
}

/// <summary>States that somebody made, as starts of episodes.</summary>
public static class GivenStart
{
    /// <summary>Looks into a state that was loaded.</summary>
    /// <param name="host">In the state.</param>
    /// <param name="name">For people.</param>
    /// <exception cref="StageStartException">No episode can begin there.</exception>
    public static StartState Of(IGameHost host, string name)
    {
        MarioFrame frame = new(host.ReadRam());
        if (!frame.IsInStage || Endings.Of(frame) != EpisodeEnd.None)
        {
            throw new StageStartException($"{name} is not in the middle of a stage ({(frame.IsInStage ? "Mario is dying, or the stage is over" : "no stage is in play")}); save a state while Mario can be steered.");
        }

        return new StartState(host.SaveState(), []) 
        {
            Name = name,
            Stage = new StageId(frame.World, frame.Stage),
            Picture = Still.Of(host.ReadScreen()),
            Progress = frame.LevelX, // In its room: nobody saw the way before.
        };
    }
}
