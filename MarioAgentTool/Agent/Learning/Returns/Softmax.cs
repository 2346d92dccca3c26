using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Returns;

/// <summary>Chances from logits, and what a mean over them is.</summary>
internal static class Softmax
{
    /// <summary>p from logits; returns log Σ exp, by which log p_i = logit_i − that.</summary>
    public static float Of(ReadOnlySpan<float> logits, float[] p)
    {
        float highest = Greedy.Max(logits);
        Lanes.Exp(logits.Slice(0, p.Length), highest, p);
        double sum = 0;
        foreach (float e in p)
        {
            sum += e;
        }

        float share = (float)(1 / sum);
        for (int i = 0; i < p.Length; i++)
        {
            p[i] *= share;
        }

        return highest + (float)Math.Log(sum);
    }

    /// <summary>Σᵢ zᵢ pᵢ</summary>
    public static float Mean(float[] p, float[] z)
    {
        float mean = 0;
        for (int i = 0; i < p.Length; i++)
        {
            mean += z[i] * p[i];
        }

        return mean;
    }

    /// <summary>d/dlogitᵢ of that mean: pᵢ (zᵢ − mean). Leaves p behind.</summary>
    public static void MeanGradient(ReadOnlySpan<float> logits, float[] p, float[] z, Span<float> gradient)
    {
        Of(logits, p);
        float mean = Mean(p, z);
        for (int i = 0; i < p.Length; i++)
        {
            gradient[i] = p[i] * (z[i] - mean);
        }
    }
}
