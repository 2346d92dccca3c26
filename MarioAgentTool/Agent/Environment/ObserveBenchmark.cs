using System.Diagnostics;
using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>What one observation costs, for <c>bench observe</c>.</summary>
public static class ObserveBenchmark
{
    /// <summary>Microseconds an observation; the best of the rounds, which a busy machine disturbs least.</summary>
    /// <param name="Tiles">The 1,024 numbers of <see cref="TileObserver"/>.</param>
    /// <param name="Pixels">84×84 grey of <see cref="PixelObserver"/>.</param>
    /// <param name="PixelsMaxOfTwo">The same, of the brighter of two frames, both read anew.</param>
    public readonly record struct Result(double Tiles, double Pixels, double PixelsMaxOfTwo);

    /// <summary>Times all observers on one frame.</summary>
    /// <param name="ram">CPU $0000-$07FF.</param>
    /// <param name="screen">The picture.</param>
    /// <param name="iterations">Observations a round.</param>
    /// <param name="rounds">Rounds, each shorter than a slice of the scheduler; the first ones warm up.</param>
    public static Result Run(ReadOnlySpan<byte> ram, in Screen screen, int iterations = 100, int rounds = 200)
    {
        var tiles = new TileObserver(new TileSettings());
        var pixels = new PixelObserver(new PixelSettings());
        var brighter = new PixelObserver(new PixelSettings { MaxOfTwo = true });
        var observation = new byte[Math.Max(tiles.Spec.FrameBytes, pixels.Spec.FrameBytes)];
        var best = new Result(double.MaxValue, double.MaxValue, double.MaxValue);
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < iterations; i++)
            {
                tiles.Observe(new MarioFrame(ram), observation);
            }

            double tileTime = MicrosecondsSince(start, iterations);
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < iterations; i++)
            {
                pixels.Observe(screen, observation);
            }

            double pixelTime = MicrosecondsSince(start, iterations);
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < iterations; i++)
            {
                brighter.Remember(screen);
                brighter.Observe(screen, observation);
            }

            double brighterTime = MicrosecondsSince(start, iterations);
            best = new Result(Math.Min(best.Tiles, tileTime), Math.Min(best.Pixels, pixelTime), Math.Min(best.PixelsMaxOfTwo, brighterTime));
        }

        return best;
    }

    private static double MicrosecondsSince(long start, int iterations) =>
        (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency / iterations;
}
