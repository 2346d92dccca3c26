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
        // Progress is shown by the clock, so on a slow machine that is the first to fail.
        Assert.That(output, Does.Match("Something went wrong\n  While (holding the pad|playing a frame|showing the progress): the cable is loose"));
        Assert.That(output, Does.Contain("While starting with this game: the cable is loose"));
        Assert.That(output, Does.Not.Contain("\n  no\n"));
        Assert.That(File.ReadAllText(_folder["mario-agent/errors.log"]), Does.Contain("the cable is loose").And.Contain("no core"));
    }

    // Whoever adds a callback has it here without doing anything: they are found by reflection.
    [Test]
    public void Every_callback_that_fails_is_told_in_the_window_and_training_is_stopped_and_kept()
    {
        using TemporaryFolder folder = new();
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {EmuHawkShell.CopyOfTool(folder.Path)}",
            "click Start training",
            $"until {Plenty} Training: Double DQN",
            "frames 100",
            "faults the cable is loose");
        string[] callbacks = [.. output[output.IndexOf("> faults", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Trim())];
        Assert.That(callbacks, Has.All.EndsWith(": told"));
        string[] moments = ["General", "PreFrame", "FastPreFrame", "PostFrame", "FastPostFrame"];
        string[] expected = [.. moments.Select(m => $"UpdateValues({m})"), "Restart", "ProcessCmdKey", "OnFormClosed", "FlatButton 'Stop', EventHandler", "FlatButton 'Record an episode…', EventHandler", "TabButton 'Train', EventHandler"];
        Assert.That(expected.Select(e => $"{e}: told"), Is.SubsetOf(callbacks));
        Assert.That(File.ReadAllText(folder["mario-agent/errors.log"]), Does.Contain("the cable is loose"));
        Assert.That(Directory.GetFiles(folder["mario-agent/runs"], "best.safetensors", SearchOption.AllDirectories), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_game_that_is_another_is_named_and_the_window_waits_and_a_hack_is_taken()
    {
        string other = _folder["Ice Climbing.nes"], hack = _folder["Super Hack.nes"];
        File.WriteAllBytes(other, Cartridge([0x4C, 0x00, 0x80], at: 0x8000));
        File.WriteAllBytes(hack, Cartridge([0x4C, 0x57, 0x80], at: 0x8057));
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {_plugin}",
            "eject",
            "frames 3",
            "until 1 No game is loaded. Load Super Mario Bros.",
            $"rom {other}",
            "frames 3",
            "until 1 Ice Climbing is loaded, which is not called Super Mario Bros.",
            "show",
            $"rom {hack}",
            "frames 3",
            "until 1 Ready.",
            "rom trail",
            "frames 3",
            "until 1 Ready.");
        Assert.That(output, Does.Not.Contain("\n  no\n").And.Not.Contain("Something went wrong"));
        Assert.That(output, Does.Contain("(Watch it play)"), "nothing can be started meanwhile");
    }

    [Test]
    public void A_setting_is_found_changed_refused_and_kept_by_EmuHawk()
    {
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {_plugin}",
            "key Control, D6",
            "type Begin with=double-dqn",
            "type Find=dqn batchSize",
            "frames 1",
            "select dqn.batchSize",
            "frames 1",
            "type Value=0",
            "click Set value",
            "show",
            "type Value=48",
            "click Set value",
            "show",
            "close",
            $"open {_plugin}",
            "click Train",
            "show",
            "key Control, D6",
            "click Reset all",
            "click Train",
            "show");
        string[] shown = output.Split("> show");
        Assert.That(shown[1], Does.Contain("dqn.batchSize is 0; expected 1 or more."));
        Assert.That(shown[2], Does.Contain("dqn.batchSize = 48").And.Contain("Transitions in one update."));
        Assert.That(shown[3], Does.Contain("Changed: dqn.batchSize=48."));
        Assert.That(shown[4], Does.Not.Contain("Changed:"));
        Assert.That(output, Does.Not.Contain("Something went wrong"));
    }

    [Test]
    public void Keys_work_and_no_two_buttons_of_a_page_have_one_letter()
    {
        string output = EmuHawkShell.Run(
            "rom trail",
            $"open {_plugin}",
            "frames 1",
            "mnemonics",
            "key Control, D2",
            "mnemonics",
            "key Control, D3",
            "mnemonics",
            "key Control, D6",
            "mnemonics",
            "key F6",
            $"until {Plenty} Training: ",
            "key F6",
            "until 3 Stopped.",
            "key F1",
            "frames 1",
            "key F1",
            "key Control, D",
            "click States",
            "show",
            "key Control, Q");
        foreach (string page in output.Split("> mnemonics").Skip(1))
        {
            string[] letters = [.. page.Split('\n').TakeWhile(l => !l.StartsWith('>')).Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim())];
            Assert.That(letters.GroupBy(l => l[0]).Where(g => g.Count() > 1).SelectMany(g => g), Is.Empty);
            Assert.That(letters, Has.Length.GreaterThan(5));
        }

        Assert.That(output, Does.EndWith("> key Control, Q\n  no\n"), "others are EmuHawk's");
        Assert.That(System.Text.RegularExpressions.Regex.Matches(output, "\n  no\n"), Has.Count.EqualTo(1));
        Assert.That(output, Does.Not.Contain("Something went wrong"));
    }

    // Colours as Theme has them, in a window as small as it is meant to be made.
    [Test]
    public void It_is_light_or_dark_as_chosen_and_can_be_made_small()
    {
        string output = EmuHawkShell.Run(
            "rom trail", $"open {_plugin}", "size 420x480", "click Settings", "type Colours=Light", "pixel 1,1", "click Play", "type Colours=Dark", "pixel 1,1");
        string[] pixels = [.. output.Split('\n').Where(l => l.StartsWith("  #", StringComparison.Ordinal))];
        Assert.That(pixels[0], Does.StartWith("  #F4F4F2 of "));
        Assert.That(pixels[1], Does.StartWith("  #202124 of "));
    }

    [Test]
    public void The_learner_is_a_process_that_may_be_killed_and_dies_with_EmuHawk()
    {
        using TemporaryFolder folder = new();
        string plugin = EmuHawkShell.CopyOfTool(folder.Path);
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("It is told by /bin/sh.");
        }

        EmuHawkShell.AddCommand(folder.Path);
        (int code, string output) = EmuHawkShell.RunToAnyEnd(
            "rom trail",
            $"open {plugin}",
            "click Train",
            "click In bursts",
            "click Start training",
            $"until {Plenty} Learning in process",
            "frames 300",
            "click Stop",
            $"until {Plenty} Go on with the training of",
            "click Start training",
            $"until {Plenty} Learning in process",
            "frames 100",
            "sh pkill -9 -P $PPID dotnet",
            $"until {Plenty} has ended",
            "click Start training",
            $"until {Plenty} Learning in process",
            "frames 300",
            "sh kill -9 $PPID",
            "show");
        Assert.That(code, Is.Not.Zero, "it was killed");
        Assert.That(output, Does.Not.Contain("\n  no\n").And.Not.Contain("> show").And.Not.Contain("Something went wrong"));
        Assert.That(() => Processes(folder.Path), Is.Empty.After(20_000, 100), "nothing is left running");
    }

    private static string[] Processes(string word) => [.. Directory.GetDirectories("/proc").Select(d => Path.Combine(d, "cmdline")).Where(File.Exists).Select(Read).Where(c => c.Contains(word, StringComparison.Ordinal))];

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }

    /// <summary>An NROM image that is nothing but these bytes, from where it starts.</summary>
    private static byte[] Cartridge(byte[] code, int at)
    {
        byte[] image = new byte[16 + 0x8000 + 0x2000];
        new byte[] { (byte)'N', (byte)'E', (byte)'S', 0x1A, 2, 1 }.CopyTo(image, 0);
        code.CopyTo(image, 16 + at - 0x8000);
        (image[16 + 0x7FFC], image[16 + 0x7FFD]) = ((byte)at, (byte)(at >> 8));
        return image;
    }
}
