using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning;
using MarioAgentTool.Torch;

namespace MarioAgentTool.Tests.Torch;

/// <summary>Frames kept on the device, which here is the processor: the same transitions, the same updates, to the last bit.</summary>
public class FramesTests
{
    private static readonly InputSpec Stacked = new() { FrameBytes = 6 * 6, Stack = 3, Scale = 1 / 64f, Signed = true };

    [Test]
    public void Updates_are_the_same_wherever_frames_are([ValueSource(typeof(LearnersTests), nameof(LearnersTests.All))] string algorithm)
    {
        using ILearner memory = LearnersTests.Create(algorithm, 1, OnProcessor.Backend(FramePlacement.Host)), device = LearnersTests.Create(algorithm, 1, OnProcessor.Backend(FramePlacement.Device));
        foreach (ILearner learner in new[] { memory, device })
        {
            new Corridor(LearnersTests.Walkers) { Limit = 7 }.Run(learner, 100);
        }

        Assert.That(device.Progress, Is.EqualTo(memory.Progress));
        Assert.That(device.Progress.Updates, Is.GreaterThan(20));
        Assert.That(LearnersTests.WeightsOf(device), Is.EqualTo(LearnersTests.WeightsOf(memory)));
    }

    [Test]
    public void A_run_goes_on_bit_for_bit_wherever_its_frames_are([Values("PQN", "Rainbow", "classic Double DQN")] string algorithm, [Values] bool fromDevice, [Values] bool toDevice)
    {
        FramePlacement from = fromDevice ? FramePlacement.Device : FramePlacement.Host, to = toDevice ? FramePlacement.Device : FramePlacement.Host;
        using ILearner steady = LearnersTests.Create(algorithm, 1, OnProcessor.Backend(from)), restored = LearnersTests.Create(algorithm, 99, OnProcessor.Backend(to));
        var corridor = new Corridor(LearnersTests.Walkers) { Limit = 7 };
        corridor.Run(steady, 105);

        // What it held before is forgotten, frames that have not been sent yet among it.
        new Corridor(LearnersTests.Walkers).Run(restored, 33);
        LearnersTests.HandOver(steady, restored);
        Corridor same = corridor.Copy();
        corridor.Run(steady, 50);
        same.Run(restored, 50);
        Assert.That(restored.Progress, Is.EqualTo(steady.Progress));
        Assert.That(LearnersTests.WeightsOf(restored), Is.EqualTo(LearnersTests.WeightsOf(steady)));
    }

    [Test]
    public void Stacks_gathered_on_the_device_are_those_put_together_in_memory([Values(40, 700)] int capacity)
    {
        using TorchBackend backend = OnProcessor.Backend(FramePlacement.Device);
        using ReplayBuffer memory = new(Stacked, 2, capacity, 2, 0.5f), device = new(Stacked, 2, capacity, 2, 0.5f, "", backend);
        using IQNetwork network = backend.Network(Stacked, 3, new NetworkSettings { HiddenUnits = 16 }, new RandomStream(1));
        ReplayBatch expected = new(32, Stacked.Length), actual = new(32, Stacked.Length);
        RandomStream random = new(7), draw = new(8), sameDraw = new(8);
        byte[][] stacks = [First(random), First(random)];
        for (int step = 1; step <= 400; step++)
        {
            for (int e = 0; e < stacks.Length; e++)
            {
                byte[] next = [.. stacks[e].Skip(Stacked.FrameBytes), .. Frame(random)];
                StepEnd end = random.NextInt(12) switch { 0 => StepEnd.Terminal, 1 => StepEnd.Truncated, _ => StepEnd.None };
                memory.Add(e, stacks[e], step % 3, step, end, next);
                device.Add(e, stacks[e], step % 3, step, end, next);
                stacks[e] = end == StepEnd.None ? next : First(random);
            }

            if (step % 40 == 0)
            {
                memory.Sample(draw, expected);
                device.Sample(sameDraw, actual);
                Assert.That(actual.States.Frames, Is.Not.Null, "gathered, not sent");
                foreach ((Observations wanted, Observations got) in new[] { (expected.States, actual.States), (expected.NextStates, actual.NextStates) })
                {
                    Assert.That(network.Forward(got, 32).ToArray(), Is.EqualTo(network.Evaluate(wanted.Bytes, 32).ToArray()), $"values after {step} steps");
                    Assert.That(got.Bytes.ToArray(), Is.EqualTo(wanted.Bytes.ToArray()), $"bytes after {step} steps");
                }

                Assert.That(actual.Returns, Is.EqualTo(expected.Returns));
            }
        }
    }

