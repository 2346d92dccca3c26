using System.Diagnostics;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Cli;

[Platform("Linux,MacOsX")]
public class StopSignalsTests
{
    [Test]
    public void A_run_that_is_told_to_terminate_checkpoints_first()
    {
        using var folder = new TemporaryFolder();
        string run = folder["run"], metrics = Path.Combine(run, "metrics.jsonl");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "mario-agent.dll"), "train", "--out", run, "--frames", "1000000000", "--set", "consoles=4", "--set", "logPeriod=64" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        var patience = Stopwatch.StartNew();
        while (!process.HasExited && !(File.Exists(metrics) && new FileInfo(metrics).Length > 0) && patience.Elapsed.TotalSeconds < 60)
        {
            Thread.Sleep(50);
        }

        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.That(process.WaitForExit(60_000), "it ends");
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        Assert.That(output.Result, Does.Contain("on request; --resume goes on from here"));
        Assert.That(Checkpoint.Find(Path.Combine(run, "checkpoint")), Is.Not.Null);
    }
}
