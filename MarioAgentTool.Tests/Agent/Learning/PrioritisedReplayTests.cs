using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Agent.Learning;

public class PrioritisedReplayTests
{
    private static readonly InputSpec Stacked = new() { FrameBytes = 4, Stack = 3, Scale = 1 };

    [Test]
    public void A_sum_tree_finds_every_place_by_its_mass()
    {
        //   places   0  1  2  3  4        mass 0 1 2 3 4 5 6 7 8 9
        //   number   1  2  0  7  0             0 1 1 3 3 3 3 3 3 3
        var tree = new SumTree(5);
        (tree[0], tree[1], tree[3]) = (1, 2, 7);
        Assert.Multiple(() =>
        {
            Assert.That(tree.Total, Is.EqualTo(10));
            Assert.That(tree.Filled, Is.EqualTo(3));
            Assert.That(Enumerable.Range(0, 10).Select(mass => tree.Find(mass)), Is.EqualTo(new[] { 0, 1, 1, 3, 3, 3, 3, 3, 3, 3 }));
            Assert.That(tree.Find(10), Is.EqualTo(3), "rounded up to the very end, still a place that is filled");
        });
        tree[3] = 0;
        Assert.That((tree.Total, tree.Filled, tree.Find(2.9)), Is.EqualTo((3d, 2, 1)));
    }

    [Test]
    public void The_order_in_which_a_sum_tree_was_written_leaves_no_trace()
    {
        var random = new RandomStream(1);
        var wandering = new SumTree(1_000);
        for (int i = 0; i < 50_000; i++)
        {
            wandering[random.NextInt(1_000)] = random.NextDouble();
        }

        var straight = new SumTree(1_000);
        for (int place = 0; place < 1_000; place++)
        {
            straight[place] = wandering[place];
        }

        Assert.That(straight.Total, Is.EqualTo(wandering.Total));
        Assert.That(Enumerable.Range(0, 1_000).All(i => straight.Find(i / 1_000.0 * straight.Total) == wandering.Find(i / 1_000.0 * straight.Total)));
    }

    [Test]
    public void Exactly_what_can_be_drawn_has_a_priority([Values(1, 3)] int nStep, [Values] bool cuts)
    {
        var world = new World(Stacked, environments: 2, capacity: 120, nStep, cuts);
        for (int step = 0; step < 400; step++)
        {
            world.Step();
            for (int e = 0; e < 2; e++)
            {
                for (int slot = 0; slot < world.Replay.CountOf(e); slot++)
                {
                    Assert.That(world.Priorities.PriorityOf(e, slot) > 0, Is.EqualTo(world.Replay.IsWhole(e, slot)), $"step {step}, environment {e}, slot {slot}");
                }
            }

            // Some are drawn and found to be worth less or more; those that come new count as the highest so far.
            if (world.Priorities.Ready && step % 3 == 0)
            {
                world.Learn();
            }
        }
    }

    [Test]
    public void What_is_new_counts_as_the_greatest_error_so_far()
    {
        var world = new World(new InputSpec { FrameBytes = 4, Scale = 1 }, environments: 1, capacity: 50, nStep: 1, cuts: false);
        world.Step();
        world.Step();
        var batch = new ReplayBatch(2, 4);
        world.Priorities.Sample(new RandomStream(1), 1, batch);
        world.Priorities.Learned(batch, [16, 4]);
        world.Priorities.Sample(new RandomStream(1), 1, batch);
        world.Priorities.Learned(batch, [0, 0]);
        world.Step();

        // α = ½: √16.
        Assert.That(world.Priorities.PriorityOf(0, world.Replay.CountOf(0) - 2), Is.EqualTo(4).Within(1e-5));
    }

