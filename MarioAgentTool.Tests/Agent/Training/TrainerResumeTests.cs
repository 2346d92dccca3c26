using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Metrics.TensorBoard;
using MarioAgentTool.Tests.Agent.Metrics;
using MarioAgentTool.Training;
using static MarioAgentTool.Tests.Agent.Training.TrainerRuns;

namespace MarioAgentTool.Tests.Agent.Training;

/// <summary>One seed gives one run, in one piece or several.</summary>
public class TrainerResumeTests
{
    [TestCase(LearnerKind.Pqn)]
    [TestCase(LearnerKind.Dqn)]
    [TestCase(LearnerKind.ClassicDqn)]
    public void The_same_seed_gives_the_same_metrics_on_any_number_of_threads(LearnerKind learner)
    {
        string[] once = Train(Tiny with { Learner = learner }), again = Train(Tiny with { Learner = learner }), twoThreads = Train(Tiny with { Learner = learner, Threads = 2 });

        Assert.That(once, Has.Length.GreaterThan(15));
        Assert.That(again, Is.EqualTo(once));
        Assert.That(twoThreads, Is.EqualTo(once));
    }

    [Test]
    public void Another_seed_gives_another_run() => Assert.That(Train(Tiny with { Seed = 2 }), Is.Not.EqualTo(Train(Tiny)));

    [TestCase(LearnerKind.Pqn, 1)]
    [TestCase(LearnerKind.Pqn, 25)]
    [TestCase(LearnerKind.Dqn, 25)]
    [TestCase(LearnerKind.ClassicDqn, 25)]
    public void A_run_that_stopped_and_went_on_equals_one_that_never_stopped(LearnerKind learner, int stopAfterLines)
    {
        RunSettings settings = Tiny with { Learner = learner };
        string[] whole = Train(settings, out byte[] wholeBest);

        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var watcher = new StopAfter(stopAfterLines);
        using (Trainer first = Trainer.Start(settings, run, Shell(watcher)))
        {
            Assert.That(first.Run(watcher.Stop.Token), Is.EqualTo(RunEnd.Stopped));
        }

        using (Trainer second = Trainer.Resume(run.ReadSettings(), run, Shell()))
        {
            Assert.That(second.Ledger.Steps, Is.EqualTo(stopAfterLines * 100L));
            Assert.That(second.Run(default), Is.EqualTo(RunEnd.FramesSpent));
        }

        Assert.That(Lines(run), Is.EqualTo(whole));
        Assert.That(File.ReadAllBytes(run.BestWeights), Is.EqualTo(wholeBest), "the best network");
    }

    [TestCase(EpisodeLogKind.Scores, "log.txt")]
    [TestCase(EpisodeLogKind.MetricLogger, "log")]
    public void Records_are_the_same_whether_or_not_a_run_was_interrupted_and_change_nothing_else(EpisodeLogKind log, string file)
    {
        RunSettings settings = Tiny with { Learner = LearnerKind.Dqn, Records = new() { TensorBoard = true, Log = log } };
        string[] plain = Train(settings with { Records = new() });
        using var folder = new TemporaryFolder();
        RunFolder whole = RunFolder.Create(folder["whole"]), parts = RunFolder.Create(folder["parts"]);
        StopAfter unstopped = new(int.MaxValue), stopped = new(7);
        TrainingShell Recording(ITrainingWatcher watcher) => Shell(watcher) with { TensorBoard = path => new TensorBoardRecord(path) };
        using (Trainer trainer = Trainer.Start(settings, whole, Recording(unstopped)))
        {
            trainer.Run(default);
        }

        using (Trainer trainer = Trainer.Start(settings, parts, Recording(stopped)))
        {
            trainer.Run(stopped.Stop.Token);
        }

        using (Trainer trainer = Trainer.Resume(settings, parts, Recording(stopped)))
        {
            trainer.Run(default);
        }

        Assert.That(Lines(whole), Is.EqualTo(plain));
        Assert.That(Untimed(parts), Is.EqualTo(Untimed(whole)));
        Assert.That(Untimed(whole), Has.Length.GreaterThan(3));
        Assert.That(stopped.Notes, Has.Count.EqualTo(unstopped.Notes.Count));
        Assert.That(unstopped.Notes, Has.Count.EqualTo(Untimed(whole).Length - (log == EpisodeLogKind.MetricLogger ? 1 : 0)), "the console has the lines, too");
        Assert.That(Scalars(parts), Is.EqualTo(Scalars(whole)));
        Assert.That(Scalars(whole).Count(s => s.Tag == "Reward"), Is.GreaterThan(20));

        string[] Untimed(RunFolder run) => [.. File.ReadAllLines(Path.Combine(run.Path, file)).Select(line => log == EpisodeLogKind.Scores ? line : line[..86])];
        static (string? Tag, float? Value, long Step)[] Scalars(RunFolder run) =>
            [.. TensorBoardRecord.Files(run.Path).SelectMany(TensorBoardEvent.Read).Where(e => e.Tag is not null).Select(e => (e.Tag, e.Value, e.Step))];
    }

