using System.Text.RegularExpressions;
using MarioAgentTool.Cli;
using NesCoreShim;
using NesCoreShim.Trail;
using static MarioAgentTool.Tests.Cli.Lua.LuaRun;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>Frames as scripts go along with them: pads, the machine, events.</summary>
public class LuaFrameTests
{
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
}
