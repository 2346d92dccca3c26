namespace NesCoreShim;

/// <summary>A piece of PRG ROM that boards move as a whole, where the CPU sees it.</summary>
/// <param name="code">The bytes, biased by their address as page pointers are.</param>
/// <param name="first">The first address.</param>
/// <param name="end">The address after the last one.</param>
internal readonly unsafe struct CodeBank(byte* code, int first, int end)
{
    public byte* Code { get; } = code;

    public int First { get; } = first;

    public int End { get; } = end;

    public bool Contains(int address) => address >= First && address < End;

    /// <summary>The instruction at an address; null if it is one for the interpreter.</summary>
    public Instruction? Decode(int address)
    {
        // An instruction may read the byte after it.
        if (!Contains(address) || address + 3 >= End || IsWait(address))
        {
            return null;
        }

        byte opcode = Code[address];
        var instruction = new Instruction(address, (Op)Opcodes.Table.Array[opcode + 256], (Mode)Opcodes.Table.Array[opcode], 0);
        int operand = instruction.Length switch { 1 => 0, 2 => Code[address + 1], _ => Code[address + 1] | Code[address + 2] << 8 };
        instruction = instruction with { Operand = operand };
        return instruction.IsCompilable ? instruction : null;
    }

    // The loops that the interpreter knows by their shape and skips: JMP *, DEX and BNE, and those that read PPUSTATUS.
    private bool IsWait(int address)
    {
        const byte jmp = 0x4C, dex = 0xCA, dey = 0x88, inx = 0xE8, iny = 0xC8, bne = 0xD0, lda = 0xAD, bit = 0x2C;
        byte* code = Code + address;
        return code[0] switch
        {
            jmp => (code[1] | code[2] << 8) == address,
            dex or dey or inx or iny => code[1] == bne && code[2] == 0xFD,
            lda or bit when code[1] == 0x02 && code[2] == 0x20 && address + 7 < End => code[4] == 0xFB || code[6] == 0xF9,
            _ => false,
        };
    }
}
