using System.CommandLine;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent settings</c>: every knob with what it does, as the tool in EmuHawk shows them.</summary>
internal static class SettingsCommand
{
    private const int Width = 100;

    private static readonly Argument<string[]> Words = new("WORD") { Description = "Only settings in whose name or description all of these occur.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> PresetName = new("--preset") { Description = $"Whose values are shown. Default: {Presets.All[0].Name}.", HelpName = "NAME" };

    public static Command Create()
    {
        var command = new Command("settings", "Lists every setting that --set takes: its value, what else it could be, and what it does.") { Words, PresetName };
        command.SetAction(parsed => Run(parsed.GetValue(PresetName) ?? Presets.All[0].Name, string.Join(' ', parsed.GetValue(Words) ?? [])));
        Examples.Set(command,
            ("mario-agent settings", "all of them"),
            ("mario-agent settings epsilon", "those about epsilon"),
            ("mario-agent settings --preset tutorial-ddqn classicDqn", "a section, with a preset's values"));
        return command;
    }

    private static int Run(string preset, string search)
    {
        Dictionary<string, string> values = SettingsFile.Values(Presets.Get(preset).Settings);
        Knob[] knobs = [.. SettingsCatalog.All.Where(k => k.Matches(search))];
        if (knobs.Length == 0)
        {
            throw new SettingsException($"No setting has '{search}' in its name or description; try fewer words.");
        }

        foreach (Knob knob in knobs)
        {
            string value = values[knob.Path];
            Console.WriteLine($"{knob.Path}={value}{(knob.Choices.Count > 0 ? "" : $"  ({knob.Expectation})")}");
            Print(knob.Description, "  ");
            foreach (KnobChoice choice in knob.Choices.Where(_ => knob.Type.IsEnum))
            {
                Print($"- {choice.Name}: {choice.Description}", "    ");
            }
        }

        return CommandLine.Success;
    }

    private static void Print(string sentences, string indent)
    {
        string line = indent;
        foreach (string word in sentences.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + word.Length >= Width)
            {
                Console.WriteLine(line.TrimEnd());
                line = indent + (sentences.StartsWith("- ", StringComparison.Ordinal) ? "  " : "");
            }

            line += word + " ";
        }

        Console.WriteLine(line.TrimEnd());
    }
}
