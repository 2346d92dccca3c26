namespace NesCoreShim;

/// <summary>How an instruction finds its operand, and whether it reads, writes or modifies it.</summary>
internal enum Mode : byte
{
    /// <summary>The operation spends its own bus cycles: jumps, stack, BRK.</summary>
    Special,
    Implied,
    Immediate,
    Relative,
    ZeroPageRead, ZeroPageWrite, ZeroPageModify,
    ZeroPageXRead, ZeroPageXWrite, ZeroPageXModify,
    ZeroPageYRead, ZeroPageYWrite,
    AbsoluteRead, AbsoluteWrite, AbsoluteModify,
    AbsoluteXRead, AbsoluteXWrite, AbsoluteXModify,
    AbsoluteYRead, AbsoluteYWrite, AbsoluteYModify,
    IndirectXRead, IndirectXWrite, IndirectXModify,
    IndirectYRead, IndirectYWrite, IndirectYModify,
}

/// <summary>What an instruction does with its operand; <c>A</c>-suffixed shifts work on the accumulator.</summary>
internal enum Op : byte
{
    Nop, Jam, Brk, Jsr, Rti, Rts, Jmp, JmpIndirect, Pha, Php, Pla, Plp,
    Bpl, Bmi, Bvc, Bvs, Bcc, Bcs, Bne, Beq,
    Clc, Sec, Cli, Sei, Clv, Cld, Sed,
    Tax, Tay, Txa, Tya, Tsx, Txs, Inx, Iny, Dex, Dey,
    Lda, Ldx, Ldy, Ora, And, Eor, Adc, Sbc, Cmp, Cpx, Cpy, Bit,
    Sta, Stx, Sty,
    AslA, LsrA, RolA, RorA, Asl, Lsr, Rol, Ror, Inc, Dec,
    Slo, Rla, Sre, Rra, Dcp, Isc, Lax, Sax,
    Anc, Alr, Arr, Ane, Lxa, Sbx, Las, Sha, Shx, Shy, Tas,
}

/// <summary>
/// The 256 opcodes, laid out as the matrix of https://www.nesdev.org/wiki/CPU_unofficial_opcodes: every
/// row is one high nibble.
/// </summary>
internal static class Opcodes
{
    private const string Matrix = """
        BRK      ORA izx  JAM  SLO izx  NOP zp   ORA zp   ASL zp   SLO zp   PHP  ORA imm  ASLA ANC imm  NOP abs  ORA abs  ASL abs  SLO abs
        BPL rel  ORA izy  JAM  SLO izy  NOP zpx  ORA zpx  ASL zpx  SLO zpx  CLC  ORA aby  NOP  SLO aby  NOP abx  ORA abx  ASL abx  SLO abx
        JSR      AND izx  JAM  RLA izx  BIT zp   AND zp   ROL zp   RLA zp   PLP  AND imm  ROLA ANC imm  BIT abs  AND abs  ROL abs  RLA abs
        BMI rel  AND izy  JAM  RLA izy  NOP zpx  AND zpx  ROL zpx  RLA zpx  SEC  AND aby  NOP  RLA aby  NOP abx  AND abx  ROL abx  RLA abx
        RTI      EOR izx  JAM  SRE izx  NOP zp   EOR zp   LSR zp   SRE zp   PHA  EOR imm  LSRA ALR imm  JMP      EOR abs  LSR abs  SRE abs
        BVC rel  EOR izy  JAM  SRE izy  NOP zpx  EOR zpx  LSR zpx  SRE zpx  CLI  EOR aby  NOP  SRE aby  NOP abx  EOR abx  LSR abx  SRE abx
        RTS      ADC izx  JAM  RRA izx  NOP zp   ADC zp   ROR zp   RRA zp   PLA  ADC imm  RORA ARR imm  JMPINDIRECT ADC abs ROR abs RRA abs
        BVS rel  ADC izy  JAM  RRA izy  NOP zpx  ADC zpx  ROR zpx  RRA zpx  SEI  ADC aby  NOP  RRA aby  NOP abx  ADC abx  ROR abx  RRA abx
        NOP imm  STA izx  NOP imm SAX izx STY zp STA zp   STX zp   SAX zp   DEY  NOP imm  TXA  ANE imm  STY abs  STA abs  STX abs  SAX abs
        BCC rel  STA izy  JAM  SHA izy  STY zpx  STA zpx  STX zpy  SAX zpy  TYA  STA aby  TXS  TAS aby  SHY abx  STA abx  SHX aby  SHA aby
        LDY imm  LDA izx  LDX imm LAX izx LDY zp LDA zp   LDX zp   LAX zp   TAY  LDA imm  TAX  LXA imm  LDY abs  LDA abs  LDX abs  LAX abs
        BCS rel  LDA izy  JAM  LAX izy  LDY zpx  LDA zpx  LDX zpy  LAX zpy  CLV  LDA aby  TSX  LAS aby  LDY abx  LDA abx  LDX aby  LAX aby
        CPY imm  CMP izx  NOP imm DCP izx CPY zp CMP zp   DEC zp   DCP zp   INY  CMP imm  DEX  SBX imm  CPY abs  CMP abs  DEC abs  DCP abs
        BNE rel  CMP izy  JAM  DCP izy  NOP zpx  CMP zpx  DEC zpx  DCP zpx  CLD  CMP aby  NOP  DCP aby  NOP abx  CMP abx  DEC abx  DCP abx
        CPX imm  SBC izx  NOP imm ISC izx CPX zp SBC zp   INC zp   ISC zp   INX  SBC imm  NOP  SBC imm  CPX abs  SBC abs  INC abs  ISC abs
        BEQ rel  SBC izy  JAM  ISC izy  NOP zpx  SBC zpx  INC zpx  ISC zpx  SED  SBC aby  NOP  ISC aby  NOP abx  SBC abx  INC abx  ISC abx
        """;

