namespace NesCoreShim;

// PPUSTATUS ahead of time: what an undisturbed line will do to the sprite flags, so that a read in its middle can be
// answered, and a loop of reads skipped, without walking there.
internal sealed unsafe partial class Ppu
{
    // What the current line will do to PPUSTATUS: the dots at which flags go up, or 0.
    private bool _lineReady;
    private int _lineHitDot, _lineOverflowDot;

    /// <summary>PPUSTATUS after so many dots, without disturbing the line if possible.</summary>
    private int StatusAt(long target)
    {
        if (_plain)
        {
            RunTo(target);
            return Status;
        }

        if (!IsStatusForeseen)
        {
            RunTo(Math.Min(target, _clock + DotsPerLine - _dot));
        }

        RunWholeLines(target);
        if (!IsStatusForeseen || target - _clock >= DotsPerLine - _dot)
        {
            RunTo(target);
            SettleOverflow();
            return Status;
        }

        if (_line == PreRenderLine)
        {
            return Status;
        }

        PrepareLine();
        long done = target - _clock;
        return Status
            | (_lineHitDot != 0 && done > _lineHitDot ? 0x40 : 0)
            | (_lineOverflowDot != 0 && done > _lineOverflowDot ? 0x20 : 0);
    }

    private void SettleOverflow()
    {
        if (_evaluationOwedFrom != 0 && !_spriteOverflow && !(IsEvaluationAllOwed && Bits.PopCount(SpritesHere) < 8))
        {
            SettleEvaluation();
        }
    }

    /// <summary>Does the lines that end by then, and no part of another.</summary>
    private void RunWholeLines(long target)
    {
        while (target - _clock >= DotsPerLine - _dot)
        {
            if (_delay == 0 && IsIdleLine)
            {
                RunIdle(target);
            }
            else if (_delay == 0 && CanFinishLine)
            {
                RunLines(target);
            }
            else
            {
                // Somebody has been on this line.
                RunTo(_clock + DotsPerLine - _dot);
            }
        }
    }

    // At the start of a visible line we can say what it will do to the flags; on the pre-render line nothing happens
    // after dot 1.
    private bool IsStatusForeseen =>
        _delay == 0 && (_line == PreRenderLine ? _dot >= 2 : _rendering && _line < Height && CanFinishLine);

    /// <summary>
    /// For a loop that does nothing but read PPUSTATUS: a cycle, at most the limit, before which every read gives
    /// what the last one gave. Lines that end before then are done.
    /// </summary>
    public long StatusStableUntil(long cycle, long limit)
    {
        long limitDots = BoundaryDots(limit);
        while (_delay == 0)
        {
            long lineEnd = _clock + DotsPerLine - _dot;
            if (IsIdleLine)
            {
                if (_line == _timing.VBlankLine && _dot <= 1)
                {
                    return Math.Min(limit, CycleBefore(_clock));
                }
            }
            else if (!IsStatusForeseen)
            {
                break;
            }
            else if (_line < Height)
            {
                PrepareLine();
                int change = _lineHitDot == 0 ? _lineOverflowDot
                    : _lineOverflowDot == 0 ? _lineHitDot
                    : Math.Min(_lineHitDot, _lineOverflowDot);
                if (change != 0)
                {
                    return Math.Min(limit, CycleBefore(_clock + change));
                }
            }

            if (lineEnd > limitDots)
            {
                return limit;
            }

            if (_line == PreRenderLine && CanFinishLine)
            {
                // It may be a dot shorter than its end says.
                RunLine();
            }
            else
            {
                RunTo(lineEnd);
            }
        }

        return Math.Min(limit, CycleBefore(_clock));
    }

    private long ReadEndDots(long cycle) => _timing.DotsIn(cycle * _timing.CpuDivider + ReadEndPhase);

    private long AccessDots(long cycle) => _timing.DotsIn(cycle * _timing.CpuDivider + AccessPhase);

    /// <summary>A cycle whose register access comes before this dot.</summary>
    private long CycleBefore(long dot) => _timing.CyclesIn(dot * _timing.PpuDivider - ReadEndPhase) - 1;

    private void PrepareLine()
    {
        if (_lineReady)
        {
            return;
        }

        if (_rowsDirty)
        {
            FindSpriteRows();
        }

        _lineReady = true;
        _lineHitDot = 0;
        _lineOverflowDot = 0;
        if (!_spriteOverflow && Bits.PopCount(_spriteRows[_line]) >= 8)
        {
            _lineOverflowDot = FindOverflowDot();
        }

        if (!_spriteZeroHit && _showBackground && _showSprites)
        {
            _lineHitDot = FindHitDot();
        }
    }

    private void FindSpriteRows()
    {
        _rowsDirty = false;
        _lineSlotsKnown = false;
        Array.Clear(_spriteRows, 0, Height);
        int height = SpriteHeight;
        for (int sprite = 0; sprite < 64; sprite++)
        {
            // Where it begins and where it ends.
            int first = _oam[sprite * 4], end = first + height;
            if (first < Height)
            {
                _spriteRows[first] ^= 1UL << sprite;
            }

            if (end < Height)
            {
                _spriteRows[end] ^= 1UL << sprite;
            }
        }

        _mostSpritesOnLine = 0;
        ulong here = 0;
        for (int line = 0; line < Height; line++)
        {
            if (_spriteRows[line] != 0)
            {
                here ^= _spriteRows[line];
                _mostSpritesOnLine = Math.Max(_mostSpritesOnLine, Bits.PopCount(here));
            }

            _spriteRows[line] = here;
        }
    }

    /// <summary>Rehearses the evaluation of this line.</summary>
    private int FindOverflowDot()
    {
        Evaluation before = KeepEvaluation();
        int found = 0;
        for (int dot = 65; dot <= 256 && found == 0; dot++)
        {
            EvaluateDot(dot);
            if (_spriteOverflow)
            {
                found = dot;
            }
        }

        PutBack(before);
        return found;
    }
}
