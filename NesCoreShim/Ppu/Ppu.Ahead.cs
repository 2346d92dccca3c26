namespace NesCoreShim;

// Scroll writes in the middle of a line, taken down before it has got there: t is looked at again only at dot 257, and fine X moves
// pixels alone. A status bar's split costs no more than another line.
internal sealed unsafe partial class Ppu
{
    private const int HorizontalReloadDot = 257;

    // The fine X that this line began with holds for so many pixels; 0: fine X has not changed.
    private int _oldFineX, _oldFineXPixels;

    /// <summary>Whether a write can be made now although the PPU has not got that far in this line.</summary>
    private bool TryWriteAhead(int register, byte value, long cycle)
    {
        if (_plain || register is not (0 or 5 or 6) || !_rendering || _line >= Height)
        {
            return false;
        }

        long target = AccessDots(cycle);
        if (_delay != 0)
        {
            RunTo(Math.Min(target, _clock + LongestDelayDots));
        }

        RunWholeLines(target);
        long done = target - _clock;
        if (_delay != 0 || !_rendering || _line >= Height || done < 0 || _dot + done > HorizontalReloadDot)
        {
            return false;
        }

        switch (register)
        {
            case 0:
                // Only the nametable, the address step and the NMI may change: vblank is far, and so is $2007.
                int tables = (_tallSprites ? 0x20 : 0) | _backgroundTable >> 8 | _spriteTable >> 9;
                return !_vblank && (value & 0x38) == tables;
            case 5 when !_secondWrite:
                return (value & 7) == _fineX || CanFinishLine && TryMoveFineX((int)done);
            case 6 when _secondWrite:
                return false;
            default:
                return true;
        }
    }

    private bool TryMoveFineX(int done)
    {
        PrepareLine();
        if (_lineHitDot != 0 && done > _lineHitDot)
        {
            _spriteZeroHit = true;
        }

        // Before a hit, or instead of one, it would depend on fine X.
        if (_oldFineXPixels != 0 || !_spriteZeroHit && IsSpriteZeroHere)
        {
            return false;
        }

        _oldFineX = _fineX;
        _oldFineXPixels = Math.Max(done - 1, 0);
        return true;
    }

    private bool IsSpriteZeroHere => _deferred && _line > 0 ? (_spriteRows[_line - 1] & 1) != 0 : _spriteLineLive;

    /// <summary>Somebody came who needs the line's dots: those before the write see the fine X before it.</summary>
    private void ReplayFineX()
    {
        int now = _fineX;
        long written = _clock + _oldFineXPixels + 1;
        _fineX = _oldFineX;
        _oldFineXPixels = 0;
        RunTo(written);
        _fineX = now;
    }
}
