namespace NesCoreShim;

// Instructions that end a run: interrupts' own, the halting ones, and the unstable unofficial ones.
internal sealed unsafe partial class Cpu
{
    // What the chip's analogue conflicts leave of A in ANE and LXA; it varies between consoles.
    // https://www.nesdev.org/wiki/Visual6502wiki/6502_Opcode_8B_%28XAA,_ANE%29
    private const int UnstableConstant = 0xFF;

    private void ExecuteRare(Op op, int address, int value)
    {
        switch (op)
        {
            case Op.Brk:
                Break();

                // Nothing is polled here: the handler's first instruction always runs.
                _pollLag = int.MaxValue;
                break;
            case Op.Jam:
                _jammed = true;
                break;
            case Op.Rti:
                ReadExact(_pc);
                PullStatus();
                Pull(out int low);
                Pull(out int high);
                _pc = low | high << 8;
                break;
            case Op.Plp:
                ReadExact(_pc);
                _maskAtPoll = _flags & InterruptBit;
                PullStatus();
                break;
            case Op.Php:
                ReadExact(_pc);
                WriteExact(0x100 | _s, (byte)(StatusWithoutBreak | BreakBit));
                _s = _s - 1 & 0xFF;
                break;
            case Op.Anc:
                _nz = _a &= value;
                _carry = _a >> 7;
                break;
            case Op.Alr:
                _a &= value;
                _carry = _a & 1;
                _nz = _a >>= 1;
                break;
            case Op.Arr:
                // C is bit 6 of the result and V is bit 6 xor bit 5.
                _a = (_a & value) >> 1 | _carry << 7;
                _nz = _a;
                _carry = _a >> 6 & 1;
                _overflow = (_a >> 6 ^ _a >> 5) & 1;
                break;
            case Op.Ane:
                _nz = _a = (_a | UnstableConstant) & _x & value;
                break;
            case Op.Lxa:
                _nz = _a = _x = (_a | UnstableConstant) & value;
                break;
            case Op.Sbx:
                value = (_a & _x) - value;
                _carry = ~value >> 8 & 1;
                _nz = _x = value & 0xFF;
                break;
            case Op.Las:
                _nz = _a = _x = _s &= value;
                break;
            case Op.Sha:
                StoreUnstable(_a & _x, _y, address, value);
                break;
            case Op.Shx:
                StoreUnstable(_x, _y, address, value);
                break;
            case Op.Shy:
                StoreUnstable(_y, _x, address, value);
                break;
            case Op.Tas:
                _s = _a & _x;
                StoreUnstable(_s, _y, address, value);
                break;
        }
    }

    /// <summary>Stores register AND mask; when indexing crossed a page, the stored value also becomes the address's high byte.</summary>
    private void StoreUnstable(int register, int index, int address, int mask)
    {
        int stored = register & mask;
        bool crossed = (address & 0xFF) < index;
        WriteExact(crossed ? stored << 8 | address & 0xFF : address, (byte)stored);
    }

    private void PullStatus()
    {
        ReadExact(0x100 | _s);
        Pull(out int status);
        SetStatus(status);
    }

    private void Pull(out int value)
    {
        _s = _s + 1 & 0xFF;
        value = ReadExact(0x100 | _s);
    }
}
