using System.Text.RegularExpressions;
using NesCoreShim;
using static MarioAgentTool.Tests.Cli.Lua.LuaRun;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>What the libraries have beside the machine, and that every function that the host offers is called on Trail by a test in this folder.</summary>
public class LuaLibraryTests
{
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
        string tests = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Cli", "Lua"), "Lua*Tests.cs").Select(File.ReadAllText));
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
