using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// Episodes begin at the stages' beginnings and at places that earlier ones reached; see <see cref="CurriculumKind.Frontier"/>. A place is
/// a stretch of a stage's way, and holds the first state in which somebody stood there. One that nobody gets away from was a trap, and
/// is given up.
/// </summary>
internal sealed class FrontierCurriculum : Curriculum
{
    // Episodes from a place, none of which came two places further: by then it is no bad luck.
    private const int Patience = 20;

    private readonly CurriculumSettings _settings;
    private readonly IReadOnlyList<StartState> _fixed;
    private readonly Archive[] _archives;
    private readonly Dictionary<int, StartState> _kept = [];
    private int _next;

    /// <param name="settings">Its knobs.</param>
    /// <param name="beginnings">Of stages.</param>
    /// <param name="given">Further states, drawn like places that were reached, and kept for ever.</param>
    public FrontierCurriculum(CurriculumSettings settings, IReadOnlyList<StartState> beginnings, IReadOnlyList<StartState> given)
    {
        _settings = settings;
        _fixed = Numbered(beginnings.Concat(given));
        _next = _fixed.Count;
        _archives = [.. _fixed.GroupBy(s => s.Stage).Select(stage => new Archive(stage.Key, [.. stage]))];
    }

    public override IReadOnlyList<CurriculumPlace> Places => [.. _archives.Select(a => new CurriculumPlace
    {
        Stage = a.Stage.ToString(),
        Starts = a.Fixed.Length + a.Places.Count,
        Position = a.Places.Count == 0 ? 0 : a.Places.Keys.Max() * _settings.PlacePixels,
        Success = a.FromBeginning.Rate,
    })];

    public override StartState Draw(RandomStream random)
    {
        Archive archive = Any(_archives, random);

        // The better the stage goes from its beginning, the less is to be had elsewhere.
        bool fromTheBeginning = archive.Places.Count == 0 || random.NextSingle() < 0.5f + archive.FromBeginning.Rate / 2;
        if (fromTheBeginning)
        {
            return Any(archive.Fixed, random);
        }

        float left = random.NextSingle() * archive.Places.Values.Sum(p => p.Weight);
        foreach (Place place in archive.Places.Values)
        {
            left -= place.Weight;
            if (left < 0)
            {
                return place.Start;
            }
        }

        return archive.Places.Values.Last().Start;
    }

    public override StartState Find(int number) =>
        number < _fixed.Count ? _fixed[number] : _kept.TryGetValue(number, out StartState? kept) ? kept : _fixed[0];

    public override void AfterStep(ConsoleFleet fleet)
    {
        base.AfterStep(fleet);
        for (int i = 0; i < fleet.Count; i++)
        {
            GameSession session = fleet[i];
            if (fleet.Ends[i] == StepEnd.None && ArchiveFor(session) is { } archive)
            {
                Offer(archive, session, fleet.HostOf(i));
            }
        }
    }

    protected override void Ended(int number, EpisodeEnd end, int walked)
    {
        bool cleared = end == EpisodeEnd.FlagReached;
        if (number < _fixed.Count)
        {
            _archives.First(a => a.Stage == _fixed[number].Stage).FromBeginning.Add(end);
            return;
        }

        if (!_kept.TryGetValue(number, out StartState? start))
        {
            return;
        }

        Archive archive = _archives.First(a => a.Stage == start.Stage);
        Place place = archive.Places[start.Progress / _settings.PlacePixels];
        place.Visits++;
        place.Escapes += cleared || walked >= 2 * _settings.PlacePixels ? 1 : 0;
        if (place.Visits >= Patience && place.Escapes == 0)
        {
            Remove(archive, place);
        }
    }

    private protected override void Sync(SessionSync s)
    {
        Expect(s, _fixed);
        s.Sync(ref _next);
        foreach (Archive archive in _archives)
        {
            archive.FromBeginning.Sync(s);
            int count = archive.Places.Count;
            s.Sync(ref count);
            Place[] places = [.. archive.Places.Values];
            if (s.IsReading)
            {
                archive.Places.Clear();
                places = new Place[count];
            }

            for (int i = 0; i < count; i++)
            {
                StartState start = places[i]?.Start ?? new StartState([], []);
                (int number, int progress, byte[] state) = (start.Number, start.Progress, start.State);
                s.Sync(ref number);
                s.Sync(ref progress);
                s.Sync(ref state);
                Place place = places[i] ?? new Place(start with { State = state, Stage = archive.Stage, Number = number, Progress = progress });
                s.Sync(ref place.Visits);
                s.Sync(ref place.Escapes);
                if (s.IsReading)
                {
                    Keep(archive, place);
                }
            }
        }
    }

    // Whose own start has been given up cannot say how far he is.
    private Archive? ArchiveFor(GameSession session)
    {
        if (session.StartNumber >= _fixed.Count && !_kept.ContainsKey(session.StartNumber))
        {
            return null;
        }

        StartState start = session.Start;
        int at = (start.Progress + session.Walked) / _settings.PlacePixels;
        Archive archive = _archives.First(a => a.Stage == start.Stage);
        return at <= 0 || archive.Places.ContainsKey(at) ? null : archive;
    }

    private void Offer(Archive archive, GameSession session, IGameHost host)
    {
        // Only where he stands or swims: a leap may have no landing.
        MarioFrame frame = new(host.ReadRam());
        if (!frame.IsListening || Endings.Of(frame) != EpisodeEnd.None || !(frame.FloatState == FloatState.Ground || frame.IsSwimming))
        {
            return;
        }

        if (archive.Places.Count >= Math.Max(1, _settings.Places / _archives.Length))
        {
            // What lies nearest to the beginning is reached soonest again.
            Remove(archive, archive.Places.Values.First());
        }

        Keep(archive, new Place(new StartState(host.SaveState(), [])
        {
            Stage = archive.Stage,
            Number = _next++,
            Progress = session.Start.Progress + session.Walked,
        }));
    }

    private void Keep(Archive archive, Place place)
    {
        archive.Places[place.Start.Progress / _settings.PlacePixels] = place;
        _kept[place.Start.Number] = place.Start;
    }

    private void Remove(Archive archive, Place place)
    {
        archive.Places.Remove(place.Start.Progress / _settings.PlacePixels);
        _kept.Remove(place.Start.Number);
    }

    /// <summary>A stage's starts.</summary>
    private sealed class Archive(StageId stage, StartState[] beginnings)
    {
        public RecentClears FromBeginning;

        public StageId Stage => stage;

        public StartState[] Fixed => beginnings;

        /// <summary>By the number of the stretch, the nearest first.</summary>
        public SortedDictionary<int, Place> Places { get; } = [];
    }

    private sealed class Place(StartState start)
    {
        public int Visits, Escapes;

        public StartState Start => start;

        public float Weight => 1 / (float)Math.Sqrt(1 + Visits);
    }
}
