using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Host;

namespace MarioAgentTool.Tests.Plugin.See;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SaliencyWorkerTests : IDisposable
{
    private const int SimpleActions = 7;

    private readonly HostedTrail _trail = new();
    private readonly SessionTool _tool = new();
    private readonly SaliencyWorker _worker = new();
    private TimeSpan _now;

    public SaliencyWorkerTests() => _trail.EmuHawk.OpenTool(_tool);

    private ToolSession Session => _tool.Session;

    [Test]
    public void A_decision_is_explained_as_the_learners_own_network_would()
    {
        Session.Watch(AgentSource.New(Training.LearnerKind.Pqn));
        RunUntil(() => Session.View.Chosen >= 0);
        ExplainedDecision explained = Explain(SaliencyOf.Value);
        Assert.That(explained.Decision, Is.EqualTo(Session.View.Decisions));
        Assert.That(explained.Observation, Is.EqualTo(Session.View.Observation.ToArray()));
        using InputGradients gradients = Training.Learners.CreateGradients(Session.Source!.Settings, Session.View.Spec!, SimpleActions);
        Assert.That(gradients.TryTake(Session.Learner!.Weights));
        float[] expected = new float[explained.Shares.Length];
        gradients.Explain(Session.View.Observation, Session.View.Chosen, SaliencyOf.Value, expected);
        Assert.That(explained.Shares, Is.EqualTo(expected).And.Some.Not.Zero);

        Assert.That(Explain(SaliencyOf.Advantage).Shares, Is.Not.EqualTo(expected), "another number of the same decision, while nothing moves");
    }

    [Test]
    public void The_copy_follows_a_network_that_learns_and_ten_times_a_second_is_enough()
    {
        Session.Train(AgentSource.New(Training.LearnerKind.Dqn));
        RunUntil(() => Session.Progress.Loss is not null);
        Explain(SaliencyOf.Value);
        long updates = Session.Learner!.Progress.Updates;
        Session.View.Look();
        RunUntil(() => Session.Learner.Progress.Updates > updates + 3);
        Session.View.Look();
        _trail.Run(8);
        ExplainedDecision explained = Explain(SaliencyOf.Value);
        using InputGradients gradients = Training.Learners.CreateGradients(Session.Source!.Settings, Session.View.Spec!, SimpleActions);
        Assert.That(gradients.TryTake(Session.Learner.Weights));
        float[] expected = new float[explained.Shares.Length];
        gradients.Explain(explained.Observation, Session.View.Chosen, SaliencyOf.Value, expected);
        Assert.That(explained.Shares, Is.EqualTo(expected));

        // A new decision, too soon.
        Session.View.Look();
        _trail.Run(8);
        _now += TimeSpan.FromMilliseconds(20);
        Look(SaliencyOf.Value);
        _worker.Finish();
        Assert.That(_worker.Latest, Is.SameAs(explained));
    }

    [Test]
    public void A_network_of_another_shape_is_told_and_left_alone()
    {
        Session.Watch(new AgentSource("fake", new Training.RunSettings(), (_, _) => new FakeLearner(SimpleActions, 3)));
        RunUntil(() => Session.View.Chosen >= 0);
        Look(SaliencyOf.Value);
        _worker.Finish();
        Assert.That(_worker.Latest, Is.Null);
        Assert.That(_worker.Message, Does.Contain("fake's network is of a shape"));
    }

    [Test]
    public void Training_learns_the_same_whether_it_is_looked_at_or_not()
    {
        float[] unseen = Trained(look: false), seen = Trained(look: true);
        Assert.That(seen, Is.EqualTo(unseen));
    }

    public void Dispose()
    {
        _worker.Dispose();
        _trail.Dispose();
        _tool.Dispose();
    }

    private static float[] Trained(bool look)
    {
        using SaliencyWorkerTests one = new();
        one.Session.Train(AgentSource.New(Training.LearnerKind.Dqn));
        for (int i = 0; i < 12_000 && one.Session.Progress.Steps < 1_100; i++)
        {
            one._trail.EmuHawk.Tick();
            if (look && i % 20 == 0)
            {
                one.Session.View.Look();
                one._now += TimeSpan.FromSeconds(1);
                one.Look(SaliencyOf.Advantage);
            }
        }

        Assert.That(one.Session.Learner!.Progress.Updates, Is.GreaterThan(0), "otherwise nothing was learned");
        return [.. one.Session.Learner.Weights.SelectMany(w => w.Values.ToArray())];
    }

    private ExplainedDecision Explain(SaliencyOf of)
    {
        _now += TimeSpan.FromSeconds(1);
        Look(of);
        _worker.Finish();
        return _worker.Latest!;
    }

    private void Look(SaliencyOf of) => _worker.Look(Session.View, Session.Source, Session.Learner, of, _now);

    private void RunUntil(Func<bool> reached)
    {
        for (int i = 0; i < 20_000 && !reached(); i++)
        {
            _trail.EmuHawk.Tick();
        }

        Assert.That(reached(), $"20,000 frames were not enough. {Session.Message}");
    }
}
