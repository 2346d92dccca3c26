using System.Runtime.CompilerServices;

namespace NesCoreShim;

// The instructions. One loop, two switches: the first spends the addressing mode's bus cycles, the second
// does the work. It is one long method because the registers live in its locals; every Read and Write is one bus cycle.
// https://www.nesdev.org/wiki/CPU_addressing_modes https://www.nesdev.org/wiki/CPU_unofficial_opcodes
internal sealed unsafe partial class Cpu
{
    /// <summary>Runs at least one instruction, and then on until the next event.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Execute<TBus>()
        where TBus : struct
    {
        long cycle = _cycle;
        int pc = _pc, a = _a, x = _x, y = _y, s = _s;
        int nz = _nz, carry = _carry, overflow = _overflow, flags = _flags;
        byte* opcodes = _opcodes;
        byte* ram = _ram;
        byte** readPages = _readPages;
        do
        {
            int address = 0;
            int value = 0;
            int index = x;
            int opcode;
            int start = pc;
            if (typeof(TBus) == typeof(FastBus))
            {
                // The usual instructions, from memory: one switch does it all, in as many cycles as the general way below.
                byte* code = readPages[pc >> Board.CpuPageShift];
                if (code != null && (pc & CpuPageMask) <= CpuPageMask - 3)
                {
                    code += pc;
                    opcode = code[0];
                    switch (opcode)
                    {
                        // LDA, LDX, LDY
                        case 0xA9:
                            _bus = (byte)(nz = a = code[1]);
                            pc += 2;
                            cycle += 2;
                            continue;
                        case 0xA2:
                            _bus = (byte)(nz = x = code[1]);
                            pc += 2;
                            cycle += 2;
                            continue;
                        case 0xA0:
                            _bus = (byte)(nz = y = code[1]);
                            pc += 2;
                            cycle += 2;
                            continue;
                        case 0xA5:
                            _bus = (byte)(nz = a = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            continue;
                        case 0xA6:
                            _bus = (byte)(nz = x = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            continue;
                        case 0xA4:
                            _bus = (byte)(nz = y = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            continue;
                        case 0xB5:
                            _bus = (byte)(nz = a = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            continue;
                        case 0xB4:
                            _bus = (byte)(nz = y = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            continue;
                        case 0xB6:
                            _bus = (byte)(nz = x = ram[code[1] + y & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            continue;

                        // ORA, AND, EOR, ADC, SBC, CMP, CPX, CPY: immediate and zero page
                        case 0x09:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            nz = a |= value;
                            continue;
                        case 0x05:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            nz = a |= value;
                            continue;
                        case 0x15:
                            _bus = (byte)(value = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            nz = a |= value;
                            continue;
                        case 0x29:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            nz = a &= value;
                            continue;
                        case 0x25:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            nz = a &= value;
                            continue;
                        case 0x35:
                            _bus = (byte)(value = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            nz = a &= value;
                            continue;
                        case 0x49:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            nz = a ^= value;
                            continue;
                        case 0x45:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            nz = a ^= value;
                            continue;
                        case 0x55:
                            _bus = (byte)(value = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            nz = a ^= value;
                            continue;
                        case 0x69:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            goto Add;
                        case 0x65:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            goto Add;
                        case 0x75:
                            _bus = (byte)(value = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            goto Add;
                        case 0xE9:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            value ^= 0xFF;
                            goto Add;
                        case 0xE5:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            value ^= 0xFF;
                            goto Add;
                        case 0xF5:
                            _bus = (byte)(value = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            value ^= 0xFF;
                            goto Add;
                        case 0xC9:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            value = a - value;
                            goto Compare;
                        case 0xC5:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            value = a - value;
                            goto Compare;
                        case 0xD5:
                            _bus = (byte)(value = ram[code[1] + x & 0xFF]);
                            pc += 2;
                            cycle += 4;
                            value = a - value;
                            goto Compare;
                        case 0xE0:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            value = x - value;
                            goto Compare;
                        case 0xE4:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            value = x - value;
                            goto Compare;
                        case 0xC0:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            value = y - value;
                            goto Compare;
                        case 0xC4:
                            _bus = (byte)(value = ram[code[1]]);
                            pc += 2;
                            cycle += 3;
                            value = y - value;
                            goto Compare;

                        // STA, STX, STY: zero page
                        case 0x85:
                            ram[code[1]] = _bus = (byte)a;
                            pc += 2;
                            cycle += 3;
                            continue;
                        case 0x86:
                            ram[code[1]] = _bus = (byte)x;
                            pc += 2;
                            cycle += 3;
                            continue;
                        case 0x84:
                            ram[code[1]] = _bus = (byte)y;
                            pc += 2;
                            cycle += 3;
                            continue;
                        case 0x95:
                            ram[code[1] + x & 0xFF] = _bus = (byte)a;
                            pc += 2;
                            cycle += 4;
                            continue;
                        case 0x94:
                            ram[code[1] + x & 0xFF] = _bus = (byte)y;
                            pc += 2;
                            cycle += 4;
                            continue;
                        case 0x96:
                            ram[code[1] + y & 0xFF] = _bus = (byte)x;
                            pc += 2;
                            cycle += 4;
                            continue;

                        // INC, DEC: zero page
                        case 0xE6:
                            address = code[1];
                            ram[address] = _bus = (byte)(nz = ram[address] + 1 & 0xFF);
                            pc += 2;
                            cycle += 5;
                            continue;
                        case 0xC6:
                            address = code[1];
                            ram[address] = _bus = (byte)(nz = ram[address] - 1 & 0xFF);
                            pc += 2;
                            cycle += 5;
                            continue;
                        case 0xF6:
                            address = code[1] + x & 0xFF;
                            ram[address] = _bus = (byte)(nz = ram[address] + 1 & 0xFF);
                            pc += 2;
                            cycle += 6;
                            continue;
                        case 0xD6:
                            address = code[1] + x & 0xFF;
                            ram[address] = _bus = (byte)(nz = ram[address] - 1 & 0xFF);
                            pc += 2;
                            cycle += 6;
                            continue;

                        // LDA and STA absolute; the other absolute reads go on as usual once they have their address
                        case 0xAD:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            nz = a = Read<TBus>(address, ref cycle);
                            continue;
                        case 0x8D:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            value = a;
                            goto Store;
                        case 0x0D:
                        case 0x2D:
                        case 0x4D:
                        case 0x6D:
                        case 0xCD:
                        case 0xED:
                        case 0xAE:
                        case 0xAC:
                        case 0x2C:
                        case 0xEC:
                        case 0xCC:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            goto Load;
                        case 0x8E:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            value = x;
                            goto Store;
                        case 0x8C:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            value = y;
                            goto Store;

                        // Indexed reads: without a page crossing there is one bus cycle; with one, the long way
                        case 0xB9:
                        case 0x79:
                        case 0xF9:
                        case 0xD9:
                        case 0xBE:
                            index = y;
                            goto case 0x7D;
                        case 0x7D:
                        case 0xFD:
                        case 0xDD:
                        case 0x3D:
                        case 0x1D:
                        case 0x5D:
                        case 0xBC:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            goto IndexedLoad;
                        case 0xBD:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            if ((address & 0xFF) + x > 0xFF)
                            {
                                goto IndexedLoad;
                            }

                            nz = a = Read<TBus>(address + x, ref cycle);
                            continue;
                        case 0x71:
                        case 0xF1:
                        case 0xD1:
                        case 0x31:
                        case 0x11:
                        case 0x51:
                        case 0xB1:
                            index = y;
                            address = ram[code[1]];
                            _bus = ram[code[1] + 1 & 0xFF];
                            address |= _bus << 8;
                            pc += 2;
                            cycle += 4;
                            goto IndexedLoad;

                        // Indexed stores: into RAM nobody can see the read before the write
                        case 0x91:
                            index = y;
                            address = ram[code[1]];
                            _bus = ram[code[1] + 1 & 0xFF];
                            address |= _bus << 8;
                            pc += 2;
                            cycle += 4;
                            goto FastStore;
                        case 0x99:
                            index = y;
                            goto case 0x9D;
                        case 0x9D:
                            address = code[1] | code[2] << 8;
                            _bus = code[2];
                            pc += 3;
                            cycle += 3;
                            goto FastStore;

                        // Branches
                        case 0x10:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if ((nz & 0x180) == 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0x30:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if ((nz & 0x180) != 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0x50:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if (overflow == 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0x70:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if (overflow != 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0x90:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if (carry == 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0xB0:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if (carry != 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0xD0:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if ((nz & 0xFF) != 0)
                            {
                                goto Branch;
                            }

                            continue;
                        case 0xF0:
                            _bus = (byte)(value = code[1]);
                            pc += 2;
                            cycle += 2;
                            if ((nz & 0xFF) == 0)
                            {
                                goto Branch;
                            }

                            continue;

                        // Implied: the byte after the opcode is read and thrown away
                        case 0xAA:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = x = a;
                            continue;
                        case 0xA8:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = y = a;
                            continue;
                        case 0x8A:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = a = x;
                            continue;
                        case 0x98:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = a = y;
                            continue;
                        case 0xE8:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = x = x + 1 & 0xFF;
                            continue;
                        case 0xC8:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = y = y + 1 & 0xFF;
                            continue;
                        case 0xCA:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = x = x - 1 & 0xFF;
                            continue;
                        case 0x88:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            nz = y = y - 1 & 0xFF;
                            continue;
                        case 0x18:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            carry = 0;
                            continue;
                        case 0x38:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            carry = 1;
                            continue;
                        case 0x0A:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            carry = a >> 7;
                            nz = a = a << 1 & 0xFF;
                            continue;
                        case 0x4A:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            carry = a & 1;
                            nz = a >>= 1;
                            continue;
                        case 0x2A:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            a = a << 1 | carry;
                            carry = a >> 8;
                            nz = a &= 0xFF;
                            continue;
                        case 0x6A:
                            _bus = code[1];
                            pc += 1;
                            cycle += 2;
                            a |= carry << 8;
                            carry = a & 1;
                            nz = a >>= 1;
                            continue;

                        // Jumps and the stack
                        case 0x4C:
                            _bus = code[2];
                            address = code[1] | code[2] << 8;
                            cycle += 3;
                            if (address == pc)
                            {
                                cycle = SkipJumpToSelf(cycle);
                            }
                            else if (address < pc && IsSameRound(address, a, x, y) && IsWorthWatching(address, cycle))
                            {
                                pc = address;
                                goto Leave;
                            }

                            pc = address;
                            if (MeetsCode(pc))
                            {
                                goto Leave;
                            }

                            continue;
                        case 0x20:
                            // The target's high byte is read last; it may have been pushed over.
                            address = code[1];
                            ram[0x100 | s] = (byte)(pc + 2 >> 8);
                            s = s - 1 & 0xFF;
                            ram[0x100 | s] = (byte)(pc + 2);
                            s = s - 1 & 0xFF;
                            _bus = code[2];
                            pc = address | _bus << 8;
                            cycle += 6;
                            if (MeetsCode(pc))
                            {
                                goto Leave;
                            }

                            continue;
                        case 0x60:
                            s = s + 1 & 0xFF;
                            address = ram[0x100 | s];
                            s = s + 1 & 0xFF;
                            _bus = ram[0x100 | s];
                            pc = address | _bus << 8;
                            cycle += 5;
                            Read<TBus>(pc, ref cycle);
                            pc = pc + 1 & 0xFFFF;
                            if (MeetsCode(pc))
                            {
                                goto Leave;
                            }

                            continue;
                        case 0x48:
                            ram[0x100 | s] = _bus = (byte)a;
                            s = s - 1 & 0xFF;
                            pc += 1;
                            cycle += 3;
                            continue;
                        case 0x68:
                            s = s + 1 & 0xFF;
                            _bus = (byte)(nz = a = ram[0x100 | s]);
                            pc += 1;
                            cycle += 4;
                            continue;
                    }
                }
            }

            opcode = Read<TBus>(pc, ref cycle);
            pc = pc + 1 & 0xFFFF;
            switch ((Mode)opcodes[opcode])
            {
                case Mode.Special:
                    break;
                case Mode.Implied:
                    // The byte after the opcode is read and thrown away.
                    Read<TBus>(pc, ref cycle);
                    break;
                case Mode.Immediate:
                case Mode.Relative:
                    value = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    break;

                case Mode.ZeroPageRead:
                    value = ReadRam<TBus>(Read<TBus>(pc, ref cycle), ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    break;
                case Mode.ZeroPageWrite:
                    address = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    break;
                case Mode.ZeroPageModify:
                    address = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    goto Modify;

                // Indexing the zero page reads the unindexed address first and never leaves the page.
                case Mode.ZeroPageYRead:
                    index = y;
                    goto case Mode.ZeroPageXRead;
                case Mode.ZeroPageYWrite:
                    index = y;
                    goto case Mode.ZeroPageXWrite;
                case Mode.ZeroPageXRead:
                case Mode.ZeroPageXWrite:
                case Mode.ZeroPageXModify:
                    address = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    ReadRam<TBus>(address, ref cycle);
                    address = address + index & 0xFF;
                    if ((Mode)opcodes[opcode] is Mode.ZeroPageXRead or Mode.ZeroPageYRead)
                    {
                        value = ReadRam<TBus>(address, ref cycle);
                    }
                    else if ((Mode)opcodes[opcode] == Mode.ZeroPageXModify)
                    {
                        goto Modify;
                    }

                    break;

                case Mode.AbsoluteRead:
                    address = Read<TBus>(pc, ref cycle);
                    address |= Read<TBus>(pc + 1 & 0xFFFF, ref cycle) << 8;
                    pc = pc + 2 & 0xFFFF;
                    goto Load;
                case Mode.AbsoluteWrite:
                case Mode.AbsoluteModify:
                    address = Read<TBus>(pc, ref cycle);
                    address |= Read<TBus>(pc + 1 & 0xFFFF, ref cycle) << 8;
                    pc = pc + 2 & 0xFFFF;
                    if ((Mode)opcodes[opcode] == Mode.AbsoluteModify)
                    {
                        goto Modify;
                    }

                    break;

                case Mode.AbsoluteYRead:
                    index = y;
                    goto case Mode.AbsoluteXRead;
                case Mode.AbsoluteXRead:
                    address = Read<TBus>(pc, ref cycle);
                    address |= Read<TBus>(pc + 1 & 0xFFFF, ref cycle) << 8;
                    pc = pc + 2 & 0xFFFF;
                    goto IndexedLoad;
                case Mode.AbsoluteYWrite:
                case Mode.AbsoluteYModify:
                    index = y;
                    goto case Mode.AbsoluteXWrite;
                case Mode.AbsoluteXWrite:
                case Mode.AbsoluteXModify:
                    address = Read<TBus>(pc, ref cycle);
                    address |= Read<TBus>(pc + 1 & 0xFFFF, ref cycle) << 8;
                    pc = pc + 2 & 0xFFFF;
                    goto IndexedStore;

                case Mode.IndirectXRead:
                case Mode.IndirectXWrite:
                case Mode.IndirectXModify:
                    address = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    ReadRam<TBus>(address, ref cycle);
                    address += x;
                    value = ReadRam<TBus>(address & 0xFF, ref cycle);
                    address = value | ReadRam<TBus>(address + 1 & 0xFF, ref cycle) << 8;
                    if ((Mode)opcodes[opcode] == Mode.IndirectXRead)
                    {
                        goto Load;
                    }

                    if ((Mode)opcodes[opcode] == Mode.IndirectXModify)
                    {
                        goto Modify;
                    }

                    break;

                case Mode.IndirectYRead:
                case Mode.IndirectYWrite:
                case Mode.IndirectYModify:
                    index = y;
                    value = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    address = ReadRam<TBus>(value, ref cycle);
                    address |= ReadRam<TBus>(value + 1 & 0xFF, ref cycle) << 8;
                    if ((Mode)opcodes[opcode] == Mode.IndirectYRead)
                    {
                        goto IndexedLoad;
                    }

                    goto IndexedStore;
            }

            goto Operate;

        IndexedLoad:
            // The low byte is added first: across a page, one read goes to the page before.
            value = address;
            address = address + index & 0xFFFF;
            if (((address ^ value) & 0xFF00) != 0)
            {
                Read<TBus>(value & 0xFF00 | address & 0xFF, ref cycle);
            }

        Load:
            value = Read<TBus>(address, ref cycle);
            goto Operate;

        FastStore:
            if ((address & 0xFF) + index <= 0xFF)
            {
                byte* page = _writePages[address + index >> Board.CpuPageShift];
                if (page != null)
                {
                    page[address + index] = _bus = (byte)a;
                    cycle += 2;
                    continue;
                }
            }

        IndexedStore:
            // Stores cannot take that read back, so they make it always. SHA and its kin store a register
            // AND the operand's high byte + 1, unless a DMA holds the CPU during just this read.
            value = (address >> 8) + 1 & 0xFF;
            long before = cycle;
            Read<TBus>(address & 0xFF00 | address + index & 0xFF, ref cycle);
            if (typeof(TBus) == typeof(ExactBus) && cycle - before > 1)
            {
                value = 0xFF;
            }

            address = address + index & 0xFFFF;
            if ((Mode)opcodes[opcode] is not (Mode.AbsoluteXModify or Mode.AbsoluteYModify or Mode.IndirectYModify))
            {
                goto Operate;
            }

        Modify:
            // Read-modify-write instructions write the old value back while they compute the new one.
            value = Read<TBus>(address, ref cycle);
            Write<TBus>(address, value, ref cycle);

        Operate:
            switch ((Op)opcodes[opcode + 256])
            {
                case Op.Nop:
                    continue;

                case Op.Lda:
                    nz = a = value;
                    continue;
                case Op.Ldx:
                    nz = x = value;
                    continue;
                case Op.Ldy:
                    nz = y = value;
                    continue;
                case Op.Lax:
                    nz = a = x = value;
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
                    // N and V come from memory, Z from the AND; bit 8 carries N beside a zero low byte.
                    overflow = value & OverflowBit;
                    nz = (value & NegativeBit) << 1 | a & value;
                    continue;
                case Op.Adc:
                    goto Add;
                case Op.Sbc:
                    value ^= 0xFF;
                    goto Add;
                case Op.Cmp:
                    value = a - value;
                    goto Compare;
                case Op.Cpx:
                    value = x - value;
                    goto Compare;
                case Op.Cpy:
                    value = y - value;
                    goto Compare;

                case Op.Sta:
                    value = a;
                    goto Store;
                case Op.Stx:
                    value = x;
                    goto Store;
                case Op.Sty:
                    value = y;
                    goto Store;
                case Op.Sax:
                    value = a & x;
                    goto Store;

                case Op.Tax:
                    nz = x = a;
                    continue;
                case Op.Tay:
                    nz = y = a;
                    continue;
                case Op.Txa:
                    nz = a = x;
                    continue;
                case Op.Tya:
                    nz = a = y;
                    continue;
                case Op.Tsx:
                    nz = x = s;
                    continue;
                case Op.Txs:
                    s = x;
                    continue;
                case Op.Inx:
                    nz = x = x + 1 & 0xFF;
                    continue;
                case Op.Iny:
                    nz = y = y + 1 & 0xFF;
                    continue;
                case Op.Dex:
                    nz = x = x - 1 & 0xFF;
                    continue;
                case Op.Dey:
                    nz = y = y - 1 & 0xFF;
                    continue;

                case Op.AslA:
                    carry = a >> 7;
                    nz = a = a << 1 & 0xFF;
                    continue;
                case Op.LsrA:
                    carry = a & 1;
                    nz = a >>= 1;
                    continue;
                case Op.RolA:
                    value = a << 1 | carry;
                    carry = value >> 8;
                    nz = a = value & 0xFF;
                    continue;
                case Op.RorA:
                    value = a >> 1 | carry << 7;
                    carry = a & 1;
                    nz = a = value;
                    continue;
                case Op.Asl:
                    carry = value >> 7;
                    nz = value = value << 1 & 0xFF;
                    goto Store;
                case Op.Lsr:
                    carry = value & 1;
                    nz = value >>= 1;
                    goto Store;
                case Op.Rol:
                    value = value << 1 | carry;
                    carry = value >> 8;
                    nz = value &= 0xFF;
                    goto Store;
                case Op.Ror:
                    value |= carry << 8;
                    carry = value & 1;
                    nz = value >>= 1;
                    goto Store;
                case Op.Inc:
                    nz = value = value + 1 & 0xFF;
                    goto Store;
                case Op.Dec:
                    nz = value = value - 1 & 0xFF;
                    goto Store;

                case Op.Bpl:
                    if ((nz & 0x180) == 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Bmi:
                    if ((nz & 0x180) != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Bvc:
                    if (overflow == 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Bvs:
                    if (overflow != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Bcc:
                    if (carry == 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Bcs:
                    if (carry != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Bne:
                    if ((nz & 0xFF) != 0)
                    {
                        goto Branch;
                    }

                    continue;
                case Op.Beq:
                    if ((nz & 0xFF) == 0)
                    {
                        goto Branch;
                    }

                    continue;

                case Op.Clc:
                    carry = 0;
                    continue;
                case Op.Sec:
                    carry = 1;
                    continue;
                case Op.Clv:
                    overflow = 0;
                    continue;
                case Op.Cld:
                    flags &= ~DecimalBit;
                    continue;
                case Op.Sed:
                    flags |= DecimalBit;
                    continue;
                case Op.Cli:
                    // CLI, SEI and PLP poll before they change I.
                    _maskAtPoll = flags & InterruptBit;
                    flags &= ~InterruptBit;
                    goto Leave;
                case Op.Sei:
                    _maskAtPoll = flags & InterruptBit;
                    flags |= InterruptBit;
                    goto Leave;

                case Op.Jmp:
                    address = Read<TBus>(pc, ref cycle);
                    pc = address | Read<TBus>(pc + 1 & 0xFFFF, ref cycle) << 8;
                    if (typeof(TBus) == typeof(FastBus) && pc == start)
                    {
                        cycle = SkipJumpToSelf(cycle);
                    }

                    continue;
                case Op.JmpIndirect:
                    // The pointer's high byte is fetched without carry: from $xxFF it wraps to $xx00.
                    address = Read<TBus>(pc, ref cycle);
                    address |= Read<TBus>(pc + 1 & 0xFFFF, ref cycle) << 8;
                    pc = Read<TBus>(address, ref cycle);
                    pc |= Read<TBus>(address & 0xFF00 | address + 1 & 0xFF, ref cycle) << 8;
                    continue;
                case Op.Jsr:
                    address = Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    ReadRam<TBus>(0x100 | s, ref cycle);
                    WriteRam<TBus>(0x100 | s, pc >> 8, ref cycle);
                    s = s - 1 & 0xFF;
                    WriteRam<TBus>(0x100 | s, pc & 0xFF, ref cycle);
                    s = s - 1 & 0xFF;
                    pc = address | Read<TBus>(pc, ref cycle) << 8;
                    continue;
                case Op.Rts:
                    Read<TBus>(pc, ref cycle);
                    ReadRam<TBus>(0x100 | s, ref cycle);
                    s = s + 1 & 0xFF;
                    pc = ReadRam<TBus>(0x100 | s, ref cycle);
                    s = s + 1 & 0xFF;
                    pc |= ReadRam<TBus>(0x100 | s, ref cycle) << 8;
                    Read<TBus>(pc, ref cycle);
                    pc = pc + 1 & 0xFFFF;
                    continue;
                case Op.Pha:
                    Read<TBus>(pc, ref cycle);
                    WriteRam<TBus>(0x100 | s, a, ref cycle);
                    s = s - 1 & 0xFF;
                    continue;
                case Op.Pla:
                    Read<TBus>(pc, ref cycle);
                    ReadRam<TBus>(0x100 | s, ref cycle);
                    s = s + 1 & 0xFF;
                    nz = a = ReadRam<TBus>(0x100 | s, ref cycle);
                    continue;

                case Op.Slo:
                    carry = value >> 7;
                    value = value << 1 & 0xFF;
                    nz = a |= value;
                    goto Store;
                case Op.Rla:
                    value = value << 1 | carry;
                    carry = value >> 8;
                    value &= 0xFF;
                    nz = a &= value;
                    goto Store;
                case Op.Sre:
                    carry = value & 1;
                    value >>= 1;
                    nz = a ^= value;
                    goto Store;
                case Op.Dcp:
                    value = value - 1 & 0xFF;
                    carry = a >= value ? 1 : 0;
                    nz = a - value & 0xFF;
                    goto Store;
                case Op.Rra:
                    value |= carry << 8;
                    carry = value & 1;
                    value >>= 1;
                    Write<TBus>(address, value, ref cycle);
                    goto Add;
                case Op.Isc:
                    value = value + 1 & 0xFF;
                    Write<TBus>(address, value, ref cycle);
                    value ^= 0xFF;
                    goto Add;

                default:
                    break;
            }

            // The rest is rare: it works on the fields.
            _cycle = cycle;
            _pc = pc;
            _a = a;
            _x = x;
            _y = y;
            _s = s;
            _nz = nz;
            _carry = carry;
            _overflow = overflow;
            _flags = flags;
            ExecuteRare((Op)opcodes[opcode + 256], address, value);
            return;

        Add:
            address = a + value + carry;
            overflow = ~(a ^ value) & (a ^ address) & 0x80;
            carry = address >> 8;
            nz = a = address & 0xFF;
            continue;

        Compare:
            carry = ~value >> 8 & 1;
            nz = value & 0xFF;
            continue;

        Store:
            Write<TBus>(address, value, ref cycle);
            continue;

        Branch:
            // Taken: the next opcode is read in vain, and across a page once more from the wrong page.
            Read<TBus>(pc, ref cycle);
            address = pc + (sbyte)value & 0xFFFF;
            if (((address ^ pc) & 0xFF00) != 0)
            {
                Read<TBus>(pc & 0xFF00 | address & 0xFF, ref cycle);
                pc = address;
                if (cycle >= _nextEvent)
                {
                    _branchCrossed = true;
                    goto Leave;
                }

                if (typeof(TBus) == typeof(FastBus) && value >= 0x80 && MeetsCode(pc))
                {
                    goto Leave;
                }

                continue;
            }

            pc = address;

            // Backwards: perhaps a loop that waits.
            if (typeof(TBus) == typeof(FastBus) && value >= 0x80)
            {
                if (value is 0xF9 or 0xFB)
                {
                    cycle = SkipStatusPoll(pc, cycle);
                }
                else if (value == 0xFD)
                {
                    cycle = SkipCountdown(pc, cycle, ref x, ref y, ref nz);
                }

                if (IsSameRound(pc, a, x, y) && IsWorthWatching(pc, cycle))
                {
                    goto Leave;
                }
            }

            // A taken branch within its page does not poll again: an interrupt now waits one instruction more.
            // https://www.nesdev.org/wiki/CPU_interrupts#Branch_instructions_and_interrupts
            if (cycle >= _nextEvent)
            {
                _pollLag = 1;
                goto Leave;
            }

            if (typeof(TBus) == typeof(FastBus) && value >= 0x80 && MeetsCode(pc))
            {
                goto Leave;
            }
        }
        while (cycle < _nextEvent);

    Leave:
        _cycle = cycle;
        _pc = pc;
        _a = a;
        _x = x;
        _y = y;
        _s = s;
        _nz = nz;
        _carry = carry;
        _overflow = overflow;
        _flags = flags;
    }
}