    [TestCase("right-only-dqn")]
    [TestCase("dueling-custom")]
    public void A_notebooks_run_goes_on_as_if_it_had_never_stopped(string preset)
    {
        // Its own world but for the picture, which the toy has none of: tiles, and a small network; one console, episodes counted.
        RunSettings settings = Presets.Observing(Presets.Get(preset).Settings, ObservationKind.Tiles);
        settings = settings with
        {
            Threads = 1,
            LogPeriod = 20,
            Environment = settings.Environment with { World = 1, Stage = 1, ActionSet = "right-only" },
            Evaluation = Tiny.Evaluation with { AverageSteps = 0, Period = 100_000 },
            ClassicDqn = settings.ClassicDqn with { SyncPeriod = 2, EpsilonDecay = 0.99, Network = settings.ClassicDqn.Network with { HiddenUnits = 16 } },
            Budget = new() { Episodes = 40, Minutes = null, Until = null },
            Save = settings.Save with { Unit = CountUnit.Episodes, Period = 15, Name = "net_{env}_{count}.pt" },
        };
        string[] whole = Train(settings, out byte[] wholeBest);

        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var watcher = new StopAfter(8);
        using (Trainer first = Trainer.Start(settings, run, Shell(watcher)))
        {
            Assert.That(first.Run(watcher.Stop.Token), Is.EqualTo(RunEnd.Stopped));
            Assert.That(first.Learner.Progress.Updates, Is.GreaterThan(20));
        }

        using (Trainer second = Trainer.Resume(run.ReadSettings(), run, Shell()))
        {
            Assert.That(second.Run(default), Is.EqualTo(RunEnd.EpisodesSpent));
            Assert.That(second.Ledger.Episodes, Is.EqualTo(40));
        }

        Assert.That(Lines(run), Is.EqualTo(whole));
        Assert.That(File.ReadAllBytes(run.BestWeights), Is.EqualTo(wholeBest), "the best network");
        Assert.That(
            Directory.GetFiles(run.Path, "net_*").Select(Path.GetFileName),
            Is.EquivalentTo(from count in new[] { 15, 30 } select $"net_SuperMarioBros-1-1-v{(preset == "dueling-custom" ? 1 : 0)}_{count}.pt"));
    }

    [TestCase(CurriculumKind.Uniform)]
    [TestCase(CurriculumKind.Backward)]
    [TestCase(CurriculumKind.Frontier)]
    public void A_curriculum_goes_on_as_if_it_had_never_stopped_on_any_number_of_threads(CurriculumKind kind)
    {
        RunSettings settings = Tiny with { Starts = "toy.bk2", Curriculum = new() { Kind = kind, PlacePixels = 32, Places = 5 } };
        string[] whole = Train(settings), twoThreads = Train(settings with { Threads = 2 });
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var watcher = new StopAfter(22);
        using (Trainer first = Trainer.Start(settings, run, Shell(watcher)))
        {
            first.Run(watcher.Stop.Token);
        }

        using (Trainer second = Trainer.Resume(run.ReadSettings(), run, Shell()))
        {
            second.Run(default);
        }

        Assert.That(Lines(run), Is.EqualTo(whole));
        Assert.That(twoThreads, Is.EqualTo(whole));
        Assert.That(whole, Is.Not.EqualTo(Train(Tiny)), "it does something");
        IntervalMetrics last = MetricsLog.Read(run.Metrics).OfType<IntervalMetrics>().Last();
        Assert.That(last.Curriculum, kind == CurriculumKind.Uniform ? Is.Null : Has.Exactly(1).Property("Stage").EqualTo("1-1"));
    }

    [Test]
    public void Other_start_states_than_those_a_run_began_with_are_refused()
    {
        RunSettings settings = Tiny with { Starts = "toy.bk2", Curriculum = new() { Kind = CurriculumKind.Backward } };
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var watcher = new StopAfter(3);
        using (Trainer trainer = Trainer.Start(settings, run, Shell(watcher)))
        {
            trainer.Run(watcher.Stop.Token);
        }

        TrainingShell shell = Shell() with { AlongMovie = (_, every) => Along(every).Reverse().ToArray() };
        Assert.That(() => Trainer.Resume(settings, run, shell), Throws.TypeOf<InvalidDataException>().With.Message.Contains("start state"));
    }
}
