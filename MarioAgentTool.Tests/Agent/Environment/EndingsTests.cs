using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

public class EndingsTests
{
    private readonly ScriptedRam _ram = new();

    private EpisodeEnd Ours => Endings.Of(_ram.Frame);

    private EpisodeEnd Gyms => GymSees(new EnvironmentSettings { Conduct = ConductKind.Gym });

    [SetUp]
    public void StartOver() => new ScriptedRam().Bytes.CopyTo(_ram.Bytes, 0);

    [Test]
    public void Play_is_no_ending() => Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.None, EpisodeEnd.None)));

    [Test]
    public void A_pit_ends_the_episode_before_the_life_counter_moves()
    {
        _ram.Y = 256;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.Fell, EpisodeEnd.Fell)));
        Assert.That(_ram.Frame.Lives, Is.EqualTo(2));
    }

    [Test]
    public void A_hit_ends_the_episode_on_the_first_frame_of_the_leap()
    {
        _ram.Routine = PlayerRoutine.Death;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.Hit, EpisodeEnd.Hit)));
    }

    [Test]
    public void A_life_lost_unseen_is_still_a_death()
    {
        _ram.Routine = PlayerRoutine.LoseLife;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.Hit, EpisodeEnd.Hit)));
    }

    [Test]
    public void Dying_of_the_clock_is_time_up()
    {
        _ram.Routine = PlayerRoutine.Death;
        _ram.Bytes[RamMap.TimeUp] = 1;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.TimeUp, EpisodeEnd.TimeUp)));
    }

    [Test]
    public void Leaving_a_coin_heaven_is_a_death_to_gym_only()
    {
        _ram.Bytes[RamMap.CloudArea] = 1;
        _ram.Y = 300;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.None, EpisodeEnd.Fell)));
    }

    [Test]
    public void Being_hit_while_big_ends_nothing()
    {
        _ram.Routine = PlayerRoutine.Injury;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.None, EpisodeEnd.None)));
    }

    [Test]
    public void The_axe_is_the_flag()
    {
        _ram.Mode = OperatingMode.Victory;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.FlagReached, EpisodeEnd.FlagReached)));
    }

    [Test]
    public void The_pole_is_the_flag_to_us_and_to_gym_only_with_the_castles_flag_loaded()
    {
        _ram.Routine = PlayerRoutine.FlagpoleSlide;
        _ram.Bytes[RamMap.FloatState] = (byte)FloatState.Climbing;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.FlagReached, EpisodeEnd.None)));
        _ram.Bytes[RamMap.ObjectType + 2] = (byte)ObjectType.StarFlag;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.FlagReached, EpisodeEnd.FlagReached)));
    }

    [Test]
    public void Our_conduct_and_the_fix_take_the_pole_alone()
    {
        _ram.Routine = PlayerRoutine.FlagpoleSlide;
        Assert.That(GymSees(new EnvironmentSettings()), Is.EqualTo(EpisodeEnd.FlagReached));
        Assert.That(GymSees(new EnvironmentSettings { Conduct = ConductKind.Gym, Reward = new() { RobustClear = true } }), Is.EqualTo(EpisodeEnd.FlagReached));
    }

    [Test]
    public void A_vine_is_no_flag_even_with_one_loaded_elsewhere()
    {
        // The slot that gym looks at must hold the castle's flag or Bowser, not the vine's own type.
        _ram.Bytes[RamMap.FloatState] = (byte)FloatState.Climbing;
        _ram.Bytes[RamMap.ObjectType] = (byte)ObjectType.Vine;
        _ram.Bytes[RamMap.ObjectType + 5] = (byte)ObjectType.StarFlag;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.None, EpisodeEnd.None)));
    }

    [Test]
    public void With_its_fix_a_coin_heaven_is_left_alive_but_not_out_of_time()
    {
        var mended = new EnvironmentSettings { Conduct = ConductKind.Gym, Reward = new() { CoinHeavenExit = true } };
        _ram.Bytes[RamMap.CloudArea] = 1;
        _ram.Y = 300;
        Assert.That(GymSees(mended), Is.EqualTo(EpisodeEnd.None));
        _ram.Bytes[RamMap.TimeUp] = 1;
        Assert.That(GymSees(mended), Is.EqualTo(EpisodeEnd.TimeUp));
    }

    [Test]
    public void A_full_game_ends_when_no_life_is_left()
    {
        var gym = new EnvironmentSettings { Conduct = ConductKind.Gym, Task = TaskKind.FullGame };
        _ram.Routine = PlayerRoutine.Death;
        _ram.Bytes[RamMap.Lives] = 0;
        Assert.That(GymSees(gym), Is.EqualTo(EpisodeEnd.None), "gym waits for the counter");
        Assert.That(GymSees(gym with { Conduct = ConductKind.Ours }), Is.EqualTo(EpisodeEnd.Hit), "we do not");
        _ram.Bytes[RamMap.Lives] = 255;
        Assert.That(GymSees(gym), Is.EqualTo(EpisodeEnd.Hit));
        _ram.Bytes[RamMap.Lives] = 2;
        Assert.That(GymSees(gym with { Conduct = ConductKind.Ours }), Is.EqualTo(EpisodeEnd.None), "two are");
    }

    private EpisodeEnd GymSees(EnvironmentSettings settings)
    {
        var gym = new GymMeter(settings);
        gym.BeginEpisode(_ram.Frame);
        gym.Advance(_ram.Frame);
        return gym.End;
    }
}
