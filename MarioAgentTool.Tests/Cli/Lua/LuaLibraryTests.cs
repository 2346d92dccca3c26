using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MarioAgentTool.Cli;
using MarioAgentTool.Cli.Lua;
using NesCoreShim;
using NesCoreShim.Trail;
using static MarioAgentTool.Tests.Cli.Lua.LuaRun;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>Every function of BizHawk's libraries that the host offers, called on Trail.</summary>
public class LuaLibraryTests
{
    // ---- memory, mainmemory

    [TestCase("u8", 0x80, "80")]
    [TestCase("s8", -2, "FE")]
    [TestCase("u16_le", 0xFEDC, "DC FE")]
    [TestCase("u16_be", 0xFEDC, "FE DC")]
    [TestCase("s16_le", -2, "FE FF")]
    [TestCase("s16_be", -2, "FF FE")]
    [TestCase("u24_le", 0xABCDEF, "EF CD AB")]
    [TestCase("u24_be", 0xABCDEF, "AB CD EF")]
    [TestCase("s24_le", -3, "FD FF FF")]
    [TestCase("s24_be", -3, "FF FF FD")]
    [TestCase("u32_le", 0xFEDCBA98, "98 BA DC FE")]
    [TestCase("u32_be", 0xFEDCBA98, "FE DC BA 98")]
    [TestCase("s32_le", -4, "FC FF FF FF")]
    [TestCase("s32_be", -4, "FF FF FF FC")]
    public void A_word_is_written_and_read_in_its_own_order(string word, long value, string bytes)
    {
        int count = bytes.Split(' ').Length;
        foreach (string library in new[] { "memory", "mainmemory" })
        {
            Assert.That(Print($$"""
                {{library}}.write_{{word}}(0x300, {{value}})
                local parts = {}
                for i = 0, {{count - 1}} do
                    parts[#parts + 1] = string.format("%02X", {{library}}.read_u8(0x300 + i))
                end
                print({{library}}.read_{{word}}(0x300), table.concat(parts, " "))
                """), Is.EqualTo($"{value}\t{bytes}"), library);
        }
    }

    [Test]
    public void Bytes_floats_and_ranges_come_back_as_written() => Assert.That(Print("""
        for _, lib in ipairs({ memory, mainmemory }) do
            lib.writebyte(0x300, 0x1FF)
            lib.writefloat(0x304, 1.5, false)
            lib.writefloat(0x308, -2.25, true)
            lib.write_bytes_as_array(0x310, { 1, 2, 3 })
            lib.write_bytes_as_dict({ [0x313] = 4, [0x315] = 6 })
            lib.writebyterange({ [0x314] = 5 })
            lib.write_bytes_as_binary_string(0x316, "\7\8")
            local array, dict, range = lib.read_bytes_as_array(0x310, 8), lib.read_bytes_as_dict(0x310, 8), lib.readbyterange(0x310, 8)
            print(lib.readbyte(0x300), lib.readfloat(0x304, false), lib.readfloat(0x308, true), lib.read_u8(0x308))
            print(table.concat(array), #array, dict[0x310], dict[0x317], range[0], range[7], lib.read_bytes_as_binary_string(0x316, 2) == "\7\8")
        end
        """), Is.EqualTo(string.Join('\n', Enumerable.Repeat("255\t1.5\t-2.25\t192\n12345678\t8\t1\t8\t1\t8\ttrue", 2))));

    [Test]
    public void Domains_are_NesHawks_and_hold_what_the_machine_holds()
    {
        using LuaRun run = new();
        run.Run("""
            for _ = 1, 60 do emu.frameadvance() end
            local list = memory.getmemorydomainlist()
            for i = 0, #list do
                print(list[i], memory.getmemorydomainsize(list[i]), memory.read_u8(5, list[i]), memory.hash_region(0, memory.getmemorydomainsize(list[i]), list[i]))
            end
            """);
        Nes nes = run.Host.Nes;
        byte[] image = TrailRom.Image.ToArray();
        int prg = nes.Cartridge.PrgRomSize, chr = nes.Cartridge.ChrRomSize;
        (string Name, byte[] Bytes)[] expected =
        [
            ("RAM", nes.Ram.ToArray()),
            ("System Bus", [.. Enumerable.Range(0, 0x10000).Select(a => nes.Peek((ushort)a))]),
            ("PPU Bus", [.. Enumerable.Range(0, 0x4000).Select(a => nes.PeekPpu((ushort)a))]),
            ("CIRAM (nametables)", nes.Ciram.ToArray()), ("PALRAM", nes.PaletteRam.ToArray()), ("OAM", nes.Oam.ToArray()),
            ("PRG ROM", image[16..(16 + prg)]), ("CHR VROM", image[(16 + prg)..(16 + prg + chr)]),
        ];
        Assert.That(run.Output.TrimEnd('\n').Split('\n'), Is.EqualTo(expected.Select(e => $"{e.Name}\t{e.Bytes.Length}\t{e.Bytes[5]}\t{Convert.ToHexString(SHA256.HashData(e.Bytes))}")));
    }

