using System.Globalization;
using System.Text;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Plugin;

/// <summary>What curves are drawn of.</summary>
internal enum CurveKind
{
    /// <summary>Reward of an episode.</summary>
    Reward,

    /// <summary>Furthest level x of an episode, pixels.</summary>
    FurthestX,

    /// <summary>Share of episodes that cleared, 0 to 1.</summary>
    ClearRate,

    /// <summary>Loss of the latest updates.</summary>
    Loss,

    /// <summary>Chance of a random action, 0 to 1.</summary>
    Epsilon,

    /// <summary>Agent steps a second.</summary>
    StepsPerSecond,
}

/// <summary>The curves of one sitting or run, by kind; x counts agent steps.</summary>
internal abstract class CurveBook
{
    private readonly List<(CurveKind Kind, SmoothedSeries Series)> _series = [];

    /// <summary>All kinds, in the order they are drawn.</summary>
    public static IReadOnlyList<CurveKind> Kinds { get; } = [CurveKind.Reward, CurveKind.FurthestX, CurveKind.ClearRate, CurveKind.Loss, CurveKind.Epsilon, CurveKind.StepsPerSecond];

    /// <summary>A kind's name for people.</summary>
    public static string NameOf(CurveKind kind) => kind switch
    {
        CurveKind.Reward => "Reward",
        CurveKind.FurthestX => "Furthest x",
        CurveKind.ClearRate => "Clear rate",
        CurveKind.Loss => "Loss",
        CurveKind.Epsilon => "Exploration",
        _ => "Steps a second",
    };

    /// <summary>The series of a kind.</summary>
    public IEnumerable<SmoothedSeries> Of(CurveKind kind) => _series.Where(s => s.Kind == kind).Select(s => s.Series);

    /// <summary>All points as CSV: kind, series, steps, value; a line each, with a head.</summary>
    public string ToCsv()
    {
        StringBuilder csv = new("curve,series,steps,value\n");
        foreach ((CurveKind kind, SmoothedSeries series) in _series)
        {
            for (int i = 0; i < series.Raw.Count; i++)
            {
                csv.AppendFormat(CultureInfo.InvariantCulture, "{0},{1},{2:R},{3:R}\n", NameOf(kind), series.Raw.Name, series.Raw.X(i), series.Raw.Y(i));
            }
        }

        return csv.ToString();
    }

    /// <summary>Declares a series.</summary>
    protected CurveSeries Declare(CurveKind kind, string name, bool isDots = false)
    {
        SmoothedSeries series = new(new CurveSeries(name, isDots));
        _series.Add((kind, series));
        return series.Raw;
    }

    /// <summary>Forgets all points.</summary>
    protected void Clear()
    {
        foreach ((_, SmoothedSeries series) in _series)
        {
            series.Raw.Clear();
            series.Mean.Clear();
        }
    }
}

/// <summary>This sitting's curves, from what the session has counted.</summary>
internal sealed class SittingCurves : CurveBook
{
    // What a clear rate is the mean of.
    private const int Window = 20;

    private static readonly TimeSpan s_sampleEvery = TimeSpan.FromSeconds(1);

    private readonly CurveSeries _reward, _x, _clears, _loss, _epsilon, _pace;
    private ToolProgress? _progress;
    private int _taken, _recentClears;
    private TimeSpan _sampled;
    private long _sampledSteps;

    public SittingCurves()
    {
        _reward = Declare(CurveKind.Reward, "an episode");
        _x = Declare(CurveKind.FurthestX, "an episode");
        _clears = Declare(CurveKind.ClearRate, $"of {Window} episodes");
        _loss = Declare(CurveKind.Loss, "latest updates");
        _epsilon = Declare(CurveKind.Epsilon, "now");
        _pace = Declare(CurveKind.StepsPerSecond, "a second");
    }

