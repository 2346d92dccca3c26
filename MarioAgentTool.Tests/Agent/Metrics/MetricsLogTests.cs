using MarioAgentTool.Metrics;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Metrics;

public class MetricsLogTests
{
    private string _path = "";

    [SetUp]
    public void NewFile() => _path = Path.Combine(Directory.CreateTempSubdirectory("metrics").FullName, "metrics.jsonl");

    [TearDown]
    public void Clean() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void An_interval_line_has_its_kind_first_its_clock_last_and_these_columns()
    {
        var json = JObject.Parse(MetricsLog.ToJson(new IntervalMetrics { Steps = 64, Ends = new(StringComparer.Ordinal) { ["flag_reached"] = 2 } }));

        Assert.That(json.Properties().Select(p => p.Name), Is.EqualTo(new[]
        {
            "kind", "steps", "frames", "episodes", "ended", "reward", "length", "furthest_x", "best_x", "clears", "ends", "epsilon",
            "updates", "loss", "mean_q", "clock",
        }));
        Assert.That((string?)json["kind"], Is.EqualTo("interval"));
        Assert.That(((JObject)json["clock"]!).Properties().Select(p => p.Name), Is.EqualTo(new[]
        {
            "seconds", "frames_per_second", "updates_per_second", "spent",
        }));
        Assert.That(((JObject)json["clock"]!["spent"]!).Properties().Select(p => p.Name), Is.EqualTo(new[] { "act", "emulate", "observe", "learn", "evaluate" }));
        Assert.That((int)json["ends"]!["flag_reached"]!, Is.EqualTo(2));
    }

    [Test]
    public void What_is_written_is_read_back()
    {
        MetricsLine[] lines =
        [
            new IntervalMetrics { Steps = 10, Reward = 1.25, Loss = 0.1f, Ends = new(StringComparer.Ordinal) { ["hit"] = 3 } },
            new EvaluationMetrics { Number = 1, Episodes = 20, Clears = 7, Clock = new() { Seconds = 3.5 } },
        ];
        using (var log = new MetricsLog(_path))
        {
            Array.ForEach(lines, log.Write);
        }

        Assert.That(MetricsLog.Read(_path).Select(MetricsLog.ToJson), Is.EqualTo(lines.Select(MetricsLog.ToJson)));
    }

    [Test]
    public void A_damaged_line_is_named()
    {
        File.WriteAllText(_path, MetricsLog.ToJson(new IntervalMetrics()) + "\n{ \"kind\":\n");

        Assert.That(() => MetricsLog.Read(_path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 2 is not JSON"));
    }

    [Test]
    public void Going_on_cuts_back_to_what_the_checkpoint_knew()
    {
        long kept;
        using (var log = new MetricsLog(_path))
        {
            log.Write(new IntervalMetrics { Steps = 1 });
            kept = log.Length;
            log.Write(new IntervalMetrics { Steps = 2 });
        }

        using (var log = new MetricsLog(_path, kept))
        {
            log.Write(new IntervalMetrics { Steps = 3 });
        }

        Assert.That(MetricsLog.Read(_path).Select(l => l.Steps), Is.EqualTo(new long[] { 1, 3 }));
    }

    [Test]
    public void A_last_line_cut_short_is_left_out()
    {
        using (var log = new MetricsLog(_path))
        {
            log.Write(new IntervalMetrics { Steps = 1 });
        }

        File.AppendAllText(_path, """{"kind":"interv""");

        Assert.That(MetricsLog.Read(_path), Has.Count.EqualTo(1));
    }
}
