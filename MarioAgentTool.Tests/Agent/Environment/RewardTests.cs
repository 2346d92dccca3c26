using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>Rewards by hand: RAM is set, a frame is judged, and so on.</summary>
public abstract class RewardTests
{
    private protected ScriptedRam Ram { get; private set; } = new();

    private protected IRewardRule Rule { get; set; } = null!;

    private protected abstract IRewardRule Make();

    [SetUp]
    public void BeginEpisode()
    {
        Ram = new ScriptedRam();
        Rule = Make();
        Rule.BeginEpisode(Ram.Frame);
        Rule.BeginStep();
    }

    /// <summary>One held frame at that level x, from which the game leads nowhere.</summary>
    protected EpisodeEnd Frame(int x)
    {
        Ram.X = x;
        var end = Rule.AfterFrame(Ram.Frame);
        return end == EpisodeEnd.None ? Rule.AfterLed(Ram.Frame) : end;
    }

    /// <summary>A whole step of four frames.</summary>
    protected (float Reward, EpisodeEnd End) Step(params int[] xs)
    {
        Rule.BeginStep();
        var end = EpisodeEnd.None;
        foreach (int x in xs)
        {
            end = Frame(x);
            if (end != EpisodeEnd.None)
            {
                return (Rule.Reward, end);
            }
        }

        end = Rule.EndStep();
        return (Rule.Reward, end);
    }
}

public class ProgressRewardTests : RewardTests
{
    private protected override IRewardRule Make() => new ProgressReward(new EnvironmentSettings());

    [Test]
    public void A_step_is_worth_its_pixels_by_32_less_its_price() =>
        Assert.That(Step(42, 45, 47, 50), Is.EqualTo((10 / 32f - 0.02f, EpisodeEnd.None)));

    [Test]
    public void Going_back_costs_what_going_there_paid()
    {
        float there = Step(42, 44, 46, 48).Reward, back = Step(46, 44, 42, 40).Reward;
        Assert.That(there + back, Is.EqualTo(-0.04f).Within(1e-6));
    }

    [Test]
    public void A_death_costs_2_on_its_very_frame()
    {
        Rule.BeginStep();
        Frame(42);
        Ram.Routine = PlayerRoutine.Death;
        Assert.That(Frame(44), Is.EqualTo(EpisodeEnd.Hit));
        Assert.That(Rule.Reward, Is.EqualTo(4 / 32f - 0.02f - 2f).Within(1e-6));
        Assert.That(Rule.Parts.Ending, Is.EqualTo(-2));
    }

    [Test]
    public void The_flag_pays_5()
    {
        Rule.BeginStep();
        Ram.Routine = PlayerRoutine.FlagpoleSlide;
        Assert.That(Frame(40), Is.EqualTo(EpisodeEnd.FlagReached));
        Assert.That(Rule.Reward, Is.EqualTo(4.98f).Within(1e-6));
    }

    [Test]
    public void Ninety_steps_without_new_ground_are_a_stall()
    {
        Step(42, 44, 46, 48);
        for (int step = 1; step < 90; step++)
        {
            // Shuffling below the furthest point is no progress.
            Assert.That(Step(46, 44, 46, 48).End, Is.EqualTo(EpisodeEnd.None), $"step {step}");
        }

        var (reward, end) = Step(46, 44, 46, 48);
        Assert.That(end, Is.EqualTo(EpisodeEnd.Stalled));
        Assert.That(reward, Is.EqualTo(-2.02f).Within(1e-6));
    }

    [Test]
    public void New_ground_starts_the_patience_anew()
    {
        for (int step = 0; step < 89; step++)
        {
            Step(40, 40, 40, 40);
        }

        Assert.That(Step(40, 40, 40, 41).End, Is.EqualTo(EpisodeEnd.None));
        Assert.That(Step(41, 41, 41, 41).End, Is.EqualTo(EpisodeEnd.None));
    }

