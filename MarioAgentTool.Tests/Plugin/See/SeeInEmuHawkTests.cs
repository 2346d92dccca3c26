using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Metrics;
using MarioAgentTool.Plugin;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Environment;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Plugin.See;

/// <summary>The pages See and Curves of the plug-in's own window, and what it draws over the game, by their pixels.</summary>
public class SeeInEmuHawkTests
{
    private const int Plenty = 60_000;
    private const string Chart = "Chart";

    private TemporaryFolder _folder = null!;
    private string _plugin = "";

    [OneTimeSetUp]
    public void Install()
    {
        _folder = new TemporaryFolder();
        _plugin = EmuHawkShell.CopyOfTool(_folder.Path);
        SaveRun("tiles", new EnvironmentSettings());
        SaveRun("pixels", new EnvironmentSettings { Observation = ObservationKind.Pixels });
        File.WriteAllLines(
            Path.Combine(_folder["tiles"], "metrics.jsonl"),
            Enumerable.Range(1, 200).Select(i => MetricsLog.ToJson(new IntervalMetrics { Steps = i * 1000, Ended = 1, Reward = i % 7, FurthestX = i * 16, Clears = i / 101, Clock = new ClockColumns { Seconds = i } })));
    }

    [OneTimeTearDown]
    public void Clean() => _folder.Dispose();

    [Test]
    public void What_is_drawn_over_the_game_stays_while_paused_follows_a_loaded_state_and_goes_when_switched_off()
    {
        string output = Run(
            "rom trail",
            $"open {_plugin}",
            $"type Run folder={_folder["tiles"]}",
            "click Watch it play",
            $"until {Plenty} Playing: tiles",
            "frames 60",
            "save 1",
            "frames 90",
            "click x and furthest x",
            "click Values",
            "frames 3",
            "drawings",
            "pause",
            "frames 3",
            "# paused",
            "drawings",
            "load 1",
            "frames 1",
            "wait 800",
            "# loaded",
            "drawings",
            "click x and furthest x",
            "click Values",
            "wait 800",
            "# off",
            "drawings",
            "# end");
        string playing = Between(output, "> frames 3\n> drawings", "> pause"), paused = Between(output, "> # paused", "> load"), loaded = Between(output, "> # loaded", "> click"), off = Between(output, "> # off", "> # end");
        Assert.That(playing, Does.Contain("right+A+B").And.Match("Text [0-9,]+ x \\d+  furthest \\d+"));
        Assert.That(paused.Replace("> drawings\n", ""), Is.EqualTo(playing));
        Assert.That(Position(loaded), Is.Not.EqualTo(Position(playing)), "the state is of another moment");
        Assert.That(off, Does.Not.Contain("Text").And.Not.Contain("Box"));
        Assert.That(output, Does.Not.Contain("Something went wrong"));
    }

    [Test]
    public void A_hand_alone_is_seen_as_well()
    {
        string output = Run(
            "rom trail", $"open {_plugin}", "click Buttons", "click Boxes", "frames 10", "drawings",
            "key Control, O", "frames 2", "# hidden", "drawings", "key Control, O", "frames 2", "# again", "drawings");
        Assert.That(output, Does.Match("> drawings\n  Box"));
        Assert.That(Between(output, "> # hidden", "> key"), Does.Not.Contain("Box"));
        Assert.That(output[output.IndexOf("> # again", StringComparison.Ordinal)..], Does.Contain("  Box"));
        Assert.That(output, Does.Not.Contain("Something went wrong"));
    }

    [TestCase("tiles")]
    [TestCase("pixels")]
    public void The_network_is_shown_what_it_sees_and_what_that_rests_on(string run)
    {
        string picture = _folder[$"see-{run}.png"];
        string output = Run(
            "rom trail",
            $"open {_plugin}",
            "type Colours=Dark",
            "click See",
            $"type Run folder={_folder[run]}",
            "click Watch it play",
            $"until {Plenty} Playing: {run}",
            "frames 60",

            // The picture is drawn fifteen times a second at most, and sixty frames may take less than one of those.
            "wait 200",
            "frames 2",
            "colours Observation",
            "click Show what the choice rests on:",
            "until 4000 Green speaks for the choice",
            "frames 100",
            "# explained",
            "colours Observation",
            "mouse Observation move 25 10",
            "frames 60",
            "show",
            $"shot {picture}");
        string seen = Between(output, "> colours", "> click"), explained = Between(output, "> # explained", "> mouse");
        if (run == "tiles")
        {
            Assert.That(Colour(seen, ObservationPicture.Legend[0].Argb), Is.GreaterThan(500), "solid ground");
            Assert.That(output, Does.Match("nothing, .* up").And.Match("Most: |nothing"));
        }
        else
        {
            Assert.That(output, Does.Match("\n  grey \\d+"));
        }

        Assert.That(explained.Replace("> colours Observation", ""), Is.Not.EqualTo(seen));
        Assert.That(output, Does.Not.Contain("Something went wrong"));
        TestContext.AddTestAttachment(picture);
    }

