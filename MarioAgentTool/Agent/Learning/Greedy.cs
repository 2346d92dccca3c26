namespace MarioAgentTool.Learning;

/// <summary>Choosing by value.</summary>
public static class Greedy
{
    /// <summary>The action of the highest value; the lowest number among equals.</summary>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int a = 1; a < values.Length; a++)
        {
            if (values[a] > values[best])
            {
                best = a;
            }
        }

        return best;
    }

    /// <summary>The highest value.</summary>
    public static float Max(ReadOnlySpan<float> values) => values[ArgMax(values)];
}
