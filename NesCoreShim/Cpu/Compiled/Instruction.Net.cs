namespace NesCoreShim;

/// <summary>Where control goes after an instruction.</summary>
internal enum Flow
{
    On,

    /// <summary>On, but a chip's register was touched and events may be nearer than they were.</summary>
    Register,
    Branch,
    Jump,
    Call,
    Return,

    /// <summary>To a place that is found out only by doing it.</summary>
    Away,
}

/// <summary>An instruction in ROM, read once.</summary>
/// <param name="Address">Where the CPU sees it.</param>
/// <param name="Op">What it does.</param>
/// <param name="Mode">How it finds its operand.</param>
/// <param name="Operand">The bytes after the opcode, the first one low.</param>
internal readonly record struct Instruction(int Address, Op Op, Mode Mode, int Operand)
{
    public int Length => Opcodes.LengthOf(Mode, Op);

    /// <summary>The address after it.</summary>
    public int Next => Address + Length;

    public int Cycles => Opcodes.CyclesOf(Mode, Op);

    public int MostCycles => Cycles + Mode switch
    {
        Mode.Relative => 2,
        Mode.AbsoluteXRead or Mode.AbsoluteYRead or Mode.IndirectYRead => 1,
        _ => 0,
    };

    /// <summary>Where a branch, jump or call leads.</summary>
    public int Target => Mode == Mode.Relative ? Next + (sbyte)Operand & 0xFFFF : Operand;

    /// <summary>Whether it writes where boards have their registers: it may move the bank it is in.</summary>
    public bool IsBoardWrite => Mode == Mode.AbsoluteWrite && Operand >= 0x8000;

    public Flow Flow => Op switch
    {
        Op.Jmp => Flow.Jump,
        Op.Jsr => Flow.Call,
        Op.Rts => Flow.Return,
        Op.JmpIndirect or Op.Rti => Flow.Away,
        _ when Mode == Mode.Relative => Flow.Branch,
        _ when Mode is not (Mode.AbsoluteRead or Mode.AbsoluteWrite) => Flow.On,
        _ when Operand is >= 0x2000 and < 0x6000 || IsBoardWrite => Flow.Register,
        _ => Flow.On,
    };

    /// <summary>Whether it is one of the official instructions that only compute, load, store or jump.</summary>
    public bool IsCompilable => Op switch
    {
        Op.Nop => Mode == Mode.Implied,
        Op.Jam or Op.Brk => false,

        // The pointer's bytes must be in RAM.
        Op.JmpIndirect => Operand < 0x1FFF,
        >= Op.Asl and <= Op.Dec => Mode is Mode.ZeroPageModify or Mode.ZeroPageXModify
            || Mode == Mode.AbsoluteModify && Operand < 0x2000 || Mode == Mode.AbsoluteXModify && Operand + 0xFF < 0x2000,
        _ => Op < Op.Slo,
    };
}
