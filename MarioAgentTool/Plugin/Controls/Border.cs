namespace MarioAgentTool.Plugin;

/// <summary>
/// The border to EmuHawk, which everything it or a click calls goes through: what goes wrong behind it is reported and goes no
/// further, since it would take the user's game down.
/// </summary>
/// <param name="report">Told what was being done, and what came of it.</param>
internal sealed class Border(Action<string, Exception> report)
{
    /// <summary>For tests: thrown in the place of whatever is to be done; null does it.</summary>
    internal Exception? Fault { get; set; }

    /// <summary>Does it, or reports why not.</summary>
    public void Do(string doing, Action action)
    {
        try
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            action();
        }
        catch (Exception e)
        {
            report(doing, e);
        }
    }
}
