using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class CurriculumTests
{
    private static readonly EnvironmentSettings Plain = new() { NoOpStarts = 0 };

    [Test]
    public void Backward_begins_at_the_end_and_goes_back_as_episodes_clear()
    {
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Backward, [100, 200, 300]);
        Assert.That(Place(curriculum), Is.EqualTo((4, 3)), "the stage's beginning, and three given");

        // From the last place one runs to the flag.
        fleet.Run(400, Buttons.Right | Buttons.B);
        Assert.That(Place(curriculum).Position, Is.LessThan(3));

        // A pit lies before the second: who only runs never gets from the first to the flag, so there it stays.
        fleet.Run(6_000, Buttons.Right | Buttons.B);
        Assert.That(Place(curriculum).Position, Is.EqualTo(1));
        Assert.That(curriculum.Places![0].Success, Is.Zero);
    }

    [Test]
    public void Backward_keeps_what_lies_beyond_in_mind()
    {
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Backward, [100, 200, 300]);
        fleet.Run(6_000, Buttons.Right | Buttons.B);
        RandomStream random = new(5);
        int[] drawn = new int[4];
        for (int i = 0; i < 1_000; i++)
        {
            drawn[curriculum.Draw(random).Number]++;
        }

        // .6 at the place in question, and a third of the rest.
        Assert.That(drawn[0], Is.Zero);
        Assert.That(drawn[1], Is.InRange(680, 780));
        Assert.That(drawn[2], Is.InRange(80, 190));
        Assert.That(drawn[3], Is.InRange(80, 190));
    }

    [Test]
    public void Backward_wants_a_way() =>
        Assert.That(() => Make(CurriculumKind.Backward, []), Throws.TypeOf<SettingsException>().With.Message.Contains("--start"));

    [Test]
    public void Frontier_keeps_the_places_that_are_reached_and_begins_there_too()
    {
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Frontier, [], new() { PlacePixels = 16 });
        fleet.Run(60, Buttons.Right);

        // 40 to 116, where the pit is near: places at 16, 32, 48 and 64 pixels walked.
        Assert.That(Place(curriculum), Is.EqualTo((5, 64)));
        RandomStream random = new(5);
        int[] xs = [.. Enumerable.Range(0, 300).Select(_ => X(curriculum.Draw(random))).Distinct().Order()];
        Assert.That(xs, Has.Length.EqualTo(5));
        Assert.That(xs[0], Is.EqualTo(40));
        Assert.That(xs[^1], Is.InRange(104, 108));
    }

    [Test]
    public void Frontier_gives_up_a_place_that_nobody_gets_away_from()
    {
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Frontier, [], new() { PlacePixels = 16 });
        fleet.Run(60, Buttons.Right);
        Assert.That(Place(curriculum).Position, Is.EqualTo(64));

        // 64 pixels on, 104, one falls before two more places are passed; each such place comes back with the next who stands there.
        var furthest = new HashSet<int>();
        for (int i = 0; i < 3_000; i++)
        {
            fleet.Run(1, Buttons.Right);
            furthest.Add(Place(curriculum).Position!.Value);
        }

        Assert.That(furthest, Does.Contain(48).Or.Contain(32));
    }

    [Test]
    public void Frontier_keeps_no_more_than_it_may()
    {
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Frontier, [], new() { PlacePixels = 16, Places = 2 });
        fleet.Run(200, Buttons.Right);

        Assert.That(Place(curriculum).Starts, Is.EqualTo(3));
    }

    [Test]
    public void Rewind_begins_a_while_before_a_death_and_without_waiting()
    {
        // A rest on the way, for there to be states to go back to; then into the pit at 116.
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Rewind, [], new() { Share = 0.5f }, Plain with { NoOpStarts = 30 });
        fleet.Run(10, Buttons.Right);
        fleet.Run(24, Buttons.None);
        fleet.Run(40, Buttons.Right);

        RandomStream random = new(5);
        StartState[] drawn = [.. Enumerable.Range(0, 1_000).Select(_ => curriculum.Draw(random))];
        StartState[] rewound = [.. drawn.Where(s => s.IsInPlay)];
        Assert.That(curriculum.Places![0].Starts, Is.GreaterThan(1));
        Assert.That(rewound, Has.Length.InRange(430, 570));
        Assert.That(rewound.Select(X), Has.All.InRange(60, 108));
        Assert.That(drawn.Where(s => !s.IsInPlay).Select(X), Has.All.EqualTo(40));

        var host = new ToyHost();
        GameSession session = new(Plain with { NoOpStarts = 30 }, rewound[0], new RandomStream(1));
        session.Begin(host);
        Assert.That(session.AwaitsAction, "at once");
    }

    [Test]
    public void Rewind_forgets_old_deaths_and_goes_on_where_it_was_saved()
    {
        (Curriculum curriculum, Fleet fleet) = Make(CurriculumKind.Rewind, [], new() { Places = 3 });
        fleet.Run(20, Buttons.None);
        fleet.Run(400, Buttons.Right);
        Assert.That(curriculum.Places![0].Starts, Is.InRange(2, 4));

        using var memory = new MemoryStream();
        curriculum.Save(new BinaryWriter(memory));
        memory.Position = 0;
        (Curriculum other, _) = Make(CurriculumKind.Rewind, [], new() { Places = 3 });
        other.Load(new BinaryReader(memory));

        Assert.That(memory.Position, Is.EqualTo(memory.Length));
        Assert.That(Draws(other), Is.EqualTo(Draws(curriculum)));

        static string[] Draws(Curriculum c)
        {
            RandomStream random = new(5);
            return [.. Enumerable.Range(0, 50).Select(_ => c.Draw(random)).Select(s => $"{s.Number} {X(s)} {X(c.Find(s.Number))}")];
        }
    }

    [Test]
    public void A_start_that_is_gone_is_still_known_to_be_of_its_stage()
    {
        StartState beginning = Boot.ToStart(new ToyHost(), Plain);
        RunSettings settings = new() { Environment = Plain, Curriculum = new() { Kind = CurriculumKind.Rewind } };
        Curriculum curriculum = Curriculum.Create(settings, [beginning, beginning with { Stage = new StageId(1, 3) }], []);

        Assert.That(curriculum.Find(2 + 6).Stage, Is.EqualTo(new StageId(1, 1)));
        Assert.That(curriculum.Find(2 + 7).Stage, Is.EqualTo(new StageId(1, 3)));
    }

    private static (int Starts, int? Position) Place(Curriculum curriculum) => (curriculum.Places![0].Starts, curriculum.Places[0].Position);

    private static int X(StartState start)
    {
        var host = new ToyHost();
        host.LoadState(start.State);
        return new MarioFrame(host.ReadRam()).LevelX;
    }

    private static (Curriculum, Fleet) Make(CurriculumKind kind, int[] xs, CurriculumSettings? settings = null, EnvironmentSettings? world = null)
    {
        world ??= Plain;
        var host = new ToyHost();
        StartState beginning = Boot.ToStart(host, Plain);
        StartState[] given = [.. xs.Select(x =>
        {
            while (new MarioFrame(host.ReadRam()).LevelX < x)
            {
                int now = new MarioFrame(host.ReadRam()).LevelX;
                host.FrameAdvance(Buttons.Right | (now is >= 112 and < 118 ? Buttons.A : Buttons.None), render: false);
            }

            return GivenStart.Of(host, $"{x}");
        })];
        Curriculum curriculum = Curriculum.Create(new RunSettings { Environment = world, Curriculum = (settings ?? new()) with { Kind = kind } }, [beginning], given);
        return (curriculum, new Fleet(curriculum, world));
    }

    /// <summary>Two consoles that press the same buttons all the time.</summary>
    private sealed class Fleet
    {
        private readonly Curriculum _curriculum;
        private readonly ConsoleFleet _fleet;

        public Fleet(Curriculum curriculum, EnvironmentSettings world)
        {
            _curriculum = curriculum;
            _fleet = new ConsoleFleet(
                [.. Enumerable.Range(0, 2).Select(i => new GameSession(world, curriculum, new RandomStream((ulong)i)))], [new ToyHost(), new ToyHost()], new WorkerPool(1));
            _fleet.Begin();
        }

        public void Run(int steps, Buttons buttons)
        {
            int action = _fleet[0].Actions.Actions.IndexOf(buttons);
            for (int i = 0; i < steps; i++)
            {
                _fleet.Step([action, action]);
                _curriculum.AfterStep(_fleet);
            }
        }
    }
}
