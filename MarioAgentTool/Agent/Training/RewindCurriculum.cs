using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// Episodes begin at the stages' beginnings and a few seconds before one of the latest deaths; see <see cref="CurriculumKind.Rewind"/>. Of
/// several stages each has as many, and deaths of its own.
/// </summary>
internal sealed class RewindCurriculum : Curriculum
{
    // Agent steps between two states of a console, and how many it has: the last six seconds.
    private const int Every = 8, Kept = 12;

    // An episode begins so many states before a death at least: a second, in which it can still be helped.
    private const int Nearest = 2;

    private readonly IReadOnlyList<StartState> _starts;
    private readonly float _share;
    private readonly Stage[] _stages;
    private readonly Dictionary<int, StartState> _deaths = [];
    private Footsteps[] _footsteps = [];

    // Deaths kept so far.
    private int _kept;

    /// <param name="settings">Its knobs.</param>
    /// <param name="starts">Where the other episodes begin.</param>
    public RewindCurriculum(CurriculumSettings settings, IReadOnlyList<StartState> starts)
    {
        _starts = Numbered(starts);
        _share = settings.Share;
        IGrouping<StageId, StartState>[] stages = [.. _starts.GroupBy(s => s.Stage)];
        _stages = [.. stages.Select((stage, i) => new Stage(i, stage.Key, [.. stage], Math.Max(1, settings.Places / stages.Length)))];
    }

    public override IReadOnlyList<CurriculumPlace> Places => [.. _stages.Select(s => new CurriculumPlace
    {
        Stage = s.Id.ToString(),
        Starts = s.Starts.Length + s.Deaths.Count,
        Success = s.FromBeginning.Rate,
    })];

    public override StartState Draw(RandomStream random)
    {
        Stage stage = Any(_stages, random);
        return stage.Deaths.Count > 0 && random.NextSingle() < _share ? Any(stage.Deaths, random) : Any(stage.Starts, random);
    }

    // A number tells the stage even of a death that is no longer kept.
    public override StartState Find(int number) =>
        number < _starts.Count ? _starts[number]
        : _deaths.TryGetValue(number, out StartState? start) ? start
        : _stages[(number - _starts.Count) % _stages.Length].Starts[0];

    public override void AfterStep(ConsoleFleet fleet)
    {
        base.AfterStep(fleet);
        Ensure(fleet.Count);
        for (int i = 0; i < fleet.Count; i++)
        {
            Footsteps steps = _footsteps[i];
            if (fleet.Ends[i] != StepEnd.None)
            {
                if (fleet.Ends[i] == StepEnd.Terminal && fleet[i].LastEpisode.End != EpisodeEnd.FlagReached && steps.Count > Nearest)
                {
                    Keep(fleet[i].LastStart.Stage, steps);
                }

                steps.Restart();
            }
            else if (++steps.Taken % Every == 0)
            {
                Note(steps, fleet.HostOf(i));
            }
        }
    }

    protected override void Ended(int number, EpisodeEnd end, int walked)
    {
        if (number < _starts.Count)
        {
            _stages.First(s => s.Id == _starts[number].Stage).FromBeginning.Add(end);
        }
    }

    private protected override void Sync(SessionSync s)
    {
        Expect(s, _starts);
        s.Sync(ref _kept);
        foreach (Stage stage in _stages)
        {
            int count = stage.Deaths.Count;
            s.Sync(ref count);
            s.Sync(ref stage.Oldest);
            stage.FromBeginning.Sync(s);
            for (int i = 0; i < count; i++)
            {
                (int number, byte[] state) = s.IsReading ? (0, []) : (stage.Deaths[i].Number, stage.Deaths[i].State);
                s.Sync(ref number);
                s.Sync(ref state);
                if (s.IsReading)
                {
                    StartState start = Before(stage.Id, number, state);
                    stage.Deaths.Add(start);
                    _deaths[number] = start;
                }
            }
        }

        int consoles = _footsteps.Length;
        s.Sync(ref consoles);
        Ensure(consoles);
        foreach (Footsteps steps in _footsteps)
        {
            steps.Sync(s);
        }
    }

    private static StartState Before(StageId stage, int number, byte[] state) => new(state, []) { Stage = stage, Number = number, IsInPlay = true };

    private void Ensure(int consoles)
    {
        if (_footsteps.Length == 0)
        {
            _footsteps = [.. Enumerable.Range(0, consoles).Select(_ => new Footsteps())];
        }
    }

    private static void Note(Footsteps steps, IGameHost host)
    {
        MarioFrame frame = new(host.ReadRam());
        if (frame.IsListening && Endings.Of(frame) == EpisodeEnd.None)
        {
            steps.Add(host.SaveState());
        }
    }

    private void Keep(StageId id, Footsteps steps)
    {
        // Each death is gone back from a little further than the one before, as far as there are states.
        Stage stage = _stages.First(s => s.Id == id);
        byte[] state = steps[steps.Count - 1 - Nearest - _kept % (steps.Count - Nearest)];
        StartState start = Before(id, _starts.Count + _kept * _stages.Length + stage.Index, state);
        _kept++;
        _deaths[start.Number] = start;
        if (stage.Deaths.Count < stage.Places)
        {
            stage.Deaths.Add(start);
            return;
        }

        _deaths.Remove(stage.Deaths[stage.Oldest].Number);
        stage.Deaths[stage.Oldest] = start;
        stage.Oldest = (stage.Oldest + 1) % stage.Places;
    }

    /// <summary>A stage's starts.</summary>
    private sealed class Stage(int index, StageId id, StartState[] starts, int places)
    {
        // Which of the deaths gives way to the next.
        public int Oldest;

        public RecentClears FromBeginning;

        public int Index => index;

        public StageId Id => id;

        public StartState[] Starts => starts;

        /// <summary>How many deaths are kept.</summary>
        public int Places => places;

        /// <summary>States before the latest deaths.</summary>
        public List<StartState> Deaths { get; } = [];
    }

    /// <summary>A console's latest states, the newest last.</summary>
    private sealed class Footsteps
    {
        private readonly List<byte[]> _states = [];

        public int Taken;

        public int Count => _states.Count;

        public byte[] this[int i] => _states[i];

        public void Add(byte[] state)
        {
            if (_states.Count == Kept)
            {
                _states.RemoveAt(0);
            }

            _states.Add(state);
        }

        public void Restart()
        {
            _states.Clear();
            Taken = 0;
        }

        public void Sync(SessionSync s)
        {
            int count = _states.Count;
            s.Sync(ref Taken);
            s.Sync(ref count);
            for (int i = 0; i < count; i++)
            {
                byte[] state = s.IsReading ? [] : _states[i];
                s.Sync(ref state);
                if (s.IsReading)
                {
                    _states.Add(state);
                }
            }
        }
    }
}
