using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

public class GameSessionTests
{
    private const int NoOp = 0, Right = 1, RightJump = 2, Jump = 5, Left = 6;

    private static readonly EnvironmentSettings Plain = new() { NoOpStarts = 0 };

    [Test]
    public void An_action_is_held_for_four_frames_and_then_another_is_due()
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = Open(host, Plain);
        var step = session.Play(host, RightJump);
        Assert.That(host.Inputs, Is.EqualTo(Enumerable.Repeat(Buttons.Right | Buttons.A, 4)));
        Assert.That(step.Reward, Is.EqualTo(8 / 32f - 0.02f).Within(1e-6));
        Assert.That(step.End, Is.EqualTo(EpisodeEnd.None));
        Assert.That(session.Episode, Is.EqualTo(new EpisodeSummary(step.Reward, 1, 4, 48, 48, EpisodeEnd.None)));
    }

    [Test]
    public void A_death_in_the_middle_of_a_skip_ends_the_step_there()
    {
        var host = DyingHost(atFrame: 6);
        var session = Open(host, Plain);
        session.Play(host, Right);
        var step = session.Play(host, Right);
        Assert.That(step.End, Is.EqualTo(EpisodeEnd.Hit));
        Assert.That(step.Reward, Is.EqualTo(4 / 32f - 0.02f - 2f).Within(1e-6));
        Assert.That(session.LastEpisode, Is.EqualTo(new EpisodeSummary(8 / 32f + 4 / 32f - 0.04f - 2f, 2, 6, 52, 52, EpisodeEnd.Hit)));
    }

    [Test]
    public void The_next_episode_begins_by_itself_at_the_start_state()
    {
        var host = DyingHost(atFrame: 6);
        var session = Open(host, Plain);
        session.Play(host, Right);
        session.Play(host, Right);
        Assert.That(host.StatesLoaded, Is.EqualTo(2));
        Assert.That(host.Ram.X, Is.EqualTo(40));
        Assert.That(session.AwaitsAction, Is.True);
        Assert.That(session.Episode, Is.EqualTo(new EpisodeSummary(0, 0, 0, 40, 40, EpisodeEnd.None)));
        Assert.That(session.Step.End, Is.EqualTo(EpisodeEnd.Hit), "still told until the next action is over");
    }

    [Test]
    public void The_final_observation_is_the_end_and_the_observation_the_new_beginning()
    {
        var host = DyingHost(atFrame: 6);
        var session = Open(host, Plain);
        byte[] first = session.Observation.ToArray();
        session.Play(host, Right);
        session.Play(host, Right);
        int tileX = TileObserver.ScalarOffset + (int)TileObserver.Scalar.TileX, control = TileObserver.ScalarOffset + (int)TileObserver.Scalar.InControl;
        Assert.That(session.FinalObservation[tileX], Is.EqualTo(((52 + 8) & 15) * 4));
        Assert.That(session.FinalObservation[control], Is.Zero);
        Assert.That(session.Observation.ToArray(), Is.EqualTo(first));
    }

    [Test]
    public void The_inputs_of_an_ended_episode_stay_readable_while_the_next_one_runs()
    {
        var host = DyingHost(atFrame: 6);
        var session = Open(host, Plain);
        session.Play(host, Right);
        session.Play(host, Left);
        session.Play(host, Jump);
        Assert.That(session.LastEpisodeInputs.ToArray(), Is.EqualTo(
            new[] { Buttons.Right, Buttons.Right, Buttons.Right, Buttons.Right, Buttons.Left, Buttons.Left }));
        Assert.That(session.EpisodeInputs.ToArray(), Is.EqualTo(Enumerable.Repeat(Buttons.A, 4)));
    }

    [Test]
    public void Replaying_the_inputs_from_the_start_state_repeats_the_episode_with_waiting_and_led_frames()
    {
        static void World(ScriptedRam ram, Buttons buttons, int frame)
        {
            // A pipe from frame 60 on for 25 frames, and a foe at x = 130.
            FakeHost.Walk(ram, buttons, frame);
            ram.Routine = frame is >= 60 and < 85 ? PlayerRoutine.SidePipe : ram.X >= 130 ? PlayerRoutine.Death : PlayerRoutine.Control;
        }

        var host = new FakeHost(World);
        var start = host.Start();
        var session = new GameSession(Plain with { NoOpStarts = 30 }, start, new RandomStream(3));
        session.Open(host);
        while (session.Play(host, Right).End == EpisodeEnd.None)
        {
        }

        var replay = new FakeHost(World);
        replay.LoadState(start.State);
        foreach (var buttons in session.LastEpisodeInputs)
        {
            replay.FrameAdvance(buttons, render: false);
        }

        Assert.That(session.LastEpisode.End, Is.EqualTo(EpisodeEnd.Hit));
        Assert.That(replay.Ram.X, Is.EqualTo(session.LastEpisode.X));
        Assert.That(replay.Frame, Is.EqualTo(session.LastEpisode.Frames));
        Assert.That(host.Writes, Is.Empty);
    }

    [Test]
    public void Frames_in_which_the_game_leads_mario_are_passed_without_buttons_and_are_not_counted()
    {
        var host = new FakeHost((ram, buttons, frame) =>
        {
            FakeHost.Walk(ram, buttons, frame);
            ram.Routine = frame is >= 2 and < 12 ? PlayerRoutine.VerticalPipe : PlayerRoutine.Control;
        });
        var session = Open(host, Plain);
        session.Play(host, Right);
        var expected = new List<Buttons> { Buttons.Right, Buttons.Right };
        expected.AddRange(Enumerable.Repeat(Buttons.None, 10));
        expected.AddRange([Buttons.Right, Buttons.Right]);
        Assert.That(host.Inputs, Is.EqualTo(expected));
        Assert.That(session.Episode.Frames, Is.EqualTo(14));
        Assert.That(session.Episode.Steps, Is.EqualTo(1));
    }

    [Test]
    public void A_game_that_never_listens_again_is_cut_off()
    {
        var host = new FakeHost((ram, _, frame) => ram.Mode = frame is > 8 and < 5000 ? OperatingMode.Title : OperatingMode.Game);
        var session = Open(host, Plain);
        session.Play(host, Right);
        session.Play(host, Right);
        Assert.That(session.Play(host, Right).End, Is.EqualTo(EpisodeEnd.Truncated));
    }

    [Test]
    public void A_coin_heavens_exit_goes_on_in_the_stage()
    {
        var host = new FakeHost((ram, buttons, frame) =>
        {
            FakeHost.Walk(ram, buttons, frame);
            bool falls = frame is >= 3 and < 20;
            ram.Bytes[RamMap.CloudArea] = (byte)(frame < 20 ? 1 : 0);
            ram.Y = falls ? 260 + frame : ScriptedRam.GroundY;
            ram.Routine = frame is >= 15 and < 20 ? PlayerRoutine.EntranceSetup : PlayerRoutine.Control;
        });
        var session = Open(host, Plain);
        for (int i = 0; i < 8; i++)
        {
            Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.None));
        }
    }

    [Test]
    public void A_start_state_that_never_gives_control_is_refused_instead_of_waited_for()
    {
        var host = new FakeHost((ram, _, _) => ram.Routine = PlayerRoutine.EntranceSetup);
        var session = new GameSession(Plain with { NoOpStarts = 1 }, host.Start(), new RandomStream(3));
        Assert.That(() => session.Open(host), Throws.InvalidOperationException.With.Message.Contains("$000E is 00"));
    }

    [Test]
    public void No_op_starts_are_even_draws_from_0_to_the_most()
    {
        var host = DyingHost(atFrame: 40);
        var session = new GameSession(Plain with { NoOpStarts = 9 }, host.Start(), new RandomStream(1));
        session.Open(host);
        int[] counts = new int[10];
        for (int episode = 0; episode < 2000; episode++)
        {
            counts[session.Episode.Frames]++;
            while (session.Play(host, Right).End == EpisodeEnd.None)
            {
            }
        }

        Assert.That(counts, Has.All.InRange(140, 260));
    }

    [Test]
    public void A_wait_that_kills_is_taken_back()
    {
        var host = DyingHost(atFrame: 5);
        var session = new GameSession(Plain with { NoOpStarts = 30 }, host.Start(), new RandomStream(2));
        for (int i = 0; i < 20; i++)
        {
            session.Open(host);
            Assert.That(session.Episode.Frames, Is.LessThan(5));
            Assert.That(session.Step.End, Is.EqualTo(EpisodeEnd.None));
        }
    }

    [Test]
    public void Sticky_actions_repeat_the_action_held_with_their_chance()
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = new GameSession(Plain with { StickyActions = 0.25f, Reward = new() { StallSteps = 0 } }, host.Start(), new RandomStream(5));
        session.Open(host);
        int repeated = 0, steps = 20_000;
        session.Play(host, 0);
        for (int i = 0; i < steps; i++)
        {
            int held = session.HeldAction, wanted = held == Left ? Right : Left;
            session.Play(host, wanted);
            repeated += session.HeldAction == held ? 1 : 0;
        }

        Assert.That(repeated / (double)steps, Is.EqualTo(0.25).Within(0.01));
    }

    [Test]
    public void An_episodes_first_action_is_never_replaced()
    {
        var host = DyingHost(atFrame: 1);
        var session = new GameSession(Plain with { StickyActions = 0.99f }, host.Start(), new RandomStream(5));
        session.Open(host);
        for (int i = 0; i < 50; i++)
        {
            int action = i % session.ActionCount;
            session.Act(action);
            Assert.That(session.HeldAction, Is.EqualTo(action));
            session.RunUntilAsked(host);
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_life()
    {
        Assert.That(Life(7), Is.EqualTo(Life(7)));
        Assert.That(Life(7), Is.Not.EqualTo(Life(8)));

        static List<Buttons> Life(ulong seed)
        {
            var host = DyingHost(atFrame: 60);
            var session = new GameSession(new EnvironmentSettings { StickyActions = 0.25f }, host.Start(), new RandomStream(seed));
            session.Open(host);
            for (int i = 0; i < 100; i++)
            {
                session.Play(host, i % 7);
            }

            return host.Inputs;
        }
    }

    [Test]
    public void The_last_allowed_step_is_truncated_and_is_no_death()
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = Open(host, Plain with { MaxSteps = 3 });
        Assert.That(session.Play(host, Right).End, Is.EqualTo(EpisodeEnd.None));
        Assert.That(session.Play(host, Right).End, Is.EqualTo(EpisodeEnd.None));
        var step = session.Play(host, Right);
        Assert.That(step.End, Is.EqualTo(EpisodeEnd.Truncated));
        Assert.That(step.Reward, Is.EqualTo(8 / 32f - 0.02f).Within(1e-6));
        Assert.That(session.LastEpisode.Steps, Is.EqualTo(3));
    }

    [Test]
    public void A_stall_ends_the_episode_by_name()
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = Open(host, Plain with { Reward = new() { StallSteps = 5 } });
        for (int i = 0; i < 4; i++)
        {
            Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.None));
        }

        Assert.That(session.Play(host, NoOp).End, Is.EqualTo(EpisodeEnd.Stalled));
    }

    [Test]
    public void A_whole_episode_of_the_notebooks_reward_adds_up_by_hand()
    {
        // Two steps of walking, then the foe on frame 10: 8 − 0.4, 8 − 0.4, −10.
        var host = DyingHost(atFrame: 10);
        var session = Open(host, Plain with { Reward = new() { Kind = RewardKind.Custom } });
        float[] rewards = [session.Play(host, Right).Reward, session.Play(host, Right).Reward, session.Play(host, Right).Reward];
        Assert.That(rewards, Is.EqualTo(new[] { 7.6f, 7.6f, -10f }).Within(1e-5));
        Assert.That(session.LastEpisode.Reward, Is.EqualTo(5.2f).Within(1e-5));
    }

    [Test]
    public void Parts_add_up_to_the_reward([Values] RewardKind kind)
    {
        var host = DyingHost(atFrame: 30);
        var session = Open(host, Plain with { Reward = new() { Kind = kind } });
        for (int i = 0; i < 20; i++)
        {
            var step = session.Play(host, i % 7);
            Assert.That(step.Parts.Total, Is.EqualTo(step.Reward).Within(1e-5));
        }
    }

    [Test]
    public void A_button_held_for_the_jump_can_be_seen()
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = Open(host, Plain);
        int held = TileObserver.ScalarOffset + (int)TileObserver.Scalar.AHeld, can = TileObserver.ScalarOffset + (int)TileObserver.Scalar.CanJump;
        Assert.That((session.Observation[held], session.Observation[can]), Is.EqualTo(((byte)0, (byte)64)));
        session.Play(host, RightJump);
        Assert.That((session.Observation[held], session.Observation[can]), Is.EqualTo(((byte)64, (byte)0)), "right+A again would not jump");
        session.Play(host, Right);
        Assert.That((session.Observation[held], session.Observation[can]), Is.EqualTo(((byte)0, (byte)64)));
    }

    [Test]
    public void A_frame_without_an_action_or_an_action_without_need_is_refused()
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = new GameSession(Plain, host.Start(), new RandomStream(1));
        Assert.That(() => session.AfterFrame(host), Throws.InvalidOperationException.With.Message.Contains("Begin"));
        session.Open(host);
        Assert.That(() => session.AfterFrame(host), Throws.InvalidOperationException.With.Message.Contains("Act"));
        Assert.That(() => session.Act(7), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 6"));
        session.Act(0);
        Assert.That(() => session.Act(0), Throws.InvalidOperationException);
    }

    [Test]
    public void Settings_that_make_no_sense_are_named()
    {
        var start = new FakeHost(FakeHost.Walk).Start();
        Assert.That(() => new GameSession(new() { FrameSkip = 0 }, start, new RandomStream(1)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("FrameSkip is 0"));
        Assert.That(() => new GameSession(new() { StickyActions = 1 }, start, new RandomStream(1)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("StickyActions is 1"));
        Assert.That(() => new GameSession(new() { ActionSet = "fly" }, start, new RandomStream(1)), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Play_allocates_nothing([Values] ObservationKind observation, [Values] bool maxOfTwo)
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = Open(host, Plain with { Observation = observation, Pixels = new() { MaxOfTwo = maxOfTwo }, Reward = new() { StallSteps = 0 } });
        host.Inputs.Capacity = host.Rendered.Capacity = 10_000;
        Steps(200);
        Assert.That(Allocations.Fewest(() => Steps(200)), Is.Zero);

        void Steps(int count)
        {
            for (int i = 0; i < count; i++)
            {
                session.Play(host, i % 7);
            }
        }
    }

    private static GameSession Open(FakeHost host, EnvironmentSettings settings)
    {
        var session = new GameSession(settings, host.Start(), new RandomStream(1));
        session.Open(host);
        return session;
    }

    /// <summary>A walk that a foe ends on that frame after the start state.</summary>
    internal static FakeHost DyingHost(int atFrame) => new((ram, buttons, frame) =>
    {
        FakeHost.Walk(ram, buttons, frame);
        ram.Routine = frame >= atFrame ? PlayerRoutine.Death : PlayerRoutine.Control;
    });
}