    /// <summary>Episodes of one step bring more frames than there are places for on the device: some batches are sent.</summary>
    [Test]
    public void Transitions_gathered_on_the_device_are_those_unpacked_in_memory([Values(1, 30)] int episode, [Values] bool loaded)
    {
        const int Capacity = 2_000;
        using TorchBackend backend = OnProcessor.Backend(FramePlacement.Device);
        using IQNetwork network = backend.Network(Stacked, 3, new NetworkSettings { HiddenUnits = 16 }, new RandomStream(1));
        TransitionReplay memory = new(Stacked, 1, Capacity), device = new(Stacked, 1, Capacity, backend);
        ReplayBatch expected = new(4, Stacked.Length), actual = new(4, Stacked.Length);
        RandomStream random = new(7), draw = new(8), sameDraw = new(8);
        byte[] state = First(random);
        int gathered = 0, sent = 0;
        for (int step = 1; step <= 3 * Capacity; step++)
        {
            byte[] next = [.. state.Skip(Stacked.FrameBytes), .. Frame(random)];
            memory.Add(0, state, step % 3, step, step % episode == 0, next);
            device.Add(0, state, step % 3, step, step % episode == 0, next);
            state = step % episode == 0 ? First(random) : next;
            if (loaded && step == 2 * Capacity)
            {
                using var file = new MemoryStream();
                memory.Save(new BinaryWriter(file));
                file.Position = 0;
                device.Dispose();
                device = new TransitionReplay(Stacked, 1, Capacity, backend);
                device.Load(new BinaryReader(file));
            }

            if (step % 100 == 0)
            {
                memory.Sample(draw, expected);
                device.Sample(sameDraw, actual);
                _ = actual.States.Frames is null ? sent++ : gathered++;
                foreach ((Observations wanted, Observations got) in new[] { (expected.States, actual.States), (expected.NextStates, actual.NextStates) })
                {
                    Assert.That(network.Forward(got, 4).ToArray(), Is.EqualTo(network.Evaluate(wanted.Bytes, 4).ToArray()), $"values after {step} steps");
                    Assert.That(got.Bytes.ToArray(), Is.EqualTo(wanted.Bytes.ToArray()), $"bytes after {step} steps");
                }

                Assert.That(actual.Actions.Zip(actual.Returns, actual.Discounts), Is.EqualTo(expected.Actions.Zip(expected.Returns, expected.Discounts)));
            }
        }

        device.Dispose();
        Assert.That(gathered, Is.GreaterThan(10));
        Assert.That(sent, episode == 1 ? Is.GreaterThan(10) : Is.Zero);
    }

    [Test]
    public void A_batch_that_changes_is_sent_anew_and_one_that_stays_is_not()
    {
        using TorchBackend backend = OnProcessor.Backend(FramePlacement.Host);
        using IQNetwork network = backend.Network(Stacked, 3, new NetworkSettings { HiddenUnits = 16 }, new RandomStream(1));
        var batch = new Observations(4, Stacked.Length);
        batch.Overwrite().Fill(1);
        float[] ones = network.Forward(batch, 4).ToArray();
        long uploads = backend.Device.Uploads;
        Assert.That(network.Forward(batch, 4).ToArray(), Is.EqualTo(ones));
        Assert.That(backend.Device.Uploads, Is.EqualTo(uploads), "the same once more");
        Assert.That(network.Forward(batch, 2).ToArray(), Is.EqualTo(ones.Take(2 * 3)).Within(1e-6), "half of it");
        batch.Overwrite().Fill(2);
        Assert.That(network.Forward(batch, 4).ToArray(), Is.Not.EqualTo(ones));
    }

    private static byte[] Frame(RandomStream random) => [.. Enumerable.Range(0, Stacked.FrameBytes).Select(_ => (byte)random.NextInt(256))];

    private static byte[] First(RandomStream random)
    {
        byte[] frame = Frame(random);
        return [.. frame, .. frame, .. frame];
    }
}
