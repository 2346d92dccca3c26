using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary>
/// What the BizHawk tool costs a frame, at sixty a second, while one watches it play and looks at more and more: the built plug-in, window and all, in the headless EmuHawk of
/// NesCoreShim/Host/Shell, on .NET Framework or mono. Both are built in a checkout; nothing of them is needed to build this command.
/// </summary>
internal static partial class PluginBenchmark
{
    private const int WarmUpFrames = 600, FramesPerSecond = 60;

    // What is looked at, and the clicks that show it; those of the parts over the game hide it again.
    private static readonly (string Name, string[] Show, string[] Hide)[] s_looks =
    [
        ("nothing shown", [], []),
        ("Curves shown", ["click Curves"], []),
        ("See shown", ["click See"], []),
        .. OverGame.Select(part => ($"See and {part} over the game", new[] { $"click {part}" }, new[] { $"click {part}" })),
        ("See and what the choice rests on", ["click Show what the choice rests on:"], []),
        ("everything", [.. OverGame.Select(part => $"click {part}")], []),
    ];

    private static IEnumerable<string> OverGame => ["Tiles", "Boxes", "Values", "Buttons", "Reward terms", "x and furthest x", "What it rests on"];

    private static readonly string Shell = Path.Combine("NesCoreShim", "Host", "Shell"), Plugin = Path.Combine("MarioAgentTool", "Plugin");

    /// <param name="run">The agent to watch; null for one that knows nothing and costs the same.</param>
    /// <param name="frames">Frames to measure.</param>
    public static IReadOnlyList<Measurement> Run(string? run, int frames)
    {
        string shell = Built(Shell, "NesCoreShim.Host.Shell.exe"), plugin = Built(Plugin, "MarioAgentTool.Plugin.dll");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-plugin");
        try
        {
            string script = Path.Combine(folder.FullName, "script.txt");
            File.WriteAllLines(script,
            [
                "rom trail",
                $"open {plugin}",
                $"type Run folder={Path.GetFullPath(run ?? Untrained(Path.Combine(folder.FullName, "untrained")))}",
                "click Watch it play",
                $"frames {WarmUpFrames}",
                .. s_looks.SelectMany(look => look.Show.Append($"# {look.Name}").Append($"bench {frames} {FramesPerSecond}").Concat(look.Hide)),
            ]);
            return [.. s_looks.Zip(Output(shell, script).Split("> # ").Skip(1)).SelectMany(look => Figures().Matches(look.Second)
                .Where(m => m.Groups[1].Value is "callbacks" or "worst frame" or "window messages")
                .Select(m => new Measurement($"{look.First.Name}: {m.Groups[1].Value}", double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture), "ms a frame")))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Untrained(string path)
    {
        RunSettings settings = Presets.All[0].Settings;
        GameSession session = new(settings.Environment, Boot.ToStart(GameRom.Load(null).NewNesHost(), settings.Environment), new Seeds(settings.Seed).Stream("bench"));
        using ILearner learner = Learners.CreateToPlay(settings, session.ObservationSpec, session.ActionCount);
        RunFolder folder = RunFolder.Create(path);
        WeightsFile.Write(folder.BestWeights, learner.Weights, new Dictionary<string, string>());
        folder.WriteSettings(settings);
        return path;
    }

    // mono's windows want a display; Xvfb is one that nobody sees.
    private static string Output(string shell, string script)
    {
        string[] command = OperatingSystem.IsWindows() ? [shell, script]
            : string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("DISPLAY")) ? ["xvfb-run", "-a", "mono", shell, script]
            : ["mono", shell, script];
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new SettingsException($"The headless EmuHawk stopped at this: {output.Trim().Split('\n').Last(l => l.Contains("failed")).Trim()}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SettingsException($"'{command[0]}' is not there; the plug-in's window needs mono and a display: apt-get install mono-devel xvfb");
        }
    }

    // The newest build of any configuration, in the checkout that this command runs in.
    private static string Built(string project, string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "MarioAgentTool.slnx")))
            {
                continue;
            }

            string bin = Path.Combine(folder.FullName, project, "bin");
            return (Directory.Exists(bin) ? Directory.GetFiles(bin, file, SearchOption.AllDirectories) : []).MaxBy(File.GetLastWriteTimeUtc)
                ?? throw new SettingsException($"{file} is not built; build it by: dotnet build -c Release {project}");
        }

        throw new SettingsException("bench plugin works in a checkout, where the plug-in and the headless EmuHawk are built; this command lies outside of one.");
    }

    [GeneratedRegex(@"^  ([\w ]+): ([\d.]+) ms\r?$", RegexOptions.Multiline)]
    private static partial Regex Figures();
}
