using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// To the first frame on which a stage can be played, by pressing Start on every other frame of the title screen. For 1-1
/// nothing is written, so that the buttons alone lead there again; nothing has been pressed in the stage yet.
/// </summary>
/// <param name="world">1-8.</param>
/// <param name="stage">1-4.</param>
/// <param name="frameLimit">Frames before <see cref="Starter.AfterFrame"/> throws.</param>
public sealed class StageStarter(int world = 1, int stage = 1, int frameLimit = Starter.DefaultFrameLimit) : Starter(new StageId(world, stage), frameLimit)
{
    private protected override void Advance(IGameHost host, in MarioFrame frame)
    {
        IsStarted = frame.IsInStage && frame.Routine == PlayerRoutine.Control && !frame.IsFrozen && frame.Time > 0;
        bool inTitle = frame.Mode == OperatingMode.Title;
        Buttons = inTitle && Buttons == Buttons.None ? Buttons.Start : Buttons.None;
        if (inTitle && Stage != StageId.First)
        {
            WriteStage(host);
        }

        if (IsStarted && (frame.World, frame.Stage) != (Stage.World, Stage.Stage))
        {
            throw new StageStartException($"The game began {frame.World}-{frame.Stage} instead of {Stage}; this ROM does not take its stage from $075F, $075C and $0760.");
        }
    }
}
