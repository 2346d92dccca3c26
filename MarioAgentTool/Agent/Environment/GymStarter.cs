using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// As gym-super-mario-bros 7.4.0 starts, frame by frame: Start on every other frame until the clock is not 0, with the stage
/// written while Start is held and the card's timer ended after; then on, Start still on every other frame, until the clock has
/// gone down. A Start that the game hears in the stage pauses it.
/// </summary>
public sealed class GymStarter : Starter
{
    private readonly bool _fullGame;
    private Phase _phase;
    private int _lastTime;

    /// <param name="stage">Where to.</param>
    /// <param name="fullGame">No stage is written; the game begins in 1-1.</param>
    /// <param name="frameLimit">Frames before <see cref="Starter.AfterFrame"/> throws; gym would wait for ever.</param>
    public GymStarter(StageId stage, bool fullGame = false, int frameLimit = DefaultFrameLimit)
        : base(stage, frameLimit)
    {
        _fullGame = fullGame;
        Buttons = Buttons.Start;
    }

    private enum Phase
    {
        /// <summary>Start held, released: once without looking.</summary>
        FirstPress,
        FirstRelease,

        /// <summary>Until the clock is set.</summary>
        Press,
        Release,

        /// <summary>Until the clock ticks.</summary>
        PressInStage,
        ReleaseInStage,
    }

    private protected override void Advance(IGameHost host, in MarioFrame frame)
    {
        switch (_phase)
        {
            case Phase.FirstPress:
                Go(Phase.FirstRelease);
                break;

            case Phase.FirstRelease:
                LookAtClock(frame);
                break;

            case Phase.Press:
                if (!_fullGame)
                {
                    WriteStage(host);
                }

                Go(Phase.Release);
                break;

            case Phase.Release:
                Write(host, RamMap.ScreenTimer, 0);
                LookAtClock(frame);
                break;

            case Phase.PressInStage:
                Go(Phase.ReleaseInStage);
                break;

            case Phase.ReleaseInStage:
                WaitForTick(frame);
                break;
        }
    }

    private void LookAtClock(in MarioFrame frame)
    {
        if (frame.GymTime == 0)
        {
            Go(Phase.Press);
            return;
        }

        _lastTime = frame.GymTime;
        WaitForTick(frame);
    }

    private void WaitForTick(in MarioFrame frame)
    {
        IsStarted = frame.GymTime < _lastTime;
        _lastTime = frame.GymTime;
        Go(Phase.PressInStage);
    }

    private void Go(Phase phase)
    {
        _phase = phase;
        Buttons = phase is Phase.Press or Phase.PressInStage ? Buttons.Start : Buttons.None;
    }
}
