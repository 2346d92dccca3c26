using MarioAgentTool.Learning;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>Wants one action only, or one after the other from the first of an episode on, and writes down what it is told.</summary>
internal sealed class FakeLearner(int actions, params int[] favourites) : ILearner
{
    private bool _hasActed;
    private int _chosen;

    public List<(int Action, float Reward, StepEnd End)> Seen { get; } = [];

    public bool IsDisposed { get; private set; }

    public string Algorithm => "fake";

    public LearnerProgress Progress => new(Seen.Count, 0, 0.5f, float.NaN, float.NaN);

    public IReadOnlyList<NamedTensor> Weights => [];

    public IReadOnlyList<NamedTensor> TargetWeights => [];

    public void Act(ReadOnlySpan<byte> observations, Span<int> chosen)
    {
        Assert.That(_hasActed, Is.False, "Act must be followed by Observe.");
        _hasActed = true;
        chosen[0] = Next();
    }

    public void Observe(in StepBatch batch)
    {
        Assert.That(_hasActed, "Observe must follow Act.");
        _hasActed = false;
        Assert.That(batch.NextObservations.Length, Is.EqualTo(batch.Observations.Length));
        Seen.Add((batch.Actions[0], batch.Rewards[0], batch.Ends[0]));
    }

    public void QValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        Assert.That(values.Length, Is.EqualTo(actions));
        values.Clear();
        values[Next()] = 1;
    }

    public void Save(Stream stream, bool withReplay) => throw new NotSupportedException();

    public void Load(Stream stream) => throw new NotSupportedException();

    public void Dispose() => IsDisposed = true;

    private int Next() => favourites[_chosen++ % favourites.Length];
}
