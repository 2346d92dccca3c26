namespace MarioAgentTool.Learning;

/// <summary>What a learner's replay comes to once it is full.</summary>
/// <param name="Transitions">It keeps so many.</param>
/// <param name="BytesEach">Of one, with its share of whatever is kept for all.</param>
/// <param name="IsMost">Whether frames are packed, so that it is less where they are plain.</param>
/// <param name="File">Where the frames are, if not in memory.</param>
public sealed record ReplaySize(long Transitions, double BytesEach, bool IsMost, string File)
{
    // A float for the reward, a byte each for the action, the ending and the place in the episode.
    private const int StepBytes = 7;

    /// <summary>Of a full replay, in bytes.</summary>
    public double Bytes => Transitions * BytesEach;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"replay of {Transitions:N0} transitions, {(IsMost ? "at most " : "")}{BytesEach / 1000:0.00} KB each, {Bytes / 1e9:0.00} GB in all, {(File.Length == 0 ? "in memory" : $"frames in {File}")}");

    /// <summary>Of a <see cref="ReplayBuffer"/>, and the tree of priorities where there is one.</summary>
    internal static ReplaySize Of(DqnSettings settings, InputSpec input, int environments)
    {
        long places = ((long)settings.ReplayCapacity + environments - 1) / environments * environments;
        double priorities = settings.PriorityExponent > 0 ? (double)SumTree.Bytes(places) / places : 0;
        return new ReplaySize(places, (input.SlidesByOne ? input.FrameBytes : input.Length) + StepBytes + priorities, IsMost: false, settings.ReplayFile);
    }

    /// <summary>Of a <see cref="TransitionReplay"/>: numbers of the frames of both observations, and of each frame that is new the longest it packs to.</summary>
    internal static ReplaySize Of(ClassicDqnSettings settings, InputSpec input)
    {
        int fresh = input.SlidesByOne ? 1 : input.Stack;
        return new ReplaySize(settings.ReplayCapacity, fresh * FramePacking.Longest(input.FrameBytes) + 2 * input.Stack * sizeof(int) + StepBytes, IsMost: true, "");
    }
}
