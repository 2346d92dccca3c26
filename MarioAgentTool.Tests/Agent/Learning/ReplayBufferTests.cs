using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>Against a buffer that stores both stacks of every transition, on random episodes.</summary>
public class ReplayBufferTests
{
    private const float Gamma = 0.5f;

    [Test]
    public void Every_transition_drawn_is_the_one_that_happened(
        [Values(1, 3)] int stack, [Values(1, 3)] int nStep, [Values(1, 3)] int environments, [Values(90, 2000)] int capacity)
    {
        var world = new RandomEpisodes(stack, nStep, environments, capacity, seed: 5);
        world.Run(400);
        world.CompareEverySlot();
    }

    [Test]
    public void Episodes_joined_midway_and_abandoned_keep_their_own_frames([Values(1, 4)] int stack)
    {
        var world = new RandomEpisodes(stack, nStep: 2, environments: 2, capacity: 200, seed: 9) { Cuts = true };
        world.Run(300);
        world.CompareEverySlot();
    }

    [Test]
    public void A_terminal_step_is_not_bootstrapped_and_a_truncated_one_is_from_its_last_frame()
    {
        var replay = new ReplayBuffer(new InputSpec { FrameBytes = 1, Scale = 1 }, 1, 20, nStep: 3, Gamma);

        //   s    1   2   3 |  5   6   7   8 …
        //   r    1   2   4    8  16  32  64      step 3 is truncated and led to 4; step 6 is terminal.
        Add(replay, 1, 1, StepEnd.None);
        Add(replay, 2, 2, StepEnd.None);
        Add(replay, 3, 4, StepEnd.Truncated, next: 4);
        Add(replay, 5, 8, StepEnd.None);
        Add(replay, 6, 16, StepEnd.Terminal, next: 99);
        Add(replay, 7, 32, StepEnd.None);
        Add(replay, 8, 64, StepEnd.None);

        Assert.Multiple(() =>
        {
            Assert.That(Read(replay, 0), Is.EqualTo((1, 1 + 1f + 1f, 0.125f, 4)), "three steps, then the last frame");
            Assert.That(Read(replay, 1), Is.EqualTo((2, 2 + 2f, 0.25f, 4)), "two steps, then the last frame");
            Assert.That(Read(replay, 2), Is.EqualTo((3, 4f, 0.5f, 4)), "one step, then the last frame");
            Assert.That(Read(replay, 3), Is.Null, "the frame that closes the episode begins nothing");
            Assert.That(Read(replay, 4), Is.EqualTo((5, 8 + 8f, 0f, 0)), "two steps and no future");
            Assert.That(Read(replay, 5), Is.EqualTo((6, 16f, 0f, 0)), "one step and no future");
            Assert.That(Read(replay, 6), Is.Null, "its third step is not in yet");
        });
    }

