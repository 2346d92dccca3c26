using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class CheckpointTests
{
    private static readonly string[] StepsOfAWrite = ["a.bin", "b.bin", "complete", "previous put aside", "renamed"];

    [TestCaseSource(nameof(StepsOfAWrite))]
    public void After_a_kill_at_any_step_a_whole_checkpoint_is_found(string killedAfter)
    {
        using var folder = new TemporaryFolder();
        string path = folder["checkpoint"];
        Checkpoint.Write(path, Parts("old"));

        Assert.That(() => Checkpoint.Write(path, Parts("new"), step => KillAfter(step, killedAfter)), Throws.TypeOf<PowerCut>());

        string expected = killedAfter is "a.bin" or "b.bin" or "complete" ? "old" : "new";
        Assert.That(Contents(path), Is.EqualTo(new[] { expected, expected }), "both parts, of the same checkpoint");
        Checkpoint.Write(path, Parts("newest"));
        Assert.That(Contents(path), Is.EqualTo(new[] { "newest", "newest" }), "the next write tidies up");
        Assert.That(Directory.GetDirectories(folder.Path), Has.Length.EqualTo(1), "and leaves one folder");
    }

    [TestCase("a.bin")]
    [TestCase("b.bin")]
    public void Before_the_first_marker_there_is_no_checkpoint(string killedAfter)
    {
        using var folder = new TemporaryFolder();
        string path = folder["checkpoint"];

        Assert.That(() => Checkpoint.Write(path, Parts("new"), step => KillAfter(step, killedAfter)), Throws.TypeOf<PowerCut>());

        Assert.That(Checkpoint.Find(path), Is.Null);
    }

    private static (string, Action<Stream>)[] Parts(string content) => [.. new[] { "a.bin", "b.bin" }.Select(name => (name, (Action<Stream>)(stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(content)))))];

    private static string[] Contents(string path) => [.. new[] { "a.bin", "b.bin" }.Select(name => File.ReadAllText(Path.Combine(Checkpoint.Find(path)!, name)))];

    private static void KillAfter(string step, string killedAfter)
    {
        if (step == killedAfter)
        {
            throw new PowerCut();
        }
    }

    private sealed class PowerCut : Exception;
}