    [Test]
    public void Another_area_begins_where_it_begins()
    {
        Step(42, 44, 46, 48);
        LeadTo(700);
        Step(702, 704, 706, 708);
        LeadTo(24);
        Assert.That(Step(26, 28, 30, 32).Reward, Is.EqualTo(8 / 32f - 0.02f).Within(1e-6));
    }

    [Test]
    public void A_level_that_names_the_area_of_its_next_pipe_costs_no_pixel()
    {
        // 1-1 writes $0750 in mid-stride, long before the pipe.
        Rule.BeginStep();
        Frame(42);
        Ram.Bytes[RamMap.AreaPointer] = 0x42;
        Frame(45);
        Frame(47);
        Frame(50);
        Assert.That(Rule.Reward, Is.EqualTo(10 / 32f - 0.02f).Within(1e-6));
    }

    [Test]
    public void A_pipe_within_the_area_neither_pays_nor_costs()
    {
        Step(42, 44, 46, 48);
        Ram.X = 2600;
        Rule.AfterPassedFrame(Ram.Frame);
        Assert.That(Step(2602, 2604, 2606, 2608).Reward, Is.EqualTo(8 / 32f - 0.02f).Within(1e-6));
    }

    [Test]
    public void A_wrong_turn_in_a_maze_ends_as_a_stall()
    {
        for (int x = 40; x < 1400; x += 8)
        {
            Step(x + 2, x + 4, x + 6, x + 8);
        }

        var end = Step(1400 - 1024, 378, 380, 382).End;
        for (int x = 382; end == EpisodeEnd.None; x += 8)
        {
            end = Step(x + 2, x + 4, x + 6, x + 8).End;
        }

        Assert.That(end, Is.EqualTo(EpisodeEnd.Stalled));
        Assert.That(Ram.X, Is.LessThan(1400));
    }

    [Test]
    public void A_wrong_turn_in_a_maze_can_end_at_once()
    {
        Rule = new ProgressReward(new EnvironmentSettings { Reward = new() { MazeEnds = true } });
        Rule.BeginEpisode(Ram.Frame);
        for (int x = 40; x < 1400; x += 8)
        {
            Assert.That(Step(x + 2, x + 4, x + 6, x + 8).End, Is.EqualTo(EpisodeEnd.None));
        }

        Rule.BeginStep();
        Assert.That(Frame(1402), Is.EqualTo(EpisodeEnd.None));
        Assert.That(Frame(1404 - 1024), Is.EqualTo(EpisodeEnd.Stalled));
        Assert.That(Rule.Reward, Is.EqualTo(2 / 32f - 0.02f - 2f).Within(1e-6));
    }

    [Test]
    public void A_turn_of_three_is_paid_for_as_it_is_taken_and_a_wrong_one_ends_at_once()
    {
        Rule = new ProgressReward(new EnvironmentSettings { Reward = new() { MazeEnds = true, MazeTurn = 1 } });
        Rule.BeginEpisode(Ram.Frame);
        Rule.BeginStep();
        Assert.That(Frame(42), Is.EqualTo(EpisodeEnd.None));
        (Ram.Bytes[RamMap.MazePassed], Ram.Bytes[RamMap.MazeCorrect]) = (1, 1);
        Assert.That(Frame(44), Is.EqualTo(EpisodeEnd.None));
        Assert.That(Rule.Reward, Is.EqualTo(4 / 32f - 0.02f + 1).Within(1e-6));
        Assert.That(Rule.Parts.Shaping, Is.EqualTo(1));

        Rule.BeginStep();
        Ram.Bytes[RamMap.MazePassed] = 2;
        Assert.That(Frame(46), Is.EqualTo(EpisodeEnd.Stalled));
        Assert.That(Rule.Reward, Is.EqualTo(2 / 32f - 0.02f - 2).Within(1e-6));
    }

