using System.Diagnostics;
using System.Text.RegularExpressions;
using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Host;
using MarioAgentTool.Training;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>Training in EmuHawk with the learner in a process of its own: the real command, on Trail.</summary>
public sealed class LearnerProcessTests
{
    [Test]
    public void It_acts_here_and_learns_there()
    {
        using HostedTrail trail = new();
        ToolSession session = Opened(trail);
        session.Train(Source());
        RunUntil(trail, session, () => session.Progress.Steps > 400);
        RemoteLearner learner = (RemoteLearner)session.Learner!;
        learner.CatchUp();
        Assert.Multiple(() =>
        {
            Assert.That(session.Message, Does.Match(@"Learning in process \d+\."));
            Assert.That(learner.Progress.Steps, Is.EqualTo(session.Progress.Steps - 1), "The last action has no outcome yet.");
            Assert.That(learner.Progress.Updates, Is.GreaterThan(0));
        });

        using ILearner untrained = Learners.CreateToPlay(session.Source!.Settings);
        Assert.That(learner.Weights[0].Values.ToArray(), Is.Not.EqualTo(untrained.Weights[0].Values.ToArray()));
    }

    [Test]
    public void When_the_process_dies_training_stops_with_a_sentence_and_the_network_can_be_saved()
    {
        using HostedTrail trail = new();
        ToolSession session = Opened(trail);
        session.Train(Source());
        RunUntil(trail, session, () => session.Progress.Steps > 20);
        using (Process process = Process.GetProcessById(ProcessOf(session)))
        {
            process.Kill();
        }

        RunUntil(trail, session, () => session.Activity == ToolActivity.Ready);
        Assert.That(session.Message, Does.Match(@"^The learner in process \d+ has ended: .+ start training again to go on\.$"));
        string folder = Directory.CreateTempSubdirectory("saved").FullName;
        session.Source!.Save(Path.Combine(folder, "run"), session.Learner!, new RomIdentity(null, "Trail", ""));
        Assert.That(AgentSource.FromRun(Path.Combine(folder, "run")).Settings.Learner, Is.EqualTo(LearnerKind.Dqn));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void The_process_ends_with_the_tool()
    {
        using HostedTrail trail = new();
        ToolSession session = Opened(trail);
        session.Train(Source());
        RunUntil(trail, session, () => session.Progress.Steps > 20);
        using Process process = Process.GetProcessById(ProcessOf(session));
        session.Dispose();
        Assert.That(process.WaitForExit(10_000));
    }

    [Test]
    public void Without_the_program_it_learns_on_a_thread_and_says_why()
    {
        string empty = Directory.CreateTempSubdirectory("none").FullName;
        using HostedTrail trail = new();
        ToolSession session = Opened(trail, empty);
        session.Train(Source());
        RunUntil(trail, session, () => session.Progress.Steps > 200);
        ((RemoteLearner)session.Learner!).CatchUp();
        Assert.That(session.Learner!.Progress.Updates, Is.GreaterThan(0));
        Assert.That(session.Message, Does.Contain("in EmuHawk's own process").And.Contain("mario-agent.dll is not there"));
        Directory.Delete(empty);
    }

    private static AgentSource Source()
    {
        RunSettings settings = AgentSource.New(LearnerKind.Dqn).Settings;
        return new AgentSource("Double DQN", settings with { Dqn = settings.Dqn with { BurnIn = 50 } }, (_, _) => throw new InvalidOperationException("It learns elsewhere."));
    }

    private static int ProcessOf(ToolSession session) => int.Parse(Regex.Match(session.Message, @"process (\d+)").Groups[1].Value);

    private static ToolSession Opened(HostedTrail trail, string? folder = null)
    {
        SessionTool tool = new();
        tool.Session.Home = () => (LearnerHome.Start(folder ?? AppContext.BaseDirectory, out string note), note);
        trail.EmuHawk.OpenTool(tool);
        return tool.Session;
    }

    private static void RunUntil(HostedTrail trail, ToolSession session, Func<bool> reached)
    {
        for (int i = 0; i < 200_000 && !reached(); i++)
        {
            trail.EmuHawk.Tick();
        }

        Assert.That(reached(), $"200,000 frames were not enough. {session.Message}");
    }
}
