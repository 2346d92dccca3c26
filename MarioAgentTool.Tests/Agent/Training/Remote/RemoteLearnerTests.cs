using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Tests.Agent.Training.Remote;

public class RemoteLearnerTests
{
    private const int Actions = 3, Length = 12;

    internal static readonly ObservationSpec Spec = new() { FrameBytes = Length, Scale = 0.01f };

    internal static RunSettings Settings(LearnerKind kind) => new()
    {
        Learner = kind,
        Threads = 1,
        Pqn = new() { RolloutSteps = 16, MinibatchSize = 8, Epochs = 1, Network = new() { HiddenUnits = 16 } },
        Dqn = new() { BatchSize = 8, BurnIn = 20, LearnEvery = 2, ReplayCapacity = 500, NStep = 2, Network = new() { HiddenUnits = 16 } },
    };

    [TestCase(LearnerKind.Dqn)]
    [TestCase(LearnerKind.Pqn)]
    public void What_is_learned_elsewhere_is_what_would_have_been_learned_here(LearnerKind kind)
    {
        using ILearner here = Learners.Create(Settings(kind), Spec, Actions, environments: 1);
        using RemoteLearner elsewhere = new(LearnerThread.Start(), Settings(kind), Spec, Actions);
        Play(here, 200);
        Play(elsewhere, 200);
        elsewhere.CatchUp();
        Assert.Multiple(() =>
        {
            Assert.That(here.Progress.Updates, Is.GreaterThan(0));
            Assert.That(elsewhere.Progress, Is.EqualTo(here.Progress));
            Assert.That(Values(elsewhere), Is.EqualTo(Values(here)));
            Assert.That(elsewhere.Backlog, Is.Zero);
        });
    }

    [Test]
    public void Before_anything_is_learned_it_plays_with_the_network_that_the_learner_begins_with()
    {
        using ILearner here = Learners.Create(Settings(LearnerKind.Dqn), Spec, Actions, environments: 1);
        using RemoteLearner elsewhere = new(LearnerThread.Start(), Settings(LearnerKind.Dqn), Spec, Actions);
        Assert.That(Values(elsewhere), Is.EqualTo(Values(here)));
        Assert.That(elsewhere.Progress.Epsilon, Is.EqualTo(here.Progress.Epsilon));
    }

    [Test]
    public void A_noisy_network_explores_by_its_noise_there_too()
    {
        RunSettings settings = Settings(LearnerKind.Dqn);
        settings = settings with { Dqn = settings.Dqn with { EpsilonStart = 0, EpsilonFinal = 0, Network = settings.Dqn.Network with { Noisy = true, NoiseScale = 5 } } };
        using RemoteLearner elsewhere = new(LearnerThread.Start(), settings, Spec, Actions);
        byte[] observation = [.. Enumerable.Range(0, Length).Select(i => (byte)(20 * i))];
        int[] action = new int[1];
        var chosen = new HashSet<int>();
        for (int i = 0; i < 100; i++)
        {
            elsewhere.Act(observation, action);
            chosen.Add(action[0]);
        }

        Assert.That(chosen, Has.Count.GreaterThan(1));
    }

    [Test]
    public void A_state_that_was_saved_goes_on_as_if_never_stopped()
    {
        RunSettings settings = Settings(LearnerKind.Dqn);
        using RemoteLearner one = new(LearnerThread.Start(), settings, Spec, Actions);
        Play(one, 100);
        using MemoryStream state = new();
        one.Save(state, withReplay: true);
        state.Position = 0;

        using RemoteLearner other = new(LearnerThread.Start(), settings, Spec, Actions);
        other.Load(state);
        Play(one, 60, from: 100);
        Play(other, 60, from: 100);
        one.CatchUp();
        other.CatchUp();
        Assert.That(other.Progress, Is.EqualTo(one.Progress));
        Assert.That(Values(other), Is.EqualTo(Values(one)));
    }

