using System.Globalization;
using System.Text.RegularExpressions;

namespace MarioAgentTool.Metrics.TensorBoard;

/// <summary>
/// The dueling notebook's curves for <c>tensorboard --logdir</c>: at every episode's end from the first update on, Reward, Loss (of the
/// latest update), Epsilon, GMax_X and Steps, all over the number of the episode, the first being 0.
/// </summary>
public sealed partial class TensorBoardRecord : IRunRecord
{
    private readonly string _folder;
    private readonly Func<DateTime> _now;
    private readonly Dictionary<int, double> _rewards = [];
    private EventFile? _file;
    private double? _loss;
    private long _episodes;
    private bool _goesOn;

    /// <param name="folder">The run's; each sitting has a file of its own there.</param>
    /// <param name="now">The time of day, UTC; null takes the machine's.</param>
    public TensorBoardRecord(string folder, Func<DateTime>? now = null)
    {
        _folder = folder;
        _now = now ?? (() => DateTime.UtcNow);
    }

    /// <summary>The folder's event files, oldest first.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.GetFiles(folder, "events.out.tfevents.*").OrderBy(f => Order(Path.GetFileName(f))).ThenBy(f => f, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Step(in StepFacts step)
    {
        _rewards.TryGetValue(step.Console, out double reward);
        _rewards[step.Console] = reward += step.Reward;
        _loss = step.Loss ?? _loss;
        if (!step.Ended)
        {
            return;
        }

        _rewards.Remove(step.Console);
        _episodes = step.Episode + 1;
        if (_loss is { } loss)
        {
            EventFile file = _file ??= Open(step.Episode);
            file.AddScalar("Reward", (float)reward, step.Episode);
            file.AddScalar("Loss", (float)loss, step.Episode);
            file.AddScalar("Epsilon", (float)step.Epsilon, step.Episode);
            file.AddScalar("GMax_X", (float)step.FurthestX, step.Episode);
            file.AddScalar("Steps", step.Step, step.Episode);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        _file?.FlushToDisk();
        writer.Write(_episodes);
        writer.Write(_loss.HasValue);
        writer.Write(_loss ?? 0);
        writer.Write(_rewards.Count);
        foreach (KeyValuePair<int, double> reward in _rewards)
        {
            writer.Write(reward.Key);
            writer.Write(reward.Value);
        }

        IReadOnlyList<string> files = Files(_folder);
        writer.Write(files.Count);
        foreach (string file in files)
        {
            writer.Write(Path.GetFileName(file));
            writer.Write(new FileInfo(file).Length);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        _episodes = reader.ReadInt64();
        bool hasLoss = reader.ReadBoolean();
        double loss = reader.ReadDouble();
        _loss = hasLoss ? loss : null;
        _rewards.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            int console = reader.ReadInt32();
            _rewards[console] = reader.ReadDouble();
        }

        // What was written after the checkpoint will be written again.
        var known = new Dictionary<string, long>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string name = reader.ReadString();
            known[name] = reader.ReadInt64();
        }

        foreach (string path in Files(_folder))
        {
            if (!known.TryGetValue(Path.GetFileName(path), out long length))
            {
                File.Delete(path);
            }
            else if (new FileInfo(path).Length > length)
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(length);
            }
        }

        _goesOn = true;
    }

    public void Dispose() => _file?.Dispose();

    // TensorBoard reads the files of a folder in the order of their names; the number at the end tells two of one second apart.
    private EventFile Open(long step)
    {
        long seconds = (long)(_now() - DateTime.UnixEpoch).TotalSeconds;
        string host = NotPlain().Replace(System.Environment.MachineName, "-");
        string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{host}.{Files(_folder).Count}");
        var file = new EventFile(Path.Combine(_folder, name), _now);
        if (_goesOn)
        {
            file.BeginSession(step);
        }

        return file;
    }

    private static (long Seconds, int Number) Order(string name)
    {
        string[] parts = name.Split('.');
        long.TryParse(parts.ElementAtOrDefault(3), CultureInfo.InvariantCulture, out long seconds);
        int.TryParse(parts[^1], CultureInfo.InvariantCulture, out int number);
        return (seconds, number);
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex NotPlain();
}
