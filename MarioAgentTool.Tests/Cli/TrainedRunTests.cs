using System.Text.RegularExpressions;
using MarioAgentTool.Tests.Agent.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Cli;

/// <summary>From training to a movie and back, by command, on the built-in game.</summary>
[NonParallelizable]
public class TrainedRunTests
{
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Train()
    {
        _folder = new TemporaryFolder();
        (int code, string output, string error) = Train("run", threads: 2);
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("Best episode").And.Contain("mario-agent eval"));
    }

    [OneTimeTearDown]
    public void Clean() => _folder.Dispose();

    [Test]
    public void The_same_seed_gives_the_same_run_on_another_number_of_threads()
    {
        Assert.That(Train("again", threads: 1).Code, Is.Zero);

        Assert.That(Metrics("again"), Is.EqualTo(Metrics("run")));
        foreach (string file in new[] { "best.safetensors", "best-episode.bk2", "best-episode.fm2" })
        {
            Assert.That(File.ReadAllBytes(Path.Combine(_folder["again"], file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder["run"], file))), file);
        }
    }

    [Test]
    public void The_best_episodes_movies_end_where_the_episode_ended()
    {
        string facts = Replay(Path.Combine(_folder["run"], "best-episode.bk2"));
        int x = int.Parse(Regex.Match(facts, @"Mario +x (\d+)").Groups[1].Value);
        string summary = File.ReadAllText(Path.Combine(_folder["run"], "summary.txt"));
        int furthest = int.Parse(Regex.Match(summary, @"Best episode +reached x (\d+)").Groups[1].Value);

        Assert.That(x, Is.LessThanOrEqualTo(furthest).And.GreaterThan(furthest - 64));
        Assert.That(Replay(Path.Combine(_folder["run"], "best-episode.fm2")), Is.EqualTo(facts), "both formats");
    }

    [TestCase(".bk2")]
    [TestCase(".fm2")]
    public void The_best_episode_is_handed_out_as_the_run_keeps_it(string extension)
    {
        string best = _folder["best" + extension];
        Assert.That(CommandLineTests.Run("record", _folder["run"], "--out", best).Code, Is.Zero);
        Assert.That(File.ReadAllBytes(best), Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder["run"], "best-episode" + extension))));
    }

    [Test]
    public void A_recorded_episode_replays_to_the_same_RAM_in_both_formats()
    {
        foreach (string name in new[] { "next.bk2", "next.fm2" })
        {
            Assert.That(CommandLineTests.Run("record", _folder["run"], "--next", "--seed", "3", "--out", _folder[name]).Code, Is.Zero);
        }

        (int code, string checksums, _) = CommandLineTests.Run("replay", _folder["next.bk2"], "--ram-crc", _folder["bk2.txt"], "--ram", _folder["ram.bin"]);
        Assert.That(code, Is.Zero);
        CommandLineTests.Run("replay", _folder["next.fm2"], "--ram-crc", _folder["fm2.txt"]);

        string[] lines = File.ReadAllLines(_folder["bk2.txt"]);
        Assert.That(File.ReadAllLines(_folder["fm2.txt"]), Is.EqualTo(lines));
        Assert.That(lines[0], Does.Match("^0 [0-9a-f]{8} [0-9a-f]{8}$"));
        Assert.That(new FileInfo(_folder["ram.bin"]).Length, Is.EqualTo(2048L * lines.Length));
        Assert.That(checksums, Does.Contain($"Frames        {lines.Length}"));
    }

    [Test]
    public void An_evaluation_plays_both_protocols_in_every_stage_and_is_the_same_on_any_number_of_threads()
    {
        JObject once = Eval("--stages", "1-1,1-3", "--threads", "2"), again = Eval("--stages", "1-1,1-3", "--threads", "1"), other = Eval("--stages", "1-1,1-3", "--seed", "7");
        Assert.That(once["results"]!.Select(r => ((string?)r["stage"], (string?)r["protocol"], (int)r["episodes"]!)), Is.EqualTo(new[]
        {
            ("1-1", "no_op", 3), ("1-1", "sticky", 3), ("1-3", "no_op", 3), ("1-3", "sticky", 3),
        }));
        Assert.That((double)once["results"]![0]!["clear_rate_95"]![1]!, Is.InRange(0.5, 1));
        Assert.That(again["results"]!.ToString(), Is.EqualTo(once["results"]!.ToString()));
        Assert.That(other["results"]!.ToString(), Is.Not.EqualTo(once["results"]!.ToString()));
        Assert.That((long)once["clock"]!["frames"]!, Is.GreaterThan(100));

        JObject Eval(params string[] more) => JObject.Parse(CommandLineTests.Run(["eval", _folder["run"], "--episodes", "3", "--json", .. more]).Output);
    }

    [Test]
    public void An_evaluation_of_one_protocol_is_a_table_of_one_line()
    {
        (int code, string output, string error) = CommandLineTests.Run("eval", _folder["run"], "--episodes", "2", "--only", "sticky", "--sticky", "0.1");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Match(@"(?m)^1-1 +sticky 0\.1 +\d/2 ").And.Not.Contain("no-op"));
    }

    [Test]
    public void A_run_ends_with_an_examination_on_fresh_seeds()
    {
        Assert.That(File.ReadAllText(Path.Combine(_folder["run"], "summary.txt")), Does.Match(@"(?m)^1-1 +no-op 0-30 +\d/1 ").And.Match(@"(?m)^Time went to +emulate \d+ %"));
        Assert.That(JObject.Parse(File.ReadAllText(Path.Combine(_folder["run"], "examination.json")))["results"]!.Count(), Is.EqualTo(2));
    }

    [TestCase("0")]
    [TestCase("101")]
    [TestCase("often:95")]
    [TestCase("no-op:")]
    public void A_goal_that_is_none_is_refused(string goal) =>
        Assert.That(CommandLineTests.Run("train", "--until", goal, "--out", _folder["none"]).Error, Does.Contain($"--until {goal}: expected a percentage"));

    [Test]
    public void Trainings_on_several_stages_and_seeds_make_a_table_that_a_second_call_completes()
    {
        string[] common =
        [
            "bench", "train", "--out", _folder["bench"], "--threads", "2", "--until", "off", "--set", "consoles=4", "--set", "budget.frames=3000", "--set", "budget.minutes=null",
            "--set", "evaluation.period=500", "--set", "evaluation.episodes=1", "--set", "evaluation.stickyEpisodes=1", "--set", "evaluation.confirmationEpisodes=1",
            "--set", "environment.reward.stallSteps=10",
        ];
        (int code, _, string error) = CommandLineTests.Run([.. common, "--stages", "1-1,1-3", "--seeds", "4"]);
        Assert.That(code, Is.Zero, error);
        string table = Path.Combine(_folder["bench"], "results.md"), kept = Path.Combine(_folder["bench"], "1-1-seed4", "best.safetensors");
        Assert.That(Rows(), Is.EqualTo(new[] { "1-1-seed4", "1-3-seed4" }));
        DateTime before = File.GetLastWriteTimeUtc(kept);

        (code, string output, _) = CommandLineTests.Run([.. common, "--stages", "1-1,1-3", "--seeds", "4-5"]);
        Assert.That(code, Is.Zero);
        Assert.That(Rows(), Is.EqualTo(new[] { "1-1-seed4", "1-1-seed5", "1-3-seed4", "1-3-seed5" }));
        Assert.That(File.GetLastWriteTimeUtc(kept), Is.EqualTo(before), "what was done is not done again");
        Assert.That(output, Does.Contain("1-3-seed5 (4 of 4)").And.Not.Contain("1-1-seed4 ("));

        string[] Rows() => [.. Regex.Matches(File.ReadAllText(table), @"(?m)^\| (\S+-seed\d) \|").Select(m => m.Groups[1].Value)];
    }

    [Test]
    public void A_run_goes_on_from_its_folder()
    {
        string copy = _folder["copy"];
        foreach (string file in Directory.GetFiles(_folder["run"], "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(_folder["run"], file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        (int code, string output, string error) = CommandLineTests.Run("train", "--resume", copy, "--frames", "8000");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("Trained         0.01M frames"));
    }

    [Test]
    public void The_built_in_game_plays_as_an_agent_needs_it()
    {
        (int code, string output, _) = CommandLineTests.Run("rom");

        Assert.That(output, Does.Contain("NROM").And.Not.Contain("NO "));
        Assert.That(code, Is.Zero);
    }

    [Test]
    public void A_game_marked_for_PAL_plays_with_that_timing_or_with_another_on_demand()
    {
        byte[] image = NesCoreShim.Trail.TrailRom.Image.ToArray();
        image[9] |= 1;
        File.WriteAllBytes(_folder["pal.nes"], image);
        (int code, string output, _) = CommandLineTests.Run("rom", _folder["pal.nes"]);
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("Region        Pal"));

        (code, output, _) = CommandLineTests.Run("rom", _folder["pal.nes"], "--region", "ntsc");
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("Region        Pal, run as Ntsc"));

        (code, _, string error) = CommandLineTests.Run("rom", _folder["pal.nes"], "--region", "secam");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("auto, ntsc, pal, dendy"));
    }

    private (int Code, string Output, string Error) Train(string name, int threads) => CommandLineTests.Run(
        "train", "--out", _folder[name], "--frames", "6000", "--threads", $"{threads}", "--set", "consoles=4", "--set", "logPeriod=256", "--set", "pqn.rolloutSteps=8",
        "--set", "pqn.minibatchSize=32", "--set", "evaluation.period=1000", "--set", "evaluation.episodes=2", "--set", "evaluation.stickyEpisodes=1",
        "--set", "evaluation.confirmationEpisodes=1", "--set", "environment.reward.stallSteps=10");

    private string[] Metrics(string name) => [.. File.ReadAllLines(Path.Combine(_folder[name], "metrics.jsonl")).Select(line =>
    {
        var json = JObject.Parse(line);
        json.Remove("clock");
        return json.ToString();
    })];

    private static string Replay(string movie)
    {
        (int code, string output, string error) = CommandLineTests.Run("replay", movie);
        Assert.That(code, Is.Zero, error);
        Assert.That(error, Is.Empty);
        return output;
    }
}
