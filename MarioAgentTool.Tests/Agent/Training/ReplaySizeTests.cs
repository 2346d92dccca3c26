using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

/// <summary>What training says of its replay before it starts.</summary>
public class ReplaySizeTests
{
    [TestCase("double-dqn", 1300)]
    [TestCase("rainbow", 7300)]
    [TestCase("btr", 7300)]
    [TestCase("tutorial-ddqn", 7300)]
    public void A_transition_takes_no_more_than_a_frame_and_a_little(string preset, double limit)
    {
        ReplaySize size = Learners.ReplayOf(Presets.Get(preset).Settings)!;

        Assert.That(size.BytesEach, Is.LessThanOrEqualTo(limit));
        Assert.That(size.ToString(), Does.Contain("KB each").And.Contain("GB in all"));
    }

    [Test]
    public void PQN_has_none() => Assert.That(Learners.ReplayOf(Presets.Get("fast").Settings), Is.Null);

    [TestCase(7056, 4, 0)]
    [TestCase(1_062, 1, 0.6f)]
    public void What_is_said_is_what_a_full_replay_takes(int frameBytes, int stack, float priorities)
    {
        var input = new InputSpec { FrameBytes = frameBytes, Stack = stack, Scale = 1 };
        var settings = new DqnSettings { ReplayCapacity = 3_000, PriorityExponent = priorities };
        byte[] observation = new byte[input.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var replay = new ReplayBuffer(input, 2, settings.ReplayCapacity, settings.NStep, settings.Discount);
        PrioritisedReplay? tree = priorities > 0 ? new PrioritisedReplay(replay, priorities) : null;
        for (int i = 0; i < settings.ReplayCapacity; i++)
        {
            replay.Add(i % 2, observation, 0, 0, StepEnd.None, observation);
            tree?.Added(i % 2);
        }

        double taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(ReplaySize.Of(settings, input, 2).Bytes, Is.EqualTo(taken).Within(2).Percent);
        Assert.That(replay.Count, Is.EqualTo(settings.ReplayCapacity));
    }

    [Test]
    public void Packed_frames_take_no_more_than_is_said()
    {
        const int Transitions = 600;
        var input = new InputSpec { FrameBytes = 400, Stack = 4, Scale = 1 };
        var random = new RandomStream(1);
        var replay = new TransitionReplay(input, 1, Transitions);
        byte[] state = new byte[input.Length], next = new byte[input.Length];
        for (int i = 0; i < Transitions; i++)
        {
            // Noise, which does not pack.
            state.AsSpan(input.FrameBytes).CopyTo(next);
            foreach (ref byte b in next.AsSpan(3 * input.FrameBytes))
            {
                b = (byte)random.NextInt(256);
            }

            replay.Add(0, state, 0, 0, false, next);
            next.CopyTo(state, 0);
        }

        double said = ReplaySize.Of(new ClassicDqnSettings { ReplayCapacity = Transitions }, input).Bytes;
        Assert.That(replay.FrameMemory, Is.InRange(0.8 * said, said));
    }
}