    [Test]
    public void The_domain_in_use_is_RAM_until_another_is_chosen() => Assert.That(Print("""
        print(memory.getcurrentmemorydomain(), memory.getcurrentmemorydomainsize(), mainmemory.getname(), mainmemory.getcurrentmemorydomainsize())
        print(memory.usememorydomain("PRG ROM"), memory.usememorydomain("Nowhere"), memory.getcurrentmemorydomain())
        print(memory.read_u8(0) == memory.read_u8(0, "PRG ROM"), mainmemory.read_u8(0) == memory.read_u8(0, "RAM"))
        """), Is.EqualTo("RAM\t2048\tRAM\t2048\ntrue\tfalse\tPRG ROM\ntrue\ttrue"));

    [TestCase("memory.read_u8(0x800)", "outside RAM, which has $800 bytes")]
    [TestCase("memory.read_u16_le(0x7FF)", "outside RAM")]
    [TestCase("memory.read_u8(-1)", "outside RAM")]
    [TestCase("memory.read_u8('x')", "the address is x; expected a whole number")]
    [TestCase("memory.write_u8(0, 1.5)", "the value is 1.5; expected a whole number")]
    [TestCase("memory.read_u8(0, 'VRAM')", "no memory domain 'VRAM'; expected one of RAM, System Bus")]
    [TestCase("memory.write_u8(0, 1, 'PRG ROM')", "writes RAM only, not PRG ROM")]
    [TestCase("memory.write_u8(0x8000, 1, 'System Bus')", "is not RAM")]
    public void What_cannot_be_read_or_written_is_an_error_of_the_scripts_line(string call, string message) =>
        Assert.That(Fail("\n\n" + call), Does.Match(@"script\.lua:3: ").And.Contain(message));

    // ---- joypad

    [Test]
    public void Buttons_set_are_held_for_one_frame() => Assert.That(Print("""
        local function held(pad)
            local names = {}
            for name, down in pairs(pad) do
                if down then names[#names + 1] = name end
            end
            table.sort(names)
            return table.concat(names, " ")
        end
        joypad.set({ Right = true, A = true, B = false }, 1)
        joypad.set({ Start = true }, 2)
        emu.frameadvance()
        print(held(joypad.get(1)), held(joypad.get(2)), held(joypad.getwithmovie()), held(joypad.getimmediate(1)) == "")
        emu.frameadvance()
        print(held(joypad.get()) == "", joypad.get().Reset, joypad.get(1)["P1 A"])
        joypad.set({ ["P1 Left"] = true, ["P2 Down"] = true })
        emu.frameadvance()
        print(held(joypad.get()))
        joypad.set({ Left = true }, 1)
        joypad.set({ Left = false }, 1)
        joypad.set({ Up = "" }, 1)
        emu.frameadvance()
        print(held(joypad.get()) == "")
        joypad.setfrommnemonicstr("|..|U......A|...R....|")
        emu.frameadvance()
        print(held(joypad.get()))
        """), Is.EqualTo("A Right\tStart\tP1 A P1 Right P2 Start\ttrue\ntrue\tfalse\tnil\nP1 Left P2 Down\ntrue\nP1 A P1 Up P2 Right"));

    [Test]
    public void The_console_sees_what_was_set() => Assert.That(Print("""
        for i = 1, 300 do
            joypad.set({ Start = i % 2 == 0 }, 1)
            emu.frameadvance()
            if mainmemory.read_u8(0x770) == 1 then
                print("begun")
                break
            end
        end
        """), Is.EqualTo("begun"));

    [Test]
    public void Reset_and_power_are_buttons_too() => Assert.That(Print("""
        for _ = 1, 10 do emu.frameadvance() end
        mainmemory.write_u8(0x1F0, 77)
        local before = emu.totalexecutedcycles()
        joypad.set({ Power = true })
        emu.frameadvance()
        print(emu.framecount(), emu.totalexecutedcycles() < before, joypad.get().Power)
        joypad.set({ Reset = true })
        emu.frameadvance()
        print(emu.framecount())
        """), Does.StartWith("1\ttrue\t"));

