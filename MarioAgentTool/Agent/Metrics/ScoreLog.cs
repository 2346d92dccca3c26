using System.Globalization;

namespace MarioAgentTool.Metrics;

/// <summary>
/// The right-only notebook's lines, on the console and in <c>log.txt</c>, after episodes 10, 20, 30, …: the sum of the scores since
/// the last line by ten (the first line has eleven episodes to sum, as there), epsilon, replay and updates.
/// </summary>
public sealed class ScoreLog : IRunRecord
{
    private const int Period = 10;

    private readonly LogFile _log;
    private readonly Action<string> _console;
    private double _score;

    /// <param name="folder">The run's.</param>
    /// <param name="console">Takes each line too.</param>
    public ScoreLog(string folder, Action<string> console)
    {
        _log = new LogFile(Path.Combine(folder, "log.txt"));
        _console = console;
    }

    /// <inheritdoc/>
    public void Step(in StepFacts step)
    {
        _score += step.Reward;
        if (!step.Ended || step.Episode % Period != 0 || step.Episode == 0)
        {
            return;
        }

        // The notebook says cuda where it has one; learning here is on the CPU.
        string line = string.Format(
            CultureInfo.InvariantCulture, "cpu |Episode : {0} | score : {1} | epsilon : {2} | buffer size : {3} | learn step counter : {4}",
            step.Episode, PythonNumbers.Fixed(_score / Period, 6), PythonNumbers.Fixed(step.Epsilon, 4), step.ReplaySize, step.Updates);
        _console(line);
        _log.Line(line);
        _score = 0;
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_log.Saved());
        writer.Write(_score);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        _log.Keep(reader.ReadInt64());
        _score = reader.ReadDouble();
    }

    public void Dispose() => _log.Dispose();
}
