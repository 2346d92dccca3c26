using MarioAgentTool.Support;

namespace MarioAgentTool.Metrics;

/// <summary>A run among others in a picture.</summary>
/// <param name="Group">The panel it is drawn in, and its title.</param>
/// <param name="Name">For the legend.</param>
/// <param name="Lines">What its metrics hold.</param>
public sealed record ComparedRun(string Group, string Name, IReadOnlyList<MetricsLine> Lines);

/// <summary>Learning curves, drawn from metrics as SVG and PNG: all there is to tell of one run, or many runs side by side.</summary>
public static class Curves
{
    internal static readonly Ink
        Blue = new(0x2B, 0x6C, 0xB0), Green = new(0x2F, 0x85, 0x5A), Red = new(0xD1, 0x3D, 0x2B),
        Violet = new(0x6B, 0x46, 0xC1), Slate = new(0x4A, 0x55, 0x68), Amber = new(0xB7, 0x79, 0x1F);

    /// <summary>Draws both pictures, each whole or as it was.</summary>
    /// <param name="lines">The run so far.</param>
    /// <param name="title">Above the panels.</param>
    /// <param name="subtitle">Below the title, in grey.</param>
    /// <param name="svgPath">Where the SVG goes.</param>
    /// <param name="pngPath">Where the PNG goes.</param>
    public static void Write(IReadOnlyList<MetricsLine> lines, string title, string subtitle, string svgPath, string pngPath)
    {
        Save(Sheet(lines, title, subtitle), svgPath, pngPath);
    }

    /// <summary>
    /// Draws runs side by side: a panel for each group, in it a line for each run, of the share of sticky episodes cleared as the minutes pass. An
    /// evaluation is a few episodes, so the lines are running means; dots are confirmations, of many fresh episodes.
    /// </summary>
    /// <param name="runs">In the order of the legend.</param>
    /// <param name="title">Above the panels.</param>
    /// <param name="subtitle">Below the title, in grey.</param>
    /// <param name="svgPath">Where the SVG goes.</param>
    /// <param name="pngPath">Where the PNG goes.</param>
    public static void Compare(IReadOnlyList<ComparedRun> runs, string title, string subtitle, string svgPath, string pngPath) =>
        Save(Compared(runs, title, subtitle), svgPath, pngPath);

    internal static Chart Compared(IReadOnlyList<ComparedRun> runs, string title, string subtitle)
    {
        Ink[] inks = [Blue, Red, Green, Violet, Amber, Slate];
        IReadOnlyList<Panel> panels =
        [
            .. runs.GroupBy(r => r.Group).Select(group => new Panel(group.Key, [.. group.SelectMany((run, i) => LinesOf(run, inks[i % inks.Length]))]) { Range = (0, 1.04) }),
        ];
        const int PanelHeight = 320;
        return new Chart(title, subtitle, "minutes", panels) { Size = (1200, 102 + (panels.Count + 1) / 2 * PanelHeight) };
    }

    private static IEnumerable<Series> LinesOf(ComparedRun run, Ink ink)
    {
        List<(double, double)> Sticky(bool confirmations) =>
        [
            .. run.Lines.OfType<EvaluationMetrics>().Where(e => e.StickyEpisodes > 0 && e.Confirmation == confirmations)
                .Select(e => (e.Clock.Seconds / 60, e.StickyRate.Share)),
        ];
        yield return new Series(run.Name, ink, 2.5, Smooth(Sticky(confirmations: false)));
        yield return new Series("", ink, 0, Sticky(confirmations: true), 4);
    }

    private static void Save(Chart chart, string svgPath, string pngPath)
    {
        var svg = new SvgCanvas(chart.Size.Width, chart.Size.Height);
        chart.Draw(svg);
        WholeFile.Write(svgPath, svg.ToString());

        var pixels = new PixelCanvas(chart.Size.Width, chart.Size.Height);
        chart.Draw(pixels);
        byte[] png = Png.Encode(pixels.Rgb, pixels.Width, pixels.Height);
        WholeFile.Write(pngPath, stream => stream.Write(png, 0, png.Length));
    }

    internal static Chart Sheet(IReadOnlyList<MetricsLine> lines, string title, string subtitle)
    {
        IntervalMetrics[] intervals = [.. lines.OfType<IntervalMetrics>()];
        EvaluationMetrics[] evaluations = [.. lines.OfType<EvaluationMetrics>()];

        List<(double, double)> Training(Func<IntervalMetrics, double?> value) =>
            [.. intervals.Where(i => value(i) is not null).Select(i => ((double)i.Frames, value(i)!.Value))];
        List<(double, double)> Evaluated(Func<EvaluationMetrics, double?> value) =>
            [.. evaluations.Where(e => value(e) is not null).Select(e => ((double)e.Frames, value(e)!.Value))];

        List<(double, double)> reward = Training(i => i.Reward), x = Training(i => i.FurthestX), loss = Training(i => i.Loss), length = Training(i => i.Length);
        return new Chart(title, subtitle, "emulated frames",
        [
            new Panel("Reward an episode",
            [
                new Series("", Blue.Thinned(0.3), 1.5, reward), new Series("training", Blue, 2.5, Smooth(reward)),
                new Series("evaluation", Red, 1.5, Evaluated(e => e.Reward), 4),
            ]),
            new Panel("Furthest x",
            [
                new Series("best", Green.Thinned(0.5), 1.5, Training(i => i.BestX)), new Series("mean", Green, 2.5, Smooth(x)),
                new Series("evaluation", Red, 1.5, Evaluated(e => e.FurthestX), 4),
            ]),
            new Panel("Clear rate",
            [
                new Series("training", Slate, 2, Smooth(Training(i => i.Ended == 0 ? null : i.Clears / (double)i.Ended))),
                new Series("sticky", Amber, 1.5, Evaluated(e => e.StickyEpisodes == 0 ? null : e.StickyClears / (double)e.StickyEpisodes), 4),
                new Series("greedy", Red, 2, Evaluated(e => e.Episodes == 0 ? null : e.Clears / (double)e.Episodes), 4),
            ])
            { Range = (0, 1.04) },
            new Panel("Loss", [new Series("", Violet.Thinned(0.3), 1.5, loss), new Series("", Violet, 2.5, Smooth(loss))]),
            new Panel("Epsilon", [new Series("", Slate, 2.5, Training(i => i.Epsilon))]) { Range = (0, 1.04) },
            new Panel("Mean Q", [new Series("", Amber, 2.5, Training(i => i.MeanQ))]),
            new Panel("Steps of an episode", [new Series("", Blue.Thinned(0.3), 1.5, length), new Series("", Blue, 2.5, Smooth(length))]),
            new Panel("Frames a second", [new Series("", Green, 2.5, Training(i => i.Clock.FramesPerSecond == 0 ? null : i.Clock.FramesPerSecond))]),
        ]);
    }

    // An exponential mean over about eight points, started without a bias towards zero.
    private static List<(double, double)> Smooth(List<(double X, double Y)> points)
    {
        const double Keep = 0.85;
        var smooth = new List<(double, double)>(points.Count);
        double sum = 0, weight = 0;
        foreach ((double x, double y) in points)
        {
            sum = sum * Keep + y;
            weight = weight * Keep + 1;
            smooth.Add((x, sum / weight));
        }

        return smooth;
    }
}