    [Test]
    public void A_maze_passed_starts_to_count_anew()
    {
        Rule = new ProgressReward(new EnvironmentSettings { Reward = new() { MazeEnds = true, MazeTurn = 1 } });
        (Ram.Bytes[RamMap.MazePassed], Ram.Bytes[RamMap.MazeCorrect]) = (2, 2);
        Rule.BeginEpisode(Ram.Frame);
        Rule.BeginStep();
        (Ram.Bytes[RamMap.MazePassed], Ram.Bytes[RamMap.MazeCorrect]) = (0, 0);
        Assert.That(Frame(42), Is.EqualTo(EpisodeEnd.None));
        Assert.That(Rule.Reward, Is.EqualTo(2 / 32f - 0.02f).Within(1e-6));
    }

    [Test]
    public void A_maze_pays_nothing_until_the_ground_is_new_again()
    {
        Rule = new ProgressReward(new EnvironmentSettings { Reward = new() { StallSteps = 0 } });
        Rule.BeginEpisode(Ram.Frame);
        for (int x = 40; x < 1400; x += 8)
        {
            Step(x + 2, x + 4, x + 6, x + 8);
        }

        Assert.That(Step(1400 - 1024, 378, 380, 382).Reward, Is.EqualTo(-0.02f).Within(1e-6), "sent back four pages");
        for (int x = 382; x < 1398; x += 8)
        {
            Assert.That(Step(x + 2, x + 4, x + 6, x + 8).Reward, Is.EqualTo(-0.02f).Within(1e-6));
        }

        Assert.That(Step(1400, 1402, 1404, 1406).Reward, Is.GreaterThan(0));
    }

    /// <summary>A change of place as the game does it: it clears Mario's x and routine first.</summary>
    private void LeadTo(int x)
    {
        Ram.Routine = PlayerRoutine.EntranceSetup;
        Ram.X = 0;
        Rule.AfterPassedFrame(Ram.Frame);
        Ram.X = x;
        Rule.AfterPassedFrame(Ram.Frame);
        Ram.Routine = PlayerRoutine.Control;
    }
}

public class CustomRewardTests : RewardTests
{
    private protected override IRewardRule Make() => new CustomReward(new EnvironmentSettings());

    [Test]
    public void New_ground_pays_its_pixels_less_a_tenth_a_frame()
    {
        // deltas from max_x: 2, 3, 2, 3; c = −0.1 each
        Assert.That(Step(42, 45, 47, 50), Is.EqualTo((10f - 0.4f, EpisodeEnd.None)));
    }

    [Test]
    public void A_single_pixel_is_no_progress_but_is_not_lost()
    {
        // x 41: delta 1, not above 1, max_x stays 40.  x 42: delta 2 pays 2.
        Assert.That(Step(41, 42, 43, 44).Reward, Is.EqualTo(2f + 2f - 0.4f).Within(1e-6));
    }

    [Test]
    public void Shuffling_back_and_forth_pays_nothing_more()
    {
        Step(42, 44, 46, 48);
        Assert.That(Step(46, 44, 46, 48).Reward, Is.EqualTo(-0.4f).Within(1e-6));
    }

    [Test]
    public void After_60_frames_without_progress_standing_costs_half_a_point_a_frame_more()
    {
        for (int step = 0; step < 15; step++)
        {
            Assert.That(Step(40, 40, 40, 40).Reward, Is.EqualTo(-0.4f).Within(1e-6), $"frames {step * 4 + 1}-{step * 4 + 4}");
        }

        // y_pos 79: y = −2 + 2.85 · 0 = −2, a quarter is −0.5
        Assert.That(Step(40, 40, 40, 40).Reward, Is.EqualTo(4 * -0.6f).Within(1e-5));
    }

    [Test]
    public void Jumping_when_stuck_costs_less_the_higher()
    {
        for (int frame = 0; frame < 60; frame++)
        {
            Frame(40);
        }

        // y_pos 139 (scanline 116): y = −2 + 2.85 · 60/240 = −1.2875
        Ram.Y = 116;
        Assert.That(Step(40).Reward, Is.EqualTo(-0.1f - 1.2875f / 4).Within(1e-6));

        // y_pos 254: y = −2 + 2.85 · 175/240 = 0.078, held at −0.1
        Ram.Y = 1;
        Assert.That(Step(40).Reward, Is.EqualTo(-0.1f - 0.025f).Within(1e-6));

        // y_pos 55, in a hollow: y = −2.285, held at −2
        Ram.Y = 200;
        Assert.That(Step(40).Reward, Is.EqualTo(-0.6f).Within(1e-6));
    }

