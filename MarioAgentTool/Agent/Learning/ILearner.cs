namespace MarioAgentTool.Learning;

/// <summary>
/// An algorithm that turns transitions into a better network. It has never heard of Mario: bytes in, action numbers out.
/// The managed learners and the TorchSharp ones stand behind it alike. Calls alternate: <see cref="Act"/>, then
/// <see cref="Observe"/> with what the actions led to. One thread calls at a time; the learner divides its own work.
/// </summary>
public interface ILearner : IDisposable
{
    /// <summary>The algorithm's name as its paper has it.</summary>
    string Algorithm { get; }

    /// <summary>Where learning stands.</summary>
    LearnerProgress Progress { get; }

    /// <summary>Chooses one action an environment, exploring as the schedule says.</summary>
    /// <param name="observations">N × <see cref="InputSpec.Length"/> bytes.</param>
    /// <param name="actions">N action numbers, filled in.</param>
    void Act(ReadOnlySpan<byte> observations, Span<int> actions);

    /// <summary>Takes in what the last actions led to, and learns when an update is due.</summary>
    void Observe(in StepBatch batch);

    /// <summary>Q(s, ·) of the online network, for any number of observations at once.</summary>
    /// <param name="observations">n × <see cref="InputSpec.Length"/> bytes.</param>
    /// <param name="values">n × action count, filled in.</param>
    void QValues(ReadOnlySpan<byte> observations, Span<float> values);

    /// <summary>Writes all that training needs to go on: networks, optimiser, random streams, counters, and replay where <paramref name="withReplay"/>.</summary>
    void Save(Stream stream, bool withReplay);

    /// <summary>
    /// Reads what <see cref="Save"/> wrote. Another algorithm, network shape or format version is refused with both named; so is
    /// replay from another number of environments or capacity. An environment whose next observation is not the one last
    /// observed is taken to have been abandoned there: its episode counts as truncated.
    /// </summary>
    void Load(Stream stream);

    /// <summary>
    /// The online network's parameters by PyTorch-style state-dict names, in a fixed order. Asking counts as writing: whatever
    /// the learner keeps packed from them is made anew, so ask again before each round of writing.
    /// </summary>
    IReadOnlyList<NamedTensor> Weights { get; }

    /// <summary>The target network's parameters under the same names; none where the algorithm has no target network.</summary>
    IReadOnlyList<NamedTensor> TargetWeights { get; }
}

/// <summary>A learner whose network explores by itself.</summary>
public interface IExploresByNoise
{
    /// <summary><see cref="ILearner.QValues"/> with the network's noise drawn anew; the same where it has none.</summary>
    void NoisyQValues(ReadOnlySpan<byte> observations, Span<float> values);
}

/// <summary>A learner that can say what computes its networks.</summary>
public interface ITellsWhere
{
    /// <summary>What computes, and where that which is learned from is kept: <c>TorchSharp on cuda:0; replay's 200,000 frames on cuda:0 (1.4 of 60.2 GB free)</c>.</summary>
    string Where { get; }
}

/// <summary>Counters, and means over the latest updates: the last rollout's, or a running mean over some hundred.</summary>
/// <param name="Steps">Agent steps taken in, over all environments.</param>
/// <param name="Updates">Optimiser steps done.</param>
/// <param name="Epsilon">Chance of a random action now.</param>
/// <param name="Loss">Mean loss of the latest updates; NaN before the first.</param>
/// <param name="MeanQ">Mean predicted value in the latest updates; NaN before the first.</param>
public readonly record struct LearnerProgress(long Steps, long Updates, double Epsilon, float Loss, float MeanQ)
{
    /// <summary>How far most episodes come, in the environment's unit of position; null where nobody keeps count.</summary>
    public float? Frontier { get; init; }
}

/// <summary>A parameter tensor by name: row-major values and their shape.</summary>
/// <param name="Name">As PyTorch's state dict would call it: <c>features.0.weight</c>.</param>
/// <param name="Shape">Row-major dimensions, PyTorch's order.</param>
/// <param name="Values">The live values; writing changes the network.</param>
public sealed record NamedTensor(string Name, int[] Shape, Memory<float> Values);
