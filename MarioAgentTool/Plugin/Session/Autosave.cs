using System.Globalization;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using MarioAgentTool.Training.Remote;
using Newtonsoft.Json;

namespace MarioAgentTool.Plugin;

/// <summary>How far a training had come when it was kept.</summary>
/// <param name="Episodes">That had ended.</param>
/// <param name="Clears">Of these, that cleared the stage.</param>
/// <param name="FurthestX">Of any, level pixels.</param>
/// <param name="Steps">Actions taken.</param>
/// <param name="Frames">Frames the agent held the pad.</param>
public sealed record KeptProgress(int Episodes, int Clears, int FurthestX, long Steps, long Frames);

/// <summary>
/// Keeps what is being trained in a run's folder, again and again, so that little is lost whatever happens: the network, which can
/// be watched, and beside it the learner's whole state but its replay memory, from which training goes on.
/// </summary>
/// <param name="folder">The run's folder; the next autosave takes its place.</param>
/// <param name="every">Between two.</param>
/// <param name="rom">The game it is trained on.</param>
public sealed class Autosave(string folder, TimeSpan every, RomIdentity rom)
{
    private const string Prefix = "autosave-", StateName = "learner.state", ProgressName = "progress.json";

    // Whoever closes the window waits for no more than this; a learner that takes longer has its state of a minute ago.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private TimeSpan? _last;
    private bool _isWaiting;

    /// <summary>The run's folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>A folder for a training that begins now.</summary>
    /// <param name="runs">Where the tool keeps its runs.</param>
    /// <param name="now">Gives it its name.</param>
    public static string NewFolder(string runs, DateTime now) => Path.Combine(runs, Prefix + now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));

    /// <summary>The training on this game that was kept last and can be gone on with; null without one.</summary>
    /// <param name="runs">Where the tool keeps its runs.</param>
    /// <param name="rom">The game.</param>
    public static string? FindLatest(string runs, RomIdentity rom) => !Directory.Exists(runs) ? null : Directory.GetDirectories(runs, Prefix + "*")
        .Where(f => File.Exists(Path.Combine(f, StateName)) && IsOf(f, rom))
        .OrderByDescending(KeptAt)
        .FirstOrDefault();

    /// <summary>When it was kept, on this machine's clock.</summary>
    public static DateTime KeptAt(string folder) => File.GetLastWriteTime(Path.Combine(folder, StateName));

    /// <summary>An agent that goes on from there.</summary>
    /// <exception cref="SettingsException">The folder holds no such training.</exception>
    public static AgentSource Open(string folder)
    {
        RunSettings settings = RunFolder.Open(folder).ReadSettings();
        string state = Path.Combine(folder, StateName), progress = Path.Combine(folder, ProgressName);
        if (!File.Exists(state))
        {
            throw new SettingsException($"{folder} has no {StateName}; training cannot go on from it, but its network can be watched.");
        }

        return AgentSource.New(settings).GoingOn(state, File.Exists(progress) ? JsonConvert.DeserializeObject<KeptProgress>(File.ReadAllText(progress)) : null);
    }

    /// <summary>Keeps the network if it is time, and asks for the rest, which is kept when it has come.</summary>
    internal void KeepIfDue(TimeSpan now, AgentSource source, ILearner learner, ToolProgress progress)
    {
        _last ??= now;
        if (now - _last >= every)
        {
            _last = now;
            source.Replace(Folder, learner, rom);
            if (learner is RemoteLearner remote)
            {
                remote.BeginSave(withReplay: false);
            }
            else
            {
                KeepState(learner, progress);
            }
        }

        KeepWhatCame(learner, progress);
    }

    /// <summary>Keeps the network now, and asks for the rest: <see cref="KeepWhatCame"/> keeps it.</summary>
    internal void Keep(AgentSource source, ILearner learner, ToolProgress progress)
    {
        source.Replace(Folder, learner, rom);
        if (learner is not RemoteLearner remote)
        {
            KeepState(learner, progress);
        }
        else if (remote.Lost is null)
        {
            _isWaiting = true;
            remote.BeginSave(withReplay: false);
        }
    }

    /// <summary>Keeps what was asked for, if it has come.</summary>
    internal void KeepWhatCame(ILearner learner, ToolProgress progress)
    {
        if ((learner as RemoteLearner)?.TakeSaved() is { } state)
        {
            _isWaiting = false;
            Write(progress, stream => stream.Write(state, 0, state.Length));
        }
    }

    /// <summary>Waits for what was asked for as training stopped, if it has not come; some seconds at most.</summary>
    internal void Finish(ILearner learner, ToolProgress progress)
    {
        if (_isWaiting && learner is RemoteLearner { Lost: null } remote)
        {
            _isWaiting = false;
            remote.WaitForSaved(s_patience);
            KeepWhatCame(learner, progress);
        }
    }

    private void KeepState(ILearner learner, ToolProgress progress)
    {
        using MemoryStream state = new();
        learner.Save(state, withReplay: false);
        byte[] bytes = state.ToArray();
        Write(progress, stream => stream.Write(bytes, 0, bytes.Length));
    }

    // The state comes last: it is what makes the folder one to go on from.
    private void Write(ToolProgress p, Action<Stream> write)
    {
        WholeFile.Write(Path.Combine(Folder, ProgressName), JsonConvert.SerializeObject(new KeptProgress(p.Episodes, p.Clears, p.FurthestX, p.Steps, p.Frames)));
        WholeFile.Write(Path.Combine(Folder, StateName), write);
    }

    private static bool IsOf(string folder, RomIdentity rom)
    {
        try
        {
            return RunFolder.Open(folder).ReadSettings().Rom?.Sha1 == rom.Sha1;
        }
        catch (SettingsException)
        {
            // Of another release, or spoilt: nothing to go on with.
            return false;
        }
    }
}