    [TestCase("joypad.set(3)", "expects a table of buttons")]
    [TestCase("joypad.set({ A = true }, 3)", "controller 3 does not exist; expected 1 or 2")]
    [TestCase("joypad.get(0)", "controller 0 does not exist")]
    [TestCase("joypad.setfrommnemonicstr('|..|A|')", "is no line of an NES input log")]
    [TestCase("joypad.setanalog({})", "joypad.setanalog is not offered by the headless host")]
    public void A_wrong_pad_is_named(string call, string message) => Assert.That(Fail("\n" + call), Does.Match(@"script\.lua:2: ").And.Contain(message));

    // ---- emu, gameinfo, nes

    [Test]
    public void The_machine_is_described()
    {
        Cartridge cartridge = GameRom.Load(file: null).Cartridge;
        Assert.That(Print("""
            print(emu.getsystemid(), emu.getboardname(), emu.getdisplaytype(), emu.framecount())
            print(gameinfo.getromname(), gameinfo.getromhash(), gameinfo.getboardtype(), gameinfo.getstatus(), gameinfo.indatabase(), gameinfo.isstatusbad(), next(gameinfo.getoptions()))
            print(nes.gettopscanline(), nes.getbottomscanline(), nes.getdispbackground(), nes.getdispsprites(), nes.getclipleftandright(), nes.getallowmorethaneightsprites())
            emu.displayvsync(true)
            emu.limitframerate(false)
            emu.minimizeframeskip(true)
            """), Is.EqualTo($"NES\t{cartridge.BoardName}\tNTSC\t0\nTrail (built in)\t{cartridge.Sha1}\t{cartridge.BoardName}\tUnknown\tfalse\tfalse\tnil\n8\t231\ttrue\ttrue\tfalse\tfalse"));
    }

    [Test]
    public void Frames_cycles_and_lag_are_counted()
    {
        using LuaRun run = new();
        run.Run("""
            for _ = 1, 20 do emu.frameadvance() end
            print(emu.framecount(), emu.totalexecutedcycles(), emu.islagged(), emu.lagcount())
            emu.setlagcount(7)
            emu.setislagged()
            print(emu.islagged(), emu.lagcount())
            emu.setislagged(false)
            print(emu.islagged())
            """);
        Nes nes = new(Cartridge.Load(TrailRom.Image, TrailRom.Name));
        nes.PowerOn();
        int lag = 0;
        for (int i = 0; i < 20; i++)
        {
            nes.FrameAdvance(JoypadButtons.None);
            lag += nes.IsLagFrame ? 1 : 0;
        }

        Assert.That(run.Output, Is.EqualTo($"20\t{nes.CpuCycles}\t{(nes.IsLagFrame ? "true" : "false")}\t{lag}\ntrue\t7\nfalse\n"));
        Assert.That(lag, Is.Positive, "a game that boots does not read its pad");
    }

    [Test]
    public void Planes_are_left_out_of_the_picture_alone()
    {
        using LuaRun whole = new(), bare = new();
        const string start = "for i = 1, 200 do joypad.set({ Start = i % 2 == 0 and mainmemory.read_u8(0x770) == 0 }, 1) emu.frameadvance() end\n";
        whole.Run(start);
        bare.Run("emu.setrenderplanes(false, false) print(nes.getdispsprites(), nes.getdispbackground())\n" + start);
        Assert.That(bare.Output, Is.EqualTo("false\tfalse\n"));
        Assert.That(bare.Host.Nes.Ram.SequenceEqual(whole.Host.Nes.Ram), Is.True);
        Assert.That(bare.Host.Picture().Distinct().Count(), Is.EqualTo(1), "the backdrop");
        Assert.That(whole.Host.Picture().Distinct().Count(), Is.GreaterThan(4));
        Assert.That(Print("nes.setdispsprites(false) print(nes.getdispsprites(), nes.getdispbackground()) nes.setdispbackground(false) client.reboot_core() print(nes.getdispbackground())"), Is.EqualTo("false\ttrue\nfalse"));
    }

    // ---- event

    [Test]
    public void Events_come_in_EmuHawks_order() => Assert.That(Print("""
        local seen = {}
        local function note(name)
            return function() seen[#seen + 1] = name .. emu.framecount() end
        end
        event.onframeend(note("end"))
        event.onframestart(note("start"))
        for _ = 1, 2 do
            emu.frameadvance()
            seen[#seen + 1] = "script" .. emu.framecount()
        end
        print(table.concat(seen, " "))
        """, turns: 2), Is.EqualTo("start0 end1 script1 start1 end2 script2"));