    [Test]
    public void The_checkpoint_beyond_1320_pays_10_once()
    {
        Step(1318, 1319, 1319, 1319);
        Assert.That(Step(1322).Reward, Is.EqualTo(4f + 10f - 0.1f).Within(1e-5), "max_x is still 1318");
        Assert.That(Step(1324).Reward, Is.EqualTo(2f - 0.1f).Within(1e-5));
    }

    [Test]
    public void Death_replaces_what_the_step_had_earned_by_minus_10()
    {
        Rule.BeginStep();
        Frame(60);
        Ram.Routine = PlayerRoutine.Death;
        Assert.That(Frame(62), Is.EqualTo(EpisodeEnd.Hit));
        Assert.That(Rule.Reward, Is.EqualTo(-10));
    }

    [Test]
    public void Below_the_screen_is_a_death_before_the_game_says_so()
    {
        Ram.Y = 256;
        Assert.That(Step(60), Is.EqualTo((-10f, EpisodeEnd.Fell)));
    }

    [Test]
    public void The_flag_replaces_the_steps_reward_by_25()
    {
        Rule.BeginStep();
        Frame(60);
        Ram.Routine = PlayerRoutine.FlagpoleSlide;
        Assert.That(Frame(62), Is.EqualTo(EpisodeEnd.FlagReached));
        Assert.That(Rule.Reward, Is.EqualTo(25));
    }

    [Test]
    public void The_501st_frame_without_progress_gives_up()
    {
        for (int frame = 1; frame <= 500; frame++)
        {
            Assert.That(Frame(40), Is.EqualTo(EpisodeEnd.None), $"frame {frame}");
        }

        Rule.BeginStep();
        Assert.That(Frame(40), Is.EqualTo(EpisodeEnd.Stalled));
        Assert.That(Rule.Reward, Is.EqualTo(-10));
    }

    [Test]
    public void An_episode_starts_counting_at_40_wherever_mario_stands()
    {
        Ram.X = 60;
        Rule.BeginEpisode(Ram.Frame);
        Assert.That(Step(60).Reward, Is.EqualTo(20f - 0.1f).Within(1e-6));
    }
}

public class GymRewardTests : RewardTests
{
    private protected override IRewardRule Make() => new GymReward(new EnvironmentSettings());

    [Test]
    public void A_frame_pays_pixels_and_clock_ticks()
    {
        Rule.BeginStep();
        Frame(42);
        Ram.Time = 399;
        Frame(45);
        Assert.That(Rule.Reward, Is.EqualTo(2 + 3 - 1));
    }

    [Test]
    public void Backwards_costs() => Assert.That(Step(38, 36, 34, 32).Reward, Is.EqualTo(-8));

    [Test]
    public void A_leap_of_more_than_5_pixels_counts_as_none() => Assert.That(Step(45, 51, 45, 46).Reward, Is.EqualTo(5 + 0 + 0 + 1));

    [Test]
    public void A_clock_wound_up_pays_nothing()
    {
        Ram.Time = 300;
        Rule.BeginEpisode(Ram.Frame);
        Ram.Time = 400;
        Assert.That(Step(42).Reward, Is.EqualTo(2));
    }

    [Test]
    public void Death_is_clipped_to_minus_15()
    {
        Rule.BeginStep();
        Frame(43);
        Ram.Routine = PlayerRoutine.Death;
        Assert.That(Frame(45), Is.EqualTo(EpisodeEnd.Hit));
        Assert.That(Rule.Reward, Is.EqualTo(3 - 15));
    }

