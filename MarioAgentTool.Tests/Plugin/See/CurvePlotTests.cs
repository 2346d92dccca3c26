using MarioAgentTool.Environment;
using MarioAgentTool.Metrics;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Plugin.See;

public class CurvePlotTests
{
    [Test]
    public void It_sees_everything_until_somebody_looks_closer_and_again_after_a_reset()
    {
        CurvePlot plot = new() { Book = Run(lines: 101) };
        Assert.That(plot.Range, Is.EqualTo((0.0, 10_000.0)));
        plot.Zoom(0.5, at: 2_000);
        Assert.That(plot.Range, Is.EqualTo((1_000.0, 6_000.0)), "what was under the pointer stays under it");
        plot.Pan(-500);
        Assert.That(plot.Range, Is.EqualTo((500.0, 5_500.0)));
        plot.Pan(-5_000);
        Assert.That(plot.Range, Is.EqualTo((0.0, 5_000.0)), "nobody pans away from the curves");
        plot.Pan(50_000);
        Assert.That(plot.Range, Is.EqualTo((5_000.0, 10_000.0)));
        plot.Zoom(2, at: 7_500);
        Assert.That(plot.IsWhole);
        plot.Zoom(1e-12, at: 7_500);
        Assert.That(plot.Range.Right - plot.Range.Left, Is.EqualTo(0.01).Within(1e-6));
        plot.Reset();
        Assert.That(plot.Range, Is.EqualTo((0.0, 10_000.0)));
    }

    [Test]
    public void Curves_that_lie_elsewhere_are_seen_whole()
    {
        CurvePlot plot = new();
        plot.Zoom(0.5, at: 0.5);
        Assert.That(plot.IsWhole, "there is nothing to look at");
        plot.Book = Run(lines: 101);
        plot.Zoom(0.1, at: 10_000);
        Assert.That(plot.Range, Is.EqualTo((9_000.0, 10_000.0)));
        plot.Book = Run(lines: 51);
        Assert.That(plot.Range, Is.EqualTo((0.0, 5_000.0)));
    }

