using System.CommandLine;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent presets</c>: what training can begin with, and what of it can be mended.</summary>
internal static class PresetsCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "A preset, to print all its settings. Without it, all presets in words.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("presets", "Lists the presets, their quirks and fixes; or prints one's settings.") { Name };
        command.SetAction(parsed => Run(parsed.GetValue(Name)));
        Examples.Set(command,
            ("mario-agent presets", "all of them, in words"),
            ("mario-agent presets tutorial-ddqn", "every setting of one, as JSON"),
            ("mario-agent train --preset dueling-custom --fix batchnorm-eval", "train with one, mended"));
        return command;
    }

    private static int Run(string? name)
    {
        if (name is not null)
        {
            Console.Write(SettingsFile.ToJson(Presets.Get(name).Settings));
            return CommandLine.Success;
        }

        foreach (Preset preset in Presets.All)
        {
            Console.WriteLine($"{preset.Name}{(preset == Presets.All[0] ? " (the default)" : "")}");
            Console.WriteLine($"  {preset.Summary}");
            List("Quirks kept:", preset.Quirks);
            List("Fixes:", Fixes.Of(preset.Name).Select(f => $"--fix {f.Name}: {f.Summary} ({string.Join(", ", f.Changes)})"));
            List("Differs on purpose:", preset.Differences);
            Console.WriteLine();
        }

        Console.WriteLine("mario-agent presets NAME prints a preset's settings, mario-agent settings says what each does; train --set KEY=VALUE changes any.");
        return CommandLine.Success;
    }

    private static void List(string title, IEnumerable<string> lines)
    {
        foreach ((int i, string line) in lines.Index())
        {
            if (i == 0)
            {
                Console.WriteLine($"  {title}");
            }

            Console.WriteLine($"    - {line}");
        }
    }
}
