namespace NesCoreShim;

// An instruction, one bus cycle after the other: its operand (Cpu.Addressing.cs), then what it does. Cpu.Fast.cs takes the usual ones at
// once; this is what it is measured by. https://www.nesdev.org/wiki/CPU_unofficial_opcodes
internal sealed unsafe partial class Cpu
{
    private void Execute()
    {
        int opcode = Fetch();
        int address = FindOperand((Mode)_opcodes[opcode], out int value);
        Operate((Op)_opcodes[opcode + 256], address, value);
    }

    private void Operate(Op op, int address, int value)
    {
        switch (op)
        {
            case Op.Nop:
                break;
            case Op.Lda:
                _nz = _a = value;
                break;
            case Op.Ldx:
                _nz = _x = value;
                break;
            case Op.Ldy:
                _nz = _y = value;
                break;
            case Op.Sta:
                WriteExact(address, (byte)_a);
                break;
            case Op.Stx:
                WriteExact(address, (byte)_x);
                break;
            case Op.Sty:
                WriteExact(address, (byte)_y);
                break;

            case Op.Ora:
                _nz = _a |= value;
                break;
            case Op.And:
                _nz = _a &= value;
                break;
            case Op.Eor:
                _nz = _a ^= value;
                break;
            case Op.Adc:
                Add(value);
                break;
            case Op.Sbc:
                Add(value ^ 0xFF);
                break;
            case Op.Cmp:
                Compare(_a, value);
                break;
            case Op.Cpx:
                Compare(_x, value);
                break;
            case Op.Cpy:
                Compare(_y, value);
                break;
            case Op.Bit:
                // N and V come from memory, Z from the AND; bit 8 carries N beside a zero low byte.
                _overflow = value & OverflowBit;
                _nz = (value & NegativeBit) << 1 | _a & value;
                break;

            case Op.Tax:
                _nz = _x = _a;
                break;
            case Op.Tay:
                _nz = _y = _a;
                break;
            case Op.Txa:
                _nz = _a = _x;
                break;
            case Op.Tya:
                _nz = _a = _y;
                break;
            case Op.Tsx:
                _nz = _x = _s;
                break;
            case Op.Txs:
                _s = _x;
                break;
            case Op.Inx:
                _nz = _x = _x + 1 & 0xFF;
                break;
            case Op.Iny:
                _nz = _y = _y + 1 & 0xFF;
                break;
            case Op.Dex:
                _nz = _x = _x - 1 & 0xFF;
                break;
            case Op.Dey:
                _nz = _y = _y - 1 & 0xFF;
                break;

            case Op.AslA or Op.LsrA or Op.RolA or Op.RorA:
                _a = Modified(op - Op.AslA + Op.Asl, _a);
                break;
            case >= Op.Asl and <= Op.Dec:
                WriteExact(address, (byte)Modified(op, value));
                break;

            case Op.Bpl:
                Branch(value, (_nz & 0x180) == 0);
                break;
            case Op.Bmi:
                Branch(value, (_nz & 0x180) != 0);
                break;
            case Op.Bvc:
                Branch(value, _overflow == 0);
                break;
            case Op.Bvs:
                Branch(value, _overflow != 0);
                break;
            case Op.Bcc:
                Branch(value, _carry == 0);
                break;
            case Op.Bcs:
                Branch(value, _carry != 0);
                break;
            case Op.Bne:
                Branch(value, (_nz & 0xFF) != 0);
                break;
            case Op.Beq:
                Branch(value, (_nz & 0xFF) == 0);
                break;

            case Op.Clc:
                _carry = 0;
                break;
            case Op.Sec:
                _carry = 1;
                break;
            case Op.Clv:
                _overflow = 0;
                break;
            case Op.Cld:
                _flags &= ~DecimalBit;
                break;
            case Op.Sed:
                _flags |= DecimalBit;
                break;
            case Op.Cli:
                // CLI, SEI and PLP poll before they change I.
                _maskAtPoll = _flags & InterruptBit;
                _flags &= ~InterruptBit;
                break;
            case Op.Sei:
                _maskAtPoll = _flags & InterruptBit;
                _flags |= InterruptBit;
                break;

            default:
                if (op <= Op.Plp)
                {
                    JumpOrStack(op);
                }
                else
                {
                    OperateUnofficially(op, address, value);
                }

                break;
        }
    }

    private void Add(int value)
    {
        int sum = _a + value + _carry;
        _overflow = ~(_a ^ value) & (_a ^ sum) & 0x80;
        _carry = sum >> 8;
        _nz = _a = sum & 0xFF;
    }

    private void Compare(int register, int value)
    {
        _carry = register >= value ? 1 : 0;
        _nz = register - value & 0xFF;
    }

    /// <summary>Shifts, INC and DEC.</summary>
    private int Modified(Op op, int value)
    {
        switch (op)
        {
            case Op.Asl:
                _carry = value >> 7;
                return _nz = value << 1 & 0xFF;
            case Op.Lsr:
                _carry = value & 1;
                return _nz = value >> 1;
            case Op.Rol:
                value = value << 1 | _carry;
                _carry = value >> 8;
                return _nz = value & 0xFF;
            case Op.Ror:
                value |= _carry << 8;
                _carry = value & 1;
                return _nz = value >> 1;
            case Op.Inc:
                return _nz = value + 1 & 0xFF;
            default:
                return _nz = value - 1 & 0xFF;
        }
    }

    private void Branch(int offset, bool isTaken)
    {
        if (!isTaken)
        {
            return;
        }

        // Taken: the next opcode is read in vain, and across a page once more from the wrong page.
        ReadExact(_pc);
        int target = _pc + (sbyte)offset & 0xFFFF;
        if (((target ^ _pc) & 0xFF00) != 0)
        {
            ReadExact(_pc & 0xFF00 | target & 0xFF);
            _branchCrossed = true;
        }
        else
        {
            // It does not poll again: an interrupt now waits one instruction more.
            // https://www.nesdev.org/wiki/CPU_interrupts#Branch_instructions_and_interrupts
            _pollLag = 1;
        }

        _pc = target;
    }
}
