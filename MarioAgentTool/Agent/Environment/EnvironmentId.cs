using System.Globalization;
using System.Text.RegularExpressions;
using MarioAgentTool.Support;

namespace MarioAgentTool.Environment;

/// <summary>
/// An environment id of gym-super-mario-bros 7.4.0: <c>SuperMarioBros-v0</c> (the whole game), <c>SuperMarioBros-1-1-v0</c> (one
/// stage), <c>SuperMarioBrosRandomStages-v0</c>. Versions: 0 the game as it is, 1 with its backgrounds flattened.
/// </summary>
/// <param name="Task">What an episode is.</param>
/// <param name="Stage">Where it starts, for <see cref="TaskKind.Stage"/>.</param>
/// <param name="Look">What the version stands for.</param>
public sealed record EnvironmentId(TaskKind Task, StageId Stage, RomLook Look)
{
    private static readonly Regex Form = new(@"^SuperMarioBros(?<random>RandomStages)?(-(?<world>\d)-(?<stage>\d))?-v(?<version>\d)$", RegexOptions.CultureInvariant);

    /// <summary>Every id that is honoured.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names()];

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">There is none of that name, with the nearest; or it stands for a ROM that we lack.</exception>
    public static EnvironmentId Parse(string id)
    {
        if (All.Contains(id))
        {
            Match match = Form.Match(id);
            StageId stage = match.Groups["world"].Success
                ? StageId.Parse($"{match.Groups["world"].Value}-{match.Groups["stage"].Value}")
                : StageId.First;
            return new EnvironmentId(
                match.Groups["random"].Success ? TaskKind.RandomStages : match.Groups["world"].Success ? TaskKind.Stage : TaskKind.FullGame,
                stage,
                match.Groups["version"].Value == "1" ? RomLook.Downsample : RomLook.Vanilla);
        }

        if (id.StartsWith("SuperMarioBros2-", StringComparison.Ordinal))
        {
            throw new FormatException($"{id} is The Lost Levels, another game whose stages lie elsewhere; of gym's environments those of Super Mario Bros. itself are played here, such as SuperMarioBros-1-1-v0.");
        }

        if (Form.Match(id) is { Success: true } known && known.Groups["version"].Value is "2" or "3" && All.Contains(id.Substring(0, id.Length - 1) + "0"))
        {
            throw new FormatException($"{id} is played on a ROM with other pictures ({(id.EndsWith("2", StringComparison.Ordinal) ? "pixel" : "rectangle")}), which only gym has; RAM and rewards are those of {id.Substring(0, id.Length - 1)}0, so take that, or ...-v1 for flat backgrounds.");
        }

        throw new FormatException($"There is no environment {id}. {Suggest(id)}");
    }

    /// <summary>The settings with this environment in them, as gym conducts it.</summary>
    public EnvironmentSettings In(EnvironmentSettings settings) => settings with
    {
        Conduct = ConductKind.Gym,
        Clock = ClockKind.NesPy,
        Task = Task,
        World = Stage.World,
        Stage = Stage.Stage,
        Look = Look,
        Pixels = settings.Pixels with { Background = Look == RomLook.Downsample ? BackgroundKind.Flat : BackgroundKind.Scenery },
    };

    /// <summary>The id.</summary>
    public override string ToString() => Name(Task, Stage, Look);

    private static string Name(TaskKind task, StageId stage, RomLook look)
    {
        string middle = task switch
        {
            TaskKind.FullGame => "",
            TaskKind.RandomStages => "RandomStages",
            _ => $"-{stage}",
        };
        return $"SuperMarioBros{middle}-v{((int)look).ToString(CultureInfo.InvariantCulture)}";
    }

    private static IEnumerable<string> Names()
    {
        foreach (RomLook look in new[] { RomLook.Vanilla, RomLook.Downsample })
        {
            yield return Name(TaskKind.FullGame, StageId.First, look);
            yield return Name(TaskKind.RandomStages, StageId.First, look);
            foreach (StageId stage in StageId.All)
            {
                yield return Name(TaskKind.Stage, stage, look);
            }
        }
    }

    // Whoever left the end out meant what begins so; of the names that there are, three show the forms.
    private static string Suggest(string id)
    {
        string? longer = id.Length > "SuperMarioBros".Length ? All.FirstOrDefault(name => name.StartsWith(id, StringComparison.OrdinalIgnoreCase)) : null;
        return longer is not null || (longer = Suggestion.Nearest(id, All)) is not null
            ? $"Did you mean {longer}?"
            : "Known: SuperMarioBros-v0, SuperMarioBros-1-1-v0 to SuperMarioBros-8-4-v0, SuperMarioBrosRandomStages-v0; v1 for flat backgrounds.";
    }
}
