using System.Runtime.CompilerServices;

namespace NesCoreShim;

// The usual instructions, from memory, with the registers in locals: what Cpu.Execute.cs does cycle by cycle is done at once.
// It runs where no DMA can step in. Accesses to registers take the long way, and so does every other instruction.
internal sealed unsafe partial class Cpu
{
    /// <summary>Runs at least one instruction, and then on until the next event, or until something better than interpreting is in sight.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ExecuteFast()
    {
        long cycle = _cycle;
        int pc = _pc, a = _a, x = _x, y = _y, s = _s;
        int nz = _nz, carry = _carry, overflow = _overflow;
        byte* opcodes = _opcodes;
        byte* ram = _ram;
        byte** readPages = _readPages;
        bool isUsual = true;
        do
        {
            byte* code = readPages[pc >> Board.CpuPageShift];
            if (code == null || (pc & CpuPageMask) > CpuPageMask - 3)
            {
                isUsual = false;
                break;
            }

            // Lengths are constants, not looked up: the next opcode's address must not wait for this one's.
            code += pc;
            int opcode = code[0], operand = code[1];
            int value, address, index = x;
            _bus = (byte)operand;
            cycle += opcodes[opcode + 512];
            switch (opcode)
            {
                // LDA, LDX, LDY: immediate, zero page, absolute
                case 0xA9:
                    pc += 2;
                    nz = a = operand;
                    continue;
                case 0xA2:
                    pc += 2;
                    nz = x = operand;
                    continue;
                case 0xA0:
                    pc += 2;
                    nz = y = operand;
                    continue;
                case 0xA5:
                    pc += 2;
                    _bus = (byte)(nz = a = ram[operand]);
                    continue;
                case 0xA6:
                    pc += 2;
                    _bus = (byte)(nz = x = ram[operand]);
                    continue;
                case 0xA4:
                    pc += 2;
                    _bus = (byte)(nz = y = ram[operand]);
                    continue;
                case 0xB5:
                    pc += 2;
                    _bus = (byte)(nz = a = ram[operand + x & 0xFF]);
                    continue;
                case 0xB4:
                    pc += 2;
                    _bus = (byte)(nz = y = ram[operand + x & 0xFF]);
                    continue;
                case 0xB6:
                    pc += 2;
                    _bus = (byte)(nz = x = ram[operand + y & 0xFF]);
                    continue;
                case 0xAD:
                    pc += 3;
                    nz = a = Load(AbsoluteAddress(code), cycle);
                    continue;
                case 0xBD:
                    pc += 3;
                    nz = a = LoadIndexed(AbsoluteAddress(code), x, ref cycle);
                    continue;
                case 0xB9:
                    pc += 3;
                    nz = a = LoadIndexed(AbsoluteAddress(code), y, ref cycle);
                    continue;
                case 0xB1:
                    pc += 2;
                    nz = a = LoadIndexed(PointerAddress(operand), y, ref cycle);
                    continue;

                // ORA, AND, EOR, ADC, SBC, CMP, CPX, CPY, BIT, and the absolute LDX and LDY
                case 0x09 or 0x29 or 0x49 or 0x69 or 0xE9 or 0xC9 or 0xE0 or 0xC0:
                    pc += 2;
                    value = operand;
                    goto Operate;
                case 0x05 or 0x25 or 0x45 or 0x65 or 0xE5 or 0xC5 or 0xE4 or 0xC4 or 0x24:
                    pc += 2;
                    _bus = (byte)(value = ram[operand]);
                    goto Operate;
                case 0x15 or 0x35 or 0x55 or 0x75 or 0xF5 or 0xD5:
                    pc += 2;
                    _bus = (byte)(value = ram[operand + x & 0xFF]);
                    goto Operate;
                case 0x0D or 0x2D or 0x4D or 0x6D or 0xED or 0xCD or 0xEC or 0xCC or 0x2C or 0xAE or 0xAC:
                    pc += 3;
                    value = Load(AbsoluteAddress(code), cycle);
                    goto Operate;
                case 0x1D or 0x3D or 0x5D or 0x7D or 0xFD or 0xDD or 0xBC:
                    pc += 3;
                    value = LoadIndexed(AbsoluteAddress(code), x, ref cycle);
                    goto Operate;
                case 0x19 or 0x39 or 0x59 or 0x79 or 0xF9 or 0xD9 or 0xBE:
                    pc += 3;
                    value = LoadIndexed(AbsoluteAddress(code), y, ref cycle);
                    goto Operate;
                case 0x11 or 0x31 or 0x51 or 0x71 or 0xF1 or 0xD1:
                    pc += 2;
                    value = LoadIndexed(PointerAddress(operand), y, ref cycle);
                    goto Operate;

                // STA, STX, STY
                case 0x85:
                    pc += 2;
                    ram[operand] = _bus = (byte)a;
                    continue;
                case 0x86:
                    pc += 2;
                    ram[operand] = _bus = (byte)x;
                    continue;
                case 0x84:
                    pc += 2;
                    ram[operand] = _bus = (byte)y;
                    continue;
                case 0x95:
                    pc += 2;
                    ram[operand + x & 0xFF] = _bus = (byte)a;
                    continue;
                case 0x94:
                    pc += 2;
                    ram[operand + x & 0xFF] = _bus = (byte)y;
                    continue;
                case 0x96:
                    pc += 2;
                    ram[operand + y & 0xFF] = _bus = (byte)x;
                    continue;
                case 0x8D:
                    pc += 3;
                    Store(AbsoluteAddress(code), a, cycle);
                    continue;
                case 0x8E:
                    pc += 3;
                    Store(AbsoluteAddress(code), x, cycle);
                    continue;
                case 0x8C:
                    pc += 3;
                    Store(AbsoluteAddress(code), y, cycle);
                    continue;
                case 0x9D:
                    pc += 3;
                    StoreIndexed(AbsoluteAddress(code), x, a, cycle);
                    continue;
                case 0x99:
                    pc += 3;
                    StoreIndexed(AbsoluteAddress(code), y, a, cycle);
                    continue;
                case 0x91:
                    pc += 2;
                    StoreIndexed(PointerAddress(operand), y, a, cycle);
                    continue;

                // INC, DEC: zero page
                case 0xE6:
                    pc += 2;
                    ram[operand] = _bus = (byte)(nz = ram[operand] + 1 & 0xFF);
                    continue;
                case 0xC6:
                    pc += 2;
                    ram[operand] = _bus = (byte)(nz = ram[operand] - 1 & 0xFF);
                    continue;
                case 0xF6:
                    pc += 2;
                    address = operand + x & 0xFF;
                    ram[address] = _bus = (byte)(nz = ram[address] + 1 & 0xFF);
                    continue;
                case 0xD6:
                    pc += 2;
                    address = operand + x & 0xFF;
                    ram[address] = _bus = (byte)(nz = ram[address] - 1 & 0xFF);
                    continue;

                // Branches
                case 0x10:
                    pc += 2;
                    if ((nz & 0x180) == 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0x30:
                    pc += 2;
                    if ((nz & 0x180) != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0x50:
                    pc += 2;
                    if (overflow == 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0x70:
                    pc += 2;
                    if (overflow != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0x90:
                    pc += 2;
                    if (carry == 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0xB0:
                    pc += 2;
                    if (carry != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0xD0:
                    pc += 2;
                    if ((nz & 0xFF) != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case 0xF0:
                    pc += 2;
                    if ((nz & 0xFF) == 0)
                    {
                        goto Branch;
                    }

                    continue;

                // Implied
                case 0xAA:
                    pc += 1;
                    nz = x = a;
                    continue;
                case 0xA8:
                    pc += 1;
                    nz = y = a;
                    continue;
                case 0x8A:
                    pc += 1;
                    nz = a = x;
                    continue;
                case 0x98:
                    pc += 1;
                    nz = a = y;
                    continue;
                case 0xE8:
                    pc += 1;
                    nz = x = x + 1 & 0xFF;
                    continue;
                case 0xC8:
                    pc += 1;
                    nz = y = y + 1 & 0xFF;
                    continue;
                case 0xCA:
                    pc += 1;
                    nz = x = x - 1 & 0xFF;
                    continue;
                case 0x88:
                    pc += 1;
                    nz = y = y - 1 & 0xFF;
                    continue;
                case 0x18:
                    pc += 1;
                    carry = 0;
                    continue;
                case 0x38:
                    pc += 1;
                    carry = 1;
                    continue;
                case 0x0A:
                    pc += 1;
                    carry = a >> 7;
                    nz = a = a << 1 & 0xFF;
                    continue;
                case 0x4A:
                    pc += 1;
                    carry = a & 1;
                    nz = a >>= 1;
                    continue;
                case 0x2A:
                    pc += 1;
                    a = a << 1 | carry;
                    carry = a >> 8;
                    nz = a &= 0xFF;
                    continue;
                case 0x6A:
                    pc += 1;
                    a |= carry << 8;
                    carry = a & 1;
                    nz = a >>= 1;
                    continue;

                // The stack and jumps
                case 0x48:
                    pc += 1;
                    ram[0x100 | s] = _bus = (byte)a;
                    s = s - 1 & 0xFF;
                    continue;
                case 0x68:
                    pc += 1;
                    s = s + 1 & 0xFF;
                    _bus = (byte)(nz = a = ram[0x100 | s]);
                    continue;
                case 0x4C:
                    address = AbsoluteAddress(code);
                    if (address == pc)
                    {
                        cycle = SkipJumpToSelf(cycle);
                        continue;
                    }

                    bool isBack = address < pc;
                    pc = address;
                    if (isBack && IsSameRound(pc, a, x, y) && IsWorthWatching(pc, cycle) || MeetsCode(pc))
                    {
                        break;
                    }

                    continue;
                case 0x20:
                    // The target's high byte is read last; it may have been pushed over.
                    ram[0x100 | s] = (byte)(pc + 2 >> 8);
                    s = s - 1 & 0xFF;
                    ram[0x100 | s] = (byte)(pc + 2);
                    s = s - 1 & 0xFF;
                    pc = operand | (_bus = code[2]) << 8;
                    if (MeetsCode(pc))
                    {
                        break;
                    }

                    continue;
                case 0x60:
                    s = s + 1 & 0xFF;
                    address = ram[0x100 | s];
                    s = s + 1 & 0xFF;
                    _bus = ram[0x100 | s];
                    address |= _bus << 8;
                    Load(address, cycle);
                    pc = address + 1 & 0xFFFF;
                    if (MeetsCode(pc))
                    {
                        break;
                    }

                    continue;

                default:
                    cycle -= opcodes[opcode + 512];
                    isUsual = false;
                    break;
            }

            break;

        Operate:
            switch ((Op)opcodes[opcode + 256])
            {
                case Op.Ldx:
                    nz = x = value;
                    continue;
                case Op.Ldy:
                    nz = y = value;
                    continue;
                case Op.Ora:
                    nz = a |= value;
                    continue;
                case Op.And:
                    nz = a &= value;
                    continue;
                case Op.Eor:
                    nz = a ^= value;
                    continue;
                case Op.Bit:
                    overflow = value & OverflowBit;
                    nz = (value & NegativeBit) << 1 | a & value;
                    continue;
                case Op.Cmp:
                    value = a - value;
                    break;
                case Op.Cpx:
                    value = x - value;
                    break;
                case Op.Cpy:
                    value = y - value;
                    break;
                default:
                    // ADC, and SBC, which adds the complement.
                    value ^= (Op)opcodes[opcode + 256] == Op.Sbc ? 0xFF : 0;
                    address = a + value + carry;
                    overflow = ~(a ^ value) & (a ^ address) & 0x80;
                    carry = address >> 8;
                    nz = a = address & 0xFF;
                    continue;
            }

            carry = ~value >> 8 & 1;
            nz = value & 0xFF;
            continue;

        Branch:
            // Taken: the next opcode is read in vain, and across a page once more from the wrong page.
            cycle++;
            address = pc + (sbyte)operand & 0xFFFF;
            bool crosses = ((address ^ pc) & 0xFF00) != 0;
            _bus = crosses ? code[(pc & 0xFF00 | address & 0xFF) - pc + 2] : code[2];
            pc = address;
            if (crosses)
            {
                cycle++;
                if (cycle >= _nextEvent)
                {
                    _branchCrossed = true;
                    break;
                }
            }
            else
            {
                // Backwards: perhaps a loop that waits.
                if (operand >= 0x80)
                {
                    if (operand is 0xF9 or 0xFB)
                    {
                        cycle = SkipStatusPoll(pc, cycle);
                    }
                    else if (operand == 0xFD)
                    {
                        cycle = SkipCountdown(pc, cycle, ref x, ref y, ref nz);
                    }

                    if (IsSameRound(pc, a, x, y) && IsWorthWatching(pc, cycle))
                    {
                        break;
                    }
                }

                // A taken branch within its page does not poll again: an interrupt now waits one instruction more.
                // https://www.nesdev.org/wiki/CPU_interrupts#Branch_instructions_and_interrupts
                if (cycle >= _nextEvent)
                {
                    _pollLag = 1;
                    break;
                }
            }

            if (operand >= 0x80 && MeetsCode(pc))
            {
                break;
            }
        }
        while (cycle < _nextEvent);

        _cycle = cycle;
        _pc = pc;
        _a = a;
        _x = x;
        _y = y;
        _s = s;
        _nz = nz;
        _carry = carry;
        _overflow = overflow;
        if (!isUsual)
        {
            Execute();
        }
    }
}