    [Test]
    public void A_poll_is_told_on_frames_that_read_the_pad() => Assert.That(Print("""
        local polls, lag = 0, 0
        event.oninputpoll(function() polls = polls + 1 end)
        for _ = 1, 60 do
            emu.frameadvance()
        end
        print(polls + emu.lagcount(), polls > 0)
        """, turns: 60), Is.EqualTo("60\ttrue"));

    [Test]
    public void Handlers_are_taken_off_by_id_or_name() => Assert.That(Print("""
        local count = 0
        local function add() count = count + 1 end
        local id = event.onframeend(add)
        event.onframeend(add, "mine")
        event.onframeend(add, "mine")
        emu.frameadvance()
        print(count, #id, event.unregisterbyid(id), event.unregisterbyid(id), event.unregisterbyname("mine"), event.unregisterbyname("nobody"))
        emu.frameadvance()
        print(count, event.availableScopes()[0], event.can_use_callback_params("memory"), event.can_use_callback_params())
        event.unregisterbyname("mine")
        """), Is.EqualTo("3\t36\ttrue\tfalse\ttrue\tfalse\n4\tSystem Bus\ttrue\tfalse"));

    [Test]
    public void States_and_the_end_are_told()
    {
        using LuaRun run = new();
        run.Run("""
            event.onsavestate(function(name) print("saved " .. name:match("[^/\\]*$")) end)
            event.onloadstate(function(name) print("loaded " .. name:match("[^/\\]*$")) end)
            event.onexit(function() print("exit") end)
            event.onconsoleclose(function() print("closed") end)
            savestate.save("a.State")
            savestate.load("a.State")
            savestate.saveslot(1)
            savestate.loadslot(1)
            """);
        run.Host.Finish();
        Assert.That(run.Output, Is.EqualTo("saved a.State\nloaded a.State\nsaved QuickSave1\nloaded QuickSave1\nexit\nclosed\n"));
    }

    [Test]
    public void A_script_that_only_listens_goes_on()
    {
        using LuaRun run = new();
        run.Run("local n = 0 event.onframeend(function() n = n + 1 print(n) end)", turns: 3);
        Assert.That(run.Output, Is.EqualTo("1\n2\n3\n"));
        Assert.That(run.Host.IsOver, Is.False);
    }

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

    // ---- savestate, memorysavestate, userdata

    [Test]
    public void A_state_is_the_machine_again() => Assert.That(Print("""
        for _ = 1, 30 do emu.frameadvance() end
        savestate.save("a.State")
        savestate.saveslot(3)
        local id = memorysavestate.savecorestate()
        local hash = memory.hash_region(0, 0x800)
        local function changed()
            for _ = 1, 7 do emu.frameadvance() end
            mainmemory.write_u8(0x300, mainmemory.read_u8(0x300) ~ 0xFF)
            return memory.hash_region(0, 0x800) ~= hash
        end
        for _, load in ipairs({ function() return savestate.load("a.State") end, function() return savestate.loadslot(3) end, function() memorysavestate.loadcorestate(id) return true end }) do
            print(changed(), load(), memory.hash_region(0, 0x800) == hash, emu.framecount())
        end
        memorysavestate.removestate(id)
        print((pcall(memorysavestate.loadcorestate, id)))
        local other = memorysavestate.savecorestate()
        memorysavestate.clearstatesfrommemory()
        print((pcall(memorysavestate.loadcorestate, other)))
        """), Is.EqualTo("true\ttrue\ttrue\t30\ntrue\ttrue\ttrue\t30\ntrue\ttrue\ttrue\t30\nfalse\nfalse"));

    [TestCase("savestate.load('none.State')", "none.State does not exist; expected a state that savestate.save wrote")]
    [TestCase("savestate.loadslot(9)", "slot 9 is empty")]
    [TestCase("memorysavestate.removestate('x')", "there is no state x in memory")]
    public void A_state_that_is_not_there_is_an_error(string call, string message) => Assert.That(Fail(call), Does.Match(@"script\.lua:1: ").And.Contain(message));

    [Test]
    public void User_data_is_kept()
    {
        using LuaRun run = new();
        run.Host.SetUserData("who", "me");
        run.Run("""
            userdata.set("n", 5)
            print(userdata.get("who"), userdata.get("n"), userdata.containskey("n"), userdata.get("nothing"))
            print(userdata.remove("n"), userdata.remove("n"), userdata.containskey("n"))
            userdata.clear()
            print(userdata.get("who"))
            """);
        Assert.That(run.Output, Is.EqualTo("me\t5\ttrue\tnil\ntrue\tfalse\tfalse\nnil\n"));
    }

    // ---- bit, bizstring

