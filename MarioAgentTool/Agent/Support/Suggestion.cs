namespace MarioAgentTool.Support;

/// <summary>Finds what a mistyped name probably meant.</summary>
public static class Suggestion
{
    /// <summary>The nearest of the known names, or null when none is near enough to be meant.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = Math.Max(2, typed.Length / 3) + 1;
        foreach (string name in known)
        {
            int distance = Distance(typed.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    /// <summary>A sentence for the end of an error: the nearest name if there is one, else all of them.</summary>
    public static string Sentence(string typed, IReadOnlyCollection<string> known) =>
        (Nearest(typed, known) ?? Longer(typed, known)) is { } nearest ? $"Did you mean {nearest}?" : $"Known: {string.Join(", ", known)}.";

    // Whoever typed the front of a name meant that one.
    private static string? Longer(string typed, IEnumerable<string> known) =>
        typed.Length > 2 ? known.FirstOrDefault(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) : null;

    // Levenshtein (1966), with a swap of neighbours as one step (Damerau): the commonest slip of all.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
