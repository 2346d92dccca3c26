using MarioAgentTool.Learning;

namespace MarioAgentTool.Training;

/// <summary>
/// A running mean of a learner's weights, which is examined and kept in place of the latest ones: where those swing from one
/// update to the next, their mean stands still. (Polyak and Juditsky, 1992; as an exponential mean in many learners since.)
/// </summary>
/// <param name="steps">Agent steps over which the mean reaches back; 0 takes the latest weights.</param>
/// <param name="share">Of all steps so far, the part over which it reaches back at least.</param>
internal sealed class WeightAverage(int steps, float share)
{
    /// <summary>Agent steps between contributions. A multiple of every usual rollout; often enough for any mean worth having.</summary>
    public const int Period = 2_048;

    private float[][] _means = [];
    private int _count;

    /// <summary>Whether there is a mean to speak of.</summary>
    public bool IsOn => steps > 0;

    /// <summary>Takes the present weights in.</summary>
    /// <param name="weights">The learner's.</param>
    /// <param name="at">Agent steps so far.</param>
    public void Add(IReadOnlyList<NamedTensor> weights, long at)
    {
        if (_means.Length == 0)
        {
            _means = [.. weights.Select(w => new float[w.Values.Length])];
        }

        // At first a plain mean, so that the beginning does not linger.
        float weight = Math.Max(1f / ++_count, Math.Min(1, Period / Math.Max(steps, share * at)));
        for (int i = 0; i < _means.Length; i++)
        {
            Span<float> mean = _means[i];
            ReadOnlySpan<float> present = weights[i].Values.Span;
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += weight * (present[j] - mean[j]);
            }
        }
    }

    /// <summary>Puts the mean in the weights' place, and the weights in the mean's; a second time undoes it.</summary>
    public void Swap(IReadOnlyList<NamedTensor> weights)
    {
        for (int i = 0; i < _means.Length; i++)
        {
            Span<float> mean = _means[i], present = weights[i].Values.Span;
            for (int j = 0; j < mean.Length; j++)
            {
                (mean[j], present[j]) = (present[j], mean[j]);
            }
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_count);
        writer.Write(_means.Length);
        foreach (float[] mean in _means)
        {
            writer.Write(mean.Length);
            foreach (float value in mean)
            {
                writer.Write(value);
            }
        }
    }

    public void Load(BinaryReader reader)
    {
        _count = reader.ReadInt32();
        _means = new float[reader.ReadInt32()][];
        for (int i = 0; i < _means.Length; i++)
        {
            _means[i] = new float[reader.ReadInt32()];
            for (int j = 0; j < _means[i].Length; j++)
            {
                _means[i][j] = reader.ReadSingle();
            }
        }
    }
}
