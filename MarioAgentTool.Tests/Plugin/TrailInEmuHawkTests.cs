using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Environment;
using MarioAgentTool.Tests.Host;
using MarioAgentTool.Training;
using NesCoreShim;
using NesCoreShim.Host;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>The plug-in's session in a real game, in a headless EmuHawk.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrailInEmuHawkTests : IDisposable
{
    // Right, A and B of the simple set.
    private const int RunAndJump = 4, SimpleActions = 7;

    // A trained agent's way through 1-1: an action of the simple set every four frames.
    private const string WayToTheFlag =
        "333333333333333333333333343433333444310334443133333344444400033633336203300044443333333444410033333303444423333333310003"
        + "333444411003034444443333333333333331003334444440001333333444444440302100033333333344444233304443300044440000031303333344"
        + "444430303333333333333333333333333333344411333444433333300303444444333444441330003333333304444442004433301000000333333333"
        + "44";

    private readonly HostedTrail _trail = new();
    private readonly SessionTool _tool = new();

    public TrailInEmuHawkTests() => EmuHawk.OpenTool(_tool);

    private HeadlessEmuHawk EmuHawk => _trail.EmuHawk;

    private ToolSession Session => _tool.Session;

    [Test]
    public void It_plays_from_the_power_switch_to_the_end_of_an_episode()
    {
        _trail.Run(100);
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Episodes == 2);
        Assert.That(Session.Progress.FurthestX, Is.GreaterThan(100));
        Assert.That(Session.Progress.Log[0].Summary.End, Is.Not.EqualTo(EpisodeEnd.None).And.Not.EqualTo(EpisodeEnd.Truncated));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void It_plays_to_the_flag(bool turbo)
    {
        EmuHawk.IsTurbo = turbo;
        Session.Watch(ToTheFlag());
        RunUntil(() => Session.Progress.Episodes == 1);
        Assert.That(Session.Progress.Clears, Is.EqualTo(1), Session.Progress.Log[0].ToString());
    }

    [Test]
    public void An_episode_that_is_recorded_plays_back_to_the_same_machine()
    {
        string path = Path.Combine(_trail.Folder, "episode.bk2");
        MovieRecorder recorder = new(EmuHawk.StartNewMovie);
        _trail.Run(30);
        _tool.Restarted = () => Session.PlayOnceFromPowerOn(ToTheFlag());
        recorder.Start(EmuHawk.MovieSession, path, "somebody");
        RunUntil(() => Session.IsEpisodeDone);
        Assert.That(Session.Progress.Clears, Is.EqualTo(1));
        ulong end = EmuHawk.Nes.StateHash();
        int frames = EmuHawk.Emulator.Frame;
        Assert.That(recorder.Stop(EmuHawk.MovieSession), Is.EqualTo(path));

        using HostedTrail replay = new();
        replay.EmuHawk.PlayMovie(path);
        replay.Run(frames);
        Assert.That(replay.EmuHawk.Nes.StateHash(), Is.EqualTo(end));
        Assert.That(replay.EmuHawk.Apis.Movie.Mode(), Is.EqualTo("FINISHED"));
        Assert.That(replay.EmuHawk.Apis.Movie.GetRerecordCount(), Is.Zero);
    }

    [Test]
    public void A_real_learner_learns_from_it()
    {
        Session.Train(AgentSource.New(LearnerKind.Dqn));
        RunUntil(() => Session.Progress.Loss is not null);
        Assert.That(Session.Progress.Episodes, Is.GreaterThan(3));
        Assert.That(Session.Learner!.Progress.Updates, Is.GreaterThan(0));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_reboot_or_another_game_in_the_middle_ends_it_and_the_new_core_can_be_played(bool anotherGame)
    {
        Session.Train(AgentSource.New(LearnerKind.Dqn));
        RunUntil(() => Session.Progress.Steps > 50);
        Assert.That(anotherGame ? EmuHawk.LoadRom("Trail again.nes", TrailRom.Image.ToArray()) : EmuHawk.RebootCore());
        Assert.That(Session.Activity, Is.EqualTo(ToolActivity.Ready));
        _trail.Run(10);
        Session.Watch(Source());
        RunUntil(() => Session.Progress.Episodes == 1);
    }

    [Test]
    public void Without_a_game_it_waits()
    {
        Session.Watch(Source());
        _trail.Run(50);
        Assert.That(EmuHawk.CloseRom());
        EmuHawk.Tick();
        Assert.That(Session.Activity, Is.EqualTo(ToolActivity.Waiting));
    }

    [Test]
    public void Closing_in_the_middle_of_training_frees_the_learner()
    {
        FakeLearner learner = new(SimpleActions, RunAndJump);
        Session.Train(new AgentSource("fake", new RunSettings(), (_, _) => learner));
        RunUntil(() => learner.Seen.Count > 20);
        Assert.That(EmuHawk.CloseTool(_tool));
        Assert.That(learner.IsDisposed);
        Assert.That(() => _trail.Run(5), Throws.Nothing);
    }

    [Test]
    public void A_state_that_the_user_loads_ends_the_episode_as_unseen()
    {
        FakeLearner learner = new(SimpleActions, RunAndJump);
        Session.Train(new AgentSource("fake", new RunSettings(), (_, _) => learner));
        RunUntil(() => learner.Seen.Count > 20);
        EmuHawk.Apis.SaveState.SaveSlot(1);
        RunUntil(() => learner.Seen.Count > 25);
        int before = learner.Seen.Count;
        Assert.That(EmuHawk.Apis.SaveState.LoadSlot(1));
        RunUntil(() => learner.Seen.Count > before);
        Assert.That(learner.Seen[before].End, Is.EqualTo(StepEnd.Truncated));
    }

    [TestCase(ObservationKind.Tiles)]
    [TestCase(ObservationKind.Pixels)]
    public void The_agent_sees_the_same_in_EmuHawk_as_on_the_bare_core(ObservationKind kind)
    {
        EnvironmentSettings settings = new() { Observation = kind };
        BizHawkHost here = _tool.Host!;
        NesFrameHost there = NesFrameHost.WithTrail();
        StartState start = there.RunToStart();
        foreach (Buttons buttons in start.InputsFromPowerOn)
        {
            RunFrame(buttons);
        }

        GameSession inEmuHawk = new(settings, start with { State = here.SaveState() }, new Seeds(1).Stream("same"));
        GameSession onTheCore = new(settings, start, new Seeds(1).Stream("same"));
        inEmuHawk.Begin(here);
        onTheCore.Begin(there);
        for (int step = 0; step < 60; step++)
        {
            while (!onTheCore.AwaitsAction)
            {
                Assert.That(inEmuHawk.Buttons, Is.EqualTo(onTheCore.Buttons));
                RunFrame(inEmuHawk.Buttons);
                inEmuHawk.AfterFrame(here);
                there.FrameAdvance(onTheCore.Buttons, onTheCore.WantsScreen);
                onTheCore.AfterFrame(there);
            }

            Assert.That(inEmuHawk.AwaitsAction);
            Assert.That(inEmuHawk.Observation.ToArray(), Is.EqualTo(onTheCore.Observation.ToArray()), $"Step {step}.");
            Assert.That(inEmuHawk.Step, Is.EqualTo(onTheCore.Step));
            inEmuHawk.Act(step % SimpleActions);
            onTheCore.Act(step % SimpleActions);
        }
    }

    public void Dispose()
    {
        _trail.Dispose();
        _tool.Dispose();
    }

    private static AgentSource Source() => new("fake", new RunSettings(), (_, _) => new FakeLearner(SimpleActions, RunAndJump));

    private static AgentSource ToTheFlag() => new("fake", new RunSettings(), (_, _) => new FakeLearner(SimpleActions, [.. WayToTheFlag.Select(digit => digit - '0')]));

    private void RunFrame(Buttons buttons) => _trail.Run(1, _ => (JoypadButtons)buttons);

    private void RunUntil(Func<bool> reached)
    {
        for (int i = 0; i < 20_000 && !reached(); i++)
        {
            EmuHawk.Tick();
        }

        Assert.That(reached(), $"20,000 frames were not enough. {Session.Message}");
    }
}
