using System.CommandLine;
using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary>Which world to play, for the commands that play one.</summary>
internal sealed class WorldOptions
{
    public Option<string?> Env { get; } = new("--env")
    {
        Description = "A world by its id in gym-super-mario-bros 7.4.0, conducted as there: SuperMarioBros-1-1-v0, SuperMarioBros-v0 (the whole game), SuperMarioBrosRandomStages-v0; v1 for flat backgrounds.",
        HelpName = "ID",
    };

    public Option<string?> Stages { get; } = new("--stages")
    {
        Description = "Stages to draw from, anew for each episode: 1-1,1-2,8-4. One stage is that stage.",
        HelpName = "LIST",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Env);
        command.Options.Add(Stages);
    }

    /// <summary>Whether the command line says anything about the world.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(Env) is not null || parsed.GetValue(Stages) is not null;

    /// <summary>The settings with the world asked for.</summary>
    public EnvironmentSettings In(EnvironmentSettings settings, ParseResult parsed)
    {
        if (parsed.GetValue(Env) is { } id)
        {
            settings = EnvironmentId.Parse(id).In(settings);
        }

        if (parsed.GetValue(Stages) is not { } list)
        {
            return settings;
        }

        if (parsed.GetValue(Env) is { } named && settings.Task != TaskKind.RandomStages)
        {
            throw new SettingsException($"--stages {list} is for random stages, and --env {named} names one world; leave one of them out, or take SuperMarioBrosRandomStages-v0.");
        }

        IReadOnlyList<StageId> stages = StageId.ParseList(list);
        return stages.Count == 1 && parsed.GetValue(Env) is null
            ? settings with { Task = TaskKind.Stage, Stages = "", World = stages[0].World, Stage = stages[0].Stage }
            : settings with { Task = TaskKind.RandomStages, Stages = string.Join(",", stages) };
    }
}
