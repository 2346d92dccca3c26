using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ToolSessionTests : IDisposable
{
    // Right and B of the simple set.
    private const int Run = 3, SimpleActions = 7;

    private readonly FakeConsole _console = new();
    private readonly FakeLearner _learner = new(SimpleActions, Run);
    private readonly ToolSession _session = new();

    [Test]
    public void Without_a_game_it_waits_and_touches_nothing()
    {
        _session.Attach(null, "No game is loaded.");
        RunFrames(3);
        Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Waiting));
        Assert.That(_session.Message, Is.EqualTo("No game is loaded."));
        Assert.That(_console.Log, Has.All.Empty);
        Assert.That(() => _session.Watch(Source()), Throws.InvalidOperationException.With.Message.EqualTo("No game is loaded."));
    }

    [Test]
    public void With_a_game_the_pad_is_the_users_until_something_is_started()
    {
        Attach();
        RunFrames(3);
        Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Ready));
        Assert.That(_console.Log, Has.All.Empty);
    }

    [Test]
    public void Watching_begins_with_the_power_switch()
    {
        Attach();
        RunFrames(2);
        _session.Watch(Source());
        RunFrames(2);
        Assert.That(_console.Log, Is.EqualTo(new[] { new[] { "Power" }, new[] { "P1 Start" } }));
    }

    [Test]
    public void Watching_plays_episode_after_episode()
    {
        Attach();
        _session.Watch(Source());
        RunFrames(200);
        Assert.Multiple(() =>
        {
            Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Playing));
            Assert.That(_session.Progress.Episodes, Is.GreaterThan(2));
            Assert.That(_session.Progress.Clears, Is.EqualTo(_session.Progress.Episodes));
            Assert.That(_session.Progress.FurthestX, Is.EqualTo(FakeConsole.Goal));
            Assert.That(_session.Progress.MeanReward, Is.GreaterThan(0));
            Assert.That(_session.Progress.Epsilon, Is.Null);
            Assert.That(_learner.Seen, Is.Empty);
        });
    }

    [Test]
    public void Flat_backgrounds_are_refused_before_the_power_switch()
    {
        Attach();
        Assert.That(
            () => _session.Watch(new AgentSource("002", Presets.Get("dueling-custom").Settings, (_, _) => _learner)),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("SuperMarioBros-2-2-v1 with flat backgrounds, which EmuHawk's cores do not draw"));
        RunFrames(2);
        Assert.That(_console.Log, Has.All.Empty);
        Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Ready));
    }

    [Test]
    public void Stopping_gives_the_pad_back()
    {
        Attach();
        _session.Watch(Source());
        RunFrames(20);
        _session.Stop("Stopped.");
        int before = _console.Log.Count;
        RunFrames(5);
        Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Ready));
        Assert.That(_console.Log.Skip(before), Has.All.Empty);
    }

    [Test]
    public void Training_tells_the_learner_of_every_step()
    {
        Attach();
        _session.Train(Source());
        RunFrames(200);
        Assert.Multiple(() =>
        {
            Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Training));
            Assert.That(_learner.Seen, Has.Count.EqualTo(_session.Progress.Steps - 1), "The last action has no outcome yet.");
            Assert.That(_learner.Seen, Has.All.Matches<(int Action, float, StepEnd)>(s => s.Action == Run));
            Assert.That(_learner.Seen.Count(s => s.End == StepEnd.Terminal), Is.EqualTo(_session.Progress.Episodes));
            Assert.That(_session.Progress.Epsilon, Is.EqualTo(0.5f));
            Assert.That(_session.Progress.Loss, Is.Null);
        });
    }

    [Test]
    public void A_state_that_somebody_else_loads_ends_the_episode_as_unseen()
    {
        Attach();
        byte[] earlier = new BizHawkHost(_console, _console, _console, _console).SaveState();
        _session.Train(Source());
        RunUntil(() => _learner.Seen.Count == 3);
        new BizHawkHost(_console, _console, _console, _console).LoadState(earlier);
        RunFrames(60);
        Assert.That(_learner.Seen[3].End, Is.EqualTo(StepEnd.Truncated));
        Assert.That(_learner.Seen[3].Reward, Is.Zero);
        Assert.That(_learner.Seen, Has.Count.GreaterThan(4));
        Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Training));
    }

    [Test]
    public void An_episode_for_a_movie_begins_at_power_on_and_loads_no_state()
    {
        Attach();
        _session.PlayOnceFromPowerOn(Source());
        RunUntil(() => _session.IsEpisodeDone);
        Assert.Multiple(() =>
        {
            Assert.That(_console.Loads, Is.Zero);
            Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Ready));
            Assert.That(_session.Progress.Clears, Is.EqualTo(1));
            Assert.That(_console.Log.SelectMany(held => held), Has.None.EqualTo("Power"));
        });

        // What EmuHawk has recorded leads another console to the same frame.
        FakeConsole replay = new();
        foreach (string[] held in _console.Log)
        {
            replay.RunFrame(held);
        }

        Assert.That(replay.Ram, Is.EqualTo(_console.Ram));
    }

    [Test]
    public void A_new_core_ends_what_went_on()
    {
        Attach();
        _session.Watch(Source());
        RunFrames(30);
        Attach();
        Assert.That(_session.Activity, Is.EqualTo(ToolActivity.Ready));
        _session.Watch(Source());
        Assert.That(_learner.IsDisposed);
    }

    [Test]
    public void A_game_that_never_starts_says_so()
    {
        Attach();
        _session.Watch(Source());
        Assert.That(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                _session.PreFrame(_console);
                _console.RunFrame([]);
                _session.PostFrame();
            }
        }, Throws.TypeOf<StageStartException>());
    }

    [TestCase(LearnerKind.Dqn)]
    [TestCase(LearnerKind.Pqn)]
    public void A_real_learner_trains_here(LearnerKind kind)
    {
        Attach();
        _session.Train(AgentSource.New(kind));
        RunFrames(600);
        Assert.That(_session.Learner!.Progress.Steps, Is.GreaterThan(50));
        Assert.That(_session.Progress.Epsilon, Is.LessThan(1));
    }

    public void Dispose() => _session.Dispose();

    private void Attach() => _session.Attach(new BizHawkHost(_console, _console, _console, _console), null);

    private AgentSource Source() => new("fake", new RunSettings(), (_, _) => _learner);

    private void RunFrames(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _session.PreFrame(_console);
            _console.RunFrame();
            _session.PostFrame();
        }
    }

    private void RunUntil(Func<bool> reached)
    {
        for (int i = 0; i < 1_000 && !reached(); i++)
        {
            RunFrames(1);
        }

        Assert.That(reached(), "A thousand frames were not enough.");
    }
}
