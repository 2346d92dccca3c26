using MarioAgentTool.Cli.Lua;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>What goes wrong in a script is told with its place; what does not end is ended.</summary>
public class LuaErrorTests
{
    [Test]
    public void An_error_has_file_line_and_traceback()
    {
        string message = LuaRun.Fail("""
            local function inner()
                error("broken")
            end
            local function outer()
                inner()
            end
            emu.frameadvance()
            outer()
            """);
        Assert.That(message, Does.Match(@"^.*script\.lua:2: broken\nstack traceback:"));
        Assert.That(message, Does.Match(@"script\.lua:5: in .*outer").And.Match(@"script\.lua:8: in main chunk"));
    }

    [TestCase("local x = ", @"script\.lua:1: unexpected symbol near <eof>")]
    [TestCase("x = = 1", @"script\.lua:1: unexpected symbol near '='")]
    [TestCase("local t = nil\nt.x = 1", @"script\.lua:2: attempt to index a nil value \(local 't'\)")]
    [TestCase("error({})", "table: ")]
    [TestCase("error()", "nil")]
    [TestCase("dofile('none.lua')", @"script\.lua:1: cannot open .*none\.lua")]
    [TestCase("require('none')", "module 'none' not found")]
    public void Whatever_fails_is_told(string script, string pattern) => Assert.That(LuaRun.Fail(script), Does.Match(pattern));

    [Test]
    public void An_error_in_a_handler_is_one_of_the_script() => Assert.That(
        LuaRun.Fail("event.onframeend(function()\n    error('in the handler')\nend)"), Does.Match(@"script\.lua:2: in the handler\nstack traceback:"));

    [Test]
    public void A_handler_may_not_wait() => Assert.That(
        LuaRun.Fail("event.onframestart(function() emu.frameadvance() end)"), Does.Contain("an event handler may not wait for a frame"));

    [Test]
    public void A_failing_native_can_be_caught_and_the_script_goes_on() => Assert.That(LuaRun.Print("""
        for _ = 1, 1000 do
            local ok, message = pcall(memory.read_u8, 0x10000)
            assert(not ok and message:find("outside RAM", 1, true))
        end
        emu.frameadvance()
        print(emu.framecount(), select(2, pcall(savestate.loadslot, 7)))
        """), Does.StartWith("1\t").And.Contain("slot 7 is empty"));

    [TestCase("while true do end")]
    [TestCase("while true do pcall(function() while true do end end) end")]
    [TestCase("repeat until pcall(error)")]
    [TestCase("local co = coroutine.wrap(function() while true do end end) co()")]
    [TestCase("while true do local co = coroutine.create(function() while true do end end) coroutine.resume(co) end")]
    [TestCase("event.onframestart(function() while true do end end) emu.frameadvance()")]
    [TestCase("setmetatable(_G, { __index = function() while true do end end }) return nowhere")]
    public void A_script_that_never_waits_is_stopped(string script)
    {
        using LuaRun run = new();
        using var later = new Timer(_ => run.Host.Stop(), null, dueTime: 50, period: Timeout.Infinite);
        Assert.Throws<OperationCanceledException>(() => run.Run(script));
    }

    [Test]
    public void The_end_is_told_also_to_a_script_that_was_stopped()
    {
        using LuaRun run = new();
        run.Host.Stop();
        Assert.Throws<OperationCanceledException>(() => run.Run("event.onexit(function() print('bye') end) while true do end"));
        run.Host.Finish();
        Assert.That(run.Output, Is.EqualTo("bye\n"));
    }

    [Test]
    public void Scripts_find_files_and_modules_beside_themselves()
    {
        using LuaRun run = new();
        File.WriteAllText(Path.Combine(run.Folder, "part.lua"), "return { n = 6 }");
        run.Run("""
            local file = io.open("note.txt", "w")
            file:write("one\ntwo\n")
            file:close()
            for line in io.lines("note.txt") do print(line) end
            os.rename("note.txt", "other.txt")
            print(io.open("note.txt"), os.remove("other.txt"))
            print(require("part").n, dofile("part.lua").n, loadfile("part.lua")().n)
            """);
        Assert.That(run.Output, Does.StartWith("one\ntwo\nnil\t").And.EndsWith("6\t6\t6\n"));
        Assert.That(Directory.GetFiles(run.Folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "part.lua", "script.lua" }));
    }

    [Test]
    public void The_command_ends_with_the_scripts_code_or_its_error()
    {
        using var folder = new TemporaryFolder();
        string script = folder["a.lua"];
        File.WriteAllText(script, "print(userdata.get('who')) client.exitCode(7)");
        (int code, string output, _) = CommandLineTests.Run("lua", script, "--userdata", "who:me");
        Assert.That((code, output.Trim()), Is.EqualTo((7, "me")));

        File.WriteAllText(script, "\nerror('broken')");
        (code, _, string error) = CommandLineTests.Run("lua", script);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Match(@"^mario-agent: .*a\.lua:2: broken"));

        Assert.That(CommandLineTests.Run("lua", folder["none.lua"]).Error, Does.Contain("none.lua does not exist; expected a Lua script"));
        Assert.That(CommandLineTests.Run("lua", script, "--userdata", "who").Error, Does.Contain("--userdata who: expected key:value pairs"));
    }

    [Test]
    public void The_command_records_a_movie_and_draws_the_last_picture()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.lua"], "while true do emu.frameadvance() gui.drawBox(0, 0, 9, 9) end");
        Assert.That(CommandLineTests.Run("lua", folder["a.lua"], "--frames", "30", "--record", folder["a.bk2"], "--screenshot", folder["a.png"]).Code, Is.Zero);
        Assert.That(CommandLineTests.Run("replay", folder["a.bk2"]).Output, Does.Contain("Frames        30"));
        Assert.That(File.ReadAllBytes(folder["a.png"]).Take(4), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
    }
}
