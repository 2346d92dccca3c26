using MarioAgentTool.Cli;
using MarioAgentTool.Cli.Lua;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>A script, run on Trail by the headless host.</summary>
internal sealed class LuaRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public LuaRun(GameRom? rom = null) => Host = new LuaHost(rom ?? GameRom.Load(file: null), _output);

    public LuaHost Host { get; }

    public string Folder => _folder.Path;

    /// <summary>What the script has written to the console.</summary>
    public string Output => _output.ToString();

    /// <summary>Runs a script's text to its end, or for so many turns.</summary>
    public LuaRun Run(string script, int turns = 10_000)
    {
        string path = Path.Combine(Folder, "script.lua");
        File.WriteAllText(path, script);
        return RunFile(path, turns);
    }

    /// <summary>Runs a script file likewise.</summary>
    public LuaRun RunFile(string path, int turns = 100_000)
    {
        Host.Start(path);
        for (int i = 0; i < turns && !Host.IsOver; i++)
        {
            Host.Step();
        }

        return this;
    }

    public void Dispose()
    {
        Host.Dispose();
        _folder.Dispose();
    }

    /// <summary>What a script prints that needs no files.</summary>
    public static string Print(string script, int turns = 10_000)
    {
        using LuaRun run = new();
        return run.Run(script, turns).Output.TrimEnd('\n');
    }

    /// <summary>How a script fails.</summary>
    public static string Fail(string script)
    {
        using LuaRun run = new();
        return Assert.Throws<LuaScriptException>(() => run.Run(script))!.Message;
    }
}