    [Test]
    public void Observations_that_share_no_frame_are_kept_whole()
    {
        //   A step brings two new frames of a stack of two:  (1 2) (3 4) (5 6)
        var replay = new ReplayBuffer(new InputSpec { FrameBytes = 1, Stack = 2, SlidesByOne = false, Scale = 1 }, 1, 20, nStep: 1, Gamma);
        replay.Add(0, [1, 2], 0, 0, StepEnd.None, [3, 4]);
        replay.Add(0, [3, 4], 0, 0, StepEnd.Truncated, [5, 6]);

        var batch = new ReplayBatch(2, 2);
        Assert.That(replay.TryRead(0, 0, batch, 0) && replay.TryRead(0, 1, batch, 1));
        Assert.That(batch.States.Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That(batch.NextStates.Bytes.ToArray(), Is.EqualTo(new byte[] { 3, 4, 5, 6 }));
    }

    [Test]
    public void Drawing_is_uniform_over_whole_transitions()
    {
        var world = new RandomEpisodes(stack: 2, nStep: 2, environments: 2, capacity: 60, seed: 3);
        world.Run(100);
        Dictionary<int, int> drawn = world.Draw(40_000);
        double expected = 40_000.0 / world.Whole;
        Assert.That(drawn, Has.Count.EqualTo(world.Whole), "all of them and nothing else");
        Assert.That(drawn.Values, Is.All.EqualTo(expected).Within(6 * Math.Sqrt(expected)), "within six standard deviations");
    }

    [Test]
    public void A_restored_buffer_draws_and_goes_on_like_the_one_saved()
    {
        var world = new RandomEpisodes(stack: 3, nStep: 3, environments: 2, capacity: 150, seed: 4);
        world.Run(200);
        world.SaveAndRestore();
        world.CompareEverySlot();
        world.Run(60);
        world.CompareEverySlot();
    }

    [Test]
    public void A_saved_buffer_of_another_shape_is_refused_with_both_named()
    {
        var input = new InputSpec { FrameBytes = 4, Scale = 1 };
        var stream = new MemoryStream();
        new ReplayBuffer(input, 2, 100, 1, Gamma).Save(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.That(
            () => new ReplayBuffer(input, 4, 100, 1, Gamma).Load(new BinaryReader(stream)),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("2 environments × 50").And.Message.Contains("4 × 25"));
    }

    private static void Add(ReplayBuffer replay, byte state, float reward, StepEnd end, byte next = 0)
        => replay.Add(0, [state], 0, reward, end, [next]);

    private static (int State, float Return, float Discount, int Next)? Read(ReplayBuffer replay, int slot)
    {
        var batch = new ReplayBatch(1, 1);
        return replay.TryRead(0, slot, batch, 0) ? (batch.States.Bytes[0], batch.Returns[0], batch.Discounts[0], batch.NextStates.Bytes[0]) : null;
    }

    /// <summary>Feeds a buffer with episodes of numbered frames and remembers everything, the expensive way.</summary>
    private sealed class RandomEpisodes
    {
        // A frame is its number, little-endian: drawn transitions name themselves.
        private readonly InputSpec _input;
        private readonly RandomStream _random;
        private readonly int _nStep, _environments, _capacity;
        private readonly List<(byte[] State, byte[] Next, int Action, float Reward, StepEnd End)>[] _history;
        private readonly byte[][] _stacks;
        private ReplayBuffer _replay;
        private int _frame;

        public RandomEpisodes(int stack, int nStep, int environments, int capacity, ulong seed)
        {
            _input = new InputSpec { FrameBytes = 4, Stack = stack, Scale = 1 };
            _random = new RandomStream(seed);
            (_nStep, _environments, _capacity) = (nStep, environments, capacity);
            _replay = new ReplayBuffer(_input, environments, capacity, nStep, Gamma);
            _history = [.. Enumerable.Range(0, environments).Select(_ => new List<(byte[], byte[], int, float, StepEnd)>())];
            _stacks = [.. Enumerable.Range(0, environments).Select(_ => First())];
        }

        public bool Cuts { get; init; }

        public int Whole { get; private set; }

        public void Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                for (int e = 0; e < _environments; e++)
                {
                    byte[] state = _stacks[e];
                    byte[] next = [.. state.Skip(_input.FrameBytes), .. BitConverter.GetBytes(++_frame)];
                    StepEnd end = _random.NextInt(12) switch { 0 => StepEnd.Terminal, 1 => StepEnd.Truncated, _ => StepEnd.None };
                    int action = _random.NextInt(200);
                    float reward = _random.NextInt(16);
                    _replay.Add(e, state, action, reward, end, next);
                    if (end == StepEnd.None && Cuts && _random.NextInt(10) == 0)
                    {
                        _replay.Cut(e, next);
                        end = StepEnd.Truncated;
                    }

                    _history[e].Add((state, next, action, reward, end));
                    _stacks[e] = end == StepEnd.None ? next : First();
                }
            }
        }

        public void CompareEverySlot()
        {
            var batch = new ReplayBatch(1, _input.Length);
            var read = new HashSet<int>();
            int slots = (_capacity + _environments - 1) / _environments;
            for (int e = 0; e < _environments; e++)
            {
                for (int slot = 0; slot < slots; slot++)
                {
                    if (_replay.TryRead(e, slot, batch, 0))
                    {
                        Compare(e, batch, 0, read);
                    }
                }

                // All that is recent enough is there: at worst every step brought a stack and a closing frame.
                int expected = Math.Min(_history[e].Count, slots / (_input.Stack + 2)) - _nStep;
                int here = _history[e].Skip(_history[e].Count - expected - _nStep).Take(expected).Count(t => read.Contains(Newest(t.State)));
                Assert.That(here, Is.EqualTo(expected), $"recent transitions of environment {e}");
            }

            Whole = read.Count;
        }

        public Dictionary<int, int> Draw(int count)
        {
            CompareEverySlot();
            var drawn = new Dictionary<int, int>();
            var batch = new ReplayBatch(100, _input.Length);
            for (int i = 0; i < count; i += batch.Size)
            {
                _replay.Sample(_random, batch);
                for (int row = 0; row < batch.Size; row++)
                {
                    int name = Newest(batch.States.Bytes.Slice(row * _input.Length, _input.Length));
                    drawn[name] = drawn.GetValueOrDefault(name) + 1;
                }
            }

            return drawn;
        }

        public void SaveAndRestore()
        {
            var stream = new MemoryStream();
            _replay.Save(new BinaryWriter(stream));
            stream.Position = 0;
            var restored = new ReplayBuffer(_input, _environments, _capacity, _nStep, Gamma);
            restored.Load(new BinaryReader(stream));

            ReplayBatch a = new(50, _input.Length), b = new(50, _input.Length);
            _replay.Sample(new RandomStream(1), a);
            restored.Sample(new RandomStream(1), b);
            Assert.That((b.States.Bytes.ToArray(), b.NextStates.Bytes.ToArray(), b.Actions, b.Returns, b.Discounts), Is.EqualTo((a.States.Bytes.ToArray(), a.NextStates.Bytes.ToArray(), a.Actions, a.Returns, a.Discounts)));
            _replay = restored;
        }

        private void Compare(int environment, ReplayBatch batch, int row, HashSet<int> read)
        {
            var history = _history[environment];
            int name = Newest(batch.States.Bytes);
            int at = history.FindIndex(t => Newest(t.State) == name);
            Assert.That(read.Add(name), $"frame {name} was drawn from two slots");

            float sum = 0, discount = 1;
            int i = at;
            for (; i < at + _nStep; i++)
            {
                sum += discount * history[i].Reward;
                discount *= Gamma;
                if (history[i].End != StepEnd.None)
                {
                    break;
                }
            }

            i = Math.Min(i, at + _nStep - 1);
            bool terminal = history[i].End == StepEnd.Terminal;
            Assert.That(batch.States.Bytes.ToArray(), Is.EqualTo(history[at].State), $"s of {name}");
            Assert.That(batch.Actions[row], Is.EqualTo(history[at].Action), $"a of {name}");
            Assert.That(batch.Returns[row], Is.EqualTo(sum), $"R of {name}");
            Assert.That(batch.Discounts[row], Is.EqualTo(terminal ? 0 : discount), $"discount of {name}");
            Assert.That(batch.NextStates.Bytes.ToArray(), Is.EqualTo(terminal ? new byte[_input.Length] : history[i].Next), $"s' of {name}");
        }

        private int Newest(ReadOnlySpan<byte> stack) => BitConverter.ToInt32(stack[(_input.FrameBytes * (_input.Stack - 1))..]);

        // Usually one frame repeated; with cuts, now and then a stack from the middle of something.
        private byte[] First()
        {
            bool midway = Cuts && _random.NextInt(2) == 0;
            _frame++;
            return [.. Enumerable.Range(0, _input.Stack).SelectMany(_ => BitConverter.GetBytes(midway ? _frame++ : _frame))];
        }
    }
}
