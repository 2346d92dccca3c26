using MarioAgentTool.Metrics;

namespace MarioAgentTool.Cli.Display;

/// <summary>A line every few seconds and one an evaluation, for logs.</summary>
internal sealed class PlainTrainDisplay : TrainDisplay
{
    private const double SecondsBetweenLines = 5;

    private readonly TextWriter _output;
    private double _lastLine = double.NegativeInfinity;

    public PlainTrainDisplay(IEnumerable<string> heading, TextWriter output)
    {
        _output = output;
        foreach (string line in heading)
        {
            _output.WriteLine(line);
        }
    }

    public override void Logged(IntervalMetrics i, TimeSpan? left)
    {
        if (i.Clock.Seconds - _lastLine < SecondsBetweenLines)
        {
            return;
        }

        _lastLine = i.Clock.Seconds;
        _output.WriteLine(FormattableString.Invariant(
            $"{i.Frames / 1e6,6:0.00}M frames  {i.Clock.FramesPerSecond / 1e3,5:0.0}k/s  {i.Episodes,6} episodes  reward {Number(i.Reward, "0.0"),6}  x {Number(i.FurthestX, "0"),5}")
            + FormattableString.Invariant($"  clears {i.Clears,3}/{i.Ended,-3}  epsilon {i.Epsilon:0.00}  loss {Number(i.Loss, "0.0000"),7}  {Left(left)}"));
        foreach (CurriculumPlace place in i.Curriculum ?? [])
        {
            _output.WriteLine($"    {place}");
        }
    }

    public override void Evaluated(EvaluationMetrics evaluation)
    {
        _output.WriteLine("  " + Evaluation(evaluation));
        if (FirstClear(evaluation) is { Length: > 0 } first)
        {
            _output.WriteLine("  " + first);
        }
    }

    public override void Noted(string line) => _output.WriteLine(line);

    public override void Stopping() => Console.Error.WriteLine("Stopping after this step; again to stop at once.");
}
