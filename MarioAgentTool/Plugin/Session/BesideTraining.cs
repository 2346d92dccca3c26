using System.Diagnostics;
using MarioAgentTool.Metrics;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>
/// <c>mario-agent train</c> as a process beside EmuHawk, on the same game: many consoles at full speed, while the best network so
/// far can be watched here. It ends with EmuHawk, cleanly, unless it is told to go on.
/// </summary>
public sealed class BesideTraining : IDisposable
{
    private const int Patience = 5_000;

    private readonly Process _process;
    private readonly RunFolder _folder;
    private readonly object _words = new();
    private string _lastWords = "";
    private long _readLength = -1;
    private DateTime _best;
    private bool _isReleased;

    private BesideTraining(Process process, string folder)
    {
        _process = process;
        _folder = RunFolder.At(folder);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, e) =>
        {
            lock (_words)
            {
                _lastWords = string.IsNullOrWhiteSpace(e.Data) ? _lastWords : e.Data!;
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The run's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Lines of metrics so far, oldest first.</summary>
    public IReadOnlyList<MetricsLine> Lines { get; private set; } = [];

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it is still at it.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>How it goes, a sentence.</summary>
    public string Message { get; private set; } = "Training beside EmuHawk has started.";

    /// <summary>Starts it.</summary>
    /// <param name="program">The command.</param>
    /// <param name="rom">The game's file; null for the built-in one.</param>
    /// <param name="folder">A folder for the run.</param>
    /// <param name="preset">What to begin with.</param>
    /// <param name="settings">Further settings, <c>path=value</c>.</param>
    /// <exception cref="IOException">It did not start.</exception>
    public static BesideTraining Start(AgentProgram program, string? rom, string folder, string preset, IEnumerable<string> settings)
    {
        List<string> arguments = ["train", "--lifeline", "--preset", preset, "--out", folder];
        if (rom is not null)
        {
            arguments.AddRange(["--rom", rom]);
        }

        foreach (string setting in settings)
        {
            arguments.AddRange(["--set", setting]);
        }

        try
        {
            return new BesideTraining(Process.Start(program.StartInfo([.. arguments]))!, folder);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new IOException($"{program.Dotnet} did not start ({e.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>Looks at what the run has written; a few times a second is enough.</summary>
    /// <returns>Whether there is a better network than at the last look.</returns>
    public bool Look()
    {
        FileInfo metrics = new(_folder.Metrics);
        if (metrics.Exists && metrics.Length != _readLength)
        {
            _readLength = metrics.Length;
            Lines = MetricsLog.Read(_folder.Metrics);
        }

        Message = Describe();
        FileInfo best = new(_folder.BestWeights);
        if (!best.Exists || !File.Exists(_folder.Settings) || best.LastWriteTimeUtc == _best)
        {
            return false;
        }

        _best = best.LastWriteTimeUtc;
        return true;
    }

    /// <summary>Leaves it running when EmuHawk ends.</summary>
    public void GoOn()
    {
        _process.StandardInput.WriteLine("go on");
        _process.StandardInput.Flush();
        _isReleased = true;
    }

    /// <summary>Asks it to save and stop; it does so within a moment.</summary>
    public void Stop()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends it, unless it was told to go on.</summary>
    public void Dispose()
    {
        if (!_isReleased)
        {
            Stop();
            if (!_process.WaitForExit(Patience))
            {
                try
                {
                    _process.Kill();
                }
                catch (InvalidOperationException)
                {
                    // It ended between the two calls.
                }
            }
        }

        _process.Dispose();
    }

    private string Describe()
    {
        if (_process.HasExited && _process.ExitCode != 0)
        {
            lock (_words)
            {
                return $"Training beside EmuHawk ended with exit code {_process.ExitCode}{(_lastWords.Length > 0 ? ": " + _lastWords : ".")}";
            }
        }

        IntervalMetrics? interval = Lines.OfType<IntervalMetrics>().LastOrDefault();
        EvaluationMetrics? evaluation = Lines.OfType<EvaluationMetrics>().LastOrDefault();
        string so = interval is null ? "Training beside EmuHawk." : FormattableString.Invariant($"Training beside EmuHawk: {interval.Frames:N0} frames, {interval.Episodes:N0} episodes.");
        string examined = evaluation is null ? "" : $" The latest examination cleared {RunSummary.Counts(evaluation)}.";
        return so + examined + (_process.HasExited ? " It has ended." : "");
    }
}
