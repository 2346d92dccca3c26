using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Recording;
using MarioAgentTool.Training;
using static MarioAgentTool.Tests.Agent.Training.TrainerRuns;

namespace MarioAgentTool.Tests.Agent.Training;

/// <summary>What a run leaves, and what it refuses.</summary>
public class TrainerTests
{
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
}
