using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>
/// What makes published environments of this game wrong, and where each is tested; those without a better place are here.
/// <list type="number">
/// <item>Falling out of a coin heaven taken for a death: <see cref="EndingsTests.Leaving_a_coin_heaven_is_a_death_to_gym_only"/>,
/// <see cref="GameSessionTests.A_coin_heavens_exit_goes_on_in_the_stage"/>, <see cref="GymSessionTests.With_its_fix_gym_lets_mario_fall_out_of_a_coin_heaven"/>.</item>
/// <item>A pit noticed only by the life counter: <see cref="EndingsTests.A_pit_ends_the_episode_before_the_life_counter_moves"/>.</item>
/// <item>x jumps between rooms: <see cref="ProgressRewardTests.Another_area_begins_where_it_begins"/>,
/// <see cref="ProgressRewardTests.A_pipe_within_the_area_neither_pays_nor_costs"/>, <see cref="RewardFixTests.Room_change_002_counts_new_ground_in_the_room_he_is_in"/>.</item>
/// <item>Mazes set x back by four pages: <see cref="ProgressRewardTests.A_wrong_turn_in_a_maze_ends_as_a_stall"/>,
/// <see cref="ProgressRewardTests.A_maze_pays_nothing_until_the_ground_is_new_again"/>, <see cref="TileObserverTests.Mazes_and_currents_are_told"/>.</item>
/// <item>8-4 is beyond actions without down: <see cref="Only_complex_enters_pipes_and_climbs"/>.</item>
/// <item>Episodes that all begin and go alike: <see cref="GameSessionTests.No_op_starts_are_even_draws_from_0_to_the_most"/>,
/// <see cref="GameSessionTests.Sticky_actions_repeat_the_action_held_with_their_chance"/>.</item>
/// <item>Start among the actions pauses the game: <see cref="Nobody_offers_start_or_select"/>.</item>
/// <item>Hundreds of frames between worlds: <see cref="GymGoldenTests.Every_step_has_gyms_info_reward_done_frames_and_writes"/>,
/// <see cref="GymSessionTests.The_last_castles_axe_wins_our_full_game"/>.</item>
/// <item>The clock that is paid out after the flag: <see cref="The_clock_paid_out_after_a_flag_costs_nothing"/>.</item>
/// <item>Notebook 000's first frame: <see cref="RewardFixTests.First_frame_pays_000_compares_with_the_frame_before_across_steps"/>.</item>
/// <item>Notebook 002's endings and stack: <see cref="RewardFixTests.Reward_overwrite_002_adds_endings_to_what_the_step_had_earned"/>,
/// <see cref="GameSessionPictureTests.Notebook_002_stacks_the_four_frames_of_one_action"/>; its copies count episodes: <see cref="ExplorationTests"/>.</item>
/// <item>Epsilon that takes millions of steps: <see cref="The_tutorials_epsilon_takes_9_million_steps_and_with_its_fix_one"/>.</item>
/// </list>
/// Clears without the castle's flag: <see cref="EndingsTests.The_pole_is_the_flag_to_us_and_to_gym_only_with_the_castles_flag_loaded"/>.
/// A held since before starts no jump: <see cref="TrailTests.A_held_since_before_starts_no_jump_and_can_be_seen"/>.
/// </summary>
public class TrapTests
{
    private const int NoOp = 0;

    [TestCase("right-only", false)]
    [TestCase("simple", false)]
    [TestCase("complex", true)]
    public void Only_complex_enters_pipes_and_climbs(string set, bool can)
    {
        Buttons all = ButtonsOf(set);
        Assert.That((all & (Buttons.Up | Buttons.Down)) == (Buttons.Up | Buttons.Down), Is.EqualTo(can));
    }

    [Test]
    public void Nobody_offers_start_or_select([Values("right-only", "simple", "complex", "tutorial")] string set) =>
        Assert.That(ButtonsOf(set) & (Buttons.Start | Buttons.Select), Is.EqualTo(Buttons.None));

    [TestCase(ConductKind.Gym, RewardKind.Gym)]
    [TestCase(ConductKind.Gym, RewardKind.Shaped)]
    [TestCase(ConductKind.Ours, RewardKind.Gym)]
    public void The_clock_paid_out_after_a_flag_costs_nothing(ConductKind conduct, RewardKind reward)
    {
        // From frame 10 to 59 the game leads Mario to the castle, from 20 on it pays the clock out; then the next stage has 400 again.
        var host = new FakeHost((ram, _, frame) =>
        {
            ram.Routine = frame is >= 10 and < 60 ? PlayerRoutine.EndOfLevel : PlayerRoutine.Control;
            ram.Time = frame < 20 ? 300 : frame < 60 ? Math.Max(300 - 8 * (frame - 19), 0) : 400;
        });
        host.Ram.Time = 300;
        var settings = new EnvironmentSettings { Conduct = conduct, Task = TaskKind.FullGame, NoOpStarts = 0, Reward = new() { Kind = reward } };
        var session = new GameSession(settings, host.Start(), new RandomStream(1));
        session.Open(host);

        float clock = 0;
        while (host.Frame < 80)
        {
            clock += session.Play(host, NoOp).Parts.Time;
        }

        Assert.That(clock, Is.Zero);
        Assert.That(session.Info.Time, Is.EqualTo(400), "the next stage has begun");
    }

    [Test]
    public void The_tutorials_epsilon_takes_9_million_steps_and_with_its_fix_one()
    {
        RunSettings tutorial = Presets.Get("tutorial-ddqn").Settings;

        Assert.That(StepsToMinimum(tutorial.ClassicDqn), Is.EqualTo(9.21e6).Within(0.01e6));
        Assert.That(StepsToMinimum(Fixes.Apply(tutorial, ["quick-epsilon"]).ClassicDqn), Is.EqualTo(1e6).Within(0.01e6));

        // start · decayⁿ = minimum
        static double StepsToMinimum(ClassicDqnSettings settings) => Math.Log(settings.EpsilonMin / settings.EpsilonStart) / Math.Log(settings.EpsilonDecay);
    }

    private static Buttons ButtonsOf(string set)
    {
        ActionSet actions = ActionSet.Parse(set);
        return Enumerable.Range(0, actions.Count).Aggregate(Buttons.None, (all, i) => all | actions[i]);
    }
}
