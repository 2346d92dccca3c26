namespace NesCoreShim;

// The one list of what the PPU remembers.
internal sealed unsafe partial class Ppu
{
    // Colours a console was once seen to wake up with. https://www.nesdev.org/wiki/PPU_power_up_state
    private static ReadOnlySpan<byte> PowerUpPalette =>
    [
        0x09, 0x01, 0x00, 0x01, 0x00, 0x02, 0x02, 0x0D, 0x08, 0x10, 0x08, 0x24, 0x00, 0x00, 0x04, 0x2C,
        0x09, 0x01, 0x34, 0x03, 0x00, 0x04, 0x00, 0x14, 0x08, 0x3A, 0x00, 0x02, 0x00, 0x20, 0x2C, 0x08,
    ];

    public void SyncMemory(ref StateSync s) => s.Sync(_memory.Span.Slice(0, 256 + 32 + 32 + 256));

    public void SyncClock(ref StateSync s) => s.Sync(ref _clock);

    public void Sync(ref StateSync s)
    {
        s.Sync(ref _line);
        s.Sync(ref _dot);
        s.Sync(ref _oddFrame);
        s.Sync(ref _frameEnded);
        s.Sync(ref _a12);
        s.Sync(ref _a12FellAt);

        s.Sync(ref _nmiEnabled);
        s.Sync(ref _tallSprites);
        s.Sync(ref _spriteTable);
        s.Sync(ref _backgroundTable);
        s.Sync(ref _addressStep);
        s.Sync(ref _mask);
        s.Sync(ref _rendering);
        s.Sync(ref _vblank);
        s.Sync(ref _spriteZeroHit);
        s.Sync(ref _spriteOverflow);
        s.Sync(ref _suppressVBlank);
        s.Sync(ref _oamAddress);
        s.Sync(ref _v.Bits);
        s.Sync(ref _t.Bits);
        s.Sync(ref _fineX);
        s.Sync(ref _secondWrite);
        s.Sync(ref _readBuffer);
        s.Sync(ref _dataReadAt);
        s.Sync(ref _maskDelay);
        s.Sync(ref _addressDelay);
        s.Sync(ref _latch);
        s.Sync(ref _highBitsAt);
        s.Sync(ref _middleBitAt);
        s.Sync(ref _lowBitsAt);
        s.Sync(ref _warmingUp);

        s.Sync(ref _backgroundPixels);
        s.Sync(ref _tile);
        s.Sync(ref _tileAttribute);
        s.Sync(ref _tileLow);
        s.Sync(ref _tileHigh);
        s.Sync(ref _oamBus);
        s.Sync(ref _secondaryIndex);
        s.Sync(ref _copying);
        s.Sync(ref _evaluationDone);
        s.Sync(ref _overflowReads);
        s.Sync(ref _spriteZeroNext);
        s.Sync(ref _spriteLineLive);
    }

    /// <summary>Whether the PPU is where it can be at this cycle, give or take a line; asleep, it is a frame ahead.</summary>
    public bool IsNear(long cycle)
    {
        long ahead = _clock - AccessDots(cycle);
        return ahead > -DotsPerLine && ahead < DotsPerLine + (_likeFceux ? SleepDots : 0);
    }

    /// <summary>Whether the PPU is where only one that wakes late can be.</summary>
    public bool IsAsleep(long cycle)
    {
        long ahead = _clock - AccessDots(cycle);
        return ahead >= DotsPerLine && ahead < DotsPerLine + SleepDots;
    }

    /// <summary>Once fields, memories and the board's are back: what follows from them.</summary>
    public void AfterLoad()
    {
        // Positions from a hand-made state are brought back onto the chart.
        SetMask(_mask);
        _maskDelay = Clamp(_maskDelay, MaskDelayDots);
        _addressDelay = Clamp(_addressDelay, AddressDelayDots);
        _delay = _maskDelay | _addressDelay;
        _line = Clamp(_line, _timing.Lines - 1);
        _dot = Clamp(_dot, DotsPerLine - 1);
        _v.Bits &= 0x7FFF;
        _t.Bits &= 0x7FFF;
        _fineX &= 7;
        _addressStep = _addressStep == 32 ? 32 : 1;
        _tile &= 0xFF;
        _tileAttribute &= 3;
        _spriteTable &= 0x1000;
        _backgroundTable &= 0x1000;
        _secondaryIndex = Clamp(_secondaryIndex, 32);
        _rowsDirty = true;
        _deferred = false;
        _lineReady = false;
        _slotsKnownFor = -1;
        _watchedTo = 0;
        _evaluationOwedFrom = 0;
        _oldFineXPixels = 0;
        _patternVersion += PatternVersionStep;
        ScheduleVBlank();
        ReviseBoardEvent();
    }

    private static int Clamp(int value, int last) => Math.Min(Math.Max(value, 0), last);

    private void PowerOnMemory()
    {
        _memory.Span.Clear();
        _patternVersion += PatternVersionStep;
        _screenMemory.Span.Clear();
        Array.Clear(_emphasis, 0, _emphasis.Length);
        PowerUpPalette.CopyTo(new Span<byte>(_palette, 32));
        for (int entry = 0; entry < 16; entry += 4)
        {
            _palette[entry | 0x10] = _palette[entry];
        }
    }
}
