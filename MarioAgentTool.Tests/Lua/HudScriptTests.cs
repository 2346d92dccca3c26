using System.Diagnostics;

namespace MarioAgentTool.Tests.Lua;

public class HudScriptTests
{
    // BizHawk's Lua as far as the script asks for it: a frame is a yield.
    private const string Mock = """
        local ram, keys, drawn = {}, {}, {}
        memory = { read_u8 = function(address, domain) assert(domain == "RAM") return ram[address] or 0 end }
        input = { get = function() return keys end }
        gui = { pixelText = function(x, y, text) drawn[#drawn + 1] = text end }
        emu = { getsystemid = function() return "NES" end, frameadvance = function() coroutine.yield() end }

        local script = coroutine.create(assert(loadfile(arg[1])))
        local function frame(what)
            drawn = {}
            assert(coroutine.resume(script))
            print(what .. ": " .. table.concat(drawn, " | "))
        end

        """;

    [Test]
    public void The_title_screen_is_named()
    {
        Assert.That(Run("""frame("a")"""), Is.EqualTo("a: title"));
    }

    [Test]
    public void Mario_is_described_in_the_games_own_numbers()
    {
        string output = Run("""
            ram = { [0x770] = 1, [0x75F] = 3, [0x75C] = 1, [0x0E] = 8, [0x1D] = 1, [0x6D] = 2, [0x86] = 10, [0x400] = 0xC0,
                [0xB5] = 1, [0xCE] = 176, [0x57] = 40, [0x9F] = 252, [0x756] = 2, [0x75A] = 2, [0x7F8] = 3, [0x7F9] = 9, [0x7FA] = 8 }
            frame("a")
            """);
        Assert.That(output, Is.EqualTo("a: 4-2  playing, jump | x 522.C0  y 176 | speed +40, -4 | fire  lives 2  time 398"));
    }

    [Test]
    public void H_hides_and_shows_once_a_press()
    {
        string output = Run("""
            frame("1")
            keys = { H = true }
            frame("2")
            frame("3")
            keys = {}
            frame("4")
            keys = { H = true }
            frame("5")
            """);
        Assert.That(output.Split('\n'), Is.EqualTo(new[] { "1: title", "2: ", "3: ", "4: ", "5: title" }));
    }

    private static string Run(string scenario)
    {
        string lua = FindLua();
        string mock = Path.GetTempFileName();
        try
        {
            File.WriteAllText(mock, Mock + scenario);
            ProcessStartInfo start = new(lua, [mock, Path.Combine(Repository.Root, "Lua", "mario_hud.lua")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd(), errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.That(errors, Is.Empty);
            return output.Replace("\r", "").TrimEnd('\n');
        }
        finally
        {
            File.Delete(mock);
        }
    }

    private static string FindLua()
    {
        string[] names = OperatingSystem.IsWindows() ? ["lua54.exe", "lua.exe"] : ["lua5.4", "lua"];
        foreach (string folder in (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            foreach (string name in names)
            {
                string path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        Assert.Ignore("There is no lua on PATH; the script was not run. Get it by: apt-get install lua5.4");
        return "";
    }
}
