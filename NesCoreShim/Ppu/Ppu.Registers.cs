namespace NesCoreShim;

// The eight registers at $2000-$2007.
// https://www.nesdev.org/wiki/PPU_registers
internal sealed unsafe partial class Ppu
{
    // $2000 PPUCTRL
    private bool _nmiEnabled, _tallSprites;
    private int _spriteTable, _backgroundTable, _addressStep = 1;

    // $2001 PPUMASK
    private bool _showBackground, _showSprites, _showLeftBackground, _showLeftSprites;
    private byte _mask;
    private int _greyMask = 0x3F;

    // What the pipeline acts on: PPUMASK reaches it a little later than the pixels.
    private bool _rendering;

    // $2002 PPUSTATUS
    private bool _vblank, _spriteZeroHit, _spriteOverflow;
    private bool _suppressVBlank;

    // $2003 OAMADDR
    private byte _oamAddress;

    // $2005, $2006, $2007
    private VramAddress _v, _t;
    private int _fineX;
    private bool _secondWrite;
    private byte _readBuffer;
    private long _dataReadAt = -2;

    // A write to PPUMASK reaches the pipeline 2 to 5 dots late, depending on the alignment; v is loaded from t 3 dots late.
    private const int MaskDelayDots = 3;
    private const int AddressDelayDots = 3;
    private const int LongestDelayDots = 3;

    // Dots until a write to $2001 and a second write to $2006 take effect; _delay is nonzero while either waits.
    private int _delay, _maskDelay, _addressDelay;

    // Writes to $2000, $2001, $2005 and $2006 are ignored until the first pre-render line after power or reset.
    // https://www.nesdev.org/wiki/PPU_power_up_state
    private bool _warmingUp;

    // The decision to skip the odd dot sees a write to PPUMASK a dot after it; the rest of the pipeline later.
    private bool IsRenderingForSkip => _maskDelay is > 0 and < MaskDelayDots ? _showBackground || _showSprites : _rendering;

    private bool IsFetching => _rendering && (_line < Height || _line == PreRenderLine);

    public byte ReadRegister(int register, long cycle)
    {
        switch (register)
        {
            case 2:
                return ReadStatus(cycle);
            case 4:
                // The byte may change during the read; its end counts.
                CatchUp(cycle);
                RunTo(ReadEndDots(cycle));
                return Drive(ReadOam(), 0xFF, cycle);
            case 7:
                CatchUp(cycle);

                // Two reads in adjacent cycles reach the PPU as one long read.
                if (cycle == _dataReadAt + 1)
                {
                    return FadedLatch(cycle);
                }

                _dataReadAt = cycle;
                byte data = ReadData(cycle);
                ReviseBoardEvent();
                return data;
            default:
                CatchUp(cycle);
                return FadedLatch(cycle);
        }
    }

    public void WriteRegister(int register, byte value, long cycle)
    {
        if (!_plain && ChangesNothing(register, value))
        {
            Drive(value, 0xFF, cycle);
            return;
        }

        if (!TryWriteAhead(register, value, cycle))
        {
            CatchUp(cycle);
        }

        if (register is 3 or 4 || register == 0 && (value & 0x20) != 0 != _tallSprites)
        {
            SettleEvaluation();
        }

        Drive(value, 0xFF, cycle);
        if (_warmingUp && register is 0 or 1 or 5 or 6)
        {
            return;
        }

        switch (register)
        {
            case 0:
                WriteControl(value, cycle);
                break;
            case 1:
                WriteMask(value);
                break;
            case 3:
                _oamAddress = value;
                break;
            case 4:
                WriteOam(value);
                break;
            case 5:
                WriteScroll(value);
                break;
            case 6:
                WriteAddress(value);
                break;
            case 7:
                WriteData(value);
                break;
        }

        if (_watchesA12 && register is not (2 or 5) && !(register == 6 && _secondWrite))
        {
            _slotsKnownFor = -1;
            ReviseBoardEvent();
        }
    }

    /// <summary>Whether a register holds this already, so that it does not matter how far the PPU has got.</summary>
    private bool ChangesNothing(int register, byte value)
    {
        const int controlBits = 0xBF;
        int control = (_nmiEnabled ? 0x80 : 0) | (_tallSprites ? 0x20 : 0) | _backgroundTable >> 8 | _spriteTable >> 9
            | (_addressStep == 32 ? 0x04 : 0) | _t.Bits >> 10 & 0x03;
        return !_warmingUp && (register == 0 ? (value & controlBits) == control : register == 1 && value == _mask && _maskDelay == 0);
    }

    /// <summary>PPUSTATUS as of wherever the PPU has got to; it may lag.</summary>
    public int FlagsIgnoringTime => Status;

    private int Status => (_vblank ? 0x80 : 0) | (_spriteZeroHit ? 0x40 : 0) | (_spriteOverflow ? 0x20 : 0);

    private byte ReadStatus(long cycle)
    {
        // The vblank flag is latched when the read begins; the sprite flags must also last until it ends.
        // AccuracyCoin, "$2002 flag timing".
        int status = StatusAt(AccessDots(cycle));

        // A PPUSTATUS read one dot before vblank suppresses the flag and the NMI for that frame.
        // https://www.nesdev.org/wiki/PPU_frame_timing#VBL_Flag_Timing
        if (_line == _timing.VBlankLine && _dot == 1 && !_likeFceux)
        {
            _suppressVBlank = true;
        }

        if (_vblank)
        {
            _vblank = false;
            if (_nmiEnabled && !_likeFceux)
            {
                _cpu.DropNmi(cycle);
            }
        }

        _secondWrite = false;
        status &= StatusAt(ReadEndDots(cycle)) | 0x80;
        return Drive(status, 0xE0, cycle);
    }

