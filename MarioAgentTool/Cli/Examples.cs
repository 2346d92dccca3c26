using System.CommandLine;
using System.Runtime.CompilerServices;

namespace MarioAgentTool.Cli;

/// <summary>Examples for <c>--help</c>: what to type, and what it does.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, (string Line, string Meaning)[]> Known = [];

    public static void Set(Command command, params (string Line, string Meaning)[] examples) => Known.Add(command, examples);

    public static void Write(Command command, TextWriter output)
    {
        if (!Known.TryGetValue(command, out (string Line, string Meaning)[]? examples))
        {
            return;
        }

        int width = examples.Max(e => e.Line.Length) + 3;
        output.WriteLine("Examples:");
        foreach ((string line, string meaning) in examples)
        {
            output.WriteLine($"  {line.PadRight(width)}{meaning}");
        }

        output.WriteLine();
    }
}
