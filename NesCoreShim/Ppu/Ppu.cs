namespace NesCoreShim;

/// <summary>
/// The 2C02. It lags behind the CPU and is brought up to a dot when somebody looks. Lines that pass
/// undisturbed are done in one stride (Ppu.Line.cs), many of them at once if they are alike (Ppu.Band.cs); every other dot
/// is drawn as the chip draws it (Ppu.Dot.cs), and the plain machine knows no other way.
/// https://www.nesdev.org/wiki/PPU_rendering
/// </summary>
internal sealed unsafe partial class Ppu
{
    public const int Width = 256;
    public const int Height = 240;
    private const int DotsPerLine = 341;
    private const int CacheLine = 64;

    // 33 tiles: 256 pixels at any fine X.
    private const int LineBufferSize = Width + 8;

    // Register accesses reach the PPU 4 master clocks into their CPU cycle; the CPU samples the NMI line 4
    // later. Only the order of these matters: the absolute alignment differs between power-ons.
    private const int AccessPhase = 4;
    private const int SamplePhase = 8;
    private const int ReadEndPhase = 8;

    private readonly PinnedBytes _memory = new(256 + 32 + 32 + 256 + 8 + LineBufferSize + 8);
    
    // On a cache line. A sprite at the right edge of the last line may write beyond it.
    private readonly PinnedBytes _screenMemory = new(CacheLine + Width * Height + 8);
    private readonly int _screenStart;
    private readonly byte* _oam, _secondary, _palette, _spriteLine, _lineBuffer, _screen;
    private readonly byte[] _emphasis = new byte[Height];
    private readonly Board _board;
    private readonly byte** _pages;
    private readonly byte** _writePages;
    private readonly RegionTiming _timing;
    private readonly bool _plain, _likeFceux;
    private Cpu _cpu = null!;

    // Where we are: the next dot to do, and how many are done since power-on.
    private long _clock;
    private int _line, _dot;
    private bool _oddFrame, _frameEnded;
    private long _vblankAt;

    public Ppu(Board board, RegionTiming timing, NesOptions options)
    {
        _board = board;
        _pages = board.PpuRead;
        _writePages = board.PpuWrite;
        _timing = timing;
        _plain = options.Plain;
        _likeFceux = options.LikeFceux;
        _watchesA12 = board.WatchesA12;
        _watchesFetches = board.WatchesFetches;
        _oam = _memory.Pointer;
        _secondary = _oam + 256;
        _palette = _secondary + 32;
        _spriteLine = _palette + 32;

        // A sprite at the right edge may write beyond it.
        _lineBuffer = _spriteLine + 256 + 8;
        _screenStart = (int)-(nint)_screenMemory.Pointer & CacheLine - 1;
        _screen = _screenMemory.Pointer + _screenStart;
    }

    /// <summary>Whether dots become pixels; nothing else depends on it.</summary>
    public bool Render { get; set; } = true;

    /// <summary>What of the picture is drawn; nothing else depends on it.</summary>
    public PictureLayers Layers { get; } = new();

    /// <summary>
    /// The first boundary by which vertical blank may have begun, or the board have raised its interrupt; never later
    /// than the truth.
    /// </summary>
    public long NextEvent => Math.Min(_vblankAt, _boardEventAt);

    public ReadOnlySpan<byte> Screen => _screenMemory.Span.Slice(_screenStart, Width * Height);

    /// <summary>The emphasis bits (PPUMASK bits 5-7) of each line, as they stood at its last pixel.</summary>
    public ReadOnlySpan<byte> Emphasis => _emphasis;

    public ReadOnlySpan<byte> Oam => _memory.Span.Slice(0, 256);

    public ReadOnlySpan<byte> Palette => _memory.Span.Slice(256 + 32, 32);

    public (int Line, int Dot) Position => (_line, _dot);

    private int PreRenderLine => _timing.Lines - 1;

    private long BoundaryDots(long cycles) => _timing.DotsIn(cycles * _timing.CpuDivider);

    private int SleepDots => (_timing.Lines + 1) * DotsPerLine + 10 * _timing.CpuDivider / _timing.PpuDivider;

    public void Connect(Cpu cpu) => _cpu = cpu;

    public bool TakeFrameEnd()
    {
        if (!_frameEnded)
        {
            return false;
        }

        _frameEnded = false;
        ScheduleVBlank();
        return true;
    }

    /// <summary>Does every dot that precedes a register access in this CPU cycle.</summary>
    public void CatchUp(long cycle)
    {
        RunTo(AccessDots(cycle));
        if (_deferred)
        {
            Materialize();
        }
    }

    /// <summary>Does every dot of the first so many CPU cycles.</summary>
    public void CatchUpToBoundary(long cycles)
    {
        long target = BoundaryDots(cycles);
        if (!TryWatchAhead(target))
        {
            RunTo(target);
        }

        ReviseBoardEvent();
    }