    /// <summary>
    /// 768 bytes: each opcode's <see cref="Mode"/>, then its <see cref="Op"/>, and its cycles.
    /// </summary>
    public static readonly PinnedBytes Table = BuildTable();

    /// <summary>The bytes of an instruction.</summary>
    public static int LengthOf(Mode mode, Op op) => mode switch
    {
        Mode.Implied => 1,
        Mode.Special => op is Op.Jsr or Op.Jmp or Op.JmpIndirect ? 3 : 1,
        >= Mode.AbsoluteRead and <= Mode.AbsoluteYModify => 3,
        _ => 2,
    };

    /// <summary>
    /// The cycles of an instruction without those for page crossings and taken branches; not of BRK.
    /// </summary>
    public static int CyclesOf(Mode mode, Op op) => mode switch
    {
        Mode.Special => op switch { Op.Jmp or Op.Pha or Op.Php => 3, Op.Pla or Op.Plp => 4, Op.JmpIndirect => 5, _ => 6 },
        Mode.Implied or Mode.Immediate or Mode.Relative => 2,
        Mode.ZeroPageRead or Mode.ZeroPageWrite => 3,
        Mode.ZeroPageModify or Mode.AbsoluteXWrite or Mode.AbsoluteYWrite or Mode.IndirectYRead => 5,
        Mode.ZeroPageXModify or Mode.AbsoluteModify or Mode.IndirectXRead or Mode.IndirectXWrite or Mode.IndirectYWrite => 6,
        Mode.AbsoluteXModify or Mode.AbsoluteYModify => 7,
        Mode.IndirectXModify or Mode.IndirectYModify => 8,
        _ => 4,
    };

    private static PinnedBytes BuildTable()
    {
        var table = new PinnedBytes(3 * 256);
        string[] words = Matrix.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        int opcode = 0;
        for (int i = 0; i < words.Length; i++)
        {
            var op = (Op)Enum.Parse(typeof(Op), words[i], ignoreCase: true);
            bool hasMode = i + 1 < words.Length && char.IsLower(words[i + 1][0]);
            Mode mode = hasMode ? ModeOf(words[++i], op) : IsSpecial(op) ? Mode.Special : Mode.Implied;
            table.Array[opcode] = (byte)mode;
            table.Array[opcode + 256] = (byte)op;
            table.Array[opcode + 512] = (byte)CyclesOf(mode, op);
            opcode++;
        }

        return table;
    }

    private static bool IsSpecial(Op op) => op is >= Op.Jam and <= Op.Plp;

    private static Mode ModeOf(string name, Op op)
    {
        Mode read = name switch
        {
            "imm" => Mode.Immediate,
            "rel" => Mode.Relative,
            "zp" => Mode.ZeroPageRead,
            "zpx" => Mode.ZeroPageXRead,
            "zpy" => Mode.ZeroPageYRead,
            "abs" => Mode.AbsoluteRead,
            "abx" => Mode.AbsoluteXRead,
            "aby" => Mode.AbsoluteYRead,
            "izx" => Mode.IndirectXRead,
            _ => Mode.IndirectYRead,
        };

        // Each addressing mode lists its read, write and modify forms in that order.
        return read + op switch
        {
            Op.Sta or Op.Stx or Op.Sty or Op.Sax or Op.Sha or Op.Shx or Op.Shy or Op.Tas => 1,
            >= Op.Asl and <= Op.Isc => 2,
            _ => 0,
        };
    }
}
