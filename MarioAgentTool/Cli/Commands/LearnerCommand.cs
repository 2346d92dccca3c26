using System.CommandLine;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent learner</c>: learns for the tool in EmuHawk, which starts it and talks to it over standard input and output.</summary>
internal static class LearnerCommand
{
    public static Command Create()
    {
        var command = new Command("learner", "Learns for the tool in EmuHawk, over standard input and output. Started by the tool, and ends with it.") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        using Stream input = Console.OpenStandardInput();
        using BufferedStream output = new(Console.OpenStandardOutput(), 1 << 16);
        string? wrong;
        try
        {
            wrong = LearnerServer.Run(input, output);
        }
        catch (IOException e)
        {
            // Nobody reads any more: whoever started it is gone.
            wrong = e.Message;
        }

        if (wrong is null)
        {
            return CommandLine.Success;
        }

        Console.Error.WriteLine($"mario-agent learner: {wrong}");
        return CommandLine.Failure;
    }
}
