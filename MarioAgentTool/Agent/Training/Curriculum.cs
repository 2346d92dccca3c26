using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// Where the episodes of training begin. Consoles draw from it while they step; what they then did it is told between steps, console
/// after console, so that the outcome does not depend on threads.
/// </summary>
internal abstract class Curriculum : IStartSource
{
    /// <summary>The one that the settings ask for.</summary>
    /// <param name="settings">Of the run.</param>
    /// <param name="beginnings">Of each stage that episodes may begin in.</param>
    /// <param name="given">States that somebody gave, those of a stage in the order of the way; none for beginnings alone.</param>
    public static Curriculum Create(RunSettings settings, IReadOnlyList<StartState> beginnings, IReadOnlyList<StartState> given) => settings.Curriculum.Kind switch
    {
        CurriculumKind.Backward => new BackwardCurriculum(settings.Curriculum, beginnings, given),
        CurriculumKind.Rewind => new RewindCurriculum(settings.Curriculum, given.Count > 0 ? given : beginnings),
        CurriculumKind.Frontier => new FrontierCurriculum(settings.Curriculum, beginnings, given),
        _ => new UniformCurriculum(settings.Environment.StartDraw, given.Count > 0 ? given : beginnings),
    };

    /// <inheritdoc/>
    public abstract StartState Draw(RandomStream random);

    /// <inheritdoc/>
    public abstract StartState Find(int number);

    /// <summary>Where it stands, stage by stage; null where there is nothing to tell.</summary>
    public virtual IReadOnlyList<CurriculumPlace>? Places => null;

    /// <summary>Takes in what the consoles' last step led to.</summary>
    public virtual void AfterStep(ConsoleFleet fleet)
    {
        for (int i = 0; i < fleet.Count; i++)
        {
            if (fleet.Ends[i] != Learning.StepEnd.None)
            {
                Ended(fleet[i].LastStartNumber, fleet[i].LastEpisode.End, fleet[i].LastFurthestWalked);
            }
        }
    }

    /// <summary>Writes all that going on needs.</summary>
    public void Save(BinaryWriter writer) => Sync(new SessionSync(writer));

    /// <summary>Reads what <see cref="Save"/> wrote; other states given than then are refused.</summary>
    public void Load(BinaryReader reader) => Sync(new SessionSync(reader));

    /// <summary>An episode is over.</summary>
    /// <param name="number">Of the start it began from, which may no longer be kept.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="walked">Pixels, at the furthest.</param>
    protected abstract void Ended(int number, EpisodeEnd end, int walked);

    private protected abstract void Sync(SessionSync s);

    private protected static void Expect(SessionSync s, IReadOnlyList<StartState> starts)
    {
        s.Expect("number of start states", starts.Count);
        foreach (StartState start in starts)
        {
            s.Expect($"start state {start.Name ?? start.Stage.ToString()} (its CRC-32)", unchecked((int)Crc32.Of(start.State)));
        }
    }

    /// <summary>One of them, all alike likely; of one alone without drawing.</summary>
    private protected static T Any<T>(IReadOnlyList<T> list, RandomStream random) => list[list.Count == 1 ? 0 : random.NextInt(list.Count)];

    private protected static IReadOnlyList<StartState> Numbered(IEnumerable<StartState> starts) => [.. starts.Select((start, i) => start with { Number = i })];
}

/// <summary>Episodes begin at all places equally often, or more often where they fail.</summary>
internal sealed class UniformCurriculum(StartDraw draw, IReadOnlyList<StartState> starts) : Curriculum
{
    private readonly IReadOnlyList<StartState> _starts = Numbered(starts);
    private readonly StartTally _tally = new(starts.Count);

    public override StartState Draw(RandomStream random) =>
        draw == StartDraw.Failures && _starts.Count > 1 ? _starts[_tally.Draw(random)] : Any(_starts, random);

    public override StartState Find(int number) => _starts[number];

    protected override void Ended(int number, EpisodeEnd end, int walked) => _tally.Add(number, end);

    private protected override void Sync(SessionSync s)
    {
        Expect(s, _starts);
        _tally.Sync(s);
    }
}
