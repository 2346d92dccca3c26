using System.Diagnostics;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Metrics;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>The real command beside, on the built-in game.</summary>
[NonParallelizable]
public sealed class BesideTrainingTests
{
    private static readonly string[] s_small =
    [
        "consoles=4", "evaluation.period=256", "evaluation.episodes=2", "evaluation.stickyEpisodes=0", "logPeriod=64", "threads=1", "budget.minutes=60",
    ];

    [Test]
    public void Its_progress_is_seen_its_network_can_be_watched_and_it_saves_when_it_is_stopped()
    {
        using TemporaryFolder folder = new();
        using BesideTraining training = Start(folder["run"]);
        Assert.That(Until(training.Look), training.Message);
        AgentSource source = AgentSource.FromRun(folder["run"]);
        Assert.That(source.Settings.Preset, Is.EqualTo("fast"));
        GameSession session = new(source.Environment, new StartState([], []), new(1));
        using ILearner best = source.Open(session.ObservationSpec, session.ActionCount);
        Assert.That(training.Lines.OfType<IntervalMetrics>(), Is.Not.Empty);
        Assert.That(training.Message, Does.Match("^Training beside EmuHawk: [0-9,]+ frames, [0-9,]+ episodes"));

        training.Stop();
        Assert.That(Until(() => !training.IsRunning), "it ends");
        training.Look();
        Assert.That(training.Message, Does.EndWith("It has ended."));
        Assert.That(Checkpoint.Find(Path.Combine(folder["run"], "checkpoint")), Is.Not.Null);
    }

    [Test]
    public void Told_to_go_on_it_outlives_the_tool()
    {
        using TemporaryFolder folder = new();
        BesideTraining training = Start(folder["run"]);
        Assert.That(Until(() => training.Look() || training.Lines.Count > 0), training.Message);
        int id = training.Id;
        training.GoOn();
        training.Dispose();
        using Process process = Process.GetProcessById(id);
        Thread.Sleep(500);
        Assert.That(process.HasExited, Is.False);
        process.Kill();
        process.WaitForExit();
    }

    [Test]
    public void What_it_cannot_do_is_told_in_its_own_words()
    {
        using TemporaryFolder folder = new();
        using BesideTraining training = BesideTraining.Start(Program(), "missing.nes", folder["run"], "fast", []);
        Assert.That(Until(() => !training.IsRunning));
        Assert.That(Until(() =>
        {
            training.Look();
            return training.Message.Contains("missing.nes does not exist", StringComparison.Ordinal);
        }), training.Message);
    }

    private static AgentProgram Program() => AgentProgram.Find(AppContext.BaseDirectory, out string missing) ?? throw new InvalidOperationException(missing);

    private static BesideTraining Start(string folder) => BesideTraining.Start(Program(), null, folder, "fast", s_small);

    private static bool Until(Func<bool> reached)
    {
        Stopwatch patience = Stopwatch.StartNew();
        while (!reached())
        {
            if (patience.Elapsed.TotalMinutes > 2)
            {
                return false;
            }

            Thread.Sleep(50);
        }

        return true;
    }
}
