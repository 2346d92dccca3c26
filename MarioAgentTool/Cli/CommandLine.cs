using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MarioAgentTool.Cli.Commands;
using MarioAgentTool.Environment;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using NesCoreShim;

namespace MarioAgentTool.Cli;

/// <summary>The command: what is typed becomes a call, what goes wrong becomes one sentence.</summary>
internal static class CommandLine
{
    /// <summary>All went as asked.</summary>
    public const int Success = 0;

    /// <summary>It was understood, but something it needs is missing or wrong.</summary>
    public const int Failure = 1;

    /// <summary>It was not understood.</summary>
    public const int Usage = 2;

    private const string Name = "mario-agent";

    public static int Run(string[] args)
    {
        RootCommand root = Build();
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(Explain(parsed));
            return Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = Console.Out, Error = Console.Error });
        }
        catch (Exception e) when (IsForTheUser(e))
        {
            Console.Error.WriteLine($"{Name}: {e.Message.ReplaceLineEndings(" ")}");
            return Failure;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("An agent that learns Super Mario Bros. on a headless NES of its own. Without --rom it plays a built-in game.")
        {
            TrainCommand.Create(),
            PresetsCommand.Create(),
            SettingsCommand.Create(),
            EvalCommand.Create(),
            RecordCommand.Create(),
            ReplayCommand.Create(),
            LuaCommand.Create(),
            EnvCommand.Create(),
            RomCommand.Create(),
            WeightsCommand.Create(),
            ObserveCommand.Create(),
            BenchCommand.Create(),
            LearnerCommand.Create(),
        };
        Examples.Set(root,
            ("mario-agent train", "learn the built-in game, in a few minutes at most"),
            ("mario-agent train --rom smb.nes", "learn your cartridge"),
            ("mario-agent eval runs/<run>", "examine what was learned"),
            ("mario-agent train --help", "options and examples of a command"));

        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }

    // One sentence: what was wrong, what was expected, what to do next.
    private static string Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = string.Join(' ', Ancestry(parsed.CommandResult)), advice = $"See {path} --help.";
        string? unknown = parsed.UnmatchedTokens.FirstOrDefault();
        if (unknown is null)
        {
            return command is { Action: null, Subcommands.Count: > 0 }
                ? $"{path}: expected a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}. {advice}"
                : parsed.Tokens.Count == Ancestry(parsed.CommandResult).Count() - 1 && command.Arguments is [{ Arity.MinimumNumberOfValues: > 0 } argument]
                    ? $"{path}: {argument.Name} is missing: {argument.Description} {advice}"
                    : $"{path}: {parsed.Errors[0].Message.TrimEnd('.')}. {advice}";
        }

        bool isOption = unknown.StartsWith('-');
        string[] known = isOption
            ? [.. command.Options.Concat(parsed.RootCommandResult.Command.Options).SelectMany(o => o.Aliases.Append(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal)).Distinct()]
            : [.. command.Subcommands.Select(c => c.Name)];
        string suggestion = known.Length == 0 ? "" : Suggestion.Sentence(unknown, known) + " ";
        string expectation = isOption ? "is not an option" : known.Length > 0 ? "is not a command" : "is one argument too many";
        return $"{path}: {unknown} {expectation}. {suggestion}{advice}";
    }

    private static IEnumerable<string> Ancestry(CommandResult result)
    {
        IEnumerable<string> before = result.Parent is CommandResult parent ? Ancestry(parent) : [];
        return before.Append(result.Command is RootCommand ? Name : result.Command.Name);
    }

    // Exceptions whose message was written for whoever typed the command. Anything else is a defect and keeps its stack trace.
    private static bool IsForTheUser(Exception e) => e is SettingsException or StageStartException or InvalidDataException or FormatException
        or IOException or UnauthorizedAccessException or InvalidRomException or UnsupportedBoardException or InvalidStateException;

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = inner.Invoke(parseResult);
            Examples.Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
            return code;
        }
    }
}
