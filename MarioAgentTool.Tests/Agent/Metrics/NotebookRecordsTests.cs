using MarioAgentTool.Metrics;
using MarioAgentTool.Metrics.TensorBoard;
using MarioAgentTool.Tests.Agent.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Metrics;

/// <summary>Against what the notebooks' own code wrote of the same episodes (Golden/golden_records.py).</summary>
public class NotebookRecordsTests
{
    private static readonly JObject Golden = JObject.Parse(File.ReadAllText(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", "records.json")));

    [Test]
    public void The_text_log_and_the_console_lines_are_MetricLoggers_to_the_byte([Values(0, 3, 400, 1300)] int interruptedAfter)
    {
        using var folder = new TemporaryFolder();
        JToken golden = Golden["tutorial"]!;
        var console = new List<string>();
        var times = new Queue<DateTime>([Time(golden["start"]!), .. golden["times"]!.Select(Time)]);
        DateTime last = default;
        bool stands = false;
        DateTime Now() => last = stands ? last : times.Dequeue();
        MetricLogger logger = new(folder.Path, console.Add, Now);
        int count = 0;
        double epsilon = 1;
        foreach (StepFacts step in Steps(golden))
        {
            epsilon = Math.Max(0.1, epsilon * (double)golden["decay"]!);
            logger.Step(step with { Epsilon = epsilon });
            if (++count == interruptedAfter)
            {
                // What comes after the checkpoint is lost with the machine; between the two sittings no time passes.
                byte[] state = Saved(logger);
                stands = true;
                logger.Step(step with { Step = 999_999, Ended = true, Episode = 2_000 });
                console.RemoveAll(line => line.Contains("999999"));
                logger.Dispose();
                logger = new MetricLogger(folder.Path, console.Add, Now);
                logger.Load(new BinaryReader(new MemoryStream(state)));
                stands = false;
            }
        }

        logger.Finish();
        logger.Dispose();

        string[] lines = File.ReadAllLines(folder["log"]);
        Assert.That(lines, Is.EqualTo(golden["log"]!.Select(l => (string)l!)));
        Assert.That(console, Is.EqualTo(golden["console"]!.Select(l => (string)l!)));
        Assert.That(File.ReadAllText(folder["log"]), Does.EndWith("\n").And.Not.Contain("\r"));
    }

    [Test]
    public void The_four_plots_are_drawn()
    {
        using var folder = new TemporaryFolder();
        using (var logger = new MetricLogger(folder.Path, _ => { }))
        {
            foreach (StepFacts step in Steps(Golden["tutorial"]!))
            {
                logger.Step(step);
            }
        }

        foreach (string plot in new[] { "reward_plot.png", "length_plot.png", "loss_plot.png", "q_plot.png" })
        {
            Assert.That(new FileInfo(folder[plot]).Length, Is.GreaterThan(500), plot);
            File.Copy(folder[plot], Path.Combine(TestContext.CurrentContext.WorkDirectory, plot), overwrite: true);
        }
    }

    [Test]
    public void The_score_lines_are_the_right_only_notebooks_to_the_byte()
    {
        using var folder = new TemporaryFolder();
        JToken golden = Golden["scores"]!;
        var console = new List<string>();
        var log = new ScoreLog(folder.Path, console.Add);
        double epsilon = 1;
        long updates = 0;
        foreach (StepFacts step in Steps(golden))
        {
            if (step.Step >= (int)golden["burn_in"]!)
            {
                updates++;
                epsilon = Math.Max(0.1, epsilon * (double)golden["decay"]!);
            }

            log.Step(step with { Epsilon = epsilon, Updates = updates, ReplaySize = step.Step });
            if (step.Step == 60)
            {
                byte[] state = Saved(log);
                log.Step(step with { Ended = true, Episode = 500 });
                console.RemoveAt(console.Count - 1);
                log.Dispose();
                log = new ScoreLog(folder.Path, console.Add);
                log.Load(new BinaryReader(new MemoryStream(state)));
            }
        }

        log.Dispose();
        Assert.That(console, Is.EqualTo(golden["console"]!.Select(l => (string)l!)));
        Assert.That(File.ReadAllLines(folder["log.txt"]), Is.EqualTo(golden["log"]!.Select(l => (string)l!)));
    }

    [Test]
    public void TensorBoard_is_told_what_the_dueling_notebook_tells_it([Values(0, 200)] int interruptedAfter)
    {
        using var folder = new TemporaryFolder();
        JToken golden = Golden["scalars"]!;
        float[] losses = [.. golden["losses"]!.Select(l => (float)l!)];
        double[] epsilons = [.. golden["epsilons"]!.Select(e => (double)e!)];
        int before = (int)golden["first_learning_step"]!;
        DateTime now = DateTime.UnixEpoch.AddSeconds(1_700_000_000);
        var record = new TensorBoardRecord(folder.Path, () => now);
        int count = 0;
        foreach (StepFacts step in Steps(golden))
        {
            var facts = step with
            {
                Epsilon = epsilons[count],
                Loss = count < before ? null : losses[count - before],
                FurthestX = (double?)golden["frontier"]![$"{step.Episode}"] ?? 40,
            };
            record.Step(facts);
            if (++count == interruptedAfter)
            {
                byte[] state = Saved(record);
                record.Step(facts with { Ended = true });
                record.Dispose();
                record = new TensorBoardRecord(folder.Path, () => now);
                record.Load(new BinaryReader(new MemoryStream(state)));
            }
        }

        record.Dispose();
        IReadOnlyList<string> files = TensorBoardRecord.Files(folder.Path);
        Assert.That(files, Has.Count.EqualTo(interruptedAfter == 0 ? 1 : 2), "each sitting has a file");
        Assert.That(Path.GetFileName(files[0]), Does.Match(@"^events\.out\.tfevents\.1700000000\.[^.]+\.0$"));
        TensorBoardEvent[] events = [.. files.SelectMany(TensorBoardEvent.Read)];
        Assert.That(events[0].FileVersion, Is.EqualTo("brain.Event:2"));
        Assert.That(events.Select(e => e.WallTime), Is.All.EqualTo(1_700_000_000.0));
        Assert.That(
            events.Where(e => e.Tag is not null).Select(e => (e.Tag, e.Value, e.Step)),
            Is.EqualTo(golden["scalars"]!.Select(s => ((string?)s[0], (float?)s[1], (long)s[2]!))));
        Assert.That(events.Count(e => e.SessionStarts), Is.EqualTo(interruptedAfter == 0 ? 0 : 1), "TensorBoard forgets what it saw beyond the checkpoint");
    }

    [Test]
    public void A_record_cut_short_by_a_kill_leaves_the_others_readable()
    {
        using var folder = new TemporaryFolder();
        using (var record = new TensorBoardRecord(folder.Path))
        {
            record.Step(new StepFacts { Step = 1, Reward = 1, Ended = true, Episode = 0, Epsilon = 1, Loss = 2 });
        }

        string path = TensorBoardRecord.Files(folder.Path)[0];
        byte[] file = File.ReadAllBytes(path);
        File.WriteAllBytes(path, file[..^5]);

        Assert.That(TensorBoardEvent.Read(path).Select(e => e.Tag), Is.EqualTo(new[] { null, "Reward", "Loss", "Epsilon", "GMax_X" }));
    }

    [Test]
    public void Consoles_that_play_at_once_have_episodes_of_their_own()
    {
        using var folder = new TemporaryFolder();
        using var record = new TensorBoardRecord(folder.Path);
        record.Step(new StepFacts { Step = 1, Console = 0, Reward = 1, Ended = false, Episode = 0, Epsilon = 1, Loss = 2 });
        record.Step(new StepFacts { Step = 2, Console = 1, Reward = 10, Ended = true, Episode = 0, Epsilon = 1 });
        record.Step(new StepFacts { Step = 3, Console = 0, Reward = 2, Ended = true, Episode = 1, Epsilon = 1 });

        Assert.That(TensorBoardEvent.Read(TensorBoardRecord.Files(folder.Path)[0]).Where(e => e.Tag == "Reward").Select(e => (e.Step, e.Value)), Is.EqualTo(new (long, float?)[] { (0, 10), (1, 3) }));
    }

    private static DateTime Time(JToken seconds) => DateTime.UnixEpoch.AddTicks((long)Math.Round((double)seconds * TimeSpan.TicksPerSecond));

    private static byte[] Saved(IRunRecord record)
    {
        var stream = new MemoryStream();
        record.Save(new BinaryWriter(stream));
        return stream.ToArray();
    }

    private static IEnumerable<StepFacts> Steps(JToken golden)
    {
        long number = 0, episode = 0;
        foreach (JToken step in golden["steps"]!)
        {
            bool ended = (bool)step[1]!;
            yield return new StepFacts { Step = ++number, Reward = (double)step[0]!, Ended = ended, Episode = episode, Epsilon = 1, Loss = (double?)step[2], MeanQ = (double?)step[3] };
            episode += ended ? 1 : 0;
        }
    }
}
