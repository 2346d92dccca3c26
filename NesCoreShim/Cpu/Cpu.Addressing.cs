namespace NesCoreShim;

// How instructions find their operands. https://www.nesdev.org/wiki/CPU_addressing_modes
internal sealed unsafe partial class Cpu
{
    /// <summary>The next byte of the program.</summary>
    private byte Fetch()
    {
        byte value = ReadExact(_pc);
        _pc = _pc + 1 & 0xFFFF;
        return value;
    }

    private int FetchAddress()
    {
        int low = Fetch();
        return low | Fetch() << 8;
    }

    /// <summary>Spends the addressing mode's bus cycles, up to the write of those that write.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="value">What was read; for an indexed store the operand's high byte + 1, which SHA and its kin store.</param>
    /// <returns>The effective address, of those that have one.</returns>
    private int FindOperand(Mode mode, out int value)
    {
        value = 0;
        int address;
        switch (mode)
        {
            case Mode.Special:
                // They spend their bus cycles themselves.
                return 0;
            case Mode.Implied:
                // The byte after the opcode is read and thrown away.
                ReadExact(_pc);
                return 0;
            case Mode.Immediate or Mode.Relative:
                value = Fetch();
                return 0;

            case Mode.ZeroPageRead or Mode.ZeroPageWrite or Mode.ZeroPageModify:
                address = Fetch();
                break;
            case >= Mode.ZeroPageXRead and <= Mode.ZeroPageXModify:
                address = IndexedZeroPage(_x);
                break;
            case Mode.ZeroPageYRead or Mode.ZeroPageYWrite:
                address = IndexedZeroPage(_y);
                break;
            case >= Mode.AbsoluteRead and <= Mode.AbsoluteModify:
                address = FetchAddress();
                break;
            case >= Mode.IndirectXRead and <= Mode.IndirectXModify:
                int pointer = IndexedZeroPage(_x);
                address = ReadExact(pointer);
                address |= ReadExact(pointer + 1 & 0xFF) << 8;
                break;

            case Mode.AbsoluteXRead or Mode.AbsoluteYRead:
                return ReadIndexed(FetchAddress(), mode == Mode.AbsoluteXRead ? _x : _y, out value);
            case Mode.IndirectYRead:
                return ReadIndexed(FetchPointer(), _y, out value);
            case Mode.AbsoluteXWrite or Mode.AbsoluteXModify:
                address = PrepareIndexed(FetchAddress(), _x, out value);
                break;
            case Mode.AbsoluteYWrite or Mode.AbsoluteYModify:
                address = PrepareIndexed(FetchAddress(), _y, out value);
                break;
            default:
                address = PrepareIndexed(FetchPointer(), _y, out value);
                break;
        }

        switch (mode)
        {
            case Mode.ZeroPageRead or Mode.ZeroPageXRead or Mode.ZeroPageYRead or Mode.AbsoluteRead or Mode.IndirectXRead:
                value = ReadExact(address);
                break;
            case Mode.ZeroPageModify or Mode.ZeroPageXModify or Mode.AbsoluteModify or Mode.AbsoluteXModify or Mode.AbsoluteYModify
                or Mode.IndirectXModify or Mode.IndirectYModify:
                // Read-modify-write instructions write the old value back while they compute the new one.
                value = ReadExact(address);
                WriteExact(address, (byte)value);
                break;
        }

        return address;
    }

    /// <summary>Indexing the zero page reads the unindexed address first and never leaves the page.</summary>
    private int IndexedZeroPage(int index)
    {
        int address = Fetch();
        ReadExact(address);
        return address + index & 0xFF;
    }

    private int FetchPointer()
    {
        int pointer = Fetch();
        int low = ReadExact(pointer);
        return low | ReadExact(pointer + 1 & 0xFF) << 8;
    }

    /// <summary>The low byte is added first: across a page, one read goes to the page before.</summary>
    private int ReadIndexed(int address, int index, out int value)
    {
        int indexed = address + index & 0xFFFF;
        if (((indexed ^ address) & 0xFF00) != 0)
        {
            ReadExact(address & 0xFF00 | indexed & 0xFF);
        }

        value = ReadExact(indexed);
        return indexed;
    }

    /// <summary>
    /// Stores cannot take that read back, so they make it always. SHA and its kin store a register AND the operand's high byte
    /// + 1, unless a DMA holds the CPU during just this read.
    /// </summary>
    private int PrepareIndexed(int address, int index, out int mask)
    {
        mask = (address >> 8) + 1 & 0xFF;
        long before = _cycle;
        ReadExact(address & 0xFF00 | address + index & 0xFF);
        if (_cycle - before > 1)
        {
            mask = 0xFF;
        }

        return address + index & 0xFFFF;
    }
}
