using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim.Host;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Host;

/// <summary>A tool from its constructor to its end.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ToolLifeTests : IDisposable
{
    private readonly HostedTrail _trail = new();

    private HeadlessEmuHawk EmuHawk => _trail.EmuHawk;

    [Test]
    public void It_is_made_then_supplied_then_restarted_then_shown()
    {
        ScribeTool tool = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        Assert.That(tool.Log, Is.EqualTo(new[] { "made", "restarted", "shown" }));
        Assert.That(tool.Sound, Is.Null, "an optional service that the core lacks");
        Assert.That(EmuHawk.Tools, Is.EqualTo(new[] { tool }));
    }

    [Test]
    public void A_reboot_brings_new_services_and_the_old_ones_are_dead()
    {
        ScribeTool tool = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        (IEmulator emulator, IMemoryDomains memory, IJoypadApi joypad, ApiContainer apis) = (tool.Emulator!, tool.Memory!, tool.Joypad!, tool.Apis!);
        string state = apis.MemorySaveState.SaveCoreStateToMemory();
        Assert.That(EmuHawk.RebootCore());

        Assert.That(tool.Log.Last(), Is.EqualTo("restarted"));
        Assert.That(tool.Emulator, Is.Not.SameAs(emulator));
        Assert.That(() => emulator.Frame, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => memory["RAM"].PeekByte(0), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => joypad.Set("P1 A", true), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => tool.Apis!.MemorySaveState.LoadCoreStateFromMemory(state), Throws.InvalidOperationException.With.Message.Contains(state));
    }

    [Test]
    public void Without_a_required_service_it_is_closed()
    {
        ScribeTool tool = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        Assert.That(EmuHawk.CloseRom());
        Assert.That(tool.Log.Last(), Is.EqualTo("closed"));
        Assert.That(EmuHawk.Tools, Is.Empty);
        Assert.That(EmuHawk.Game.System, Is.EqualTo("NULL"));
        Assert.That(EmuHawk.OpenTool(new ScribeTool()), Is.Null);
        Assert.That(EmuHawk.OpenTool(typeof(ScribeTool)), Is.Null);
        Assert.That(EmuHawk.Messages, Has.Some.EqualTo("ScribeTool requires IMemoryDomains, which is not there"));
        Assert.That(EmuHawk.Messages, Has.Some.EqualTo("ScribeTool is not for Null (NULL)"));
        Assert.That(EmuHawk.Tick, Throws.Nothing);
    }

    [Test]
    public void A_tool_can_refuse_that_the_game_goes()
    {
        ScribeTool tool = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        tool.MayClose = false;
        Assert.That(EmuHawk.RebootCore(), Is.False);
        Assert.That(EmuHawk.LoadRom(TrailRom.Name, TrailRom.Image.ToArray()), Is.False);
        Assert.That(EmuHawk.CloseTool(tool), Is.False);
        Assert.That(tool.Emulator!.Frame, Is.Zero, "its core lives");
        tool.MayClose = true;
        Assert.That(EmuHawk.CloseTool(tool));
        Assert.That(tool.IsActive, Is.False);
    }

    [Test]
    public void A_window_that_its_user_closed_is_not_called_again()
    {
        ScribeTool tool = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        tool.Close();
        tool.Log.Clear();
        EmuHawk.Tick();
        EmuHawk.RebootCore();
        Assert.That(tool.Log, Is.Empty);
    }

    [Test]
    public void Settings_outlive_the_tool()
    {
        ScribeTool first = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        first.Folder = "runs/one";
        EmuHawk.CloseTool(first);
        Assert.That(((ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!).Folder, Is.EqualTo("runs/one"));
    }

    [Test]
    public void What_a_tool_throws_comes_out()
    {
        ScribeTool tool = (ScribeTool)EmuHawk.OpenTool(typeof(ScribeTool))!;
        tool.Do[ToolFormUpdateType.General] = () => throw new FormatException("the tool's own");
        Assert.That(EmuHawk.Tick, Throws.TypeOf<FormatException>());
    }

    public void Dispose() => _trail.Dispose();
}