    [Test]
    public void Curves_of_a_run_are_drawn_zoomed_hovered_over_and_reset()
    {
        string output = Run(
            "rom trail",
            $"open {_plugin}",
            "type Colours=Light",
            $"type Run folder={_folder["tiles"]}",
            "click Curves",
            $"colours {Chart}",
            "choose Whose curves=The run chosen",
            $"until {Plenty} 1,000 points",
            "# whole",
            $"colours {Chart}",
            $"mouse {Chart} wheel 50 50 5",
            "# zoomed",
            $"colours {Chart}",
            $"mouse {Chart} double-click 50 50",
            "# reset",
            $"colours {Chart}",
            "click Clear rate",
            "# without",
            $"colours {Chart}",
            "# end");
        int accent = Theme(0x1F5FA8), good = Theme(0x1E7A38);
        string empty = Between(output, $"> colours {Chart}", "> choose"), whole = Between(output, "> # whole", "> mouse"), zoomed = Between(output, "> # zoomed", "> mouse"),
            reset = Between(output, "> # reset", "> click"), without = Between(output, "> # without", "> # end");
        Assert.That(Colour(empty, accent), Is.Zero);
        Assert.That(Colour(whole, accent), Is.GreaterThan(100));
        Assert.That(Colour(whole, good), Is.GreaterThan(20));
        Assert.That(zoomed, Is.Not.EqualTo(whole));
        Assert.That(reset, Is.EqualTo(whole));
        Assert.That(Colour(without, good), Is.Zero);

        static int Theme(int rgb) => rgb;
    }

    [Test]
    public void Episodes_are_listed_and_one_that_is_chosen_shows_what_it_was_rewarded_for()
    {
        string picture = _folder["episodes.png"];
        string output = Run(
            "rom trail",
            $"open {_plugin}",
            "type Colours=Light",
            $"type Run folder={_folder["tiles"]}",
            "click Watch it play",
            "click Curves",
            $"until {Plenty} Playing: tiles",
            "frames 3000",
            "wait 800",
            "colours Reward of the episode chosen",
            "row Episodes of this sitting=0",
            "# chosen",
            "colours Reward of the episode chosen",
            $"shot {picture}");
        Assert.That(Colour(Between(output, "> colours", "> row"), 0xB3261E), Is.Zero);
        Assert.That(Colour(Between(output, "> # chosen", "> shot"), 0xB3261E), Is.GreaterThan(5), "time was paid for");
        Assert.That(output, Does.Not.Contain("Something went wrong"));
        TestContext.AddTestAttachment(picture);
    }

    private static string Run(params string[] script) => EmuHawkShell.Run(script).Replace("\r", "");

    private static string Between(string output, string from, string to)
    {
        int start = output.IndexOf(from, StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), $"{from}: {output}");
        start = output.IndexOf('\n', start + from.Length) + 1;
        int end = output.IndexOf(to, start, StringComparison.Ordinal);
        return end < 0 ? output[start..] : output[start..end];
    }

    private static string Position(string drawings) => drawings.Split('\n').Single(line => line.Contains("furthest")).Split(" x ")[1];

    private static int Colour(string printed, int argb)
    {
        string wanted = (argb & 0xFFFFFF).ToString("X6") + ":";
        string? found = printed.Split(' ', '\n').FirstOrDefault(word => word.StartsWith(wanted, StringComparison.Ordinal));
        return found is null ? 0 : int.Parse(found[wanted.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    // An agent that knows nothing is seen as well as any.
    private void SaveRun(string name, EnvironmentSettings environment)
    {
        AgentSource one = AgentSource.New(LearnerKind.Pqn);
        RunSettings settings = one.Settings with { Environment = environment, Pqn = one.Settings.Pqn with { RolloutSteps = 16, Estimate = PqnEstimate.Mean } };
        GameSession session = new(environment, NesFrameHost.WithTrail().RunToStart(), new Seeds(1).Stream("see"));
        using ILearner learner = Learners.CreateToPlay(settings, session.ObservationSpec, session.ActionCount);

        // It walks to the right, whatever it sees.
        learner.Weights.Single(w => w.Name.EndsWith("advantage.bias", StringComparison.Ordinal)).Values.Span[session.Actions.Actions.IndexOf(Buttons.Right)] = 100;
        new AgentSource(name, settings, (_, _) => learner).Save(_folder[name], learner, new RomIdentity("Trail.nes", "Trail", ""));
    }
}
