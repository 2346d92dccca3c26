using System.Text.RegularExpressions;
using MarioAgentTool.Tests.Agent.Training;

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
    public void An_evaluation_is_a_json_object_on_request()
    {
        (int code, string output, _) = CommandLineTests.Run("eval", _folder["run"], "--episodes", "2", "--json");

        var json = Newtonsoft.Json.Linq.JObject.Parse(output);
        Assert.That(code, Is.Zero);
        Assert.That((int)json["episodes"]!, Is.EqualTo(2));
        Assert.That(json.ContainsKey("clear_rate") && json.ContainsKey("ends"));
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
    public void A_game_marked_for_PAL_plays_at_ntsc_speed_and_says_so()
    {
        byte[] image = NesCoreShim.Trail.TrailRom.Image.ToArray();
        image[9] |= 1;
        File.WriteAllBytes(_folder["pal.nes"], image);
        (int code, string output, string error) = CommandLineTests.Run("rom", _folder["pal.nes"]);

        Assert.That(code, Is.Zero, output);
        Assert.That(error, Does.Contain("marked as a Pal game; it runs at NTSC speed"));
    }

    private (int Code, string Output, string Error) Train(string name, int threads) => CommandLineTests.Run(
        "train", "--out", _folder[name], "--frames", "6000", "--threads", $"{threads}", "--set", "consoles=4", "--set", "logPeriod=256", "--set", "pqn.rolloutSteps=8",
        "--set", "pqn.minibatchSize=32", "--set", "evaluation.period=1000", "--set", "evaluation.episodes=2", "--set", "evaluation.stickyEpisodes=1",
        "--set", "evaluation.confirmationEpisodes=1", "--set", "environment.reward.stallSteps=10");

    private string[] Metrics(string name) => [.. File.ReadAllLines(Path.Combine(_folder[name], "metrics.jsonl")).Select(line =>
    {
        var json = Newtonsoft.Json.Linq.JObject.Parse(line);
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
