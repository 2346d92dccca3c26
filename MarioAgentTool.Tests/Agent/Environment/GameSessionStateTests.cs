using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Environment;

public class GameSessionStateTests
{
    [Test]
    public void A_resumed_session_goes_on_as_one_that_never_stopped(
        [Values] RewardKind reward, [Values] ObservationKind observation, [Values(0, 1, 37)] int framesBefore)
    {
        var settings = new EnvironmentSettings
        {
            StickyActions = 0.25f,
            Observation = observation,
            Tiles = new() { Stack = 2 },
            Pixels = new() { MaxOfTwo = true },
            Reward = new() { Kind = reward },
        };
        var host = GameSessionTests.DyingHost(atFrame: 90);
        var start = host.Start();
        var session = new GameSession(settings, start, new RandomStream(11));
        session.Begin(host);
        int step = 0;
        for (int frame = 0; frame < framesBefore; frame++)
        {
            Advance(session, host, ref step);
        }

        var saved = new MemoryStream();
        session.Save(new BinaryWriter(saved));
        byte[] machine = host.SaveState();
        int stepAtSave = step;

        var resumedHost = GameSessionTests.DyingHost(atFrame: 90);
        var resumed = new GameSession(settings, start, new RandomStream(999));
        saved.Position = 0;
        resumed.Load(new BinaryReader(saved));
        Assert.That(saved.Position, Is.EqualTo(saved.Length));
        resumedHost.LoadState(machine);
        for (int frame = 0; frame < 400; frame++)
        {
            Advance(session, host, ref step);
            Advance(resumed, resumedHost, ref stepAtSave);
            Assert.That(resumedHost.Inputs[^1], Is.EqualTo(host.Inputs[^1]), $"frame {frame}");
            Assert.That(resumed.Step, Is.EqualTo(session.Step), $"frame {frame}");
            Assert.That(resumed.Episode, Is.EqualTo(session.Episode));
        }

        Assert.That(resumed.Observation.ToArray(), Is.EqualTo(session.Observation.ToArray()));
        Assert.That(resumed.LastEpisodeInputs.ToArray(), Is.EqualTo(session.LastEpisodeInputs.ToArray()));
    }

    [Test]
    public void Another_kind_of_session_is_refused_with_both_named()
    {
        var start = new FakeHost(FakeHost.Walk).Start();
        var saved = new MemoryStream();
        new GameSession(new() { ActionSet = "simple" }, start, new RandomStream(1)).Save(new BinaryWriter(saved));
        saved.Position = 0;
        var other = new GameSession(new() { ActionSet = "complex" }, start, new RandomStream(1));
        Assert.That(() => other.Load(new BinaryReader(saved)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("action count is 7").And.Message.Contains("12"));
    }

    private static void Advance(GameSession session, FakeHost host, ref int step)
    {
        if (session.AwaitsAction)
        {
            session.Act(step++ * 5 % session.ActionCount);
        }

        host.FrameAdvance(session.Buttons, session.WantsScreen);
        session.AfterFrame(host);
    }
}
