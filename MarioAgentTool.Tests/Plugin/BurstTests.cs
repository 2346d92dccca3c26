using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Host;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>Training by stepping the core, in a headless EmuHawk that is paused.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BurstTests : IDisposable
{
    private const int RunAndJump = 4, SimpleActions = 7;

    private readonly HostedTrail _trail = new();
    private readonly FakeLearner _learner = new(SimpleActions, RunAndJump);
    private readonly SessionTool _tool;
    private TimeSpan _now;

    public BurstTests()
    {
        // Every look at the clock takes a millisecond.
        _tool = new SessionTool(new ToolSession(() => _now += TimeSpan.FromMilliseconds(1)));
        _trail.EmuHawk.OpenTool(_tool);
        _trail.EmuHawk.IsPaused = true;
    }

    private ToolSession Session => _tool.Session;

    [Test]
    public void It_learns_from_the_same_steps_as_from_frames_that_EmuHawk_runs()
    {
        Session.Train(Source(_learner));
        while (Session.Progress.Frames < 2_000)
        {
            Burst();
        }

        using HostedTrail drawn = new();
        using FakeLearner other = new(SimpleActions, RunAndJump);
        using SessionTool tool = new();
        drawn.EmuHawk.OpenTool(tool);
        tool.Session.Train(Source(other));
        while (tool.Session.Progress.Frames < Session.Progress.Frames)
        {
            drawn.EmuHawk.Tick();
        }

        Assert.That(_learner.Seen, Has.Count.GreaterThan(200));
        Assert.That(_learner.Seen, Is.EqualTo(other.Seen));
    }

    [Test]
    public void A_slice_ends_with_its_time_and_the_next_goes_on_from_there()
    {
        Session.Train(Source(_learner));
        int first = Burst(), second = Burst();
        Assert.That(first, Is.InRange(2, 12));
        Assert.That(second, Is.InRange(2, 12));
        Assert.That(Session.Progress.Frames, Is.EqualTo(first + second));
    }

    [Test]
    public void Stopping_is_at_once()
    {
        Session.Train(Source(_learner));
        Burst();
        Session.Stop("Stopped.");
        Assert.That(Burst(), Is.Zero);
    }

    [Test]
    public void Frames_that_EmuHawk_runs_in_between_belong_to_the_same_episode()
    {
        Session.Train(Source(_learner));
        while (_learner.Seen.Count < 30)
        {
            Burst();
            _trail.EmuHawk.FrameAdvance();
        }

        Assert.That(_learner.Seen, Has.None.Matches<(int, float, StepEnd End)>(s => s.End == StepEnd.Truncated));
    }

    [Test]
    public void Watching_is_not_done_in_bursts()
    {
        Session.Watch(Source(_learner));
        Assert.That(Burst(), Is.Zero);
    }

    [Test]
    public void What_is_trained_is_kept_now_and_then_and_at_the_end()
    {
        string folder = Path.Combine(_trail.Folder, "autosave");
        AgentSource source = AgentSource.New(LearnerKind.Dqn);
        Session.Autosave = new Autosave(folder, TimeSpan.FromSeconds(1), new RomIdentity(null, "Trail", ""));
        Session.Train(source);
        while (!Directory.Exists(folder))
        {
            Burst();
        }

        DateTime first = File.GetLastWriteTimeUtc(Path.Combine(folder, "best.safetensors"));
        Burst();
        Session.Stop("Stopped.");
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(folder, "best.safetensors")), Is.GreaterThan(first));
        using ILearner kept = AgentSource.FromRun(folder).Open(Session.View.Spec!, Session.View.Actions!.Count);
        Assert.That(kept.Weights[0].Values.ToArray(), Is.EqualTo(Session.Learner!.Weights[0].Values.ToArray()));
    }

    [Test]
    public void Two_thousand_frames_from_states_that_were_added()
    {
        Session.Watch(Source(_learner));
        _trail.EmuHawk.IsPaused = false;
        List<StartState> states = [];
        foreach (int frame in new[] { 300, 360, 420 })
        {
            while (Session.Progress.Frames < frame)
            {
                _trail.EmuHawk.Tick();
            }

            states.Add(GivenStart.Of(_tool.Host!, "here"));
        }

        Session.Stop("Stopped.");
        Session.Starts.Add([.. states]);
        Assert.That(Session.Starts.Entries.Select(e => e.Name), Is.EqualTo(new[] { "here", "here (2)", "here (3)" }));
        Session.Starts.Draw = StartDraw.Failures;
        Session.Train(Source(_learner));
        while (Session.Progress.Frames < 2_000)
        {
            Burst();
        }

        Assert.That(Session.Starts.Entries, Has.All.Matches<StartEntry>(e => e.Episodes > 0 && e.SuccessRate is not null));
        Assert.That(Session.Starts.Entries.Sum(e => e.Episodes), Is.EqualTo(Session.Progress.Episodes));
        Assert.That(Session.Best!.IsFromPowerOn, Is.False);
    }

    [Test]
    public void A_state_that_is_added_while_training_begins_the_next_episode()
    {
        Session.Train(Source(_learner));
        while (_learner.Seen.Count < 10)
        {
            Burst();
        }

        StartState here = GivenStart.Of(_tool.Host!, "late");
        Session.Starts.Add(here);
        int before = _learner.Seen.Count;
        Assert.That(_learner.Seen[before - 1].End, Is.EqualTo(StepEnd.Truncated));
        while (Session.Starts.Entries[0].Episodes == 0)
        {
            Burst();
        }

        Session.Starts.Clear();
        Assert.That(Session.Activity, Is.EqualTo(ToolActivity.Starting));
    }

    [Test]
    public void State_files_become_starts_and_the_machine_is_put_back()
    {
        Session.Watch(Source(_learner));
        _trail.EmuHawk.IsPaused = false;
        string title = Path.Combine(_trail.Folder, "a title.State"), stage = Path.Combine(_trail.Folder, "b stage.State"), broken = Path.Combine(_trail.Folder, "c broken.State");
        _trail.EmuHawk.SaveState(title);
        while (Session.Progress.Frames < 300)
        {
            _trail.EmuHawk.Tick();
        }

        _trail.EmuHawk.SaveState(stage);
        File.WriteAllText(broken, "no state");
        Session.Stop("Stopped.");
        ulong before = _trail.EmuHawk.Nes.StateHash();
        IReadOnlyList<StartState> states = StateFiles.Read(_tool.Host!, path => _trail.EmuHawk.LoadState(path), StateFiles.Find([_trail.Folder]), out IReadOnlyList<string> refused);
        Assert.Multiple(() =>
        {
            Assert.That(states.Select(s => s.Name), Is.EqualTo(new[] { "b stage" }));
            Assert.That(refused, Has.Count.EqualTo(2));
            Assert.That(refused[0], Does.Contain("a title is not in the middle of a stage"));
            Assert.That(refused[1], Does.Contain("c broken.State was not loaded"));
            Assert.That(_trail.EmuHawk.Nes.StateHash(), Is.EqualTo(before));
        });
    }

    public void Dispose()
    {
        _trail.Dispose();
        _tool.Dispose();
        _learner.Dispose();
    }

    private static AgentSource Source(FakeLearner learner) => new("fake", new RunSettings(), (_, _) => learner);

    private int Burst() =>
        Session.Burst(SteppedCore.Of(_trail.EmuHawk.MovieSession, _trail.EmuHawk.Emulator, sound: null), TimeSpan.FromMilliseconds(10));
}
