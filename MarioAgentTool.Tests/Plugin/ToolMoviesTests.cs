using MarioAgentTool.Environment;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Host;
using MarioAgentTool.Training;
using NesCoreShim;
using NesCoreShim.Host;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>Movies that begin elsewhere than with the agent's own way from power-on, and the user's hand.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ToolMoviesTests : IDisposable
{
    private const int RunAndJump = 4, SimpleActions = 7;

    private readonly HostedTrail _trail = new();
    private readonly SessionTool _tool = new();

    public ToolMoviesTests() => EmuHawk.OpenTool(_tool);

    private HeadlessEmuHawk EmuHawk => _trail.EmuHawk;

    private ToolSession Session => _tool.Session;

    [Test]
    public void An_episode_recorded_from_this_moment_plays_back_to_the_same_machine()
    {
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Frames == 300);
        Session.Stop("Stopped.");
        StartState here = GivenStart.Of(_tool.Host!, "here");
        AssertReplays(() => Session.PlayOnceFromHere(Source()), (here.State, (int[])_tool.Video!.GetVideoBuffer().Clone()));
    }

    [Test]
    public void The_best_episode_is_recorded_from_power_on_and_ends_where_it_ended()
    {
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Episodes == 2);
        Session.Stop("Stopped.");
        BestEpisode best = Session.Best!;
        Assert.That(best.IsFromPowerOn);
        AssertReplays(() => Session.PlayTape(best.Tape), from: null);
        Assert.That(new Game.MarioFrame(EmuHawk.Nes.Ram).LevelX, Is.EqualTo(best.Summary.X));
    }

    [Test]
    public void The_best_episode_from_a_state_is_recorded_from_that_state()
    {
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Frames == 300);
        Session.Stop("Stopped.");
        Session.Starts.Add(GivenStart.Of(_tool.Host!, "here"));
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Episodes == 1);
        BestEpisode best = Session.Best!;
        Session.Stop("Stopped.");
        Assert.That(best.IsFromPowerOn, Is.False);
        AssertReplays(() => Session.PlayTape(best.Tape), (best.Start.State, new int[256 * 224]));
        Assert.That(new Game.MarioFrame(EmuHawk.Nes.Ram).LevelX, Is.EqualTo(best.Summary.X));
    }

    [Test]
    public void A_hand_on_the_pad_takes_over_while_it_plays_and_gives_back()
    {
        Session.Watch(Source());
        RunUntil(() => Session.Activity == ToolActivity.Playing && Session.Progress.Steps > 5);
        EmuHawk.UserPad = JoypadButtons.Left;
        EmuHawk.Tick();
        Assert.That(Session.View.IsHuman);
        Assert.That(Session.View.Held, Is.EqualTo(Game.Buttons.Left));
        EmuHawk.UserPad = JoypadButtons.None;
        EmuHawk.Tick();
        Assert.That(Session.View.IsHuman, Is.False);
        Assert.That(Session.View.Held, Is.Not.EqualTo(Game.Buttons.Left));
    }

    [Test]
    public void A_hand_on_the_pad_does_not_disturb_training()
    {
        Session.Train(Source());
        RunUntil(() => Session.Progress.Steps > 5);
        EmuHawk.UserPad = JoypadButtons.Left;
        EmuHawk.Tick();
        Assert.That(Session.View.Held, Is.Not.EqualTo(Game.Buttons.Left));
    }

    [Test]
    public void What_it_wants_can_be_seen()
    {
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Steps > 20);
        Assert.Multiple(() =>
        {
            Assert.That(Session.View.Chosen, Is.EqualTo(RunAndJump));
            Assert.That(Session.View.Values[RunAndJump], Is.EqualTo(1));
            Assert.That(Session.View.Step.Reward, Is.EqualTo(Session.View.Step.Parts.Total).Within(1e-6));
            Assert.That(Session.View.Episode.Frames, Is.GreaterThan(0));
            Assert.That(Session.View.Observation.ToArray(), Has.Some.Not.Zero);
        });
    }

    public void Dispose()
    {
        _trail.Dispose();
        _tool.Dispose();
    }

    private static AgentSource Source() => new("fake", new RunSettings(), (_, _) => new FakeLearner(SimpleActions, RunAndJump));

    private void AssertReplays(Action begin, (byte[] Core, int[] Picture)? from)
    {
        string path = Path.Combine(_trail.Folder, "episode.bk2");
        MovieRecorder recorder = new(EmuHawk.StartNewMovie);
        _tool.Restarted = begin;
        recorder.Start(EmuHawk.MovieSession, path, "somebody", from);
        RunUntil(() => Session.IsEpisodeDone);
        ulong end = EmuHawk.Nes.StateHash();
        int frames = EmuHawk.Emulator.Frame;
        Assert.That(recorder.Stop(EmuHawk.MovieSession), Is.EqualTo(path));

        using HostedTrail replay = new();
        replay.EmuHawk.PlayMovie(path);
        replay.Run(frames);
        Assert.That(replay.EmuHawk.Nes.StateHash(), Is.EqualTo(end));
        Assert.That(replay.EmuHawk.Apis.Movie.GetRerecordCount(), Is.Zero);
    }

    private void RunUntil(Func<bool> reached)
    {
        for (int i = 0; i < 20_000 && !reached(); i++)
        {
            EmuHawk.Tick();
        }

        Assert.That(reached(), $"20,000 frames were not enough. {Session.Message}");
    }
}
