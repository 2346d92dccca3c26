using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>Each stage's episodes begin at the end of a way to the goal, and place by place further in front; see <see cref="CurriculumKind.Backward"/>.</summary>
internal sealed class BackwardCurriculum : Curriculum
{
    // Each episode counts this much less once the next from the same place is over: about twenty are remembered.
    private const float Memory = 0.95f;

    // Of them this many must have been played before they tell anything; below what Memory can add up to.
    private const float Enough = 12;

    private readonly CurriculumSettings _settings;
    private readonly IReadOnlyList<StartState> _starts;
    private readonly Way[] _ways;

    /// <param name="settings">Its knobs.</param>
    /// <param name="beginnings">Of stages; where every way ends up.</param>
    /// <param name="given">Places on the way to the goal, those of a stage in that order.</param>
    public BackwardCurriculum(CurriculumSettings settings, IReadOnlyList<StartState> beginnings, IReadOnlyList<StartState> given)
    {
        if (given.Count == 0)
        {
            throw new SettingsException("curriculum.kind is backward, and no way to go back on is given; name a movie that clears the stage, or states along it, with --start.");
        }

        _settings = settings;
        _starts = Numbered(given.GroupBy(s => s.Stage).SelectMany(stage => beginnings.Where(b => b.Stage == stage.Key).Concat(stage)));
        _ways = [.. _starts.GroupBy(s => s.Stage).Select(stage => new Way(stage.Key, stage.First().Number, stage.Count()))];
    }

    public override IReadOnlyList<CurriculumPlace> Places => [.. _ways.Select(way => new CurriculumPlace
    {
        Stage = way.Stage.ToString(),
        Starts = way.Count,
        Position = way.Position,
        Success = way.Rate,
    })];

    public override StartState Draw(RandomStream random)
    {
        Way way = Any(_ways, random);
        int beyond = way.Count - way.Position;
        return _starts[way.First + way.Position + (beyond == 1 || random.NextSingle() < _settings.Share ? 0 : random.NextInt(beyond))];
    }

    public override StartState Find(int number) => _starts[number];

    protected override void Ended(int number, EpisodeEnd end, int walked)
    {
        Way way = _ways.First(w => number >= w.First && number < w.First + w.Count);
        if (number != way.First + way.Position)
        {
            return;
        }

        way.Episodes = Memory * way.Episodes + 1;
        way.Clears = Memory * way.Clears + (end == EpisodeEnd.FlagReached ? 1 : 0);
        if (way.Position > 0 && way.Episodes >= Enough && way.Rate >= _settings.Threshold)
        {
            way.Position--;
            way.Episodes = way.Clears = 0;
        }
    }

    private protected override void Sync(SessionSync s)
    {
        Expect(s, _starts);
        foreach (Way way in _ways)
        {
            s.Sync(ref way.Position);
            s.Sync(ref way.Episodes);
            s.Sync(ref way.Clears);
        }
    }

    /// <summary>One stage's starts, in the order of the way, and which of them is in question.</summary>
    private sealed class Way(StageId stage, int first, int count)
    {
        public int Position = count - 1;
        public float Episodes, Clears;

        public StageId Stage => stage;

        public int First => first;

        public int Count => count;

        public float Rate => Episodes == 0 ? 0 : Clears / Episodes;
    }
}