    [Test]
    public void Steps_are_played_untold_while_the_learner_is_far_behind()
    {
        using ManualResetEventSlim mayLearn = new();
        SlowLearner slow = new(mayLearn);
        using RemoteLearner remote = new(
            LearnerThread.Start((input, output) => LearnerServer.Run(input, output, (_, _, _) => slow)), Settings(LearnerKind.Dqn), Spec, Actions);
        Play(remote, 20_000);
        long waiting = remote.Backlog;
        Assert.That(waiting, Is.LessThanOrEqualTo(4096));
        Assert.That(remote.IsBehind);

        mayLearn.Set();
        remote.CatchUp();
        Assert.That(remote.IsBehind, Is.False);
        Play(remote, 5, from: 20_000);
        remote.CatchUp();
        Assert.That(slow.Observed, Is.EqualTo(waiting + 5));
        Assert.That(slow.ActedOn, Is.EqualTo(Observation(20_004)), "After the gap it goes on where play is now.");
    }

    [Test]
    public void When_the_learner_ends_the_next_step_says_so_and_the_network_still_plays()
    {
        using RemoteLearner remote = new(
            LearnerThread.Start((_, _) => "the roof fell in."), Settings(LearnerKind.Dqn), Spec, Actions);
        Assert.That(() => { while (remote.Lost is null) { Thread.Yield(); } }, Throws.Nothing);
        Assert.That(() => Play(remote, 1), Throws.TypeOf<LearnerLostException>().With.Message.Contains("has ended: the roof fell in. What"));
        Assert.That(() => remote.CatchUp(), Throws.TypeOf<LearnerLostException>());
        float[] values = new float[Actions];
        remote.QValues(Observation(0), values);
        Assert.That(values, Is.Not.EqualTo(new float[Actions]));
    }

    [Test]
    public void Settings_that_make_no_sense_come_back_as_their_own_sentence()
    {
        RunSettings wrong = Settings(LearnerKind.Dqn) with { Consoles = 0 };
        using RemoteLearner remote = new(LearnerThread.Start(), wrong, Spec, Actions);
        Assert.That(() => remote.CatchUp(), Throws.TypeOf<LearnerLostException>().With.Message.Contains("consoles is 0"));
    }

    /// <summary>The same transitions for every learner, whatever it would have chosen.</summary>
    internal static void Play(ILearner learner, int steps, int from = 0)
    {
        int[] action = new int[1];
        for (int t = from; t < from + steps; t++)
        {
            learner.Act(Observation(t), action);
            StepEnd end = t % 17 == 16 ? StepEnd.Terminal : t % 29 == 28 ? StepEnd.Truncated : StepEnd.None;
            learner.Observe(new StepBatch
            {
                Actions = [t * 7 % Actions],
                Rewards = [t % 5 - 2],
                Ends = [end],
                NextObservations = end == StepEnd.None ? Observation(t + 1) : Observation(-t),
                Observations = Observation(t + 1),
            });
        }
    }

    internal static byte[] Observation(int t)
    {
        byte[] bytes = new byte[Length];
        RandomStream random = new((ulong)(t + 1_000_000));
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextInt(100);
        }

        return bytes;
    }

    private static float[][] Values(ILearner learner) => [.. learner.Weights.Select(w => w.Values.ToArray())];

    private sealed class SlowLearner(ManualResetEventSlim mayLearn) : ILearner
    {
        private readonly ILearner _real = Learners.Create(Settings(LearnerKind.Dqn), Spec, Actions, environments: 1);

        public int Observed { get; private set; }

        public byte[] ActedOn { get; private set; } = [];

        public string Algorithm => _real.Algorithm;

        public LearnerProgress Progress => _real.Progress;

        public IReadOnlyList<NamedTensor> Weights => _real.Weights;

        public IReadOnlyList<NamedTensor> TargetWeights => _real.TargetWeights;

        public void Act(ReadOnlySpan<byte> observations, Span<int> actions) => ActedOn = observations.ToArray();

        public void Observe(in StepBatch batch)
        {
            mayLearn.Wait();
            Observed++;
        }

        public void QValues(ReadOnlySpan<byte> observations, Span<float> values) => _real.QValues(observations, values);

        public void Save(Stream stream, bool withReplay) => _real.Save(stream, withReplay);

        public void Load(Stream stream) => _real.Load(stream);

        public void Dispose() => _real.Dispose();
    }
}
