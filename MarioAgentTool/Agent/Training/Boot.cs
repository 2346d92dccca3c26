using MarioAgentTool.Environment;

namespace MarioAgentTool.Training;

/// <summary>From power-on into the stage.</summary>
public static class Boot
{
    /// <summary>Plays a freshly powered-on host to where episodes start.</summary>
    /// <exception cref="StageStartException">The game never got there.</exception>
    public static StartState ToStart(IFrameHost host, EnvironmentSettings environment)
    {
        var starter = new StageStarter(environment.World, environment.Stage);
        while (!starter.IsStarted)
        {
            host.FrameAdvance(starter.Buttons, render: false);
            starter.AfterFrame(host);
        }

        return starter.Finish(host);
    }
}
