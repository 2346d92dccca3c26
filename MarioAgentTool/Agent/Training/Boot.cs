using MarioAgentTool.Environment;

namespace MarioAgentTool.Training;

/// <summary>From power-on into the stage.</summary>
public static class Boot
{
    /// <summary>Plays a freshly powered-on host to where episodes start; of several stages, to the first.</summary>
    /// <exception cref="StageStartException">The game never got there.</exception>
    public static StartState ToStart(IFrameHost host, EnvironmentSettings environment) => ToStart(host, environment, environment.StartStages()[0]);

    /// <summary>A start state for each stage that episodes may begin in.</summary>
    /// <exception cref="StageStartException">The game never got to one of them.</exception>
    public static IReadOnlyList<StartState> ToStarts(Func<IFrameHost> newHost, EnvironmentSettings environment) =>
        [.. environment.StartStages().Select(stage => ToStart(newHost(), environment, stage))];

    /// <summary>A run's start states: those that it names, else one for each stage that episodes may begin in.</summary>
    /// <exception cref="StageStartException">The game never got to one of them, or no episode can begin there.</exception>
    /// <exception cref="SettingsException">A file is not there, or is no state of this game.</exception>
    public static IReadOnlyList<StartState> ToStarts(Func<IFrameHost> newHost, RunSettings settings) =>
        settings.StartFiles.Count == 0 ? ToStarts(newHost, settings.Environment) : [.. settings.StartFiles.Select(path => FromFile(newHost(), path))];

    private static StartState FromFile(IFrameHost host, string path)
    {
        if (!File.Exists(path))
        {
            throw new SettingsException($"{path} is not there; --start expects states of the headless core, such as mario-agent replay --state writes.");
        }

        try
        {
            host.LoadState(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is not IOException and not OutOfMemoryException)
        {
            // What a host throws for bytes that are no state of its own is the host's affair; it has said what is wrong.
            throw new SettingsException($"{path}: {e.Message} --start expects states of this game on the headless core, such as mario-agent replay --state writes.");
        }

        return GivenStart.Of(host, Path.GetFileNameWithoutExtension(path));
    }

    private static StartState ToStart(IFrameHost host, EnvironmentSettings environment, StageId stage)
    {
        var starter = Starter.For(environment, stage);

        // The start's own picture is looked at, too: what is to be flat is so from the first.
        PixelObserver? observer = environment.Observation == ObservationKind.Pixels ? new PixelObserver(environment.Pixels) : null;
        while (!starter.IsStarted)
        {
            host.FrameAdvance(starter.Buttons, render: true);
            starter.AfterFrame(host);
            observer?.Prepare(host);
        }

        return starter.Finish(host);
    }
}
