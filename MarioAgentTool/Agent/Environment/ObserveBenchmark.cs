using System.Diagnostics;
using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>What one observation costs, for <c>bench observe</c>.</summary>
public static class ObserveBenchmark
{
    private delegate void Observation(ReadOnlySpan<byte> ram, in Screen screen, Span<byte> result);

    /// <summary>One figure.</summary>
    /// <param name="Name">What is observed, and how.</param>
    /// <param name="Microseconds">For one observation; the best of the rounds, which a busy machine disturbs least.</param>
    public readonly record struct Result(string Name, double Microseconds);

    /// <summary>Times all observers on one frame.</summary>
    /// <param name="ram">CPU $0000-$07FF.</param>
    /// <param name="screen">The picture.</param>
    /// <param name="iterations">Observations a round.</param>
    /// <param name="rounds">Rounds, each shorter than a slice of the scheduler; the first ones warm up.</param>
    public static IReadOnlyList<Result> Run(ReadOnlySpan<byte> ram, in Screen screen, int iterations = 50, int rounds = 200)
    {
        var tiles = new TileObserver(new TileSettings());
        var brighter = new PixelObserver(new PixelSettings { MaxOfTwo = true });
        (string Name, Observation Observe)[] observers =
        [
            ("tiles", (r, in s, o) => tiles.Observe(new MarioFrame(r), o)),
            ("pixels, 84 x 84", Pixels(new PixelSettings())),
            ("pixels, brighter of two frames", (r, in s, o) =>
            {
                brighter.Remember(s);
                brighter.Observe(s, o);
            }),
            ("notebook 000: OpenCV's area in colour, 84 x 84", Pixels(Notebook(ResizeMethod.OpenCvArea, 84))),
            ("notebook 001: torchvision's bilinear, 84 x 84", Pixels(Notebook(ResizeMethod.TorchBilinear, 84))),
            ("notebook 002: PIL's bilinear, 96 x 96", Pixels(Notebook(ResizeMethod.PillowBilinear, 96))),
        ];
        var best = new double[observers.Length];
        var result = new byte[256 * 240];
        for (int round = 0; round < rounds; round++)
        {
            for (int n = 0; n < observers.Length; n++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < iterations; i++)
                {
                    observers[n].Observe(ram, screen, result);
                }

                double time = (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency / iterations;
                best[n] = round == 0 ? time : Math.Min(best[n], time);
            }
        }

        return [.. observers.Select((o, n) => new Result(o.Name, best[n]))];
    }

    private static PixelSettings Notebook(ResizeMethod method, int size) => new() { Method = method, Size = size, FirstLine = 0, Lines = 240, Palette = PaletteKind.NesPy };

    private static Observation Pixels(PixelSettings settings)
    {
        var observer = new PixelObserver(settings);
        return (ram, in screen, result) => observer.Observe(screen, result);
    }
}