    /// <summary>Takes in what has happened since.</summary>
    /// <param name="progress">The session's; another one begins the curves anew.</param>
    /// <param name="now">Time since any moment.</param>
    public void Take(ToolProgress progress, TimeSpan now)
    {
        if (progress != _progress)
        {
            Clear();
            (_progress, _taken, _recentClears, _sampled, _sampledSteps) = (progress, 0, 0, now, progress.Steps);
        }

        for (; _taken < progress.Log.Count; _taken++)
        {
            EpisodeEntry episode = progress.Log[_taken];
            _recentClears += ClearsIn(episode) - (_taken < Window ? 0 : ClearsIn(progress.Log[_taken - Window]));
            _reward.Add(episode.Steps, episode.Summary.Reward);
            _x.Add(episode.Steps, episode.Summary.FurthestX);
            _clears.Add(episode.Steps, _recentClears / (double)Math.Min(_taken + 1, Window));
        }

        if (now - _sampled >= s_sampleEvery)
        {
            _pace.Add(progress.Steps, (progress.Steps - _sampledSteps) / (now - _sampled).TotalSeconds);
            _loss.Add(progress.Steps, progress.Loss ?? double.NaN);
            _epsilon.Add(progress.Steps, progress.Epsilon ?? double.NaN);
            (_sampled, _sampledSteps) = (now, progress.Steps);
        }
    }

    private static int ClearsIn(EpisodeEntry episode) => episode.Summary.End == Environment.EpisodeEnd.FlagReached ? 1 : 0;
}

/// <summary>A run's curves, from its <c>metrics.jsonl</c>.</summary>
internal sealed class RunCurves : CurveBook
{
    private readonly CurveSeries _reward, _examined, _x, _examinedX, _clears, _examinedClears, _loss, _epsilon, _pace;
    private long _steps;
    private double _seconds;

    /// <param name="path">The run's folder.</param>
    public RunCurves(string path)
    {
        Path = path;
        _reward = Declare(CurveKind.Reward, "training");
        _examined = Declare(CurveKind.Reward, "examination", isDots: true);
        _x = Declare(CurveKind.FurthestX, "training");
        _examinedX = Declare(CurveKind.FurthestX, "examination", isDots: true);
        _clears = Declare(CurveKind.ClearRate, "training");
        _examinedClears = Declare(CurveKind.ClearRate, "examination", isDots: true);
        _loss = Declare(CurveKind.Loss, "latest updates");
        _epsilon = Declare(CurveKind.Epsilon, "training");
        _pace = Declare(CurveKind.StepsPerSecond, "training");
    }

    /// <summary>The run's folder.</summary>
    public string Path { get; }

    /// <summary>Takes in lines that come after those already taken.</summary>
    public void Take(IEnumerable<MetricsLine> lines)
    {
        foreach (MetricsLine line in lines)
        {
            switch (line)
            {
                case IntervalMetrics interval:
                    _reward.Add(line.Steps, interval.Reward ?? double.NaN);
                    _x.Add(line.Steps, interval.FurthestX ?? double.NaN);
                    _clears.Add(line.Steps, interval.Ended == 0 ? double.NaN : interval.Clears / (double)interval.Ended);
                    _loss.Add(line.Steps, interval.Loss ?? double.NaN);
                    _epsilon.Add(line.Steps, interval.Epsilon);
                    _pace.Add(line.Steps, (line.Steps - _steps) / (line.Clock.Seconds - _seconds));
                    (_steps, _seconds) = (line.Steps, line.Clock.Seconds);
                    break;
                case EvaluationMetrics examination:
                    _examined.Add(line.Steps, examination.Reward);
                    _examinedX.Add(line.Steps, examination.FurthestX);
                    _examinedClears.Add(line.Steps, examination.Episodes == 0 ? double.NaN : examination.Clears / (double)examination.Episodes);
                    break;
            }
        }
    }

    /// <summary>Begins anew: the run's file has become shorter.</summary>
    public void Restart()
    {
        Clear();
        (_steps, _seconds) = (0, 0);
    }
}