    private void WriteControl(byte value, long cycle)
    {
        bool wasEnabled = _nmiEnabled;
        bool wasTall = _tallSprites;
        _nmiEnabled = (value & 0x80) != 0;
        _tallSprites = (value & 0x20) != 0;
        _backgroundTable = (value & 0x10) << 8;
        _spriteTable = (value & 0x08) << 9;
        _addressStep = (value & 0x04) != 0 ? 32 : 1;
        _t.Bits = _t.Bits & ~0x0C00 | (value & 0x03) << 10;
        _rowsDirty |= wasTall != _tallSprites;

        // The NMI output is "in vblank" AND "enabled": toggling the second makes edges too.
        if (_vblank && wasEnabled != _nmiEnabled)
        {
            if (_nmiEnabled)
            {
                _cpu.RaiseNmi(cycle);

                // If vblank ends before the CPU samples the line, the edge never happened.
                RunTo(_timing.DotsIn(cycle * _timing.CpuDivider + SamplePhase));
            }
            else
            {
                _cpu.DropNmi(cycle);
            }
        }
    }

    private void WriteMask(byte value)
    {
        if (value != _mask || _maskDelay != 0)
        {
            SetMask(value);
            _maskDelay = MaskDelayDots;
            _delay = 1;
        }
    }

    private void SetMask(byte value)
    {
        _mask = value;
        _greyMask = (value & 0x01) != 0 ? 0x30 : 0x3F;
        _showLeftBackground = (value & 0x02) != 0;
        _showLeftSprites = (value & 0x04) != 0;
        _showBackground = (value & 0x08) != 0;
        _showSprites = (value & 0x10) != 0;
    }

    private void WriteScroll(byte value)
    {
        if (!_secondWrite)
        {
            _fineX = value & 7;
            _t.Bits = _t.Bits & ~0x001F | value >> 3;
        }
        else
        {
            _t.Bits = _t.Bits & ~0x73E0 | (value & 0x07) << 12 | (value & 0xF8) << 2;
        }

        _secondWrite = !_secondWrite;
    }

    private void WriteAddress(byte value)
    {
        if (!_secondWrite)
        {
            _t.Bits = _t.Bits & 0x00FF | (value & 0x3F) << 8;
        }
        else
        {
            _t.Bits = _t.Bits & 0x7F00 | value;
            _addressDelay = AddressDelayDots;
            _delay = 1;
        }

        _secondWrite = !_secondWrite;
    }

    private byte ReadData(long cycle)
    {
        int address = _v.Bits & 0x3FFF;
        byte result;
        if (address >= 0x3F00)
        {
            // Palette reads are immediate and six bits wide; the buffer gets the nametable byte underneath.
            result = Drive(_palette[address & 0x1F] & _greyMask, 0x3F, cycle);
            address -= 0x1000;
        }
        else
        {
            result = Drive(_readBuffer, 0xFF, cycle);
        }

        _readBuffer = _pages[address >> Board.PpuPageShift][address];
        if (_watchesFetches)
        {
            _board.PatternFetched(address);
        }

        StepAddress();
        return result;
    }

    private void WriteData(byte value)
    {
        int address = _v.Bits & 0x3FFF;
        if (address >= 0x3F00)
        {
            // $3F10, $3F14, $3F18 and $3F1C are the background's entries under other names.
            int entry = address & 0x1F;
            _palette[entry] = (byte)(value & 0x3F);
            if ((entry & 3) == 0)
            {
                _palette[entry ^ 0x10] = (byte)(value & 0x3F);
            }
        }
        else
        {
            byte* page = _writePages[address >> Board.PpuPageShift];
            if (page != null)
            {
                page[address] = value;
                _patternVersion += address < 0x2000 ? PatternVersionStep : 0;
            }
        }

        StepAddress();
    }

    private void StepAddress()
    {
        if (IsFetching)
        {
            // While the PPU fetches, an access increments coarse X and Y at once.
            // https://www.nesdev.org/wiki/PPU_scrolling#$2007_reads_and_writes
            _v.IncrementX();
            _v.IncrementY();
        }
        else
        {
            _v.Bits = _v.Bits + _addressStep & 0x7FFF;
        }
    }

    private void CountDelays()
    {
        if (_maskDelay != 0 && --_maskDelay == 0)
        {
            SettleEvaluation();
            _rendering = _showBackground || _showSprites;
        }

        if (_addressDelay != 0 && --_addressDelay == 0)
        {
            _v = _t;
        }

        _delay = _maskDelay | _addressDelay;
    }

    private void ResetRegisters(bool power)
    {
        _nmiEnabled = _tallSprites = false;
        _spriteTable = _backgroundTable = 0;
        _addressStep = 1;
        SetMask(0);
        _rendering = false;
        _delay = _maskDelay = _addressDelay = 0;
        _secondWrite = false;
        _fineX = 0;
        _t.Bits = 0;
        _readBuffer = 0;
        _suppressVBlank = false;
        _rowsDirty = true;
        _warmingUp = true;
        if (power)
        {
            _vblank = _spriteZeroHit = _spriteOverflow = false;
            _v.Bits = 0;
            _oamAddress = 0;
            _dataReadAt = -2;
            _latch = 0;
            _highBitsAt = _middleBitAt = _lowBitsAt = 0;
        }
    }
}
