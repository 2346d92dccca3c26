using MarioAgentTool.Plugin;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Plugin.See;

public class CurveSeriesTests
{
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(256)]
    [TestCase(4097)]
    [TestCase(70_000)]
    public void The_extent_of_any_stretch_is_that_of_its_points(int count)
    {
        CurveSeries series = Noise(count);
        var random = new RandomStream(7);
        for (int i = 0; i < 200; i++)
        {
            int from = random.NextInt(count + 1), to = random.NextInt(count + 1);
            (from, to) = (Math.Min(from, to), Math.Max(from, to));
            double[] values = [.. Enumerable.Range(from, to - from).Select(series.Y)];
            (double, double)? expected = values.Length == 0 ? null : (values.Min(), values.Max());
            Assert.That(series.Extent(from, to), Is.EqualTo(expected), $"{from} to {to}");
        }
    }

    [Test]
    public void A_few_points_are_drawn_as_they_are_with_a_neighbour_on_each_side()
    {
        CurveSeries series = new("s");
        for (int i = 0; i < 10; i++)
        {
            series.Add(i, i * i);
        }

        List<(double X, double Y)> line = [];
        series.Trace(2.5, 5.5, 100, line);
        Assert.That(line, Is.EqualTo(new[] { (2.0, 4.0), (3, 9), (4, 16), (5, 25), (6, 36) }));
    }

    [Test]
    public void No_spike_is_lost_among_a_million_points_and_the_line_has_two_a_column_at_most()
    {
        const int Count = 1_000_000, Columns = 500;
        CurveSeries series = new("s");
        for (int i = 0; i < Count; i++)
        {
            series.Add(i, i == 654_321 ? 100 : i == 123_456 ? -50 : Math.Sin(i / 1e5));
        }

        List<(double X, double Y)> line = [];
        series.Trace(0, Count, Columns, line);
        Assert.That(line, Has.Count.LessThanOrEqualTo(2 * (Columns + 2)));
        Assert.That(line.MaxBy(p => p.Y).Y, Is.EqualTo(100));
        Assert.That(line.MaxBy(p => p.Y).X, Is.EqualTo(654_321).Within(Count / Columns));
        Assert.That(line.MinBy(p => p.Y).Y, Is.EqualTo(-50));
        Assert.That(line.Zip(line.Skip(1), (a, b) => a.X <= b.X), Has.All.True);

        // Each column says what its points reach.
        for (int column = 0; column < Columns; column++)
        {
            (double Low, double High) expected = series.Extent(column * (Count / Columns), (column + 1) * (Count / Columns))!.Value;
            double middle = (column + 0.5) * Count / Columns;
            double[] drawn = [.. line.Where(p => p.X == middle).Select(p => p.Y)];
            Assert.That((drawn.Min(), drawn.Max()), Is.EqualTo(expected), $"column {column}");
        }
    }

    [Test]
    public void A_part_of_a_long_line_goes_on_to_both_edges()
    {
        CurveSeries series = Noise(50_000);
        List<(double X, double Y)> line = [];
        series.Trace(10_000.5, 40_000.5, 100, line);
        Assert.That(line[0], Is.EqualTo((10_000.0, series.Y(10_000))));
        Assert.That(line[^1].X, Is.EqualTo(40_001));
    }

    [Test]
    public void What_is_not_finite_is_left_out_and_time_does_not_run_back()
    {
        CurveSeries series = new("loss");
        series.Add(1, double.NaN);
        series.Add(2, double.PositiveInfinity);
        Assert.That(series.Count, Is.Zero);
        series.Add(3, 1);
        series.Add(3, 2);
        Assert.That(() => series.Add(2, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("loss goes on from 3"));
        Assert.That((series.IndexAt(3), series.IndexAfter(3)), Is.EqualTo((0, 2)));
    }

    [Test]
    public void A_mean_begins_without_bias_and_is_carried_on_as_if_made_at_once()
    {
        CurveSeries raw = Noise(500);
        SmoothedSeries whole = new(raw);
        whole.Update(0.9);
        Assert.That(whole.Mean.Y(0), Is.EqualTo(raw.Y(0)));
        double sum = 0, weight = 0;
        for (int i = 0; i <= 200; i++)
        {
            sum += Math.Pow(0.9, 200 - i) * raw.Y(i);
            weight += Math.Pow(0.9, 200 - i);
        }

        Assert.That(whole.Mean.Y(200), Is.EqualTo(sum / weight).Within(1e-9));

        CurveSeries growing = new("s");
        SmoothedSeries carried = new(growing);
        for (int i = 0; i < raw.Count; i++)
        {
            growing.Add(raw.X(i), raw.Y(i));
            if (i % 37 == 0)
            {
                carried.Update(0.9);
            }
        }

        carried.Update(0.9);
        Assert.That(Enumerable.Range(0, 500).Select(carried.Mean.Y), Is.EqualTo(Enumerable.Range(0, 500).Select(whole.Mean.Y)));
        carried.Update(0);
        Assert.That(carried.Mean.Count, Is.Zero);
    }

    private static CurveSeries Noise(int count)
    {
        CurveSeries series = new("noise");
        var random = new RandomStream(1);
        for (int i = 0; i < count; i++)
        {
            series.Add(i, random.NextSingle() * 10 - 5);
        }

        return series;
    }
}
