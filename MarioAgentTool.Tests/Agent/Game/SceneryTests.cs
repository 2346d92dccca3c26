using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Environment;

namespace MarioAgentTool.Tests.Agent.Game;

public class SceneryTests
{
    private readonly uint[] _rows = new uint[Scenery.NametableRows];

    [Test]
    public void What_the_ring_holds_is_no_scenery_and_all_else_of_the_playfield_is()
    {
        var ram = new ScriptedRam();
        ram.PutTile(3, 0, 0x54);
        ram.PutTile(31, 12, 0xC2);
        Scenery.Find(ram.Frame, _rows);
        Assert.That(_rows[..4], Has.All.Zero, "the status bar");
        Assert.That((_rows[4], _rows[5]), Is.EqualTo((~0xC0u, ~0xC0u)), "column 3 is tiles 6 and 7");
        Assert.That((_rows[32 + 28], _rows[32 + 29]), Is.EqualTo((0x3FFFFFFFu, 0x3FFFFFFFu)), "column 15 of the odd page");
        Assert.That((_rows[30], _rows[31]), Is.EqualTo((0u, 0u)), "attributes are no tiles");
        Assert.That(_rows[64..], Is.EqualTo(_rows[..64]), "the lower nametables are the upper ones again");
    }

    [Test]
    public void Outside_of_a_stage_nothing_is_scenery()
    {
        Scenery.Find(new ScriptedRam { Mode = OperatingMode.Title }.Frame, _rows);
        Assert.That(_rows, Has.All.Zero);
    }

    [Test]
    public void A_flat_background_leaves_trails_play_as_it_was_and_its_sky_empty()
    {
        var pixels = new PixelSettings { Background = BackgroundKind.Flat };
        var settings = new EnvironmentSettings { Observation = ObservationKind.Pixels, Pixels = pixels, NoOpStarts = 0 };
        var (flatHost, wholeHost) = (NesFrameHost.WithTrail(), NesFrameHost.WithTrail());
        var flat = new GameSession(settings, flatHost.RunToStart(), new MarioAgentTool.Support.RandomStream(1));
        var whole = new GameSession(settings with { Pixels = new() }, wholeHost.RunToStart(), new MarioAgentTool.Support.RandomStream(1));
        flat.Open(flatHost);
        whole.Open(wholeHost);
        for (int step = 0; step < 20; step++)
        {
            flat.Play(flatHost, 1);
            whole.Play(wholeHost, 1);
            Assert.That(flatHost.Console.StateHash(), Is.EqualTo(wholeHost.Console.StateHash()));
        }

        // Between the status bar and the highest thing that can be met there is nothing but sky.
        byte[] sky = [.. flatHost.Console.Screen.Slice(32 * 256, 64 * 256)];
        Assert.That(sky, Has.All.EqualTo(flatHost.Console.PaletteRam[0]));
        Assert.That(wholeHost.Console.Screen.Slice(32 * 256, 64 * 256).IndexOfAnyExcept(sky[0]), Is.GreaterThan(0), "clouds");
        Assert.That(flat.Observation.SequenceEqual(whole.Observation), Is.False);
    }

    [Test]
    public void A_host_that_draws_whole_pictures_only_says_so()
    {
        var host = new FakeHost(FakeHost.Walk);
        var settings = new EnvironmentSettings { Observation = ObservationKind.Pixels, Pixels = new() { Background = BackgroundKind.Flat } };
        Assert.That(() => new GameSession(settings, host.Start(), new MarioAgentTool.Support.RandomStream(1)).Begin(host), Throws.TypeOf<NotSupportedException>().With.Message.Contains("set it to scenery"));
    }
}
