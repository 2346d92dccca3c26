namespace NesCoreShim;

// Instructions that nobody meant to be there. https://www.nesdev.org/wiki/CPU_unofficial_opcodes
internal sealed unsafe partial class Cpu
{
    // What the chip's analogue conflicts leave of A in ANE and LXA; it varies between consoles.
    // https://www.nesdev.org/wiki/Visual6502wiki/6502_Opcode_8B_%28XAA,_ANE%29
    private const int UnstableConstant = 0xFF;

    private void OperateUnofficially(Op op, int address, int value)
    {
        switch (op)
        {
            // A change of memory and an operation on A at once.
            case Op.Slo:
                _nz = _a |= Modify(Op.Asl, address, value);
                break;
            case Op.Rla:
                _nz = _a &= Modify(Op.Rol, address, value);
                break;
            case Op.Sre:
                _nz = _a ^= Modify(Op.Lsr, address, value);
                break;
            case Op.Rra:
                Add(Modify(Op.Ror, address, value));
                break;
            case Op.Dcp:
                Compare(_a, Modify(Op.Dec, address, value));
                break;
            case Op.Isc:
                Add(Modify(Op.Inc, address, value) ^ 0xFF);
                break;
            case Op.Lax:
                _nz = _a = _x = value;
                break;
            case Op.Sax:
                WriteExact(address, (byte)(_a & _x));
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

    private int Modify(Op op, int address, int value)
    {
        int modified = Modified(op, value);
        WriteExact(address, (byte)modified);
        return modified;
    }

    /// <summary>Stores register AND mask; when indexing crossed a page, the stored value also becomes the address's high byte.</summary>
    private void StoreUnstable(int register, int index, int address, int mask)
    {
        int stored = register & mask;
        bool crossed = (address & 0xFF) < index;
        WriteExact(crossed ? stored << 8 | address & 0xFF : address, (byte)stored);
    }
}
