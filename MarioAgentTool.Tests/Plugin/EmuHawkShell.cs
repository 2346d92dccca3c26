using System.Diagnostics;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>Runs scripts in the headless EmuHawk with windows, a process of its own: .NET Framework, or mono on a display nobody sees.</summary>
internal static class EmuHawkShell
{
    private const int Limit = 300_000;

    /// <summary>Runs a script (its commands are listed at ShellScript) to its end.</summary>
    /// <returns>What it printed: each line after <c>&gt; </c>, and its results indented.</returns>
    public static string Run(params string[] script)
    {
        (int code, string output) = RunToAnyEnd(script);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    /// <summary>Runs a script to its end, whatever that is.</summary>
    /// <returns>The exit code, and what it printed.</returns>
    public static (int Code, string Output) RunToAnyEnd(params string[] script)
    {
        string shell = Built("NesCoreShim/Host/Shell", "NesCoreShim.Host.Shell.exe");
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, script);
            if (!OperatingSystem.IsWindows())
            {
                Tool("xauth");
            }

            string[] command = OperatingSystem.IsWindows() ? [shell, path] : [Tool("xvfb-run"), "-a", Tool("mono"), shell, path];
            using Process process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("The script did not end.");
            }

            return (process.ExitCode, process.ExitCode == 0 ? output.Result : output.Result + error.Result);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A folder like BizHawk's ExternalTools: the two DLLs of ours, and nothing that EmuHawk has itself.</summary>
    public static string CopyOfTool(string folder)
    {
        string plugin = Built("MarioAgentTool/Plugin", "MarioAgentTool.Plugin.dll");
        foreach (string name in new[] { "MarioAgentTool.Plugin.dll", "MarioAgentTool.Agent.dll", "MarioAgentTool.Agent.xml" })
        {
            File.Copy(Path.Combine(Path.GetDirectoryName(plugin)!, name), Path.Combine(folder, name));
        }

        return Path.Combine(folder, "MarioAgentTool.Plugin.dll");
    }

    /// <summary>Puts the command beside it, as the package does: the one that these tests are built with.</summary>
    public static void AddCommand(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "mario-agent"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "mario-agent", "bin"), AppContext.BaseDirectory);
    }

    private static string Built(string project, string name)
    {
        string configuration = new DirectoryInfo(TestContext.CurrentContext.TestDirectory).Parent!.Name;
        string path = Path.Combine(Repository.Root, project, "bin", configuration, "net48", name);
        if (!File.Exists(path))
        {
            Assert.Ignore($"{path} is not built; it needs .NET Framework 4.8 reference assemblies: apt-get install mono-devel");
        }

        return path;
    }

    private static string Tool(string name)
    {
        string? path = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Ignore($"{name} is not there; the plug-in's window needs it: apt-get install mono-devel xvfb xauth");
        }

        return path!;
    }
}