    /// <summary>The same, and leaves nothing owed: a state may be taken in the middle of a line.</summary>
    public void SettleAt(long cycles)
    {
        RunTo(BoundaryDots(cycles));
        if (_deferred)
        {
            Materialize();
        }

        SettleEvaluation();
        ReviseBoardEvent();
    }

    public void Reset(bool power)
    {
        if (power)
        {
            _clock = 0;
            _a12 = false;
            _a12FellAt = 0;
            _watchedTo = 0;
            PowerOnMemory();
        }

        _line = 0;
        _dot = 0;
        _oddFrame = false;
        _frameEnded = false;
        ResetRegisters(power);
        ClearPipeline();
        if (_likeFceux)
        {
            SleepForAFrame();
        }

        ScheduleVBlank();
        ReviseBoardEvent();
    }

    // FCEUX runs two frames and a line before it raises the flag. The first passes here while the clock waits for the
    // CPU; the second begins where vertical blank would have. The reset sequence costs FCEUX nothing and its instructions
    // read in their first cycle, which makes 10 cycles more.
    private void SleepForAFrame()
    {
        _clock = BoundaryDots(_cpu.Cycles) + SleepDots;
        _line = _timing.VBlankLine;
        _dot = 2;
        _vblank = _spriteZeroHit = _spriteOverflow = _warmingUp = false;
    }

    private void RunTo(long target)
    {
        while (_clock < target)
        {
            if (!_plain && _delay == 0)
            {
                if (IsIdleLine)
                {
                    RunIdle(target);
                    continue;
                }

                if (target - _clock >= DotsPerLine - _dot && CanFinishLine)
                {
                    RunLines(target);
                    continue;
                }

                if (_deferred && target - _clock > HorizontalReloadDot && TryRunPicture())
                {
                    continue;
                }

                if (_oldFineXPixels != 0)
                {
                    ReplayFineX();
                    continue;
                }

                if (_line < Height && !_deferred && !_watchesFetches)
                {
                    Stride(target - _clock);
                    continue;
                }
            }

            if (!_plain && _maskDelay == 0 && _addressDelay != 0)
            {
                RunToAddress(target);
                continue;
            }

            if (_deferred)
            {
                Materialize();
            }

            _lineReady = false;
            RunDot();
        }
    }

    /// <summary>Until v is loaded from t, dots pass as always.</summary>
    private void RunToAddress(long target)
    {
        long loadAt = _clock + _addressDelay;
        _delay = _addressDelay = 0;
        RunTo(Math.Min(target, loadAt));
        _delay = _addressDelay = (int)(loadAt - _clock);
        if (_delay == 0)
        {
            _v = _t;
        }
    }

    private void NextLine()
    {
        _dot = 0;
        _line++;
        if (_line == Height)
        {
            // What is left in the pipeline waits there until rendering resumes.
            if (_deferred)
            {
                Materialize();
            }
        }
        else if (_line == _timing.Lines)
        {
            _line = 0;
            _oddFrame = !_oddFrame;
            ScheduleVBlank();
        }
    }

    // "The VBlank flag of the PPU is set at tick 1 (the second tick) of scanline 241, where the VBlank NMI
    // also occurs." https://www.nesdev.org/wiki/PPU_rendering#Vertical_blanking_lines_(241-260)
    private void BeginVBlank()
    {
        _frameEnded = true;
        if (!_suppressVBlank)
        {
            _vblank = true;
            if (_nmiEnabled)
            {
                _cpu.RaiseNmi(SampleCycle(_clock));
            }
        }

        _suppressVBlank = false;
    }

    private void EndVBlank()
    {
        if (_vblank && _nmiEnabled)
        {
            _cpu.DropNmi(SampleCycle(_clock));
        }

        _vblank = _spriteZeroHit = _spriteOverflow = false;
        _warmingUp = false;
    }

    /// <summary>The first CPU cycle at whose end this dot has been done.</summary>
    private long SampleCycle(long dot) =>
        _timing.CyclesIn((dot + 1) * _timing.PpuDivider - SamplePhase + _timing.CpuDivider - 1);

    private void ScheduleVBlank()
    {
        if (_frameEnded)
        {
            // Vblank has begun and the machine has not stopped for it yet.
            _vblankAt = 0;
            return;
        }

        int line = _line, dot = _dot;
        long ahead = line < _timing.VBlankLine || line == _timing.VBlankLine && dot <= 1
            ? (_timing.VBlankLine - line) * DotsPerLine + 1 - dot

            // An odd frame may lose a dot at its end.
            : (_timing.Lines - line + _timing.VBlankLine) * DotsPerLine + 1 - dot - (_timing.SkipsOddDot ? 1 : 0);
        _vblankAt = _timing.CyclesIn((_clock + ahead + 1) * _timing.PpuDivider + _timing.CpuDivider - 1);
    }
}