    [TestCase("bit.band(0xFF00, 0x0FF0)", "3840")]
    [TestCase("bit.bor(0xF0, 0x0F)", "255")]
    [TestCase("bit.bxor(0xFF, 0x0F)", "240")]
    [TestCase("bit.bnot(0)", "4294967295")]
    [TestCase("bit.lshift(0x80000001, 1)", "2")]
    [TestCase("bit.rshift(0x80000000, 31)", "1")]
    [TestCase("bit.arshift(0x80000000, 30)", "-2")]
    [TestCase("bit.rol(0x80000001, 4)", "24")]
    [TestCase("bit.ror(0x18, 4)", "2147483649")]
    [TestCase("bit.check(5, 2)", "true")]
    [TestCase("bit.set(1, 3)", "9")]
    [TestCase("bit.clear(9, 3)", "1")]
    [TestCase("bit.byteswap_16(0x1234)", "13330")]
    [TestCase("bit.byteswap_32(0x12345678)", "2018915346")]
    [TestCase("string.format('%X', bit.byteswap_64(0x0102030405060708))", "807060504030201")]
    [TestCase("bizstring.hex(255)", "FF")]
    [TestCase("bizstring.binary(10)", "1010")]
    [TestCase("bizstring.octal(8)", "10")]
    [TestCase("bizstring.trim('  a b ')", "a b")]
    [TestCase("bizstring.contains('a.c', '.')", "true")]
    [TestCase("bizstring.startswith('mario', 'ma')", "true")]
    [TestCase("bizstring.endswith('mario', 'ma')", "false")]
    [TestCase("bizstring.toupper('a') .. bizstring.tolower('B')", "Ab")]
    [TestCase("bizstring.replace('a.b.c', '.', '%')", "a%b%c")]
    [TestCase("bizstring.substring('mario', 1, 3)", "ari")]
    [TestCase("bizstring.remove('mario', 1, 3)", "mo")]
    [TestCase("table.concat(bizstring.split('a, b, c', ', '), '|')", "a|b|c")]
    [TestCase("bizstring.pad_start('7', 3, '0')", "007")]
    [TestCase("bizstring.pad_end('7', 3)", "7  ")]
    public void Bits_and_strings(string expression, string value) => Assert.That(Print($"print({expression})").TrimEnd('\r'), Is.EqualTo(value));

    // ---- all of them

    [Test]
    public void Every_function_offered_is_called_by_a_test_or_says_that_it_is_not_offered()
    {
        string[] missing = Print("""
            for name in console.getluafunctionslist():gmatch("[^\n]+") do
                local library, member = name:match("(.-)%.(.+)")
                local ok, message
                coroutine.wrap(function() -- Some wait for a frame.
                    ok, message = pcall(_G[library][member], {}, {}, {})
                end)()
                if ok == false and tostring(message):find("is not offered by the headless host", 1, true) then
                    print(name)
                end
            end
            """).Split('\n');
        string tests = File.ReadAllText(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Cli", "Lua", "LuaLibraryTests.cs"))
            + File.ReadAllText(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Cli", "Lua", "LuaMovieTests.cs"));
        string[] offered = Print("print(client.getluafunctionslist())").Split('\n');
        Assert.That(offered, Does.Contain("memory.read_u8").And.Contain("movie.save"));
        Assert.That(offered.Except(missing).Where(name => !IsCalled(name)), Is.Empty);

        bool IsCalled(string name)
        {
            string[] parts = name.Split('.');
            return tests.Contains(name + "(") || tests.Contains($", {name}, ") || tests.Contains($"(\"{parts[1]}\"") || tests.Contains($"\"{parts[1]}\",") || tests.Contains($", \"{parts[1]}\" ")
                || Regex.IsMatch(tests, $@"\blib\.{parts[1]}\(") || (parts[0] is "memory" or "mainmemory" && Regex.Match(parts[1], "^(read|write)_([us](8|(16|24|32)_[lb]e))$") is { Success: true } word && tests.Contains($"[TestCase(\"{word.Groups[2].Value}\""))
                || tests.Contains(name + ",") || tests.Contains(name + ")");
        }
    }

    [TestCase("emu.getregisters()")]
    [TestCase("event.on_bus_write(print, 0)")]
    [TestCase("client.openrom('x')")]
    [TestCase("nes.setscanlines(0, 239)")]
    [TestCase("forms.newform()")]
    [TestCase("comm.socketServerSend('x')")]
    public void What_is_not_offered_says_so_and_why(string call) => Assert.That(Fail("\n" + call), Does.Match(@"script\.lua:2: \w+\.\w+ is not offered by the headless host: \w+"));
}
