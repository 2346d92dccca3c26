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

    /// <summary>The start states that a run's settings name; none where they name none.</summary>
    /// <param name="newHost">Makes consoles with the run's cartridge.</param>
    /// <param name="settings">The run's.</param>
    /// <param name="alongMovie">Reads a movie; null where nobody can.</param>
    /// <exception cref="StageStartException">No episode can begin there.</exception>
    /// <exception cref="SettingsException">A file is not there, or is no state of this game, or no movie that leads into a stage.</exception>
    public static IReadOnlyList<StartState> ToGivenStarts(Func<IFrameHost> newHost, RunSettings settings, Func<string, int, IReadOnlyList<StartState>>? alongMovie) =>
        [.. settings.StartFiles.SelectMany(path => IsMovie(path)
            ? (alongMovie ?? throw new SettingsException($"{path}: movies are read by mario-agent train alone; name states instead."))(path, settings.Curriculum.Every)
            : [FromFile(newHost(), path)])];

    /// <summary>Whether a start file is a movie, by its extension.</summary>
    public static bool IsMovie(string path) => Path.GetExtension(path).ToLowerInvariant() is ".bk2" or ".tasproj" or ".fm2" or ".fm3";

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