    [Test]
    public void The_flag_pays_nothing_and_ends()
    {
        Ram.Routine = PlayerRoutine.FlagpoleSlide;
        Assert.That(Step(42), Is.EqualTo((2f, EpisodeEnd.FlagReached)));
    }

    [Test]
    public void Nobody_is_impatient()
    {
        for (int step = 0; step < 2000; step++)
        {
            Assert.That(Step(40, 40, 40, 40).End, Is.EqualTo(EpisodeEnd.None));
        }
    }
}

/// <summary>The notebooks' flaws, mended one by one.</summary>
public class RewardFixTests : RewardTests
{
    private protected override IRewardRule Make() => new GymReward(new EnvironmentSettings());

    [Test]
    public void First_frame_pays_000_compares_with_the_frame_before_across_steps()
    {
        Use(r => new ShapedReward(r), new() { Kind = RewardKind.Shaped });
        Step(42, 44, 46, 48);
        Assert.That(Step(47, 47, 48, 49).Reward, Is.EqualTo(-1f - 0.5f + 1 + 1), "x fell, and yet the first frame counts");
        Use(r => new ShapedReward(r), new() { Kind = RewardKind.Shaped, CarryX = true });
        Step(42, 44, 46, 48);
        Assert.That(Step(47, 47, 48, 49).Reward, Is.EqualTo(-0.5f - 0.5f + 1 + 1));
    }

    [Test]
    public void Death_unpaid_000_pays_for_a_death_where_x_did_not_grow([Values] bool mended)
    {
        Use(r => new ShapedReward(r), new() { Kind = RewardKind.Shaped, KeepDeath = mended });
        Rule.BeginStep();
        Frame(42);
        Ram.Routine = PlayerRoutine.Death;
        Frame(42);
        Assert.That(Rule.Reward, Is.EqualTo(mended ? 2 - 15f : 2 - 0.5f));
    }

    [Test]
    public void Reward_overwrite_002_adds_endings_to_what_the_step_had_earned([Values] bool mended)
    {
        Use(r => new CustomReward(r), new() { Kind = RewardKind.Custom, AddEndings = mended });
        Rule.BeginStep();
        Frame(60);
        Ram.Routine = PlayerRoutine.Death;
        Frame(62);
        Assert.That(Rule.Reward, Is.EqualTo(mended ? 19.9f - 10 : -10).Within(1e-5));

        Ram.Routine = PlayerRoutine.Control;
        Rule.BeginEpisode(Ram.Frame);
        Rule.BeginStep();
        Frame(60);
        Ram.Mode = OperatingMode.Victory;
        Frame(63);
        Assert.That(Rule.Reward, Is.EqualTo(mended ? 19.9f + 2.9f + 25 : 25).Within(1e-5));
    }

    [Test]
    public void Room_change_002_counts_new_ground_in_the_room_he_is_in([Values] bool mended)
    {
        Use(r => new CustomReward(r), new() { Kind = RewardKind.Custom, NewGroundPerRoom = mended });
        Step(300);
        Step(40);
        Assert.That(Step(43).Reward, Is.EqualTo(mended ? 2.9f : -0.1f).Within(1e-5));
    }

    [Test]
    public void Give_up_ends_002_cuts_off_instead([Values] bool mended)
    {
        Use(r => new CustomReward(r), new() { Kind = RewardKind.Custom, GiveUpTruncates = mended });
        var end = EpisodeEnd.None;
        for (int frame = 0; frame < 501; frame++)
        {
            Assert.That(end, Is.EqualTo(EpisodeEnd.None));
            end = Frame(40);
        }

        Assert.That(end, Is.EqualTo(mended ? EpisodeEnd.Truncated : EpisodeEnd.Stalled));
    }

    private void Use(Func<EnvironmentSettings, IRewardRule> make, RewardSettings reward)
    {
        Rule = make(new EnvironmentSettings { Conduct = ConductKind.Gym, Reward = reward });
        Ram.X = 40;
        Rule.BeginEpisode(Ram.Frame);
    }
}
