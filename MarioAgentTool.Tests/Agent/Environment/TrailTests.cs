using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using NesCoreShim;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>Sessions on a real console with a real game: Trail, which keeps its RAM as Super Mario Bros. does.</summary>
public class TrailTests
{
    private const int NoOp = 0, Right = 1;

    private static readonly EnvironmentSettings Plain = new() { NoOpStarts = 0 };

    private NesFrameHost _host = null!;
    private StartState _start = null!;

    [OneTimeSetUp]
    public void Boot()
    {
        _host = NesFrameHost.WithTrail();
        _start = _host.RunToStart();
    }

    [Test]
    public void The_start_is_the_first_playable_frame()
    {
        _host.LoadState(_start.State);
        var frame = new MarioFrame(_host.ReadRam());
        Assert.That(frame.IsListening, Is.True);
        Assert.That(frame.LevelX, Is.EqualTo(40));
        Assert.That(frame.GymY, Is.EqualTo(79));
        Assert.That(frame.Time, Is.InRange(399, 401));
        Assert.That((frame.World, frame.Stage, frame.Lives), Is.EqualTo((1, 1, (byte)2)));
    }

    [Test]
    public void The_inputs_from_power_on_lead_to_the_start_state_again()
    {
        var other = NesFrameHost.WithTrail();
        foreach (var buttons in _start.InputsFromPowerOn)
        {
            other.FrameAdvance(buttons, render: false);
        }

        Assert.That(other.SaveState(), Is.EqualTo(_start.State));
    }

    [Test]
    public void Walking_right_ends_at_the_first_foe_or_pit()
    {
        var session = Open(Plain);
        EpisodeEnd end;
        while ((end = session.Play(_host, Right).End) == EpisodeEnd.None)
        {
        }

        Assert.That(end, Is.EqualTo(EpisodeEnd.Hit).Or.EqualTo(EpisodeEnd.Fell).Or.EqualTo(EpisodeEnd.Stalled));
        Assert.That(session.LastEpisode.FurthestX, Is.GreaterThan(60));
    }

    [Test]
    public void Standing_still_stalls_after_90_steps()
    {
        var session = Open(Plain);
        int steps = 1;
        EpisodeEnd end;
        for (; (end = session.Play(_host, NoOp).End) == EpisodeEnd.None; steps++)
        {
        }

        Assert.That((end, steps), Is.EqualTo((EpisodeEnd.Stalled, 90)));
    }

    [Test]
    public void A_held_since_before_starts_no_jump_and_can_be_seen()
    {
        var session = Open(Plain with { ActionSet = "none,A" });
        int held = TileObserver.ScalarOffset + (int)TileObserver.Scalar.AHeld, ground = TileObserver.ScalarOffset + (int)TileObserver.Scalar.OnGround;
        session.Play(_host, 1);
        Assert.That((session.Observation[held], session.Observation[ground]), Is.EqualTo(((byte)64, (byte)0)), "he jumps");
        for (int i = 0; i < 30; i++)
        {
            session.Play(_host, 1);
        }

        Assert.That((session.Observation[held], session.Observation[ground]), Is.EqualTo(((byte)64, (byte)64)), "landed, A still held: no second jump");
        session.Play(_host, 0);
        session.Play(_host, 1);
        Assert.That(session.Observation[ground], Is.Zero, "let go and pressed again he jumps");
    }

    [Test]
    public void Random_play_meets_several_endings_and_every_one_replays()
    {
        var session = Open(new EnvironmentSettings { StickyActions = 0.25f, ActionSet = "right-only" });
        var random = new RandomStream(17);
        var ends = new HashSet<EpisodeEnd>();
        var replay = NesFrameHost.WithTrail();
        for (int episode = 0; episode < 10; episode++)
        {
            while (session.Play(_host, random.NextInt(session.ActionCount)).End == EpisodeEnd.None)
            {
            }

            ends.Add(session.LastEpisode.End);
            replay.LoadState(_start.State);
            foreach (var buttons in session.LastEpisodeInputs)
            {
                replay.FrameAdvance(buttons, render: false);
            }

            var last = new MarioFrame(replay.ReadRam());
            Assert.That(last.LevelX, Is.EqualTo(session.LastEpisode.X), $"episode {episode}");
            Assert.That(last.Lives, Is.EqualTo(2), "no death is waited for");
        }

        Assert.That(ends, Has.Count.GreaterThan(1));
        Assert.That(ends, Is.SubsetOf(new[] { EpisodeEnd.Hit, EpisodeEnd.Fell, EpisodeEnd.Stalled, EpisodeEnd.FlagReached }));
    }

    [Test]
    public void The_ground_is_where_the_hero_stands()
    {
        var session = Open(Plain);
        int underFeet = 9 * TileObserver.Columns + TileObserver.ColumnsBehind;
        Assert.That(session.Observation[underFeet], Is.EqualTo(64));
        Assert.That(session.Observation[underFeet - TileObserver.Columns], Is.Zero);
    }

    [Test]
    public void Pictures_have_content()
    {
        var session = Open(Plain with { Observation = ObservationKind.Pixels });
        Assert.That(session.Observation.ToArray().Distinct().Count(), Is.GreaterThan(8));
    }

    [Test]
    public void Our_palette_is_the_cores()
    {
        for (int colour = 0; colour < 64; colour++)
        {
            Assert.That(Palette.Argb(PaletteKind.Ours)[colour], Is.EqualTo(NesPalette.Argb()[colour]), $"${colour:X2}");
        }
    }

    private GameSession Open(EnvironmentSettings settings)
    {
        var session = new GameSession(settings, _start, new RandomStream(1));
        session.Open(_host);
        return session;
    }
}
