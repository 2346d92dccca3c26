using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>The files of a run and their names.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Every knob, as it was before the first step.</summary>
    public string Settings => In("settings.json");

    /// <summary>One line an interval and an evaluation.</summary>
    public string Metrics => In("metrics.jsonl");

    public string CurvesSvg => In("curves.svg");

    public string CurvesPng => In("curves.png");

    /// <summary>One screen about the run.</summary>
    public string Summary => In("summary.txt");

    /// <summary>The final examination, as <see cref="FinalExamination.ToJson"/> has it.</summary>
    public string Examination => In("examination.json");

    /// <summary>All that going on needs; see <see cref="Training.Checkpoint"/>.</summary>
    public string Checkpoint => In("checkpoint");

    /// <summary>The network of the best evaluation.</summary>
    public string BestWeights => In("best.safetensors");

    /// <summary>A network kept on the way.</summary>
    public string Network(string name) => In(name);

    /// <summary>The best episode of any evaluation, in the format that the extension names.</summary>
    public string BestEpisode(string extension) => In("best-episode" + extension);

    /// <summary>A folder for a new run; one that already holds a run is refused.</summary>
    public static RunFolder Create(string path)
    {
        var folder = new RunFolder(path);
        if (File.Exists(folder.Settings))
        {
            throw new SettingsException($"{path} already holds a run; go on with it by --resume {path}, or name another folder with --out.");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} cannot be made a folder for the run ({e.Message.TrimEnd('.')}); name another with --out.");
        }

        return folder;
    }

    /// <summary>A folder for a run, whatever is in it.</summary>
    public static RunFolder At(string path) => new(path);

    /// <summary>The folder of an earlier run.</summary>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.Settings)
            ? folder
            : throw new SettingsException($"{path} holds no run: it has no settings.json. Name a folder that train wrote, such as runs/<date>-fast.");
    }

    /// <summary>Keeps every other process from training into this folder, until disposed of or this process ends, however it ends.</summary>
    public IDisposable Claim()
    {
        try
        {
            return new FileStream(In(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new SettingsException($"{Path} cannot be claimed for training ({e.Message.TrimEnd('.')}); if another process trains into it, wait for that or stop it.");
        }
    }

    /// <summary>The settings the run was started with.</summary>
    public RunSettings ReadSettings() => SettingsFile.FromJson(File.ReadAllText(Settings), Settings);

    public void WriteSettings(RunSettings settings) => WholeFile.Write(Settings, SettingsFile.ToJson(settings));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
