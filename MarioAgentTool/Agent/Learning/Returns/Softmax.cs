using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Returns;

/// <summary>Chances from logits, and what a mean over them is.</summary>
internal static class Softmax
{
    /// <summary>p from logits; returns log Σ exp, by which log p_i = logit_i − that.</summary>
    public static float Of(ReadOnlySpan<float> logits, Span<float> p)
    {
        float highest = Greedy.Max(logits);
        Lanes.Exp(logits.Slice(0, p.Length), highest, p);

        // Four sums at once, for an addition takes four cycles; the same bits on every machine.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int e = 0;
        for (; e <= p.Length - 4; e += 4)
        {
            s0 += p[e];
            s1 += p[e + 1];
            s2 += p[e + 2];
            s3 += p[e + 3];
        }

        for (; e < p.Length; e++)
        {
            s0 += p[e];
        }

        double sum = s0 + s1 + (s2 + s3);
        float share = (float)(1 / sum);
        for (int i = 0; i < p.Length; i++)
        {
            p[i] *= share;
        }

        return highest + (float)Math.Log(sum);
    }

    /// <summary>Σᵢ zᵢ pᵢ</summary>
    public static float Mean(ReadOnlySpan<float> p, ReadOnlySpan<float> z)
    {
        float m0 = 0, m1 = 0, m2 = 0, m3 = 0;
        int i = 0;
        for (; i <= p.Length - 4; i += 4)
        {
            m0 += z[i] * p[i];
            m1 += z[i + 1] * p[i + 1];
            m2 += z[i + 2] * p[i + 2];
            m3 += z[i + 3] * p[i + 3];
        }

        for (; i < p.Length; i++)
        {
            m0 += z[i] * p[i];
        }

        return m0 + m1 + (m2 + m3);
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
