using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Cli;

/// <summary><c>bench train</c>, with runs too short to learn anything.</summary>
[NonParallelizable]
public class TrainBenchmarkTests
{
    [Test]
    public void A_table_and_curves_tell_of_each_stage_and_seed_and_what_is_done_is_not_done_again()
    {
        using var folder = new TemporaryFolder();
        (int code, string output, string error) = Bench(folder, "1");
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("1-1-seed1 (1 of 2)").And.Contain("1-3-seed1 (2 of 2)"));
        Assert.That(File.ReadAllText(folder["results.md"]), Does.Contain("| 1-1-seed1 | no |").And.Contain("| 1-3-seed1 | no |").And.Contain("/10"));
        Assert.That(File.ReadAllText(folder["curves.svg"]), Does.Contain("1-1").And.Contain("1-3").And.Contain("seed 1"));
        Assert.That(File.Exists(folder["curves.png"]));

        string[] before = File.ReadAllLines(folder["results.md"]);
        (_, output, _) = Bench(folder, "1,2");
        Assert.That(output, Does.Contain("1-1-seed2 (2 of 4)").And.Not.Contain("1-1-seed1 (1 of 4)"));
        Assert.That(File.ReadAllLines(folder["results.md"]), Is.SupersetOf(before.Where(line => line.StartsWith("| 1-", StringComparison.Ordinal))));
    }

    private static (int Code, string Output, string Error) Bench(TemporaryFolder folder, string seeds) => CommandLineTests.Run(
        "bench", "train", "--stages", "1-1,1-3", "--seeds", seeds, "--minutes", "0.02", "--threads", "2", "--out", folder[""],
        "--set", "consoles=4", "--set", "pqn.rolloutSteps=8", "--set", "evaluation.confirmationEpisodes=10");
}
