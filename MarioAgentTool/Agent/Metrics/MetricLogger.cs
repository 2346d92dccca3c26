using System.Globalization;
using MarioAgentTool.Support;

namespace MarioAgentTool.Metrics;

/// <summary>
/// The PyTorch tutorial's MetricLogger, column for column: at episodes 0, 20, 40, … and at the end, a line of means over the last hundred
/// episodes goes to <c>log</c>, a wordier one to the console, and four plots of those means are drawn. (The tutorial's
/// plots are JPEGs; these are PNGs of the same names, which do not smear lines.)
/// </summary>
public sealed class MetricLogger : IRunRecord
{
    private const int Period = 20, Window = 100;

    private static readonly (string Metric, string File, Ink Ink)[] Plots =
    [
        ("ep_rewards", "reward_plot.png", Curves.Blue), ("ep_lengths", "length_plot.png", Curves.Green),
        ("ep_avg_losses", "loss_plot.png", Curves.Violet), ("ep_avg_qs", "q_plot.png", Curves.Amber),
    ];

    private readonly string _folder;
    private readonly Action<string> _console;
    private readonly Func<DateTime> _now;
    private readonly LogFile _log;
    private readonly Dictionary<int, EpisodeTotals> _current = [];

    // Reward, length, loss, q: of the last hundred episodes, and the means at each line.
    private readonly List<double>[] _last = [[], [], [], []], _means = [[], [], [], []];
    private DateTime _recorded;
    private (long Episode, long Step, double Epsilon)? _due;

    /// <param name="folder">The run's.</param>
    /// <param name="console">Takes the wordier line.</param>
    /// <param name="now">The time of day, local; null takes the machine's.</param>
    public MetricLogger(string folder, Action<string> console, Func<DateTime>? now = null)
    {
        _folder = folder;
        _console = console;
        _now = now ?? (() => DateTime.Now);
        _log = new LogFile(Path.Combine(folder, "log"), Heading);
        _recorded = _now();
    }

    private static string Heading => Right("Episode", 8) + Right("Step", 8) + Right("Epsilon", 10) + Right("MeanReward", 15) + Right("MeanLength", 15)
        + Right("MeanLoss", 15) + Right("MeanQValue", 15) + Right("TimeDelta", 15) + Right("Time", 20);

    /// <inheritdoc/>
    public void Step(in StepFacts step)
    {
        if (!_current.TryGetValue(step.Console, out EpisodeTotals? totals))
        {
            _current[step.Console] = totals = new EpisodeTotals();
        }

        totals.Add(step);
        if (!step.Ended)
        {
            return;
        }

        _current.Remove(step.Console);
        double[] values = [totals.Reward, totals.Length, totals.MeanLoss, totals.MeanQ];
        for (int i = 0; i < values.Length; i++)
        {
            _last[i].Add(values[i]);
            _last[i].RemoveRange(0, Math.Max(0, _last[i].Count - Window));
        }

        _due = (step.Episode, step.Step, step.Epsilon);
        if (step.Episode % Period == 0)
        {
            Record();
        }
    }

    /// <inheritdoc/>
    public void Finish() => Record();

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_log.Saved());
        foreach (List<double> list in _last.Concat(_means))
        {
            writer.Write(list.Count);
            list.ForEach(writer.Write);
        }

        writer.Write(_current.Count);
        foreach (KeyValuePair<int, EpisodeTotals> current in _current)
        {
            writer.Write(current.Key);
            current.Value.Save(writer);
        }

        writer.Write(_due.HasValue);
        writer.Write(_due?.Episode ?? 0);
        writer.Write(_due?.Step ?? 0);
        writer.Write(_due?.Epsilon ?? 0);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        _log.Keep(reader.ReadInt64());
        foreach (List<double> list in _last.Concat(_means))
        {
            list.Clear();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                list.Add(reader.ReadDouble());
            }
        }

        _current.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _current[reader.ReadInt32()] = EpisodeTotals.Load(reader);
        }

        bool due = reader.ReadBoolean();
        var last = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble());
        _due = due ? last : null;
    }

    public void Dispose() => _log.Dispose();

    private static string Right(string text, int width) => text.PadLeft(width);

    private static string Fixed(double value, int width) => Right(PythonNumbers.Fixed(value, 3), width);

    // Episodes since the last line, if any; the last of all gets one, whatever its number.
    private void Record()
    {
        if (_due is not var (episode, step, epsilon))
        {
            return;
        }

        _due = null;
        double[] means = [.. _last.Select(list => PythonNumbers.Round(PythonNumbers.Mean(list.ToArray()), 3))];
        for (int i = 0; i < means.Length; i++)
        {
            _means[i].Add(means[i]);
        }

        DateTime now = _now();
        double seconds = PythonNumbers.Round((now - _recorded).TotalSeconds, 3);
        _recorded = now;
        string time = now.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        string[] texts = [.. means.Append(seconds).Select(PythonNumbers.Text)];
        _console(FormattableString.Invariant($"Episode {episode} - Step {step} - Epsilon {PythonNumbers.Text(epsilon)} - Mean Reward {texts[0]} - Mean Length {texts[1]} - ")
            + $"Mean Loss {texts[2]} - Mean Q Value {texts[3]} - Time Delta {texts[4]} - Time {time}");
        _log.Line(Right(episode.ToString(CultureInfo.InvariantCulture), 8) + Right(step.ToString(CultureInfo.InvariantCulture), 8) + Fixed(epsilon, 10)
            + string.Concat(means.Append(seconds).Select(value => Fixed(value, 15))) + Right(time, 20));
        for (int i = 0; i < Plots.Length; i++)
        {
            Draw(Plots[i].Metric, Plots[i].File, Plots[i].Ink, _means[i]);
        }
    }

    private void Draw(string metric, string file, Ink ink, List<double> means)
    {
        string name = $"moving_avg_{metric}";
        var series = new Series(name, ink, 2.5, [.. means.Select((mean, i) => ((double)i, mean))]);
        var chart = new Chart("", "", $"lines of the log, one every {Period} episodes", [new Panel("", [series])]) { Size = (640, 480) };
        var canvas = new PixelCanvas(640, 480);
        chart.Draw(canvas);
        byte[] png = Png.Encode(canvas.Rgb, canvas.Width, canvas.Height);
        WholeFile.Write(Path.Combine(_folder, file), stream => stream.Write(png, 0, png.Length));
    }
}
