using System.Diagnostics;
using System.Runtime.InteropServices;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Plugin;

/// <summary>The command <c>mario-agent</c>, as it travels with the plug-in, and what it needs to run.</summary>
/// <param name="Dotnet">The program <c>dotnet</c>.</param>
/// <param name="Assembly">The command's DLL.</param>
public sealed record AgentProgram(string Dotnet, string Assembly)
{
    private const string Name = "mario-agent.dll";

    /// <summary>Looks for the command beside the plug-in and for .NET on this machine.</summary>
    /// <param name="folder">Where the command should be.</param>
    /// <param name="missing">What is missing, as a sentence; empty where nothing is.</param>
    public static AgentProgram? Find(string folder, out string missing)
    {
        string assembly = Path.Combine(folder, Name);
        if (!File.Exists(assembly))
        {
            missing = $"{assembly} is not there; unpack the whole zip into ExternalTools.";
            return null;
        }

        bool isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        string file = isWindows ? "dotnet.exe" : "dotnet";
        IEnumerable<string?> folders =
        [
            System.Environment.GetEnvironmentVariable("DOTNET_ROOT"),
            .. (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            .. isWindows ? [Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.ProgramFiles), "dotnet")] : new[] { "/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet" },
        ];
        string? dotnet = folders.Where(f => !string.IsNullOrWhiteSpace(f)).Select(f => Path.Combine(f!.Trim('"'), file)).FirstOrDefault(File.Exists);
        missing = dotnet is null ? "There is no program dotnet; install the .NET 10 runtime from https://dotnet.microsoft.com." : "";
        return dotnet is null ? null : new AgentProgram(dotnet, assembly);
    }

    /// <summary>A process of it that is about to be started: no window, its streams in our hands.</summary>
    /// <param name="arguments">After the program's name.</param>
    public ProcessStartInfo StartInfo(params string[] arguments)
    {
        ProcessStartInfo start = new(Dotnet)
        {
            Arguments = string.Join(" ", new[] { Assembly }.Concat(arguments).Select(Quote)),
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // EmuHawk's own libraries are not .NET's.
        start.EnvironmentVariables.Remove("LD_LIBRARY_PATH");
        start.EnvironmentVariables.Remove("LD_PRELOAD");
        return start;
    }

    // A backslash before a quote would be taken for the quote's.
    private static string Quote(string argument)
    {
        int backslashes = argument.Length - argument.TrimEnd('\\').Length;
        return $"\"{argument.Replace("\"", "\\\"")}{new string('\\', backslashes)}\"";
    }
}

/// <summary>Where learning happens while the tool trains.</summary>
public static class LearnerHome
{
    /// <summary>A process of its own where the command is found, else a thread of this one.</summary>
    /// <param name="folder">Where the command should be.</param>
    /// <param name="note">Why it is a thread; empty for a process.</param>
    public static LearnerConnection Start(string folder, out string note)
    {
        if (AgentProgram.Find(folder, out note) is not { } program)
        {
            return LearnerThread.Start();
        }

        try
        {
            return LearnerProcess.Start(program);
        }
        catch (IOException e)
        {
            note = e.Message;
            return LearnerThread.Start();
        }
    }
}

/// <summary>The learner as a process of its own: modern .NET at full speed, and none of EmuHawk's time.</summary>
public static class LearnerProcess
{
    private const int Patience = 2_000;

    /// <summary>Starts it. It ends when its input closes, so also when EmuHawk dies.</summary>
    /// <exception cref="IOException">It did not start.</exception>
    public static LearnerConnection Start(AgentProgram program)
    {
        Process process;
        try
        {
            process = Process.Start(program.StartInfo("learner"))!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new IOException($"{program.Dotnet} did not start ({e.Message.TrimEnd('.')}).");
        }

        string lastWords = "";
        process.ErrorDataReceived += (_, e) => lastWords = string.IsNullOrWhiteSpace(e.Data) ? lastWords : e.Data!;
        process.BeginErrorReadLine();
        return new LearnerConnection(
            process.StandardInput.BaseStream, process.StandardOutput.BaseStream, $"in process {process.Id}",
            () => WhyGone(process, () => lastWords), () => Close(process));
    }

    private static string WhyGone(Process process, Func<string> lastWords)
    {
        try
        {
            if (!process.WaitForExit(Patience))
            {
                return "it closed the connection";
            }

            // The second form also waits for the last of standard error.
            process.WaitForExit();
            return $"exit code {process.ExitCode}{(lastWords().Length > 0 ? $", {lastWords()}" : "")}";
        }
        catch (InvalidOperationException)
        {
            return "it was being closed";
        }
    }

    private static void Close(Process process)
    {
        try
        {
            process.StandardInput.BaseStream.Dispose();
        }
        catch (IOException)
        {
            // It is gone already: what was not yet written cannot be.
        }

        if (!process.WaitForExit(Patience))
        {
            try
            {
                process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It ended between the two calls.
            }
        }

        process.Dispose();
    }
}
