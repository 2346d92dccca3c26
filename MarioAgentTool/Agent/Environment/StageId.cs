using System.Globalization;

namespace MarioAgentTool.Environment;

/// <summary>A stage's name: world 1-8, stage 1-4.</summary>
public readonly record struct StageId
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such stage.</exception>
    public StageId(int world, int stage)
    {
        if (world is < 1 or > 8 || stage is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(stage), $"{world}-{stage}", $"There is no stage {world}-{stage}; worlds are 1-8, stages 1-4.");
        }

        World = world;
        Stage = stage;
    }

    /// <summary>1-1.</summary>
    public static StageId First { get; } = new(1, 1);

    /// <summary>The 32 of the game, in order.</summary>
    public static IReadOnlyList<StageId> All { get; } = [.. Enumerable.Range(0, 32).Select(i => new StageId(i / 4 + 1, i % 4 + 1))];

    /// <summary>1-8.</summary>
    public int World { get; }

    /// <summary>1-4.</summary>
    public int Stage { get; }

    /// <summary>
    /// Area of the world, from 0, that it begins in. Worlds 1, 2, 4 and 7 open their second stage with a walk into a pipe, an area
    /// of its own, which is left out here as gym leaves it out.
    /// </summary>
    public int AreaIndex => Stage - 1 + (World is 1 or 2 or 4 or 7 && Stage > 1 ? 1 : 0);

    /// <summary>Reads <c>4-2</c>.</summary>
    /// <exception cref="FormatException">Says what was expected.</exception>
    public static StageId Parse(string text)
    {
        string[] parts = text.Trim().Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int world) && world is >= 1 and <= 8
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int stage) && stage is >= 1 and <= 4
            ? new StageId(world, stage)
            : throw new FormatException($"\"{text.Trim()}\" is no stage; expected world-stage from 1-1 to 8-4, such as 4-2.");
    }

    /// <summary>Reads a list like <c>1-1,1-2,8-4</c>.</summary>
    /// <exception cref="FormatException">Names what was not understood, or the stage that stands there twice.</exception>
    public static IReadOnlyList<StageId> ParseList(string text)
    {
        var stages = new List<StageId>();
        foreach (string part in text.Split(','))
        {
            StageId stage = Parse(part);
            if (stages.Contains(stage))
            {
                throw new FormatException($"Stage {stage} stands twice in \"{text}\"; each is drawn equally often, so name it once.");
            }

            stages.Add(stage);
        }

        return stages;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{World}-{Stage}";
}