    [Test]
    public void A_restored_memory_draws_and_goes_on_like_the_one_saved()
    {
        var world = new World(Stacked, environments: 3, capacity: 150, nStep: 2, cuts: true);
        world.Run(333);
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        world.Replay.Save(writer);
        world.Priorities.Save(writer);
        stream.Position = 0;
        World other = world.Copy();
        other.Run(77);
        var reader = new BinaryReader(stream);
        other.Replay.Load(reader);
        other.Priorities.Load(reader);
        Assert.That(stream.Position, Is.EqualTo(stream.Length));
        other.TakeOver(world);

        for (int round = 0; round < 40; round++)
        {
            ReplayBatch a = world.Learn(), b = other.Learn();
            Assert.That((b.Places, b.Weights, b.States.Bytes.ToArray(), b.NextStates.Bytes.ToArray(), b.Returns), Is.EqualTo((a.Places, a.Weights, a.States.Bytes.ToArray(), a.NextStates.Bytes.ToArray(), a.Returns)), $"round {round}");
            world.Run(5);
            other.Run(5);
        }
    }

    [Test]
    public void Damaged_priorities_are_refused()
    {
        var world = new World(Stacked, environments: 1, capacity: 60, nStep: 1, cuts: false);
        world.Run(40);
        var stream = new MemoryStream();
        world.Priorities.Save(new BinaryWriter(stream));
        byte[] file = stream.ToArray();

        // A place that nothing was written to has one all of a sudden.
        BitConverter.GetBytes(1.0).CopyTo(file, file.Length - 8);
        Assert.That(() => world.Priorities.Load(new BinaryReader(new MemoryStream(file))), Throws.TypeOf<InvalidDataException>().With.Message.Contains("of place 59"));

        var larger = new World(Stacked, environments: 1, capacity: 70, nStep: 1, cuts: false);
        Assert.That(
            () => larger.Priorities.Load(new BinaryReader(new MemoryStream(stream.ToArray()))),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("are 60; this learner has 70"));
    }

    [TestCase(84 * 84, 4, true, 7_300)]
    [TestCase(1_062, 1, false, 1_300)]
    public void A_transition_takes_its_frame_and_little_more(int frameBytes, int stack, bool picture, int most)
    {
        // Whole learner's memory of transitions, priorities and all, full, with an episode truncated every 200 steps.
        const int Capacity = 8_192, Environments = 4;
        var input = new InputSpec { FrameBytes = frameBytes, Stack = stack, Height = picture ? 84 : 0, Width = picture ? 84 : 0, Scale = 1 };
        byte[] observation = new byte[input.Length];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var replay = new ReplayBuffer(input, Environments, Capacity, nStep: 3, discount: 1);
        var priorities = new PrioritisedReplay(replay, 0.5f);
        for (int i = 0; i < 1.5 * Capacity; i++)
        {
            observation[^1] = (byte)i;
            replay.Add(i % Environments, observation, 0, 0, i % 800 < Environments ? StepEnd.Truncated : StepEnd.None, observation);
            priorities.Added(i % Environments);
        }

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        int drawable = Enumerable.Range(0, replay.Places).Count(replay.IsWholePlace);
        GC.KeepAlive(priorities);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{(double)taken / drawable:0} bytes a transition, {drawable} transitions"));
        Assert.That(drawable, Is.GreaterThan(0.97 * Capacity));
        Assert.That((double)taken / drawable, Is.LessThan(most).And.GreaterThan(frameBytes));
    }

