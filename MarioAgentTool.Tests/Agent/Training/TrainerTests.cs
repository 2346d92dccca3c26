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

public class TrainerTests
{
    private static readonly RunSettings Tiny = new()
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

    [Test]
    public void A_network_kept_on_the_way_is_whole([Values] LearnerKind learner, [Values(".pt", ".chkpt", ".safetensors")] string extension)
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        RunSettings settings = Tiny with { Learner = learner, Budget = new() { Frames = 1_000 }, Save = new() { Unit = CountUnit.Steps, Period = 100, Name = "net_{count}" + extension } };
        using Trainer trainer = Trainer.Start(settings, run, Shell());
        trainer.Run(default);

        StateDict file = WeightsFile.Read(run.Network("net_200" + extension));
        Assert.That(file.Tensors.Select(t => t.Title.Replace("model.", "")), Is.EquivalentTo(trainer.Learner.Weights.Select(w => StoredTensor.Of(w).Title)));
        Assert.That(file.Number(WeightsFile.ExplorationRate), extension == ".chkpt" ? Is.EqualTo(0.8).Within(0.2) : Is.Null);
    }

    [Test]
    public void Weights_given_are_where_both_networks_begin([Values] LearnerKind learner)
    {
        using var folder = new TemporaryFolder();
        string file = folder["net.safetensors"];
        RunSettings settings = Tiny with { Learner = learner, Seed = 5 };
        using (Trainer other = Trainer.Start(settings, RunFolder.Create(folder["other"]), Shell()))
        {
            WeightsFile.Write(file, other.Learner.Weights, new Dictionary<string, string>());
        }

        RunFolder run = RunFolder.Create(folder["run"]);
        using Trainer trainer = Trainer.Start(settings with { Seed = 1, Weights = file }, run, Shell());

        string[] expected = [.. WeightsFile.Read(file).Tensors.Select(t => Convert.ToHexString(t.Bytes.Span))];
        Assert.That(Hex(trainer.Learner.Weights), Is.EqualTo(expected));
        Assert.That(Hex(trainer.Learner.TargetWeights), Is.EqualTo(learner == LearnerKind.Pqn ? [] : expected));
        Assert.That(run.ReadSettings().Weights, Is.EqualTo(file));

        static string[] Hex(IEnumerable<NamedTensor> tensors) => [.. tensors.Select(t => Convert.ToHexString(StoredTensor.Of(t).Bytes.Span))];
    }

    [Test]
    public void An_evaluation_that_is_stopped_leaves_no_trace_and_is_made_up_for()
    {
        string[] whole = Train(Tiny);
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);

        // The console that asks to stop belongs to the first evaluation: those before it are the start's and the four that train.
        using var stop = new CancellationTokenSource();
        int hosts = 0;
        TrainingShell shell = Shell() with
        {
            NewHost = () =>
            {
                if (++hosts == 6)
                {
                    stop.Cancel();
                }

                return new ToyHost();
            },
        };
        using (Trainer first = Trainer.Start(Tiny, run, shell))
        {
            Assert.That(first.Run(stop.Token), Is.EqualTo(RunEnd.Stopped));
            Assert.That(first.Ledger.Evaluations, Is.Zero);
        }

        using (Trainer second = Trainer.Resume(run.ReadSettings(), run, Shell()))
        {
            second.Run(default);
        }

        Assert.That(Lines(run), Is.EqualTo(whole));
    }

    [Test]
    public void A_finished_run_leaves_its_files()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var movies = new Tapes();
        using (Trainer trainer = Trainer.Start(Tiny, run, Shell() with { Movies = movies }))
        {
            trainer.Run(default);
            trainer.ExamineBest();
        }

        foreach (string file in new[] { run.Settings, run.Metrics, run.CurvesSvg, run.CurvesPng, run.Summary, run.BestWeights })
        {
            Assert.That(new FileInfo(file).Length, Is.GreaterThan(0), file);
        }

        Assert.That(Checkpoint.Find(run.Checkpoint), Is.EqualTo(run.Checkpoint));
        Assert.That(SettingsFile.ToJson(run.ReadSettings()), Is.EqualTo(SettingsFile.ToJson(Tiny)));
        Assert.That(File.ReadAllText(run.Summary), Does.Contain("The best network").And.Contain("Best episode"));
        Assert.That(movies.Written.Keys, Is.EquivalentTo(new[] { run.BestEpisode(".a"), run.BestEpisode(".b") }));
    }

    [Test]
    public void The_best_episodes_tape_plays_the_episode_again_from_power_on()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var movies = new Tapes();
        using Trainer trainer = Trainer.Start(Tiny, run, Shell() with { Movies = movies });
        trainer.Run(default);
        EpisodeTape tape = movies.Written[run.BestEpisode(".a")];

        var host = new ToyHost();
        int furthest = 0;
        foreach (Buttons buttons in tape.Inputs)
        {
            host.FrameAdvance(buttons, render: false);
            furthest = Math.Max(furthest, new MarioFrame(host.ReadRam()).LevelX);
        }

        Assert.That(furthest, Is.EqualTo(trainer.Ledger.BestEpisode!.FurthestX));
        Assert.That(tape.Inputs, Has.Length.EqualTo(tape.EpisodeStart + trainer.Ledger.BestEpisode.Frames));
    }

    private static readonly RunSettings Goal = Tiny with { Budget = new() { Frames = 600_000, Minutes = null, Until = 75 } };

    [Test]
    public void The_toy_is_learned_and_the_run_ends_by_itself_once_fresh_sticky_episodes_confirm_it()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        using Trainer trainer = Trainer.Start(Goal, run, Shell());

        Assert.That(trainer.Run(default), Is.EqualTo(RunEnd.GoalReached));
        EvaluationMetrics last = MetricsLog.Read(run.Metrics).OfType<EvaluationMetrics>().Last();
        Assert.That(last, Has.Property("Confirmation").True.And.Property("Best").True);
        Assert.That(last.NoOpRate.Episodes, Is.Zero, "only what it is judged by");
        Assert.That(last.StickyRate, Has.Property("Episodes").EqualTo(Goal.Evaluation.ConfirmationEpisodes).And.Property("Share").GreaterThanOrEqualTo(0.75));

        FinalExamination examination = trainer.ExamineBest();
        Assert.That(examination.Rate(ProtocolKind.NoOp).Episodes, Is.EqualTo(Goal.Evaluation.ConfirmationEpisodes));
        Assert.That(examination.Rate(ProtocolKind.Sticky).Clears, Is.GreaterThan(0));
        Assert.That(JObject.Parse(File.ReadAllText(run.Examination))["results"]!.Count(), Is.EqualTo(2));
        Assert.That(File.ReadAllText(run.Summary), Does.Contain("75 % of sticky 0.25 episodes cleared, confirmed").And.Contain("sticky 0.25").And.Contain("Time went to"));
        using TrainedAgent agent = TrainedAgent.Load(run, run.ReadSettings(), () => new ToyHost());
        Assert.That(agent.Play(20, Protocol.StickyActions(8, 0.25f), seed: 1).Count(p => p.Cleared), Is.GreaterThan(10), "the weights that were kept");
    }

    [Test]
    public void A_confirmation_that_is_stopped_is_made_up_for()
    {
        string[] whole = Train(Goal);
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var watcher = new StopAfter(int.MaxValue) { AtEvaluation = e => e.StickyRate.Share >= 0.8 };
        using (Trainer first = Trainer.Start(Goal, run, Shell(watcher)))
        {
            Assert.That(first.Run(watcher.Stop.Token), Is.EqualTo(RunEnd.Stopped));
            Assert.That(first.Ledger.ConfirmationDue);
        }

        using (Trainer second = Trainer.Resume(run.ReadSettings(), run, Shell()))
        {
            second.Run(default);
        }

        Assert.That(Lines(run), Is.EqualTo(whole));
    }

    [Test]
    public void What_was_confirmed_gives_way_only_to_what_is()
    {
        RunSettings settings = Tiny with
        {
            Evaluation = Tiny.Evaluation with { Period = 200, Episodes = 2, StickyEpisodes = 6, ConfirmationEpisodes = 20 },
            Budget = new() { Frames = 60_000, Minutes = null, Until = null },
        };
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        using (Trainer trainer = Trainer.Start(settings, run, Shell()))
        {
            trainer.Run(default);
        }

        EvaluationMetrics[] best = [.. MetricsLog.Read(run.Metrics).OfType<EvaluationMetrics>().Where(e => e.Best)];
        Assert.That(best.SkipWhile(e => !e.Confirmation), Has.Some.Property("Confirmation").True.And.None.Property("Confirmation").False);
        Assert.That(best.SkipWhile(e => !e.Confirmation).Select(e => e.StickyRate.Share), Is.Ordered);
    }

    [Test]
    public void A_long_run_is_examined_less_and_less_often()
    {
        EvaluationSettings settings = new() { Period = 100 };
        int[] due = [.. Enumerable.Range(1, 300).Where(period => settings.IsDue(period * 100 - 50, period * 100 + 50))];

        Assert.That(due.Where(p => p < 64), Is.EqualTo(Enumerable.Range(1, 63)));
        Assert.That(due.Where(p => p is >= 64 and < 128), Has.All.Matches<int>(p => p % 2 == 0).And.Exactly(32).Items);
        Assert.That(due.Where(p => p is >= 128 and < 256), Has.All.Matches<int>(p => p % 4 == 0).And.Exactly(32).Items);
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

    [Test]
    public void Evaluations_begin_where_the_stage_does_wherever_training_begins()
    {
        // Every episode of training begins a step from the flag and clears; the agent has learned nothing of the pit before it.
        IReadOnlyList<StartState> last = [Along(1)[^1]];
        RunSettings settings = Tiny with { Starts = "toy.bk2" };
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        var movies = new Tapes();
        using Trainer trainer = Trainer.Start(settings, run, Shell() with { Movies = movies, AlongMovie = (_, _) => last });
        trainer.Run(default);

        Assert.That(trainer.Ledger.Clears, Is.GreaterThan(0.9 * trainer.Ledger.Episodes));
        Assert.That(MetricsLog.Read(run.Metrics).OfType<EvaluationMetrics>().Select(e => e.NoOpRate.Clears), Has.Some.LessThan(3));
        var host = new ToyHost();
        int furthest = 0;
        foreach (Buttons buttons in movies.Written[run.BestEpisode(".a")].Inputs)
        {
            host.FrameAdvance(buttons, render: false);
            furthest = Math.Max(furthest, new MarioFrame(host.ReadRam()).LevelX);
        }

        Assert.That(furthest, Is.EqualTo(trainer.Ledger.BestEpisode!.FurthestX), "the best episode leads there from power-on");
    }

    [Test]
    public void Metrics_say_where_the_time_goes()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        double seconds = 0;
        using Trainer trainer = Trainer.Start(Tiny, run, Shell() with { Clock = () => TimeSpan.FromSeconds(seconds += 0.001) });
        trainer.Run(default);

        TimeSpent[] spent = [.. MetricsLog.Read(run.Metrics).OfType<IntervalMetrics>().Select(i => i.Clock.Spent)];
        Assert.That(spent, Has.All.Matches<TimeSpent>(t => t.Act > 0 && t.Emulate > 0 && t.Observe > 0 && t.Learn > 0));
        Assert.That(trainer.Ledger.Spent.Evaluate, Is.GreaterThan(0));
        Assert.That(trainer.Ledger.Spent.Act, Is.InRange(spent.Sum(t => t.Act), 1.01 * spent.Sum(t => t.Act)), "but for the steps after the last line");
    }

    [Test]
    public void The_minutes_of_a_budget_are_the_clocks()
    {
        using var folder = new TemporaryFolder();
        double seconds = 0;
        RunSettings settings = Tiny with { Budget = new() { Frames = null, Minutes = 1 } };
        using Trainer trainer = Trainer.Start(settings, RunFolder.Create(folder["run"]), Shell() with { Clock = () => TimeSpan.FromSeconds(seconds += 0.1) });

        Assert.That(trainer.Run(default), Is.EqualTo(RunEnd.TimeSpent));
    }

    [Test]
    public void A_budget_beyond_all_time_leaves_a_century()
    {
        using var folder = new TemporaryFolder();
        double seconds = 0;
        var watcher = new StopAfter(2);
        RunSettings settings = Tiny with { Budget = new() { Frames = long.MaxValue, Minutes = 1e300 } };
        using Trainer trainer = Trainer.Start(settings, RunFolder.Create(folder["run"]), Shell(watcher) with { Clock = () => TimeSpan.FromSeconds(seconds += 0.1) });

        Assert.That(trainer.Run(watcher.Stop.Token), Is.EqualTo(RunEnd.Stopped));
    }

    [Test]
    public void Two_trainers_do_not_share_a_folder()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        using (Trainer trainer = Trainer.Start(Tiny with { Budget = new() { Frames = 400 } }, run, Shell()))
        {
            trainer.Run(default);
            Assert.That(() => Trainer.Resume(Tiny, run, Shell()), Throws.TypeOf<SettingsException>().With.Message.Contains("another process"));
        }

        using Trainer next = Trainer.Resume(Tiny, run, Shell());
        Assert.That(next.Ledger.Frames, Is.GreaterThan(0));
    }

    [Test]
    public void A_folder_that_holds_a_run_is_not_trained_over()
    {
        using var folder = new TemporaryFolder();
        RunFolder.Create(folder["run"]).WriteSettings(Tiny);

        Assert.That(() => RunFolder.Create(folder["run"]), Throws.TypeOf<SettingsException>().With.Message.Contains("--resume"));
        File.WriteAllText(folder["file"], "");
        Assert.That(() => RunFolder.Create(folder["file"]), Throws.TypeOf<SettingsException>().With.Message.Contains("--out"));
        Assert.That(() => RunFolder.Open(folder["nothing"]), Throws.TypeOf<SettingsException>().With.Message.Contains("holds no run"));
        Assert.That(() => Trainer.Resume(Tiny, RunFolder.Open(folder["run"]), Shell()), Throws.TypeOf<SettingsException>().With.Message.Contains("no whole checkpoint"));
    }

    private static TrainingShell Shell(ITrainingWatcher? watcher = null) => new() { NewHost = () => new ToyHost(), Watcher = watcher, AlongMovie = (_, every) => Along(every) };

    /// <summary>States along a course that jumps the pit and ends before the flag.</summary>
    private static IReadOnlyList<StartState> Along(int every)
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

    private static string[] Train(RunSettings settings) => Train(settings, out _);

    private static string[] Train(RunSettings settings, out byte[] best)
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
    private static string[] Lines(RunFolder run) => [.. File.ReadAllLines(run.Metrics).Select(line =>
    {
        var json = JObject.Parse(line);
        json.Remove("clock");
        return json.ToString(Newtonsoft.Json.Formatting.None);
    })];

    private sealed class StopAfter(int lines) : ITrainingWatcher
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

    private sealed class Tapes : IMovieSink
    {
        public Dictionary<string, EpisodeTape> Written { get; } = [];

        public IReadOnlyList<string> Extensions { get; } = [".a", ".b"];

        public void Write(string path, EpisodeTape tape) => Written[path] = tape;
    }
}
