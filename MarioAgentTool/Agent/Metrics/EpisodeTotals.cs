namespace MarioAgentTool.Metrics;

/// <summary>Sums over the episode that a console is playing, as the notebooks' MetricLogger keeps them.</summary>
internal sealed class EpisodeTotals
{
    public double Reward { get; private set; }

    public int Length { get; private set; }

    public double Loss { get; private set; }

    public double Q { get; private set; }

    /// <summary>Steps of it that were followed by an update.</summary>
    public int Updates { get; private set; }

    /// <summary>Mean loss of its updates, rounded as the notebooks do; 0 without any.</summary>
    public double MeanLoss => Updates == 0 ? 0 : PythonNumbers.Round(Loss / Updates, 5);

    /// <summary>Mean value of its updates.</summary>
    public double MeanQ => Updates == 0 ? 0 : PythonNumbers.Round(Q / Updates, 5);

    public void Add(in StepFacts step)
    {
        Reward += step.Reward;
        Length++;

        // "if loss:" leaves a loss of exactly 0 out, too.
        if (step.Loss is { } loss and not 0)
        {
            Loss += loss;
            Q += step.MeanQ ?? 0;
            Updates++;
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Reward);
        writer.Write(Length);
        writer.Write(Loss);
        writer.Write(Q);
        writer.Write(Updates);
    }

    public static EpisodeTotals Load(BinaryReader reader) => new()
    {
        Reward = reader.ReadDouble(),
        Length = reader.ReadInt32(),
        Loss = reader.ReadDouble(),
        Q = reader.ReadDouble(),
        Updates = reader.ReadInt32(),
    };
}
