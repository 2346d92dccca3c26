using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class ConsoleFleetTests
{
    [Test]
    public void A_learner_is_told_gyms_x_pos_and_the_rewards_max_x()
    {
        // A pipe after the second frame: gym's info is of the frame before it, and an episode of notebook 002 begins at 40. A death on frame 24.
        var host = new FakeHost((ram, _, frame) =>
        {
            ram.Routine = frame is >= 2 and < 20 ? PlayerRoutine.SidePipe : frame == 24 ? PlayerRoutine.Death : PlayerRoutine.Control;
            ram.X = frame < 20 ? 20 + frame : 900;
        });
        host.Ram.X = 20;
        var settings = new EnvironmentSettings { Conduct = ConductKind.Gym, NoOpStarts = 0, FrameSkip = 1, Reward = new() { Kind = RewardKind.Custom } };
        using var pool = new WorkerPool(1);
        var fleet = new ConsoleFleet([new GameSession(settings, host.Start(), new RandomStream(1))], [host], pool);
        fleet.Begin();
        var told = new List<(float, float, StepEnd)>();
        do
        {
            fleet.Step([0]);
            told.Add((fleet.Batch.Positions[0], fleet.Batch.Furthest[0], fleet.Batch.Ends[0]));
        }
        while (fleet.Batch.Ends[0] == StepEnd.None);

        Assert.That(told, Is.EqualTo(new[]
        {
            (21f, 40f, StepEnd.None), (22, 40, StepEnd.None), (900, 900, StepEnd.None), (900, 900, StepEnd.None), (900, 900, StepEnd.None), (900, 900, StepEnd.Terminal),
        }));
    }

    private static readonly EnvironmentSettings Settings = new() { NoOpStarts = 5, StickyActions = 0.1f };

    [Test]
    public void A_fleet_plays_as_each_of_its_consoles_would_alone()
    {
        const int Consoles = 5, Steps = 400;
        using var pool = new WorkerPool(2);
        using var alone = new WorkerPool(1);
        ConsoleFleet fleet = Fleet(Consoles, pool);
        ConsoleFleet[] singles = [.. Enumerable.Range(0, Consoles).Select(i => new ConsoleFleet([Session(i)], [new ToyHost()], alone))];
        fleet.Begin();
        Array.ForEach(singles, s => s.Begin());

        RandomStream random = new Seeds(7).Stream("actions");
        var actions = new int[Consoles];
        int ended = 0;
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < Consoles; i++)
            {
                actions[i] = random.NextInt(fleet[0].ActionCount);
                singles[i].Step([actions[i]]);
            }

            fleet.Step(actions);
            for (int i = 0; i < Consoles; i++)
            {
                Assert.That(fleet.Batch.Rewards[i], Is.EqualTo(singles[i].Batch.Rewards[0]), $"reward of console {i} in step {step}");
                Assert.That(fleet.Ends[i], Is.EqualTo(singles[i].Ends[0]), $"ending of console {i} in step {step}");
                Assert.That(fleet.ObservationOf(i).SequenceEqual(singles[i].Observations), $"observation of console {i} in step {step}");
                ended += fleet.Ends[i] != StepEnd.None ? 1 : 0;
            }
        }

        Assert.That(ended, Is.GreaterThan(5), "episodes that ended on the way");
        Assert.That(fleet.Frames, Is.EqualTo(singles.Sum(s => s.Frames)));
    }

    [Test]
    public void A_console_at_rest_does_not_move()
    {
        using var pool = new WorkerPool(1);
        ToyHost[] hosts = [Started(), Started()];
        var fleet = new ConsoleFleet([Session(0), Session(1)], hosts, pool);
        fleet.Begin();
        int frames = hosts[1].Frames;

        fleet.Step([1, ConsoleFleet.Rest]);

        Assert.That(hosts[1].Frames, Is.EqualTo(frames));
    }

    [Test]
    public void Where_an_episode_ends_the_learner_sees_its_last_observation_and_the_next_ones_first()
    {
        using var pool = new WorkerPool(1);
        ConsoleFleet fleet = Fleet(1, pool);
        fleet.Begin();
        for (int step = 0; step < 100 && fleet.Ends[0] == StepEnd.None; step++)
        {
            fleet.Step([1]); // Right, into the pit.
        }

        Assert.That(fleet.Ends[0], Is.EqualTo(StepEnd.Terminal));
        Assert.That(fleet[0].LastEpisode.End, Is.EqualTo(EpisodeEnd.Fell));
        Assert.That(fleet.Batch.NextObservations.SequenceEqual(fleet[0].FinalObservation));
        Assert.That(fleet.Batch.Observations.SequenceEqual(fleet[0].Observation));
    }

    [Test]
    public void Stepping_allocates_nothing()
    {
        using var pool = new WorkerPool(1);
        ConsoleFleet fleet = Fleet(4, pool);
        fleet.Begin();
        int[] actions = [1, 2, 4, 0];
        for (int step = 0; step < 300; step++)
        {
            fleet.Step(actions);
        }

        long bytes = Allocations.Fewest(() =>
        {
            for (int step = 0; step < 300; step++)
            {
                fleet.Step(actions);
            }
        });
        Assert.That(bytes, Is.Zero);
    }

    private static ConsoleFleet Fleet(int consoles, WorkerPool pool) =>
        new([.. Enumerable.Range(0, consoles).Select(Session)], [.. Enumerable.Range(0, consoles).Select(_ => new ToyHost())], pool);

    private static GameSession Session(int i) => new(Settings, Boot.ToStart(new ToyHost(), Settings), new Seeds(3).Stream("console", i));

    private static ToyHost Started()
    {
        var host = new ToyHost();
        Boot.ToStart(host, Settings);
        return host;
    }
}
