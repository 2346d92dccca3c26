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
    private int _areaPointer;
    private int _furthest;
    private int _newGround;

    public void Begin(in MarioFrame frame)
    {
        Enter(frame);
    }

    /// <summary>Pixels walked since the last frame; negative backwards. 0 on a change of place, and on ground walked before a maze turned him back.</summary>
    public int Advance(in MarioFrame frame)
    {
        if (frame.AreaPointer != _areaPointer)
        {
            Enter(frame);
            return 0;
        }

        int dx = frame.LevelX - _x;
        _x = frame.LevelX;
        if (dx is > Jump or < -Jump)
        {
            // Sent back by a maze, or out of a pipe further on in the same area.
            _newGround = dx < 0 ? _furthest : 0;
            return 0;
        }

        if (_x < _newGround)
        {
            return 0;
        }

        _newGround = 0;
        _furthest = Math.Max(_furthest, _x);
        return dx;
    }

    public void Sync(SessionSync s)
    {
        s.Sync(ref _x);
        s.Sync(ref _areaPointer);
        s.Sync(ref _furthest);
        s.Sync(ref _newGround);
    }

    private void Enter(in MarioFrame frame)
    {
        _x = frame.LevelX;
        _areaPointer = frame.AreaPointer;
        _furthest = _x;
        _newGround = 0;
    }
}