    [Test]
    public void Frames_in_a_file_are_the_frames_in_memory_and_the_file_goes()
    {
        using var folder = new TemporaryFolder();
        using var memory = new ReplayBuffer(Stacked, 2, 100, 2, 0.5f);
        ReplayBatch a = new(64, Stacked.Length), b = new(64, Stacked.Length);
        using (var file = new ReplayBuffer(Stacked, 2, 100, 2, 0.5f, folder["frames"]))
        {
            foreach (ReplayBuffer replay in new[] { memory, file })
            {
                var world = new World(replay, cuts: true);
                world.Run(300);
                var stream = new MemoryStream();
                replay.Save(new BinaryWriter(stream));
                replay.Clear();
                stream.Position = 0;
                replay.Load(new BinaryReader(stream));
                replay.Sample(new RandomStream(1), replay == memory ? a : b);
            }
        }

        Assert.That((b.States.Bytes.ToArray(), b.NextStates.Bytes.ToArray(), b.Returns), Is.EqualTo((a.States.Bytes.ToArray(), a.NextStates.Bytes.ToArray(), a.Returns)));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    [Test]
    public void A_file_for_frames_that_cannot_be_is_explained()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mine"], "precious");
        Assert.Multiple(() =>
        {
            Assert.That(() => Replay(folder["mine"], 100), Throws.ArgumentException.With.Message.Contains("is there already; name a file that is not, or delete it"));
            Assert.That(() => Replay(Path.Combine(folder.Path, "no", "frames"), 100), Throws.ArgumentException.With.Message.Contains("whose folder does not exist"));
            Assert.That(() => Replay(folder["large"], int.MaxValue / 4), Throws.ArgumentException.With.Message.Contains("are free there"));
            Assert.That(File.ReadAllText(folder["mine"]), Is.EqualTo("precious"));
        });

        // Half a billion frames of a megabyte: no disk has that much.
        static void Replay(string path, int capacity) => new MappedFrames(path, capacity, 1 << 20).Dispose();
    }

    /// <summary>Random episodes of numbered frames, with their replay and its priorities.</summary>
    private sealed class World
    {
        private readonly InputSpec _input;
        private readonly int _environments, _capacity, _nStep;
        private readonly bool _cuts;
        private readonly RandomStream _random = new(7), _draw = new(8);
        private byte[][] _stacks;
        private int _frame;

        public World(InputSpec input, int environments, int capacity, int nStep, bool cuts)
            : this(new ReplayBuffer(input, environments, capacity, nStep, 0.5f), cuts, input) => (_capacity, _nStep) = (capacity, nStep);

        public World(ReplayBuffer replay, bool cuts, InputSpec? input = null)
        {
            (_input, _environments, _cuts) = (input ?? Stacked, replay.Environments, cuts);
            Replay = replay;
            Priorities = new PrioritisedReplay(replay, 0.5f);
            _stacks = [.. Enumerable.Range(0, _environments).Select(_ => First())];
        }

        public ReplayBuffer Replay { get; }

        public PrioritisedReplay Priorities { get; }

        public World Copy() => new(_input, _environments, _capacity, _nStep, _cuts);

        public void TakeOver(World other)
        {
            (_random.State, _draw.State, _frame) = (other._random.State, other._draw.State, other._frame);
            _stacks = [.. other._stacks.Select(s => s.ToArray())];
        }

        public void Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                Step();
            }
        }

        public void Step()
        {
            for (int e = 0; e < _environments; e++)
            {
                byte[] next = [.. _stacks[e].Skip(_input.FrameBytes), .. BitConverter.GetBytes(++_frame)];
                StepEnd end = _random.NextInt(12) switch { 0 => StepEnd.Terminal, 1 => StepEnd.Truncated, _ => StepEnd.None };
                Replay.Add(e, _stacks[e], _random.NextInt(200), _random.NextInt(16), end, next);
                Priorities.Added(e);
                if (end == StepEnd.None && _cuts && _random.NextInt(10) == 0)
                {
                    Replay.Cut(e, next);
                    Priorities.Added(e);
                    end = StepEnd.Truncated;
                }

                _stacks[e] = end == StepEnd.None ? next : First();
            }
        }

        public ReplayBatch Learn()
        {
            var batch = new ReplayBatch(8, _input.Length);
            Priorities.Sample(_draw, 0.4f, batch);
            Priorities.Learned(batch, [.. Enumerable.Range(0, 8).Select(_ => 3 * _draw.NextSingle())]);
            return batch;
        }

        // Now and then a stack from the middle of something.
        private byte[] First()
        {
            bool midway = _cuts && _random.NextInt(2) == 0;
            _frame++;
            return [.. Enumerable.Range(0, _input.Stack).SelectMany(_ => BitConverter.GetBytes(midway ? _frame++ : _frame))];
        }
    }
}