    [Test]
    public void Axes_fit_what_is_seen()
    {
        CurvePlot plot = new() { Book = Run(lines: 101) };
        (double bottom, double top) = plot.HeightOf(CurveKind.Reward);
        Assert.That(bottom, Is.LessThan(0).And.GreaterThan(-20));
        Assert.That(top, Is.GreaterThan(100).And.LessThan(120));
        plot.Zoom(0.1, at: 0);
        Assert.That(plot.HeightOf(CurveKind.Reward).Top, Is.GreaterThan(10).And.LessThan(12));
        Assert.That(plot.HeightOf(CurveKind.ClearRate).Top, Is.EqualTo(1.05));
        plot.Book = null;
        Assert.That(plot.HeightOf(CurveKind.Reward), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void The_nearest_point_within_reach_is_hit()
    {
        CurvePlot plot = new() { Book = Run(lines: 101) };
        CurveHit? hit = plot.Hit(CurveKind.Reward, 1_490, 14, reachX: 200, reachY: 5);
        Assert.That(hit, Is.Not.Null);
        Assert.That((hit!.X, hit.Y, hit.Series.Name), Is.EqualTo((1_500.0, 15.0, "training")));
        Assert.That(plot.Hit(CurveKind.Reward, 1_490, 50, reachX: 200, reachY: 5), Is.Null);
        Assert.That(plot.Hit(CurveKind.Reward, 2_010, 90, reachX: 200, reachY: 5)!.Series.Name, Is.EqualTo("examination"));
    }

    [TestCase(0, 1, 6, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [TestCase(-3, 12, 4, new[] { 0, 5, 10.0 })]
    [TestCase(0.0012, 0.0049, 5, new[] { 0.002, 0.003, 0.004 })]
    [TestCase(5, 5, 4, new double[0])]
    public void Ticks_are_round(double from, double to, int most, double[] expected) =>
        Assert.That(CurvePlot.Ticks(from, to, most), Is.EqualTo(expected).Within(1e-9));

    [Test]
    public void A_sitting_becomes_curves_and_the_next_begins_them_anew()
    {
        SittingCurves curves = new();
        ToolProgress progress = new();
        curves.Take(progress, TimeSpan.Zero);
        for (int i = 1; i <= 30; i++)
        {
            progress.Steps = i * 10;
            progress.Add(new StartState([], []), new EpisodeSummary(i, 10, 40, 100 * i, 0, i > 20 ? EpisodeEnd.FlagReached : EpisodeEnd.Fell), default);
        }

        progress.Epsilon = 0.5f;
        curves.Take(progress, TimeSpan.FromSeconds(2));
        CurveSeries clears = Only(curves, CurveKind.ClearRate), reward = Only(curves, CurveKind.Reward), pace = Only(curves, CurveKind.StepsPerSecond);
        Assert.Multiple(() =>
        {
            Assert.That((reward.Count, reward.X(4), reward.Y(4)), Is.EqualTo((30, 50.0, 5.0)));
            Assert.That(clears.Y(29), Is.EqualTo(0.5), "ten of the latest twenty");
            Assert.That((pace.Count, pace.Y(0)), Is.EqualTo((1, 150.0)));
            Assert.That(Only(curves, CurveKind.Epsilon).Y(0), Is.EqualTo(0.5));
            Assert.That(Only(curves, CurveKind.Loss).Count, Is.Zero, "nothing has been learned yet");
            Assert.That(curves.ToCsv(), Does.StartWith("curve,series,steps,value\nReward,an episode,10,1\n"));
        });
        curves.Take(new ToolProgress(), TimeSpan.FromSeconds(3));
        Assert.That(reward.Count, Is.Zero);
    }

    [Test]
    public void A_run_is_read_as_it_grows_and_anew_when_it_was_cut_back()
    {
        using TemporaryFolder folder = new();
        RunReader reader = new(folder.Path);
        reader.Look(isDue: true);
        reader.Finish();
        Assert.That(reader.Message, Does.Contain("has no metrics.jsonl"));

        string path = folder["metrics.jsonl"];
        File.WriteAllText(path, string.Concat(Enumerable.Range(1, 4).Select(i => MetricsLog.ToJson(Interval(i)) + "\n")) + "{\"kind\":");
        Look();
        CurveSeries reward = reader.Curves.Of(CurveKind.Reward).First().Raw;
        Assert.That((reward.Count, reader.Message), Is.EqualTo((4, "")), "the last line is not whole yet");

        File.WriteAllText(path, string.Concat(Enumerable.Range(1, 9).Select(i => MetricsLog.ToJson(Interval(i)) + "\n")));
        Look();
        Assert.That((reward.Count, reward.X(8)), Is.EqualTo((9, 900.0)));

        File.WriteAllText(path, MetricsLog.ToJson(Interval(1)) + "\n");
        Look();
        Assert.That(reward.Count, Is.EqualTo(1));

        File.AppendAllText(path, "nonsense\n");
        Look();
        Assert.That(reader.Message, Does.Contain("is not JSON"));

        void Look()
        {
            reader.Look(isDue: true);
            reader.Finish();
        }
    }

    private static CurveSeries Only(CurveBook book, CurveKind kind) => book.Of(kind).Single().Raw;

    private static IntervalMetrics Interval(int i) =>
        new() { Steps = i * 100, Frames = i * 400, Reward = i, FurthestX = i * 30, Ended = 2, Clears = 1, Clock = new ClockColumns { Seconds = i } };

    private static RunCurves Run(int lines)
    {
        RunCurves curves = new("somewhere");
        curves.Take(Enumerable.Range(0, lines).Select(Interval));
        curves.Take([new EvaluationMetrics { Steps = 2_000, Reward = 90, Episodes = 10, Clears = 3 }]);
        return curves;
    }
}
