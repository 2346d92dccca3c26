using System.Text.RegularExpressions;
using MarioAgentTool.Cli.Lua;
using NesCoreShim;
using static MarioAgentTool.Tests.Cli.Lua.LuaRun;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>What scripts draw and tell, and the window that is not there.</summary>
public class LuaScreenTests
{
    // ---- gui

    [Test]
    public void Shapes_are_kept_as_they_were_drawn()
    {
        using LuaRun run = new();
        run.Run("""
            emu.frameadvance()
            gui.drawPixel(1, 2, "red")
            gui.drawLine(1, 2, 3, 4, 0x80112233)
            gui.drawBox(1, 2, 3, 4, "#102030", "#40506070")
            gui.drawRectangle(10, 20, 30, 40)
            gui.drawEllipse(5, 6, 7, 8, "blue", "white")
            gui.drawAxis(50, 60, 5)
            gui.drawPolygon({ { 0, 0 }, { 4, 0 }, { 0, 4 } }, 10, 20, "lime")
            gui.pixelText(1, 2, "hi", "black", "yellow", "gens")
            gui.drawString(100, 50, "abc", nil, nil, 24, nil, nil, "center", "middle")
            gui.drawText(100, 50, "abc", nil, nil, 12, nil, nil, "right", "bottom")
            gui.text(2, 3, "corner", "red", "bottomright")
            """, turns: 1);
        Assert.That(run.Host.Shapes.Select(s => $"{s.Kind} {s.X1},{s.Y1} {s.X2},{s.Y2} {s.Ink:X8} {s.Paper:X8} {s.Text} {s.Size} {s.Surface}"), Is.EqualTo(new[]
        {
            "line 1,2 1,2 FFFF0000 00000000  1 emucore",
            "line 1,2 3,4 80112233 00000000  1 emucore",
            "box 1,2 3,4 FF102030 40506070  1 emucore",
            "box 10,20 40,60 FFFFFFFF 00000000  1 emucore",
            "ellipse 5,6 12,14 FF0000FF FFFFFFFF  1 emucore",
            "line 45,60 55,60 FFFFFFFF 00000000  1 emucore",
            "line 50,55 50,65 FFFFFFFF 00000000  1 emucore",
            "line 10,20 14,20 FF00FF00 00000000  1 emucore",
            "line 14,20 10,24 FF00FF00 00000000  1 emucore",
            "line 10,24 10,20 FF00FF00 00000000  1 emucore",
            "text 1,2 0,0 FF000000 FFFFFF00 hi 1 emucore",
            "text 82,42 0,0 FFFFFFFF 00000000 abc 2 emucore",
            "text 82,42 0,0 FFFFFFFF 00000000 abc 1 emucore",
            "text 218,213 0,0 FFFF0000 00000000 corner 1 client",
        }));
    }

    [Test]
    public void Defaults_surfaces_and_clearing()
    {
        using LuaRun run = new();
        run.Run("""
            emu.frameadvance()
            gui.defaultForeground("red")
            gui.defaultBackground(0x11223344)
            gui.defaultTextBackground("blue")
            gui.defaultPixelFont("gens")
            gui.drawBox(0, 0, 1, 1)
            gui.clearGraphics()
            gui.drawBox(0, 0, 2, 2)
            gui.pixelText(0, 0, 7)
            gui.use_surface("client")
            gui.drawLine(0, 0, 3, 3)
            gui.cleartext()
            gui.DrawNew("emu", false)
            gui.drawLine(0, 0, 4, 4)
            gui.DrawFinish()
            gui.clearImageCache()
            gui.DrawNew("native")
            gui.drawLine(0, 0, 5, 5)
            gui.addmessage("told")
            """, turns: 1);
        Assert.That(run.Host.Shapes.Select(s => $"{s.Kind} {s.X2} {s.Ink:X8} {s.Paper:X8} {s.Surface}"), Is.EqualTo(new[]
        {
            "box 2 FFFF0000 11223344 emucore", "text 0 FFFF0000 FF0000FF emucore", "line 4 FFFF0000 00000000 emucore", "line 5 FFFF0000 00000000 client",
        }));
        Assert.That(run.Output, Is.EqualTo("told\n"));
    }

    [Test]
    public void Shapes_last_for_a_frame_and_lie_over_the_picture()
    {
        using LuaRun run = new();
        run.Run("emu.frameadvance() gui.drawBox(10, 20, 14, 24, 'red', 'lime') gui.pixelText(100, 100, '!', 'white', 'black') emu.frameadvance() emu.frameadvance()", turns: 1);
        int[] picture = run.Host.Picture();
        uint At(int x, int y) => (uint)picture[(y * LuaHost.Width) + x];
        Assert.That((At(10, 20), At(14, 24), At(12, 22)), Is.EqualTo((0xFFFF0000u, 0xFFFF0000u, 0xFF00FF00u)));
        Assert.That(At(9, 20), Is.Not.EqualTo(0xFFFF0000u));
        Assert.That(Enumerable.Range(100, 6).Any(x => Enumerable.Range(100, 8).Any(y => At(x, y) == 0xFFFFFFFF)), Is.True, "the letter");
        Assert.That(At(99, 99), Is.EqualTo(0xFF000000), "its paper");
        run.Host.Step();
        Assert.That(run.Host.Shapes, Is.Empty);
    }

    [Test]
    public void A_half_transparent_colour_lets_the_picture_through()
    {
        int[] pixels = Enumerable.Repeat(unchecked((int)0xFF000000), 16).ToArray();
        new LuaCanvas(pixels, 4, 4).Draw(new LuaShape("line", 0, 0, 3, 3, 0x80FF8040, 0, "", 1, "emucore"));
        Assert.That((uint)pixels[5], Is.EqualTo(0xFF804020));
        Assert.That((uint)pixels[4], Is.EqualTo(0xFF000000));
    }

