using MarioAgentTool.Environment;

namespace MarioAgentTool.Training;

/// <summary>How often the latest episodes cleared: each counts a fiftieth less once the next is over.</summary>
internal struct RecentClears
{
    private const float Memory = 0.98f;

    private float _episodes, _clears;

    /// <summary>Between 0 and 1; 0 before the first.</summary>
    public readonly float Rate => _episodes == 0 ? 0 : _clears / _episodes;

    public void Add(EpisodeEnd end)
    {
        _episodes = Memory * _episodes + 1;
        _clears = Memory * _clears + (end == EpisodeEnd.FlagReached ? 1 : 0);
    }

    public void Sync(SessionSync s)
    {
        s.Sync(ref _episodes);
        s.Sync(ref _clears);
    }
}
