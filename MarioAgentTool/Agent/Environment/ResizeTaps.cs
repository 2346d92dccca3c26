namespace MarioAgentTool.Environment;

/// <summary>
/// One direction of a resize: new pixel i is a weighted sum of old pixels <see cref="First"/>[i] and the next
/// <see cref="Count"/> − 1. Where fewer matter, or the picture ends, weights are 0.
/// </summary>
internal sealed class ResizeTaps
{
    private ResizeTaps(int outputs, int count)
    {
        Count = count;
        First = new int[outputs];
        Weights = new int[outputs * count];
    }

    /// <summary>New pixels.</summary>
    public int Outputs => First.Length;

    /// <summary>Old pixels a new one.</summary>
    public int Count { get; }

    /// <summary>The first old pixel of each new one.</summary>
    public int[] First { get; }

    /// <summary><see cref="Count"/> weights for each new pixel.</summary>
    public int[] Weights { get; }

    /// <summary>
    /// Areas: new pixel i is [i, i + 1) × old / new, and each old pixel weighs what of it lies inside, exactly: the weights of a
    /// new pixel add up to <paramref name="old"/>.
    /// </summary>
    public static ResizeTaps ExactArea(int old, int outputs)
    {
        var taps = new ResizeTaps(outputs, (old + outputs - 1) / outputs + 1);
        for (int i = 0; i < outputs; i++)
        {
            // In 1/outputs of an old pixel.
            int begin = i * old, end = begin + old, first = begin / outputs;
            taps.First[i] = first;
            for (int k = 0; k < taps.Count; k++)
            {
                int left = Math.Max((first + k) * outputs, begin), right = Math.Min((first + k + 1) * outputs, end);
                taps.Weights[i * taps.Count + k] = Math.Max(right - left, 0);
            }
        }

        return taps.Trimmed();
    }

    /// <summary>Areas with weights in whole 1/256: what rounding leaves over goes to a new pixel's two edges by their size.</summary>
    public static ResizeTaps Area(int old, int outputs)
    {
        const int one = 256;
        var taps = ExactArea(old, outputs);
        for (int i = 0; i < outputs; i++)
        {
            var weights = taps.Weights.AsSpan(i * taps.Count, taps.Count);
            int last = taps.Count - 1;
            while (weights[last] == 0)
            {
                last--;
            }

            if (last == 0)
            {
                weights[0] = one;
                continue;
            }

            int middle = one * outputs / old, edges = one - (last - 1) * middle;
            int first = (int)Math.Round(edges * ((double)weights[0] / (weights[0] + weights[last])));
            weights.Slice(1, last - 1).Fill(middle);
            weights[0] = first;
            weights[last] = edges - first;
        }

        return taps;
    }

    /// <summary>
    /// Bilinear with antialiasing: a triangle as wide as two new pixels, cut off at the picture's edge, its weights adding up to
    /// 1 before they are rounded to 1/2^<paramref name="bits"/>. PIL and torchvision lay it so alike.
    /// </summary>
    /// <param name="old">Old pixels.</param>
    /// <param name="outputs">New pixels, no more.</param>
    /// <param name="bits">Fractional bits of a weight.</param>
    /// <param name="addUp">Whether rounded weights are made to add up to 1 again. PIL leaves them as they are.</param>
    public static ResizeTaps Triangle(int old, int outputs, int bits, bool addUp)
    {
        double scale = (double)old / outputs;
        var taps = new ResizeTaps(outputs, (int)Math.Ceiling(scale) * 2 + 1);
        var exact = new double[taps.Count];
        for (int i = 0; i < outputs; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max((int)(centre - scale + 0.5), 0), count = Math.Min((int)(centre + scale + 0.5), old) - first;
            double total = 0;
            for (int k = 0; k < count; k++)
            {
                exact[k] = Math.Max(1 - Math.Abs((first + k - centre + 0.5) * (1 / scale)), 0);
                total += exact[k];
            }

            taps.First[i] = first;
            var weights = taps.Weights.AsSpan(i * taps.Count, taps.Count);
            int sum = 0, heaviest = 0;
            for (int k = 0; k < count; k++)
            {
                weights[k] = (int)(0.5 + exact[k] / total * (1 << bits));
                sum += weights[k];
                heaviest = weights[k] > weights[heaviest] ? k : heaviest;
            }

            if (addUp)
            {
                weights[heaviest] += (1 << bits) - sum;
            }
        }

        return taps.Trimmed();
    }

    // As many taps as the widest new pixel has.
    private ResizeTaps Trimmed()
    {
        int needed = 1;
        for (int i = 0; i < Weights.Length; i++)
        {
            needed = Weights[i] != 0 ? Math.Max(needed, i % Count + 1) : needed;
        }

        var trimmed = new ResizeTaps(Outputs, needed);
        First.CopyTo(trimmed.First, 0);
        for (int i = 0; i < Outputs; i++)
        {
            Weights.AsSpan(i * Count, needed).CopyTo(trimmed.Weights.AsSpan(i * needed));
        }

        return trimmed;
    }
}
