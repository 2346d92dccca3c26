using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Plugin;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Environment;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>The plug-in's DLL itself, window and all, in the headless EmuHawk on mono or .NET Framework.</summary>
public class FormInEmuHawkTests
{
    // Rounds of the loop that are more than enough for whatever is waited for.
    private const int Plenty = 60_000;

    private TemporaryFolder _folder = null!;
    private string _plugin = "", _run = "";

    [OneTimeSetUp]
    public void Install()
    {
        _folder = new TemporaryFolder();
        _plugin = EmuHawkShell.CopyOfTool(_folder.Path);

        // An agent that knows nothing plays as well as any, for a window.
        _run = _folder["run"];
        AgentSource source = AgentSource.New(LearnerKind.Pqn);
        NesFrameHost host = NesFrameHost.WithTrail();
        GameSession session = new(source.Environment, host.RunToStart(), new Seeds(1).Stream("form"));
        using ILearner learner = source.Open(session.ObservationSpec, session.ActionCount);
        source.Save(_run, learner, new RomIdentity("Trail.nes", "Trail", ""));
    }

    [OneTimeTearDown]
    public void Clean() => _folder.Dispose();

    [Test]
    public void It_opens_plays_a_run_and_gives_the_pad_back()
    {
        string picture = _folder["window.png"], game = _folder["game.png"];
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {_plugin}",
            "show",
            $"type Run folder={_run}",
            "click Watch it play",
            $"until {Plenty} Playing: run, PQN on tiles",
            "frames 200",
            $"shot {picture}",
            $"game {game}",
            "click Stop",
            "show");
        Assert.That(output, Does.Contain("  Mario Agent\n  Ready. Choose a run").And.Contain("  Stopped. The pad is yours."));
        Assert.That(output, Does.Match("until .*\n  yes"));
        Assert.That(output, Does.Not.Contain("Something went wrong"));
        Assert.That(new FileInfo(picture).Length, Is.GreaterThan(5_000), "a window with nothing in it packs into less");
        Assert.That(new FileInfo(game).Length, Is.GreaterThan(3_000));
        TestContext.AddTestAttachment(picture);
    }

    [Test]
    public void A_reboot_no_game_another_game_and_closing_in_the_middle_of_training_are_all_borne()
    {
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {_plugin}",
            "click Start training",
            $"until {Plenty} Training: Double DQN",
            "frames 100",
            "reboot",
            "frames 3",
            $"until {Plenty} Ready.",
            "click Start training",
            $"until {Plenty} Training: Double DQN",
            "eject",
            $"until {Plenty} No game is loaded.",
            "rom trail",
            "turbo",
            "click Start training",
            $"until {Plenty} Training: Double DQN",
            "frames 100",
            "pause",
            "frames 100",
            "close",
            "frames 3");
        Assert.That(output, Does.Not.Contain("Something went wrong").And.Not.Contain("\n  no\n"));
    }

    [Test]
    public void A_fault_in_any_callback_stays_in_the_window()
    {
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {_plugin}",
            $"type Run folder={_run}",
            "click Watch it play",
            $"until {Plenty} Playing: run",
            "fault the cable is loose",
            "frames 3",
            $"until {Plenty} Stopped, because something went wrong.",
            "show",
            "reboot",
            "show",
            "click Watch it play",
            "no-fault",
            "reboot",
            "click Dismiss",
            "click Start training",
            $"until {Plenty} Training: Double DQN",
            "turbo",
            "fault no core",
            "frames 3",
            $"until {Plenty} Stopped, because something went wrong.",
            "close");
        Assert.That(output, Does.Match("Something went wrong\n  While (holding the pad|playing a frame): the cable is loose"));
        Assert.That(output, Does.Contain("While starting with this game: the cable is loose"));
        Assert.That(output, Does.Not.Contain("\n  no\n"));
        Assert.That(File.ReadAllText(_folder["mario-agent/errors.log"]), Does.Contain("the cable is loose").And.Contain("no core"));
    }
}
