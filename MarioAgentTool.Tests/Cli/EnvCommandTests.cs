using MarioAgentTool.Tests.Agent.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Cli;

[NonParallelizable]
public class EnvCommandTests
{
    private static readonly string[] InfoKeys = ["coins", "flag_get", "life", "score", "stage", "status", "time", "world", "x_pos", "y_pos"];

    [Test]
    public void Each_action_of_a_file_is_a_line_of_json_with_gyms_ten_keys()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "actions.txt");
        File.WriteAllText(file, "# to the right\n" + string.Concat(Enumerable.Repeat("3\n", 60)) + "\n0  # and stand\n");
        JObject[] lines = Play(file);

        Assert.That(lines, Has.Length.EqualTo(61));
        foreach (JObject line in lines)
        {
            Assert.That(((JObject)line["info"]!).Properties().Select(p => p.Name), Is.EqualTo(InfoKeys));
        }

        Assert.That(lines.Select(l => (int)l["step"]!), Is.EqualTo(Enumerable.Range(1, 61)));
        Assert.That((int)lines[0]["info"]!["x_pos"]!, Is.EqualTo(40));
        Assert.That((int)lines[59]["info"]!["x_pos"]!, Is.GreaterThan(80));
        Assert.That((int)lines[60]["action"]!, Is.Zero);
        Assert.That(lines.Take(60).Sum(l => (double)l["reward"]!), Is.EqualTo((int)lines[59]["info"]!["x_pos"]! - 40 + (int)lines[59]["info"]!["time"]! - 400), "v + c adds up to the way and the ticks");
        Assert.That(lines[0].ContainsKey("rich"), Is.False);
    }

    [Test]
    public void A_death_is_done_and_the_next_line_is_of_the_next_episode()
    {
        JObject[] lines = Play("--random", "1500", "--seed", "3", "--actions", "right,right+A");
        int died = Array.FindIndex(lines, l => (bool)l["done"]!);
        Assert.That(died, Is.GreaterThan(0));
        Assert.That((double)lines[died]["reward"]!, Is.EqualTo(-15));
        Assert.That((string?)lines[died]["end"], Is.EqualTo("hit").Or.EqualTo("fell"));
        Assert.That((int)lines[died + 1]["episode"]!, Is.EqualTo(2));
        Assert.That((int)lines[died + 1]["info"]!["x_pos"]!, Is.EqualTo(40));
    }

    [Test]
    public void A_seed_makes_the_same_lines_again()
    {
        string[] args = ["env", "--random", "300", "--seed", "8"];
        Assert.That(CommandLineTests.Run(args).Output, Is.EqualTo(CommandLineTests.Run(args).Output).And.Not.Empty);
    }

    [Test]
    public void Notebook_steps_are_four_frames()
    {
        JObject[] lines = Play("--random", "20", "--actions", "right", "--set", "environment.frameSkip=4", "--set", "environment.reward.kind=shaped");
        Assert.That((int)lines[19]["info"]!["x_pos"]!, Is.GreaterThan(80), "80 frames");
        Assert.That((double)lines[0]["reward"]!, Is.EqualTo(-1.5), "the first frame always pays, here nothing; the other three cost a half");
    }

    [Test]
    public void Rich_adds_what_gym_leaves_out()
    {
        JToken rich = Play("--random", "5", "--rich")[4]["rich"]!;
        Assert.That((string?)rich["routine"], Is.EqualTo("Control"));
        Assert.That((int)rich["y_viewport"]!, Is.EqualTo(1));
        Assert.That(rich["objects"], Is.InstanceOf<JArray>());
    }

    [Test]
    public void A_presets_quirk_is_mended_here_too()
    {
        // Standing still: a step's first frame pays what gym pays, and with the fix costs 0.5 as the others do.
        double[] asIs = Rewards(), mended = Rewards("--fix", "first-frame-pays");
        Assert.That(asIs.Zip(mended, (a, b) => a - b), Has.Some.GreaterThanOrEqualTo(0.5));

        static double[] Rewards(params string[] fix) => [.. Play(["--preset", "right-only-dqn", "--actions", "none", "--random", "8", .. fix]).Select(line => (double)line["reward"]!)];
    }

    [TestCase("env --env SuperMarioBros-1-1-v9 --random 1", "Did you mean SuperMarioBros-1-1-v")]
    [TestCase("env --env SuperMarioBros-1-1-v3 --random 1", "rectangle")]
    [TestCase("env --actions start,right --random 1", "start is not for agents")]
    [TestCase("env --stages 1-9 --random 1", "\"1-9\" is no stage")]
    [TestCase("env --env SuperMarioBros-1-1-v0 --stages 1-2 --random 1", "--stages 1-2 is for random stages")]
    [TestCase("env nothing.txt", "nothing.txt")]
    [TestCase("env --fix death-unpaid --random 1", "say which preset's with --preset")]
    [TestCase("env --preset tutorial-ddqn --fix death-unpaid --random 1", "mends right-only-dqn, not tutorial-ddqn")]
    [TestCase("env --set consoles=2 --random 1", "expected a setting that begins with environment.")]
    [TestCase("train --env SuperMarioBros-1-1", "Did you mean SuperMarioBros-1-1-v0?")]
    public void What_cannot_be_done_ends_with_code_1_and_one_sentence(string line, string sentence)
    {
        (int code, _, string error) = CommandLineTests.Run(line.Split(' '));
        Assert.That(error, Does.Contain(sentence));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "one line");
        Assert.That(code, Is.EqualTo(1));
    }

    [TestCase("9", "line 2: 9 is no action; expected 0 to 6 (simple)")]
    [TestCase("jump", "line 2: jump is no action")]
    [TestCase("-1", "line 2: -1 is no action")]
    public void An_action_that_does_not_exist_is_named_with_its_line(string action, string sentence)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "actions.txt");
        File.WriteAllText(file, $"1\n{action}\n");
        (int code, _, string error) = CommandLineTests.Run("env", file);
        Assert.That((code, error), Is.EqualTo((1, error)));
        Assert.That(error, Does.Contain(sentence));
    }

    [Test]
    public void A_rom_that_is_not_like_the_game_is_told_which_check_it_fails([Values("train", "env")] string command)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "other.nes");
        File.WriteAllBytes(file, new ProgramBuilder().WarmUp().Idle().Image());
        (int code, _, string error) = CommandLineTests.Run(command, "--rom", file);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("other.nes does not play like Super Mario Bros.").And.Contain("Start leads into stage 1-1").And.Contain("$0770 stays 0"));
    }

    private static JObject[] Play(params string[] args)
    {
        (int code, string output, string error) = CommandLineTests.Run(["env", .. args]);
        Assert.That(code, Is.Zero, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse)];
    }
}
