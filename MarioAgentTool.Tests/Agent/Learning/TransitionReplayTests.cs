using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

public class TransitionReplayTests
{
    private const int Side = 12;

    private static readonly InputSpec Input = new() { FrameBytes = Side * Side, Stack = 4, Height = Side, Width = Side, Scale = 1 };

    /// <summary>An observation of four frames, each told apart by its number and half of it noise.</summary>
    private static byte[] Observation(params int[] frames) => [.. frames.SelectMany(f =>
    {
        var noise = new RandomStream((ulong)f);
        return Enumerable.Range(0, Side * Side).Select(i => (byte)(i < Side * Side / 2 ? f : noise.NextInt(256)));
    })];

    [Test]
    public void What_is_drawn_is_what_was_stored_in_every_place_of_the_ring([Values(1, 2, 4)] int newFramesAStep, [Values(1, 3)] int environments)
    {
        const int Capacity = 200;
        var replay = new TransitionReplay(Input, environments, Capacity);
        var stored = new Dictionary<int, (byte[] State, byte[] Next, int Action, float Reward, bool Terminal)>();
        int[] frame = [.. Enumerable.Range(0, environments).Select(e => e * 100_000)];
        int place = 0;
        for (int step = 0; step < 5_000; step++)
        {
            int e = step % environments, f = frame[e];
            bool begins = step % 37 < environments, terminal = step % 5 == 0;
            byte[] state = begins ? Observation(f, f, f, f) : Observation(f, f + 1, f + 2, f + 3);
            byte[] next = Observation([.. Enumerable.Range(f + newFramesAStep, 4)]);
            replay.Add(e, state, step % 7, step, terminal, next);
            stored[place] = (state, next, step % 7, step, terminal);
            place = (place + 1) % Capacity;
            frame[e] = f + newFramesAStep;
        }

        var batch = new ReplayBatch(1, Input.Length);
        Assert.That(replay.Count, Is.EqualTo(Capacity));
        foreach ((int at, (byte[] state, byte[] next, int action, float reward, bool terminal)) in stored)
        {
            batch.Places[0] = at;
            replay.Read(batch);
            Assert.That(batch.States.Bytes.ToArray(), Is.EqualTo(state), $"state at {at}");
            Assert.That(batch.NextStates.Bytes.ToArray(), Is.EqualTo(next), $"next state at {at}, terminal or not");
            Assert.That((batch.Actions[0], batch.Returns[0], batch.Discounts[0]), Is.EqualTo((action, reward, terminal ? 0f : 1f)));
        }

        // Old pages go: what is held is near what the ring's transitions name, two pages more at most.
        long named = (long)Capacity * newFramesAStep + 4 * environments + 2 * 256;
        Assert.That(replay.FrameMemory, Is.LessThan(named * FramePacking.Longest(Input.FrameBytes)));
    }

    [Test]
    public void The_newest_transition_can_be_drawn_at_once()
    {
        var replay = new TransitionReplay(Input, 1, 10);
        replay.Add(0, Observation(1, 1, 1, 1), 3, 2.5f, terminal: false, Observation(1, 1, 1, 2));
        var batch = new ReplayBatch(2, Input.Length);
        replay.Sample(new RandomStream(1), batch);

        Assert.That(batch.Returns, Is.EqualTo(new[] { 2.5f, 2.5f }));
        Assert.That(batch.NextStates.Bytes[..Input.Length].ToArray(), Is.EqualTo(Observation(1, 1, 1, 2)));
    }

    [Test]
    public void Frames_that_repeat_are_stored_once()
    {
        var replay = new TransitionReplay(Input, 1, 1_000);
        byte[] still = Observation(7, 7, 7, 7);
        for (int i = 0; i < 1_000; i++)
        {
            replay.Add(0, still, 0, 0, terminal: false, still);
        }

        Assert.That(replay.FrameMemory, Is.LessThan(2 * FramePacking.Longest(Input.FrameBytes)));
    }

    [Test]
    public void A_saved_replay_goes_on_as_the_one_it_was()
    {
        var replay = new TransitionReplay(Input, 1, 50);
        void Fill(TransitionReplay r, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                r.Add(0, Observation(i, i + 1, i + 2, i + 3), i % 3, i, false, Observation(i + 1, i + 2, i + 3, i + 4));
            }
        }

        Fill(replay, 0, 700);
        byte[] saved = Save(replay);
        var other = new TransitionReplay(Input, 1, 50);
        other.Load(new BinaryReader(new MemoryStream(saved)));
        Fill(replay, 700, 1_500);
        Fill(other, 700, 1_500);

        Assert.That(Save(other), Is.EqualTo(Save(replay)));
    }

    [Test]
    public void Another_capacity_and_a_damaged_file_are_refused_in_a_sentence()
    {
        var replay = new TransitionReplay(Input, 1, 50);
        replay.Add(0, Observation(1, 1, 1, 1), 0, 0, false, Observation(1, 1, 1, 2));
        byte[] saved = Save(replay);

        Assert.That(
            () => new TransitionReplay(Input, 1, 60).Load(new BinaryReader(new MemoryStream(saved))),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("50 transitions").And.Message.Contains("60").And.Message.Contains("Use the settings"));

        // The first transition's first frame number.
        BitConverter.GetBytes(99_999).CopyTo(saved, 6 * 4 + 1 + 4 + 1);
        Assert.That(
            () => new TransitionReplay(Input, 1, 50).Load(new BinaryReader(new MemoryStream(saved))),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("damaged"));
    }

    [Test]
    public void Packing_gives_back_every_byte([Values(1, 3, 4, 5, 100, 7_056, 50_176)] int length, [Values] bool noise)
    {
        var random = new RandomStream((ulong)length);
        byte[] frame = new byte[length], packed = new byte[FramePacking.Longest(length)], unpacked = new byte[length];
        var packing = new FramePacking();
        for (int round = 0; round < 50; round++)
        {
            for (int i = 0; i < length; i++)
            {
                frame[i] = noise ? (byte)random.NextInt(256) : i >= 16 && random.NextInt(9) > 0 ? frame[i - 16] : (byte)random.NextInt(3);
            }

            int count = packing.Pack(frame, packed);
            FramePacking.Unpack(packed.AsSpan(0, count), unpacked);
            Assert.That(unpacked, Is.EqualTo(frame));
        }
    }

    private static byte[] Save(TransitionReplay replay)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        replay.Save(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
