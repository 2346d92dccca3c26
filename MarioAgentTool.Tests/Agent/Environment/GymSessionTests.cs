using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>Sessions under gym's conduct, and worlds of more than one stage under either.</summary>
public class GymSessionTests
{
    private const int NoOp = 0, Right = 1;

    private static readonly EnvironmentSettings Gym = new()
    {
        Conduct = ConductKind.Gym,
        NoOpStarts = 0,
        Observation = ObservationKind.Pixels,
        Reward = new() { Kind = RewardKind.Gym },
    };

    private static readonly EnvironmentSettings Notebook002 = Gym with
    {
        Pixels = new() { EachFrame = true, Size = 96 },
        Reward = new() { Kind = RewardKind.Custom },
    };

    [Test]
    public void The_first_observation_is_of_the_start_state_itself()
    {
        var host = new FakeHost(FakeHost.Walk);
        host.FrameAdvance(Buttons.None, render: true);
        var start = host.Start() with { Picture = Still.Of(host.ReadScreen()) };
        var session = new GameSession(Gym, start, new RandomStream(1));
        session.Begin(host);
        Assert.That(session.AwaitsAction, Is.True, "without a frame");
        Assert.That(Greys(session), Is.EqualTo(new[] { Grey(1), Grey(1), Grey(1), Grey(1) }));
        session.Play(host, NoOp);
        Assert.That(Greys(session)[3], Is.EqualTo(Grey(5)));
    }

    [Test]
    public void No_op_starts_work_under_gyms_conduct_too()
    {
        var host = new FakeHost(FakeHost.Walk);
        var start = host.Start() with { Picture = Still.Of(host.ReadScreen()) };
        var session = new GameSession(Gym with { NoOpStarts = 30 }, start, new RandomStream(5));
        session.Open(host);
        Assert.That(host.Inputs, Has.Count.InRange(1, 30).And.All.EqualTo(Buttons.None));
    }

    [Test]
    public void A_death_in_the_middle_of_a_skip_is_seen()
    {
        var host = GameSessionTests.DyingHost(atFrame: 3);
        var session = Open(host, Gym);
        session.Play(host, Right);
        Assert.That((session.Step.End, session.LastEpisode.Frames), Is.EqualTo((EpisodeEnd.Hit, 3)));
        Assert.That(session.FinalObservation[3 * 84 * 84], Is.EqualTo(Grey(3)), "the frame on which he died");
    }

    [Test]
    public void Notebook_002_stacks_what_a_broken_off_step_has_seen()
    {
        var host = GameSessionTests.DyingHost(atFrame: 6);
        var session = Open(host, Notebook002);
        session.Play(host, Right);
        session.Play(host, Right);
        int frame = session.ObservationSpec.FrameBytes;
        byte[] greys = [session.FinalObservation[0], session.FinalObservation[frame], session.FinalObservation[2 * frame], session.FinalObservation[3 * frame]];
        Assert.That(greys, Is.EqualTo(new[] { Grey(3), Grey(4), Grey(5), Grey(6) }));
        Assert.That(session.Step.Reward, Is.EqualTo(-10));
    }

    [Test]
    public void Notebook_002_breaks_steps_off_while_gym_has_not_seen_the_death()
    {
        // Frame 6 leads through a pipe, and what it leads to looks like a death; gym looked before.
        var host = new FakeHost((ram, buttons, frame) =>
        {
            FakeHost.Walk(ram, buttons, frame);
            ram.Routine = frame == 6 ? PlayerRoutine.SidePipe : frame == 7 ? PlayerRoutine.Injury : PlayerRoutine.Control;
            ram.Bytes[RamMap.PlayerYHigh] = (byte)(frame == 7 ? 2 : 1);
        });
        var session = Open(host, Notebook002);
        session.Play(host, Right);
        StepResult died = session.Play(host, Right);
        Assert.That((died.Reward, died.End, host.Frame), Is.EqualTo((-10f, EpisodeEnd.None, 7)), "two of four frames, and one that gym skipped");
        StepResult after = session.Play(host, Right);
        Assert.That((after.Reward, after.End, host.Frame), Is.EqualTo((0f, EpisodeEnd.None, 8)));
    }

    [Test]
    public void Info_is_of_the_frame_before_gym_skipped_on()
    {
        var host = new FakeHost((ram, _, frame) =>
        {
            ram.Routine = frame is >= 2 and < 20 ? PlayerRoutine.SidePipe : PlayerRoutine.Control;
            ram.X = frame < 20 ? 40 + frame : 900;
        });
        var session = Open(host, Gym with { FrameSkip = 1, Observation = ObservationKind.Tiles });
        session.Play(host, NoOp);
        session.Play(host, NoOp);
        Assert.That((session.Info.XPos, host.Ram.X, host.Frame), Is.EqualTo((42, 900, 20)));
        session.Play(host, NoOp);
        Assert.That((session.Info.XPos, session.Step.Reward), Is.EqualTo((900, 0f)), "858 pixels are no stride");
    }

