using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Plugin;

namespace MarioAgentTool.Tests.Plugin;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class BizHawkHostTests
{
    private readonly FakeConsole _console = new();

    private BizHawkHost Host() => new(_console, _console, _console, _console);

    [Test]
    public void Ram_is_read_once_a_frame()
    {
        BizHawkHost host = Host();
        Assert.That(host.ReadRam().Length, Is.EqualTo(0x800));
        _console.Ram[5] = 7;
        Assert.That(host.ReadRam()[5], Is.Zero);
        host.FrameDone();
        Assert.That(host.ReadRam()[5], Is.EqualTo(7));
    }

    [Test]
    public void A_byte_that_is_written_is_there_at_once_on_both_sides()
    {
        BizHawkHost host = Host();
        _ = host.ReadRam();
        host.WriteByte(0x75A, 9);
        Assert.That(_console.Ram[0x75A], Is.EqualTo(9));
        Assert.That(host.ReadRam()[0x75A], Is.EqualTo(9));
    }

    [Test]
    public void A_loaded_state_shows_its_ram_at_once()
    {
        BizHawkHost host = Host();
        _console.Ram[1] = 1;
        byte[] state = host.SaveState();
        host.WriteByte(1, 2);
        host.LoadState(state);
        Assert.That(host.ReadRam()[1], Is.EqualTo(1));
    }

    [TestCase(224, 8)]
    [TestCase(240, 0)]
    public void A_picture_says_which_scanline_it_begins_with(int height, int top)
    {
        _console.BufferHeight = height;
        _console.Picture[256] = unchecked((int)0xFF123456);
        Screen screen = Host().ReadScreen();
        Assert.That(screen.Top, Is.EqualTo(top));
        Assert.That(screen.Argb.Length, Is.EqualTo(256 * height));
        Assert.That(screen.Argb[256], Is.EqualTo(unchecked((int)0xFF123456)));
    }

    [Test]
    public void A_core_without_work_ram_is_refused_with_advice()
    {
        _console.Remove("RAM");
        Assert.That(Host, Throws.TypeOf<NotSupportedException>().With.Message.Contains("NesHawk or quickerNES"));
    }

    [Test]
    public void The_pad_holds_what_the_agent_holds_and_nothing_else()
    {
        PadOverride pad = new();
        pad.Hold(_console, Buttons.Right | Buttons.A);
        _console.RunFrame();
        pad.Hold(_console, Buttons.Left);
        _console.RunFrame();
        Assert.That(_console.Log, Is.EqualTo(new[] { new[] { "P1 A", "P1 Right" }, new[] { "P1 Left" } }));
    }
}
