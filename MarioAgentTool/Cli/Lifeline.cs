namespace MarioAgentTool.Cli;

/// <summary>
/// Standard input as a sign of life from whoever started the command: when it closes, however that comes about, a clean stop is
/// asked for, unless the line <c>go on</c> came before.
/// </summary>
internal static class Lifeline
{
    private const string Release = "go on";

    /// <summary>Watches from a thread of its own.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="stop">Asks for the stop.</param>
    public static void Watch(TextReader input, Action stop)
    {
        Thread thread = new(() =>
        {
            while (input.ReadLine() is { } line)
            {
                if (line.Trim() == Release)
                {
                    return;
                }
            }

            stop();
        })
        {
            IsBackground = true,
            Name = "lifeline",
        };
        thread.Start();
    }
}
