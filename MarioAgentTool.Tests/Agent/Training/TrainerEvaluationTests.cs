using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Metrics.TensorBoard;
using MarioAgentTool.Tests.Agent.Metrics;
using MarioAgentTool.Training;
using Newtonsoft.Json.Linq;
using static MarioAgentTool.Tests.Agent.Training.TrainerRuns;

namespace MarioAgentTool.Tests.Agent.Training;

/// <summary>When a run is examined, what that decides, and when it ends.</summary>
public class TrainerEvaluationTests
{
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
        Assert.That(last.StickyRate, Has.Property("Episodes").EqualTo(2 * Goal.Evaluation.ConfirmationEpisodes).And.Property("Share").GreaterThanOrEqualTo(0.75));

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
    }

    [TestCase(3, 900, true, Description = "the first four come at once")]
    [TestCase(4, 151, false)]
    [TestCase(4, 150, true)]
    [TestCase(40, 100, true)]
    public void Confirmations_beyond_the_first_four_wait_until_they_took_no_more_than_their_share_of_the_play(int confirmations, long frames, bool may) =>
        Assert.That(Trainer.MayConfirm(new Ledger { Frames = 1_000, Confirmations = confirmations, ConfirmationFrames = frames }), Is.EqualTo(may));

    [Test]
    public void Confirmations_are_counted_and_a_run_that_goes_on_knows_of_them()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["run"]);
        long frames;
        using (Trainer first = Trainer.Start(Goal, run, Shell()))
        {
            first.Run(default);
            frames = first.Ledger.ConfirmationFrames;
            Assert.That(first.Ledger.Confirmations, Is.EqualTo(MetricsLog.Read(run.Metrics).OfType<EvaluationMetrics>().Count(e => e.Confirmation)).And.GreaterThan(0));
            Assert.That(frames, Is.GreaterThan(2 * Goal.Evaluation.ConfirmationEpisodes));
        }

        using Trainer second = Trainer.Resume(run.ReadSettings(), run, Shell());
        Assert.That(second.Ledger.ConfirmationFrames, Is.EqualTo(frames));
    }

    [TestCase(200, 200, 1)]
    [TestCase(181, 200, 0.905 - 0.0207)]
    [TestCase(10, 20, 0.5 - 0.1118)]
    public void A_network_that_learned_longer_takes_the_place_of_one_that_chance_alone_may_have_put_before_it(int clears, int episodes, double toBeat) =>
        Assert.That(Trainer.ToBeat(new ClearRate(clears, episodes)), Is.EqualTo(toBeat).Within(1e-4));

    [Test]
    public void A_long_run_is_examined_less_and_less_often()
    {
        EvaluationSettings settings = new() { Period = 100 };
        int[] due = [.. Enumerable.Range(1, 300).Where(period => settings.IsDue(period * 100 - 50, period * 100 + 50))];

        Assert.That(due.Where(p => p < 64), Is.EqualTo(Enumerable.Range(1, 63)));
        Assert.That(due.Where(p => p is >= 64 and < 128), Has.All.Matches<int>(p => p % 2 == 0).And.Exactly(32).Items);
        Assert.That(due.Where(p => p is >= 128 and < 256), Has.All.Matches<int>(p => p % 4 == 0).And.Exactly(32).Items);
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
}
