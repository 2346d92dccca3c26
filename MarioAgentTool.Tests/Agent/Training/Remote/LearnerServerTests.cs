using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Tests.Agent.Training.Remote;

public class LearnerServerTests
{
    [Test]
    public void A_connection_that_closes_between_frames_is_no_failure()
    {
        Assert.That(Serve([], out _), Is.Null);
        Assert.That(Serve(Conversation(), out byte[] answers), Is.Null);
        Assert.That(Kinds(answers), Does.Contain(FrameKind.Welcome).And.Contain(FrameKind.Weights).And.Contain(FrameKind.StateEnd).And.Not.Contain(FrameKind.Failure));
    }

    [Test]
    public void Another_version_is_refused_with_both_named()
    {
        byte[] hello = Frames(p => p.Write(FrameKind.Hello, w =>
        {
            w.Write(LearnerPipe.Magic);
            w.Write(99);
        }));
        Assert.That(Serve(hello, out byte[] answers), Does.Contain("version 99").And.Contain("version 2"));
        Assert.That(Kinds(answers), Is.EqualTo(new[] { FrameKind.Failure }));
    }

    [Test]
    public void A_backend_that_is_not_there_is_told_with_the_command_that_adds_it()
    {
        var answers = new MemoryStream();
        string? wrong = LearnerServer.Run(new MemoryStream(Conversation()), answers, (_, _, _) => throw new BackendException($"Add it by: {TorchLibrary.BuildCommand}"));
        Assert.That(wrong, Does.Contain(TorchLibrary.BuildCommand));
        Assert.That(Kinds(answers.ToArray()), Is.EqualTo(new[] { FrameKind.Failure }));
    }

    [TestCase(0u)]
    [TestCase(0xFFFFFFFFu)]
    public void A_length_that_makes_no_sense_is_refused(uint length)
    {
        Assert.That(Serve([.. BitConverter.GetBytes(length), 1], out _), Does.Contain($"A frame of {length} bytes"));
    }

    [Test]
    public void A_length_alone_takes_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(Serve([.. BitConverter.GetBytes((uint)LearnerPipe.LargestFrame), 1, 2, 3], out _), Does.Contain("ended within a frame"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void A_conversation_cut_anywhere_ends_in_order()
    {
        byte[] whole = Conversation();
        for (int length = 0; length < whole.Length; length += length < 700 ? 1 : 41)
        {
            byte[] cut = whole[..length];
            Assert.That(() => Serve(cut, out _), Throws.Nothing, $"after {length} bytes");
        }
    }

    [Test]
    public void Garbage_ends_in_a_sentence()
    {
        RandomStream random = new(5);
        for (int i = 0; i < 300; i++)
        {
            byte[] garbage = Bytes(random, random.NextInt(200) + 1);
            Assert.That(Serve(garbage, out byte[] answers), Is.Not.Null.And.Not.Empty, Convert.ToHexString(garbage));
            Assert.That(Kinds(answers)[^1], Is.EqualTo(FrameKind.Failure));
        }
    }

    [Test]
    public void A_conversation_with_bytes_changed_learns_or_ends_in_a_sentence()
    {
        byte[] whole = Conversation();
        RandomStream random = new(7);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] changed = [.. whole];
            for (int changes = random.NextInt(4) + 1; changes > 0; changes--)
            {
                changed[random.NextInt(changed.Length)] = (byte)random.NextInt(256);
            }

            string? wrong = null;
            Assert.That(() => wrong = Serve(changed, out _), Throws.Nothing, $"case {i}");
            refused += wrong is null ? 0 : 1;
        }

        Assert.That(refused, Is.GreaterThan(10));
    }

    private static string? Serve(byte[] input, out byte[] answers)
    {
        using MemoryStream output = new();
        string? wrong = LearnerServer.Run(new MemoryStream(input), output);
        answers = output.ToArray();
        return wrong;
    }

    private static byte[] Conversation() => Frames(p =>
    {
        p.Write(FrameKind.Hello, w =>
        {
            w.Write(LearnerPipe.Magic);
            w.Write(LearnerPipe.Version);
            w.Write(SettingsFile.ToJson(RemoteLearnerTests.Settings(LearnerKind.Dqn)));
            w.Write(RemoteLearnerTests.Spec.FrameBytes);
            w.Write(1);
            w.Write(false);
            w.Write(0.01f);
            w.Write(0);
            w.Write(0);
            w.Write(3);
        });
        byte[] begin = RemoteLearnerTests.Observation(0);
        p.Write(FrameKind.Begin, begin, begin.Length);
        for (int t = 1; t < 40; t++)
        {
            p.Write(FrameKind.Step, w =>
            {
                w.Write(t % 3);
                w.Write(t % 2);
                w.Write(1f);
                w.Write((byte)(t % 10 == 9 ? 1 : 0));
                w.Write(RemoteLearnerTests.Observation(t));
                if (t % 10 == 9)
                {
                    w.Write(RemoteLearnerTests.Observation(t));
                }
            });
        }

        p.Write(FrameKind.Sync, [], 0);
        p.Write(FrameKind.Save, [1], 1);
    });

    private static byte[] Frames(Action<LearnerPipe> write)
    {
        using MemoryStream bytes = new();
        write(new LearnerPipe(Stream.Null, bytes));
        return bytes.ToArray();
    }

    private static List<FrameKind> Kinds(byte[] frames)
    {
        LearnerPipe pipe = new(new MemoryStream(frames), Stream.Null);
        List<FrameKind> kinds = [];
        while (pipe.TryRead(out FrameKind kind, out _))
        {
            kinds.Add(kind);
        }

        return kinds;
    }

    private static byte[] Bytes(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt(256))];
}
