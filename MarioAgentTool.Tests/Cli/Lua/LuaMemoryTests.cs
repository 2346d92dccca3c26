using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NesCoreShim;
using NesCoreShim.Trail;
using static MarioAgentTool.Tests.Cli.Lua.LuaRun;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>The machine as scripts read and write it: memory, states and what they keep.</summary>
public class LuaMemoryTests
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
}
