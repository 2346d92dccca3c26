using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;

namespace MarioAgentTool.Cli.Commands;

/// <summary>A learning step's time, and PyTorch's for the same step where there is one.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Milliseconds">Median of ours.</param>
/// <param name="Best">Shortest of ours: what the median would be on a machine with nothing else to do.</param>
/// <param name="Gigaflops">Thousands of millions of operations a second at the median, counted as if no input were zero.</param>
internal sealed record LearnTiming(string Name, double Milliseconds, double Best, double Gigaflops)
{
    /// <summary>Median of PyTorch's.</summary>
    public double? TorchMilliseconds { get; init; }

    /// <summary>Shortest of PyTorch's.</summary>
    public double? TorchBest { get; init; }

    /// <summary>Greatest difference of the losses (or Q-values) after a few steps from the same weights, by the greatest of them.</summary>
    public double? Difference { get; init; }

    /// <summary>PyTorch's median by ours.</summary>
    public double? Ratio => TorchMilliseconds / Milliseconds;

    /// <summary>PyTorch's shortest by our shortest: the ratio on a machine with nothing else to do.</summary>
    public double? BestRatio => TorchBest / Best;

    public IEnumerable<Measurement> Measurements =>
        new (string Suffix, double? Value, string Unit)[]
        {
            ("", Milliseconds, "ms"), (": best", Best, "ms"), (": arithmetic", Gigaflops, "GFLOP/s"), (": PyTorch", TorchMilliseconds, "ms"),
            (": PyTorch, best", TorchBest, "ms"),
            (": PyTorch's time to ours", Ratio, "x"), (": PyTorch's best to ours", BestRatio, "x"), (": difference", Difference, "relative"),
        }.Where(m => m.Value.HasValue).Select(m => new Measurement(Name + m.Suffix, m.Value!.Value, m.Unit));
}

/// <summary>Times learning steps, ours and PyTorch's in turns within one run, so that what else the machine does falls on both.</summary>
internal static class LearnComparison
{
    // Turns of each side, and how long a turn of ours lasts.
    private const int Turns = 7;
    private const double TurnMilliseconds = 150;

    // Both sides take this many from the same weights before their results are compared.
    private const int ComparedSteps = 3;

    /// <param name="backends">Makes what computes our side.</param>
    /// <param name="peer">PyTorch, if there is one.</param>
    /// <param name="warmUpMilliseconds">How long each runs untimed first.</param>
    /// <param name="turnMilliseconds">How long a turn lasts.</param>
    public static IEnumerable<LearnTiming> Run(Func<IBackend> backends, TorchPeer? peer, int warmUpMilliseconds = 400, double turnMilliseconds = TurnMilliseconds)
    {
        using var benchmark = new LearnBenchmark(backends);
        foreach (LearnStep step in benchmark.Steps)
        {
            peer?.Prepare(step);
            double? difference = peer is null ? null : Compare(step, peer);
            LearnBenchmark.WarmUp(() => step.Take(), warmUpMilliseconds);
            int repetitions = (int)Math.Clamp(turnMilliseconds / Median(LearnBenchmark.Time(() => step.Take(), 3)), 1, 2_000);
            List<double> ours = [], theirs = [];
            for (int turn = 0; turn < Turns; turn++)
            {
                ours.AddRange(LearnBenchmark.Time(() => step.Take(), repetitions));
                theirs.AddRange(peer?.Take(repetitions).Milliseconds ?? []);
            }

            double median = Median(ours);
            yield return new LearnTiming(step.Name, median, ours.Min(), step.Operations / median / 1e6)
            {
                TorchMilliseconds = peer is null ? null : Median(theirs),
                TorchBest = peer is null ? null : theirs.Min(),
                Difference = difference,
            };
        }
    }

    /// <summary>Takes a few steps on both sides from the same weights.</summary>
    internal static double Compare(LearnStep step, TorchPeer peer)
    {
        float[] ours = [];
        for (int i = 0; i < ComparedSteps; i++)
        {
            ours = step.Take();
        }

        double[] theirs = peer.Take(ComparedSteps).Result;
        return ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / theirs.Max(Math.Abs);
    }

    private static double Median(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
