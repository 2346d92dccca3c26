namespace MarioAgentTool.Training;

/// <summary>Which of the notebooks' logs a run keeps.</summary>
public enum EpisodeLogKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>The PyTorch tutorial's MetricLogger: <c>log</c>, four plots, a line on the console every 20 episodes.</summary>
    MetricLogger,

    /// <summary>The right-only notebook's score lines, every 10 episodes: <c>log.txt</c> and the console.</summary>
    Scores,
}

/// <summary>Records that a run keeps beside <c>metrics.jsonl</c>. None of them changes what is learned.</summary>
public sealed record RecordSettings
{
    /// <summary>Whether every episode goes into an event file for TensorBoard. (A thousand episodes take about 300 KB.)</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Which of the notebooks' logs is kept.</summary>
    public EpisodeLogKind Log { get; init; }
}
