using System.Buffers.Binary;
using System.IO.Compression;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Tests.Agent.Metrics;

public class CurvesTests
{
    [Test]
    public void Both_pictures_of_a_run_are_written()
    {
        string folder = Directory.CreateTempSubdirectory("curves").FullName;
        try
        {
            string svg = Path.Combine(folder, "curves.svg"), png = Path.Combine(folder, "curves.png");
            Curves.Write(ARun(), "fast, seed 1", "4.1M frames in 1 min 52 s", svg, png);
            Keep(png);

            string text = File.ReadAllText(svg);
            Assert.That(System.Xml.Linq.XDocument.Parse(text).Root!.Name.LocalName, Is.EqualTo("svg"));
            Assert.That(text, Does.Contain("Furthest x").And.Contain("Clear rate").And.Contain("Epsilon").And.Contain("Steps of an episode").And.Contain("Frames a second").And.Contain("Mean Q").And.Contain("Loss"));
            Assert.That(text, Does.Not.Contain("none yet"), "every panel has its points");
            byte[] bytes = File.ReadAllBytes(png);
            Assert.That(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), Is.EqualTo(1200), "width");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_run_without_any_line_says_that_it_has_none_yet()
    {
        Chart sheet = Curves.Sheet([], "", "");
        var svg = new SvgCanvas(sheet.Size.Width, sheet.Size.Height);

        sheet.Draw(svg);

        Assert.That(svg.ToString().Split("none yet"), Has.Length.EqualTo(1 + sheet.Panels.Count));
    }

    [Test]
    public void Runs_are_compared_stage_by_stage_in_minutes_with_what_was_confirmed_as_dots()
    {
        MetricsLine[] run =
        [
            Sticky(seconds: 60, clears: 0, of: 20), Sticky(120, 10, 20), Sticky(120, 0, 0), Sticky(126, 57, 100) with { Confirmation = true },
        ];

        Chart sheet = Curves.Compared([new("1-1", "seed 1", run), new("1-1", "seed 2", []), new("1-2", "seed 1", run)], "", "");

        Assert.That(sheet.Panels.Select(p => p.Title), Is.EqualTo(new[] { "1-1", "1-2" }));
        IReadOnlyList<Series> lines = sheet.Panels[0].Series;
        Assert.That(lines.Select(l => (l.Name, l.Points.Count)), Is.EqualTo(new[] { ("seed 1", 2), ("", 1), ("seed 2", 0), ("", 0) }));
        Assert.That(lines[0].Points[0], Is.EqualTo((1.0, 0.0)));
        Assert.That(lines[0].Points[1].Y, Is.EqualTo(0.5 / 1.85).Within(1e-12), "a running mean");
        Assert.That(lines[1].Points, Is.EqualTo(new[] { (2.1, 0.57) }));
        Assert.That(lines[2].Ink, Is.Not.EqualTo(lines[0].Ink));
    }

    [Test]
    public void A_png_unpacks_to_the_pixels_it_was_made_of()
    {
        byte[] rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];

        byte[] png = Png.Encode(rgb, 2, 2);

        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.That(System.Text.Encoding.ASCII.GetString(png, 37, 4), Is.EqualTo("IDAT"));
        using var unpacked = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        var rows = new MemoryStream();
        unpacked.CopyTo(rows);
        Assert.That(rows.ToArray(), Is.EqualTo(new byte[] { 2, 255, 0, 0, 0, 255, 0, 2, 1, 0, 255, 9, 10, 9 }), "filter 'up': the second row is minus the first");
        Assert.That(BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(png.Length - 4)), Is.EqualTo(0xAE426082), "CRC of IEND, as every PNG has it");
    }

    [TestCase('A', 0x7C)]
    [TestCase('~', 0x02)]
    [TestCase('\u00e9', 0x02)]
    public void The_font_covers_ascii_and_shows_a_question_mark_for_the_rest(char c, int firstColumn) =>
        Assert.That((int)PixelFont.Columns(c)[0], Is.EqualTo(firstColumn));

    private static List<MetricsLine> ARun()
    {
        var lines = new List<MetricsLine>();
        for (int i = 1; i <= 120; i++)
        {
            double t = i / 120.0, noise = Math.Sin(i * 12.9898) * 0.5;
            lines.Add(new IntervalMetrics
            {
                Steps = i * 8192, Frames = i * 34_000, Ended = 30, Clears = (int)(30 * Math.Max(0, t - 0.4)), Reward = 4 + 90 * t + 9 * noise,
                FurthestX = 400 + 2500 * t + 300 * noise, BestX = (int)Math.Min(3161, 800 + 4000 * t), Epsilon = (float)Math.Max(0.02, 1 - 4 * t), Length = 150 + 100 * t + 30 * noise, Clock = new() { FramesPerSecond = 40_000 + 9_000 * noise },
                Loss = (float)(0.3 / (0.2 + t) + 0.1 * noise), MeanQ = (float)(5 * t + noise),
            });
            if (i % 12 == 0)
            {
                lines.Add(new EvaluationMetrics
                {
                    Steps = i * 8192, Frames = i * 34_000, Episodes = 20, Clears = Math.Min(20, i / 5), Reward = 100 * t, FurthestX = 3100 * t,
                    StickyEpisodes = 20, StickyClears = i / 12,
                });
            }
        }

        return lines;
    }

    private static EvaluationMetrics Sticky(double seconds, int clears, int of) => new() { StickyClears = clears, StickyEpisodes = of, Clock = new() { Seconds = seconds } };

    private static void Keep(string png) => File.Copy(png, Path.Combine(TestContext.CurrentContext.WorkDirectory, "curves-sample.png"), overwrite: true);
}
