using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Metrics.TensorBoard;
using MarioAgentTool.Recording;
using MarioAgentTool.Tests.Agent.Metrics;
using MarioAgentTool.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Training;

/// <summary>Small runs on the toy, for tests of what a trainer makes of them.</summary>
internal static class TrainerRuns
{
    public static readonly RunSettings Tiny = new()
    {
        Consoles = 4,
        Threads = 1,
        LogPeriod = 100,
        Environment = new() { NoOpStarts = 8 },
        Pqn = new() { RolloutSteps = 8, MinibatchSize = 16, EpsilonDecay = 1_000, Network = new NetworkSettings { HiddenUnits = 16 } },
        Dqn = new() { BatchSize = 16, LearnEvery = 16, BurnIn = 100, ReplayCapacity = 2_000, TargetUpdatePeriod = 20, EpsilonDecay = 1_000, Network = new NetworkSettings { HiddenUnits = 16 } },
        ClassicDqn = new()
        {
            BatchSize = 8, LearnEvery = 4, BurnIn = 100, ReplayCapacity = 1_000, SyncUnit = SyncUnit.Episodes, SyncPeriod = 3, EpsilonDecay = 0.999,
            Network = new NetworkSettings { HiddenUnits = 16 },
        },
        Evaluation = new() { Period = 500, AverageSteps = 6_000, Episodes = 3, StickyEpisodes = 2, ConfirmationEpisodes = 4 },
        Budget = new() { Frames = 16_000, Minutes = null, Until = null },
    };

    public static TrainingShell Shell(ITrainingWatcher? watcher = null) => new() { NewHost = () => new ToyHost(), Watcher = watcher, AlongMovie = (_, every) => Along(every) };

    /// <summary>States along a course that jumps the pit and ends before the flag.</summary>
    public static IReadOnlyList<StartState> Along(int every)
    {
        var host = new ToyHost();
        Boot.ToStart(host, Tiny.Environment);
        var starts = new List<StartState>();
        for (int frame = 1; new MarioFrame(host.ReadRam()).LevelX < 316; frame++)
        {
            int x = new MarioFrame(host.ReadRam()).LevelX;
            host.FrameAdvance(Buttons.Right | (x is >= 112 and < 118 ? Buttons.A : Buttons.None), render: false);
            if (frame % every == 0)
            {
                starts.Add(GivenStart.Of(host, $"toy.bk2, frame {frame}"));
            }
        }

        return starts;
    }

    public static string[] Train(RunSettings settings) => Train(settings, out _);

    public static string[] Train(RunSettings settings, out byte[] best)
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        using (Trainer trainer = Trainer.Start(settings, run, Shell()))
        {
            trainer.Run(default);
        }

        best = File.ReadAllBytes(run.BestWeights);
        return Lines(run);
    }

    /// <summary>The metrics without what the clock decides.</summary>
    public static string[] Lines(RunFolder run) => [.. File.ReadAllLines(run.Metrics).Select(line =>
    {
        var json = JObject.Parse(line);
        json.Remove("clock");
        return json.ToString(Newtonsoft.Json.Formatting.None);
    })];

    public sealed class StopAfter(int lines) : ITrainingWatcher
    {
        private int _lines;

        public CancellationTokenSource Stop { get; } = new();

        public List<string> Notes { get; } = [];

        public Predicate<EvaluationMetrics> AtEvaluation { get; init; } = _ => false;

        public void Logged(IntervalMetrics interval, TimeSpan? left)
        {
            if (++_lines == lines)
            {
                Stop.Cancel();
            }
        }

        public void Evaluated(EvaluationMetrics evaluation)
        {
            if (AtEvaluation(evaluation))
            {
                Stop.Cancel();
            }
        }

        public void Noted(string line) => Notes.Add(line);

        public void Saved()
        {
        }
    }

    public sealed class Tapes : IMovieSink
    {
        public Dictionary<string, EpisodeTape> Written { get; } = [];

        public IReadOnlyList<string> Extensions { get; } = [".a", ".b"];

        public void Write(string path, EpisodeTape tape) => Written[path] = tape;
    }
}