    [TestCase("gui.drawPixel(1, 2, 'mauve')", "'mauve' is no colour; expected a number 0xAARRGGBB")]
    [TestCase("gui.drawLine(1, 2, 3, {})", "a coordinate is table")]
    [TestCase("gui.pixelText(0, 0, 'x', nil, nil, 'comic')", "'comic' is no pixel font; expected fceux or gens")]
    [TestCase("gui.defaultPixelFont('comic')", "'comic' is no pixel font")]
    [TestCase("gui.use_surface('wall')", "'wall' is no surface; expected emucore or client")]
    [TestCase("gui.drawImage('a.png', 0, 0)", "gui.drawImage is not offered")]
    public void What_cannot_be_drawn_is_an_error_of_the_scripts_line(string call, string message) =>
        Assert.That(Fail("\n" + call), Does.Match(@"script\.lua:2: ").And.Contain(message));

    // ---- client, console, input

    [Test]
    public void The_client_is_a_window_of_the_pictures_size_that_is_not_there() => Assert.That(Print("""
        print(client.getversion(), client.get_lua_engine(), client.bufferwidth(), client.bufferheight(), client.screenwidth(), client.screenheight())
        print(client.borderwidth(), client.borderheight(), client.xpos(), client.ypos(), client.getwindowsize(), client.gettargetscanlineintensity(), client.get_approx_framerate())
        print(client.isturbo(), client.isseeking(), client.is_rewinding(), client.GetSoundOn(), client.ispaused(), next(client.getavailabletools()))
        local p = client.transformPoint(3, 4)
        print(p.x, p.y)
        for _, name in ipairs({ "speedmode", "frameskip", "setwindowsize", "displaymessages", "enablerewind", "SetSoundOn", "SetClientExtraPadding", "SetGameExtraPadding", "setscreenshotosd",
            "settargetscanlineintensity", "saveram", "clearautohold", "pause_av", "unpause_av", "sleep", "exactsleep", "screenshottoclipboard", "opencheats", "openhexeditor", "openramsearch",
            "openramwatch", "opentasstudio", "opentoolbox", "opentracelogger" }) do
            client[name](1, 2, 3, 4)
        end
        """), Is.EqualTo("2.11\tNLua+Lua\t256\t224\t256\t224\n0\t0\t0\t0\t1\t0\t60\nfalse\tfalse\tfalse\tfalse\tfalse\tnil\n3\t4"));

    [Test]
    public void A_pause_stops_frames_and_not_a_script_that_yields() => Assert.That(Print("""
        emu.frameadvance()
        client.pause()
        for _ = 1, 3 do emu.yield() end
        print(emu.framecount(), client.ispaused())
        client.togglepause()
        print(client.ispaused())
        emu.frameadvance()
        client.togglepause()
        client.unpause()
        emu.frameadvance()
        print(emu.framecount())
        client.pause()
        emu.frameadvance()
        print("never")
        """), Is.EqualTo("1\ttrue\nfalse\n3"));

    [Test]
    public void Rebooting_begins_at_frame_0_and_the_script_goes_on() => Assert.That(Print("""
        for _ = 1, 5 do emu.frameadvance() end
        local state = memorysavestate.savecorestate()
        client.reboot_core()
        print(emu.framecount(), emu.lagcount(), pcall(memorysavestate.loadcorestate, state))
        emu.frameadvance()
        print(emu.framecount())
        """), Does.Match("^0\t0\tfalse\t.*was removed, or the core has been rebooted since\n1$"));

    [Test]
    public void Leaving_gives_the_code()
    {
        using LuaRun run = new();
        Assert.That(run.Run("client.exitCode(5) while true do emu.frameadvance() end").Host.ExitCode, Is.EqualTo(5));
        using LuaRun other = new();
        Assert.That(other.Run("client.exit() while true do emu.frameadvance() end").Host.ExitCode, Is.Zero);
    }

    [Test]
    public void A_screenshot_lies_beside_the_script_without_what_it_drew()
    {
        using LuaRun run = new();
        run.Run("emu.frameadvance() gui.drawBox(0, 0, 99, 99, 'red', 'red') client.screenshot('shot.png')", turns: 1);
        Assert.That(File.ReadAllBytes(Path.Combine(run.Folder, "shot.png")), Is.EqualTo(run.Host.Screenshot(withShapes: false)).And.Not.EqualTo(run.Host.Screenshot(withShapes: true)));
    }

    [Test]
    public void The_console_writes_values_and_tables() => Assert.That(Print("""
        console.log("a", 1, true, nil, 2.5)
        console.write("no ")
        console.writeline("break")
        console.log({ x = 1, y = "z" })
        console.clear()
        print("p")
        """), Is.EqualTo("a\t1\ttrue\tnil\t2.5\nno break\n\"x\": \"1\"\n\"y\": \"z\"\np"));

    [Test]
    public void Keys_are_the_hosts_and_the_mouse_is_still()
    {
        using LuaRun run = new();
        run.Host.Keys.Add("H");
        run.Run("local keys, mouse = input.get(), input.getmouse() print(keys.H, keys.G, mouse.X, mouse.Y, mouse.Left, mouse.Wheel, next(input.get_pressed_axes()))");
        Assert.That(run.Output, Is.EqualTo("true\tnil\t0\t0\tfalse\t0\tnil\n"));
    }
}
