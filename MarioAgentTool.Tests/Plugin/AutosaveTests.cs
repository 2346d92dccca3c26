using System.Diagnostics;
using System.Text.RegularExpressions;
using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Tests.Host;
using MarioAgentTool.Training;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>Training that is kept, and gone on with: the real command as learner, on Trail.</summary>
public sealed class AutosaveTests
{
    private static readonly RomIdentity s_rom = new("Trail.nes", "Trail", "ABCD");

    private TemporaryFolder _runs = null!;
    private HostedTrail _trail = null!;

    [SetUp]
    public void Open()
    {
        _runs = new TemporaryFolder();
        _trail = new HostedTrail();
    }

    [TearDown]
    public void Close()
    {
        _trail.Dispose();
        _runs.Dispose();
    }

    [Test]
    public void A_training_that_was_closed_goes_on_where_it_was()
    {
        string folder = Autosave.NewFolder(_runs.Path, new DateTime(2026, 1, 2, 14, 3, 0));
        float[] first;
        LearnerProgress before;
        KeptProgress kept;
        using (SessionTool tool = OpenTool(folder))
        {
            tool.Session.Train(Source());
            RunUntil(tool.Session, () => tool.Session.Progress.Steps > 300);
            ((RemoteLearner)tool.Session.Learner!).CatchUp();
            before = tool.Session.Learner!.Progress;
            first = tool.Session.Learner.Weights[0].Values.ToArray();
            ToolProgress p = tool.Session.Progress;
            kept = new KeptProgress(p.Episodes, p.Clears, p.FurthestX, p.Steps, p.Frames);
            _trail.EmuHawk.CloseTool(tool);
        }

        Assert.That(Autosave.FindLatest(_runs.Path, s_rom), Is.EqualTo(folder));
        Assert.That(Autosave.FindLatest(_runs.Path, s_rom with { Sha1 = "other" }), Is.Null, "another game's is not offered");

        AgentSource source = Autosave.Open(folder);
        Assert.That(source.Earlier, Is.EqualTo(kept));
        using SessionTool again = OpenTool(folder);
        again.Session.Train(source);
        RunUntil(again.Session, () => again.Session.Learner is not null);
        RemoteLearner learner = (RemoteLearner)again.Session.Learner!;
        learner.CatchUp();
        Assert.That(learner.Weights[0].Values.ToArray(), Is.EqualTo(first), "the network is the one that was kept");
        RunUntil(again.Session, () => again.Session.Progress.Steps > kept.Steps + 100);
        learner.CatchUp();
        Assert.Multiple(() =>
        {
            Assert.That(learner.Progress.Steps, Is.GreaterThan(before.Steps + 50).And.LessThanOrEqualTo(before.Steps + 200), "steps are counted on");
            Assert.That(learner.Progress.Epsilon, Is.LessThanOrEqualTo(before.Epsilon), "exploration goes on falling");
            Assert.That(learner.Progress.Updates, Is.GreaterThanOrEqualTo(before.Updates));
        });
    }

    [Test]
    public void A_killed_learner_costs_what_was_learned_since_the_last_autosave_and_no_more()
    {
        string folder = Autosave.NewFolder(_runs.Path, DateTime.Now);
        using SessionTool tool = OpenTool(folder, TimeSpan.Zero);
        tool.Session.Train(Source());
        RunUntil(tool.Session, () => Autosave.FindLatest(_runs.Path, s_rom) is not null);
        using (Process process = Process.GetProcessById(int.Parse(Regex.Match(tool.Session.Message, @"process (\d+)").Groups[1].Value)))
        {
            process.Kill();
        }

        RunUntil(tool.Session, () => tool.Session.Activity == ToolActivity.Ready);
        Assert.That(tool.Session.Message, Does.Contain("has ended"));
        tool.Session.Train(Autosave.Open(folder));
        long steps = tool.Session.Progress.Steps;
        RunUntil(tool.Session, () => tool.Session.Progress.Steps > steps + 50);
        Assert.That(tool.Session.Activity, Is.EqualTo(ToolActivity.Training));
    }

    [Test]
    public void Stopping_waits_for_nobody_and_the_state_is_kept_when_it_comes()
    {
        string folder = Autosave.NewFolder(_runs.Path, DateTime.Now);
        using SessionTool tool = OpenTool(folder);
        tool.Session.Train(Source());
        RunUntil(tool.Session, () => tool.Session.Progress.Steps > 20);
        tool.Session.Stop("Stopped.");
        Assert.That(tool.Session.Message, Is.EqualTo("Stopped."));
        for (Stopwatch patience = Stopwatch.StartNew(); Autosave.FindLatest(_runs.Path, s_rom) is null && patience.Elapsed.TotalMinutes < 1; Thread.Sleep(5))
        {
            tool.Session.KeepWhatCame();
        }

        Assert.That(Autosave.FindLatest(_runs.Path, s_rom), Is.EqualTo(folder));
    }

    [Test]
    public void What_cannot_be_gone_on_with_is_said_or_not_offered()
    {
        Assert.That(Autosave.FindLatest(_runs["none"], s_rom), Is.Null);
        string spoilt = Autosave.NewFolder(_runs.Path, DateTime.Now);
        Directory.CreateDirectory(spoilt);
        File.WriteAllText(Path.Combine(spoilt, "learner.state"), "");
        File.WriteAllText(Path.Combine(spoilt, "settings.json"), """{ "magic": 1 }""");
        Assert.That(Autosave.FindLatest(_runs.Path, s_rom), Is.Null);

        RunFolder.Create(_runs["watched"]).WriteSettings(new RunSettings());
        Assert.That(() => Autosave.Open(_runs["watched"]), Throws.TypeOf<SettingsException>().With.Message.Contains("can be watched"));
    }

    private SessionTool OpenTool(string folder, TimeSpan? every = null)
    {
        SessionTool tool = new();
        tool.Session.Home = () => (LearnerHome.Start(AppContext.BaseDirectory, out string note), note);
        tool.Session.Autosave = new Autosave(folder, every ?? TimeSpan.FromHours(1), s_rom);
        _trail.EmuHawk.OpenTool(tool);
        return tool;
    }

    private static AgentSource Source()
    {
        RunSettings settings = AgentSource.New(LearnerKind.Dqn).Settings;
        return AgentSource.New(settings with { Dqn = settings.Dqn with { BurnIn = 50 } });
    }

    private void RunUntil(ToolSession session, Func<bool> reached)
    {
        for (int i = 0; i < 200_000 && !reached(); i++)
        {
            _trail.EmuHawk.Tick();
        }

        Assert.That(reached(), $"200,000 frames were not enough. {session.Message}");
    }
}