    [Test]
    public void A_game_that_leads_mario_for_ever_is_cut_off_where_gym_would_wait()
    {
        var host = new FakeHost((ram, _, frame) => ram.Mode = frame > 3 ? OperatingMode.Victory : OperatingMode.Game);
        var session = Open(host, Gym with { Task = TaskKind.FullGame, Observation = ObservationKind.Tiles });
        Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.Truncated));
    }

    [Test]
    public void With_its_fix_gym_lets_mario_fall_out_of_a_coin_heaven()
    {
        var host = new FakeHost((ram, _, frame) =>
        {
            ram.Bytes[RamMap.CloudArea] = 1;
            ram.Y = frame < 4 ? 176 : 300;
        });
        EnvironmentSettings settings = Gym with { Observation = ObservationKind.Tiles, Reward = new() { Kind = RewardKind.Gym, CoinHeavenExit = true } };
        var session = Open(host, settings);
        Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.None));
        Assert.That(host.Writes, Is.Empty, "nobody is killed");
        session = Open(host, settings with { Reward = new() { Kind = RewardKind.Gym } });
        Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.Fell));
    }

    [Test]
    public void Each_episode_draws_its_stage_all_equally_often()
    {
        var host = new FakeHost((_, _, _) => { });
        StartState[] starts = [.. StageId.ParseList("1-1,1-2,4-1,8-4").Select(StartOf)];
        var settings = new EnvironmentSettings { Task = TaskKind.RandomStages, Stages = "1-1,1-2,4-1,8-4", NoOpStarts = 0, MaxSteps = 1 };
        var session = new GameSession(settings, starts, new RandomStream(7));
        var drawn = new Dictionary<string, int>();
        session.Open(host);
        for (int episode = 0; episode < 4000; episode++)
        {
            string stage = session.Start.Stage.ToString();
            Assert.That((host.Ram.Frame.World, host.Ram.Frame.Stage), Is.EqualTo((session.Start.Stage.World, session.Start.Stage.Stage)));
            session.Play(host, NoOp);
            Assert.That(session.LastStart.Stage.ToString(), Is.EqualTo(stage));
            drawn[stage] = drawn.GetValueOrDefault(stage) + 1;
        }

        Assert.That(drawn.Values, Has.Count.EqualTo(4).And.All.InRange(900, 1100));

        StartState StartOf(StageId stage)
        {
            host.Ram.Bytes[RamMap.World] = (byte)(stage.World - 1);
            host.Ram.Bytes[RamMap.Stage] = (byte)(stage.Stage - 1);
            return host.Start() with { Stage = stage };
        }
    }

    [Test]
    public void A_warp_pipe_cuts_our_episode_of_one_stage_off_and_leaves_gyms_alone()
    {
        static FakeHost Warping() => new((ram, _, frame) => ram.Bytes[RamMap.World] = (byte)(frame > 6 ? 3 : 0));
        var host = Warping();
        var session = Open(host, new EnvironmentSettings { NoOpStarts = 0 });
        session.Play(host, NoOp);
        Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.Truncated));
        host = Warping();
        session = Open(host, Gym with { Observation = ObservationKind.Tiles });
        session.Play(host, NoOp);
        Assert.That((session.Play(host, NoOp).End, session.Info.World), Is.EqualTo((EpisodeEnd.None, 4)));
    }

    [Test]
    public void Our_full_game_goes_on_after_a_death_and_a_flag_and_ends_with_the_last_life()
    {
        // Dies on frames 20, 60 and 100, each time led through 10 frames; a flag on frame 40.
        int lives = 2;
        var host = new FakeHost((ram, buttons, frame) =>
        {
            FakeHost.Walk(ram, buttons, frame);
            int since = frame % 40;
            bool dies = frame >= 20 && since is >= 20 and < 30, flag = frame is >= 40 and < 50;
            lives = dies && since == 29 ? lives - 1 : lives;
            ram.Routine = dies ? PlayerRoutine.Death : flag ? PlayerRoutine.FlagpoleSlide : PlayerRoutine.Control;
            ram.Bytes[RamMap.Lives] = (byte)lives;
        });
        var session = Open(host, new EnvironmentSettings { Task = TaskKind.FullGame, NoOpStarts = 0 });
        var endings = new List<float>();
        StepResult step;
        do
        {
            step = session.Play(host, Right);
            if (step.Parts.Ending != 0)
            {
                endings.Add(step.Parts.Ending);
            }
        }
        while (step.End == EpisodeEnd.None);

        Assert.That(endings, Is.EqualTo(new[] { -2f, 5f, -2f, -2f }));
        Assert.That((step.End, session.LastEpisode.Frames), Is.EqualTo((EpisodeEnd.Hit, 100)));
    }

    [Test]
    public void The_last_castles_axe_wins_our_full_game()
    {
        var host = new FakeHost((ram, _, frame) =>
        {
            ram.Bytes[RamMap.World] = 7;
            ram.Bytes[RamMap.Stage] = 3;
            ram.Mode = frame > 5 ? OperatingMode.Victory : OperatingMode.Game;
        });
        var session = Open(host, new EnvironmentSettings { Task = TaskKind.FullGame, NoOpStarts = 0 });
        session.Play(host, NoOp);
        Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.FlagReached));
    }

    private static GameSession Open(FakeHost host, EnvironmentSettings settings)
    {
        var session = new GameSession(settings, host.Start() with { Picture = Still.Of(host.ReadScreen()) }, new RandomStream(1));
        session.Open(host);
        return session;
    }

    private static byte Grey(int frame) => (byte)Luma.Rounded(Palette.Argb(PaletteKind.Ours)[frame & 63]);

    private static byte[] Greys(GameSession session)
    {
        int frame = session.ObservationSpec.FrameBytes;
        return [session.Observation[0], session.Observation[frame], session.Observation[2 * frame], session.Observation[3 * frame]];
    }
}
