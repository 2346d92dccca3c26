namespace NesCoreShim;

// The register bus remembers what the last access left on it, for a while. And looking without touching.
// https://www.nesdev.org/wiki/Open_bus_behavior#PPU_open_bus
internal sealed unsafe partial class Ppu
{
    // Bits fade on their own after some 600 ms, but are only ever driven in three groups.
    private const long DecayCycles = 1_070_000;
    private const int HighBits = 0xC0, MiddleBit = 0x20, LowBits = 0x1F;

    private byte _latch;
    private long _highBitsAt, _middleBitAt, _lowBitsAt;

    public byte PeekRegister(int register)
    {
        SettleEvaluation();
        return LookAtRegister(register);
    }

    private byte LookAtRegister(int register) => register switch
    {
        2 => (byte)(Status | _latch & 0x1F),
        4 => ReadOam(),
        7 => (_v.Bits & 0x3FFF) >= 0x3F00 ? (byte)(_palette[_v.Bits & 0x1F] & _greyMask) : _readBuffer,
        _ => _latch,
    };

    /// <summary>The cycle by which the low bits, which PPUSTATUS does not drive, may read otherwise than now.</summary>
    public long LatchFadesAt => (_latch & LowBits) == 0 ? Cpu.Never : _lowBitsAt + DecayCycles;

    /// <summary>Looks at the PPU's own bus.</summary>
    public byte Peek(int address) =>
        address >= 0x3F00 ? _palette[address & 0x1F] : _pages[address >> Board.PpuPageShift][address];

    /// <summary>Puts bits on the register bus and keeps them in the latch; the others come from it.</summary>
    private byte Drive(int value, int bits, long cycle)
    {
        if (bits != 0xFF)
        {
            value = value & bits | FadedLatch(cycle) & ~bits;
        }

        _highBitsAt = (bits & HighBits) != 0 ? cycle : _highBitsAt;
        _middleBitAt = (bits & MiddleBit) != 0 ? cycle : _middleBitAt;
        _lowBitsAt = (bits & LowBits) != 0 ? cycle : _lowBitsAt;
        return _latch = (byte)value;
    }

    private byte FadedLatch(long cycle)
    {
        int alive = (cycle - _highBitsAt <= DecayCycles ? HighBits : 0)
            | (cycle - _middleBitAt <= DecayCycles ? MiddleBit : 0)
            | (cycle - _lowBitsAt <= DecayCycles ? LowBits : 0);
        return _latch &= (byte)alive;
    }
}
