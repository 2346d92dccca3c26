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
