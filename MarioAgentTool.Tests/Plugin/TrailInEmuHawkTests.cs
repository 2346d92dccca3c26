using MarioAgentTool.Environment;
using MarioAgentTool.Plugin;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Environment;
using MarioAgentTool.Training;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>The plug-in's session in a real game, on the headless core behind BizHawk's services.</summary>
public sealed class TrailInEmuHawkTests
{
    // Right, A and B of the simple set.
    private const int RunAndJump = 4, SimpleActions = 7;

    [Test]
    public void It_plays_from_the_power_switch_to_the_end_of_an_episode()
    {
        HeadlessEmuHawk emuHawk = new();
        using ToolSession session = Attached(emuHawk);
        for (int i = 0; i < 100; i++)
        {
            emuHawk.RunFrame();
        }

        session.Attach(Host(emuHawk), null);
        session.Watch(Source());
        RunUntil(emuHawk, session, () => session.Progress.Episodes == 2);
        Assert.That(session.Progress.FurthestX, Is.GreaterThan(100));
        Assert.That(session.Progress.Recent[0].End, Is.Not.EqualTo(EpisodeEnd.None).And.Not.EqualTo(EpisodeEnd.Truncated));
    }

    [Test]
    public void An_episode_that_is_recorded_plays_back_to_the_same_machine()
    {
        HeadlessEmuHawk emuHawk = new();
        using ToolSession session = Attached(emuHawk);
        session.PlayOnceFromPowerOn(Source());
        RunUntil(emuHawk, session, () => session.IsEpisodeDone);

        using MemoryStream file = new();
        Bk2File.Write(file, emuHawk.Movie, "episode.bk2");
        file.Position = 0;
        HeadlessEmuHawk replay = new();
        foreach (MovieFrame frame in Bk2File.Read(file, "episode.bk2").Frames)
        {
            replay.RunFrame(frame);
        }

        Assert.That(replay.Nes.StateHash(), Is.EqualTo(emuHawk.Nes.StateHash()));
    }

    [Test]
    public void A_real_learner_learns_from_it()
    {
        HeadlessEmuHawk emuHawk = new();
        using ToolSession session = Attached(emuHawk);
        session.Train(AgentSource.New(LearnerKind.DoubleDqn));
        RunUntil(emuHawk, session, () => session.Progress.Loss is not null);
        Assert.That(session.Progress.Episodes, Is.GreaterThan(3));
        Assert.That(session.Learner!.Progress.Updates, Is.GreaterThan(0));
    }

    [TestCase(ObservationKind.Tiles)]
    [TestCase(ObservationKind.Pixels)]
    public void The_agent_sees_the_same_in_EmuHawk_as_on_the_bare_core(ObservationKind kind)
    {
        EnvironmentSettings settings = new() { Observation = kind };
        HeadlessEmuHawk emuHawk = new();
        BizHawkHost here = Host(emuHawk);
        NesFrameHost there = NesFrameHost.WithTrail();
        StartState start = there.RunToStart();
        foreach (Game.Buttons buttons in start.InputsFromPowerOn)
        {
            emuHawk.RunFrame(new MovieFrame((NesCoreShim.JoypadButtons)buttons));
        }

        here.FrameDone();
        GameSession inEmuHawk = new(settings, start with { State = here.SaveState() }, new Seeds(1).Stream("same"));
        GameSession onTheCore = new(settings, start, new Seeds(1).Stream("same"));
        inEmuHawk.Begin(here);
        onTheCore.Begin(there);
        for (int step = 0; step < 60; step++)
        {
            while (!onTheCore.AwaitsAction)
            {
                Assert.That(inEmuHawk.Buttons, Is.EqualTo(onTheCore.Buttons));
                emuHawk.RunFrame(new MovieFrame((NesCoreShim.JoypadButtons)inEmuHawk.Buttons));
                here.FrameDone();
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

    private static AgentSource Source() => new("fake", new RunSettings(), (_, _) => new FakeLearner(SimpleActions, RunAndJump));

    private static BizHawkHost Host(HeadlessEmuHawk emuHawk) => new(emuHawk, emuHawk, emuHawk, emuHawk);

    private static ToolSession Attached(HeadlessEmuHawk emuHawk)
    {
        ToolSession session = new();
        session.Attach(Host(emuHawk), null);
        return session;
    }

    private static void RunUntil(HeadlessEmuHawk emuHawk, ToolSession session, Func<bool> reached)
    {
        for (int i = 0; i < 20_000 && !reached(); i++)
        {
            session.PreFrame(emuHawk);
            emuHawk.RunFrame();
            session.PostFrame();
        }

        Assert.That(reached(), $"20,000 frames were not enough. {session.Message}");
    }
}
