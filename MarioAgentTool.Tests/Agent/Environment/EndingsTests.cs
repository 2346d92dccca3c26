using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

public class EndingsTests
{
    private readonly ScriptedRam _ram = new();

    private EpisodeEnd Ours => Endings.Of(_ram.Frame);

    private EpisodeEnd Gyms => Endings.AsGymSees(_ram.Frame);

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
    public void The_pole_and_the_axe_are_the_flag()
    {
        _ram.Routine = PlayerRoutine.FlagpoleSlide;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.FlagReached, EpisodeEnd.FlagReached)));
        StartOver();
        _ram.Mode = OperatingMode.Victory;
        Assert.That((Ours, Gyms), Is.EqualTo((EpisodeEnd.FlagReached, EpisodeEnd.FlagReached)));
    }
}
