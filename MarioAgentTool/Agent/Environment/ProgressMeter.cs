using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// How far Mario walked in a frame. Level x starts anew in each area and falls by four pages where a castle sends him back, so
/// only steps a body can take are counted.
/// </summary>
internal sealed class ProgressMeter
{
    /// <summary>Pixels in one frame that only a change of place explains. Running is 2.5.</summary>
    private const int Jump = 16;

    private int _x;
    private int _furthest;
    private int _newGround;

    /// <summary>Whether the last frame was the one in which a maze sent him back.</summary>
    public bool IsSentBack { get; private set; }

    public void Begin(in MarioFrame frame) => Enter(frame.LevelX);

    /// <summary>Pixels walked since the last frame; negative backwards. 0 on a change of place, and on ground walked before a maze turned him back.</summary>
    public int Advance(in MarioFrame frame)
    {
        int x = frame.LevelX, dx = x - _x;
        IsSentBack = false;
        if (dx is > Jump or < -Jump)
        {
            // A maze sends him back in mid-stride; to another place the game leads him. $0750 cannot tell the two apart: it
            // names the area that the next pipe leads to, and changes while he walks.
            if (dx < 0 && frame.Routine == PlayerRoutine.Control)
            {
                _x = x;
                _newGround = _furthest;
                IsSentBack = true;
            }
            else
            {
                Enter(x);
            }

            return 0;
        }

        _x = x;
        if (x < _newGround)
        {
            return 0;
        }

        _newGround = 0;
        _furthest = Math.Max(_furthest, x);
        return dx;
    }

    public void Sync(SessionSync s)
    {
        s.Sync(ref _x);
        s.Sync(ref _furthest);
        s.Sync(ref _newGround);
    }

    private void Enter(int x)
    {
        _x = _furthest = x;
        _newGround = 0;
    }
}
