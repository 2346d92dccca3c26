namespace NesCoreShim;

/// <summary>
/// The 2A03's processor: a 6502 without decimal mode, on a bus where every cycle is a read or a write.
/// Time is counted in completed cycles. The other chips lag behind and are brought up to date when the
/// CPU touches their registers, or when an event they foretold is due.
/// https://www.nesdev.org/wiki/CPU
/// </summary>
internal sealed unsafe partial class Cpu
{
    /// <summary>An event that is not going to happen.</summary>
    public const long Never = long.MaxValue / 4;

    private const int NmiVector = 0xFFFA;
    private const int ResetVector = 0xFFFC;
    private const int IrqVector = 0xFFFE;

    private const int CpuPageMask = (1 << Board.CpuPageShift) - 1;

    public const int CarryBit = 0x01, ZeroBit = 0x02, InterruptBit = 0x04, DecimalBit = 0x08;
    public const int BreakBit = 0x10, UnusedBit = 0x20, OverflowBit = 0x40, NegativeBit = 0x80;

    private readonly PinnedBytes _ramMemory = new(2048);
    private readonly byte* _ram;
    private readonly byte* _opcodes = Opcodes.Table.Pointer;
    private readonly byte** _readPages;
    private readonly byte** _writePages;
    private readonly Board _board;
    private readonly Ppu _ppu;
    private readonly Apu _apu;
    private readonly Joypads _joypads;
    private readonly bool _plain;

    // The registers between runs; Execute keeps them in locals. Flags are kept apart: N and Z follow a
    // 9-bit result (N is bit 7 or 8), C is 0 or 1, V is zero or not; only I and D live in _flags.
    private int _pc, _a, _x, _y, _s;
    private int _nz, _carry, _overflow, _flags;

    private long _cycle;
    private long _nextEvent;
    private byte _bus;
    private bool _jammed;

    public Cpu(Board board, Ppu ppu, Apu apu, Joypads joypads, NesOptions options)
    {
        _board = board;
        _ppu = ppu;
        _apu = apu;
        _joypads = joypads;
        _plain = options.Plain;
        _skipIdle = !options.Plain;
        UseCompiledCode(options);
        _ram = _ramMemory.Pointer;
        _readPages = board.CpuRead;
        _writePages = board.CpuWrite;
        for (int address = 0; address < 0x2000; address += 2048)
        {
            _readPages[address >> Board.CpuPageShift] = _ram - address;
            _writePages[address >> Board.CpuPageShift] = _ram - address;
        }
    }

    partial void UseCompiledCode(NesOptions options);

    /// <summary>Called before every instruction when a debugger asks for it; it costs nothing otherwise.</summary>
    public Action<CpuSnapshot>? Tracer { get; set; }

    public long Cycles => _cycle;

    public ReadOnlySpan<byte> Ram => _ramMemory.Array;

    private int StatusWithoutBreak =>
        ((_nz | _nz >> 1) & NegativeBit) | (_overflow != 0 ? OverflowBit : 0) | UnusedBit | _flags
        | ((_nz & 0xFF) == 0 ? ZeroBit : 0) | _carry;

    public CpuSnapshot Snapshot() =>
        new((ushort)_pc, (byte)_a, (byte)_x, (byte)_y, (byte)StatusWithoutBreak, (byte)_s, _cycle);

    /// <summary>
    /// A reset reads the stack three times without writing and sets I; A, X, Y and RAM survive.
    /// https://www.nesdev.org/wiki/CPU_power_up_state
    /// </summary>
    public void Reset(bool power, ReadOnlySpan<byte> ramPattern)
    {
        if (power)
        {
            Filling.Fill(_ramMemory.Span, ramPattern);
            _cycle = 0;
            _pc = _a = _x = _y = _s = 0;
            _nz = 1;
            _carry = _overflow = _flags = 0;
            _bus = _busBeforeDma = _oamDmaPage = 0;
            _irqBoard = Never;
        }

        _jammed = false;
        _oamDmaPending = false;
        _nmiAt = Never;
        _irqFrame = _irqDmc = Never;
        _irqSince = _irqBoard;
        _irqLastHigh = -1;
        _pollLag = 0;
        _branchCrossed = false;
        _dmaEnd = -1;
        _pending = Interrupt.Reset;
    }

    /// <summary>Skips the reset, for test programs that are started in the middle.</summary>
    public void Jump(ushort address, byte stack, long cycle)
    {
        _pending = Interrupt.None;
        _pc = address;
        _s = stack;
        _cycle = cycle;
        _flags = InterruptBit;
    }

    public void SyncMemory(ref StateSync s) => s.Sync(_ramMemory.Array);

    public void SyncClocks(ref StateSync s)
    {
        s.Sync(ref _cycle);
        s.Sync(ref _nmiAt);
        s.Sync(ref _irqFrame);
        s.Sync(ref _irqDmc);
        s.Sync(ref _irqBoard);
    }

    public void Sync(ref StateSync s)
    {
        s.Sync(ref _pc);
        s.Sync(ref _a);
        s.Sync(ref _x);
        s.Sync(ref _y);
        s.Sync(ref _s);
        int status = StatusWithoutBreak;
        s.Sync(ref status);
        SetStatus(status);
        s.Sync(ref _bus);
        s.Sync(ref _jammed);
        s.Sync(ref _oamDmaPending);
        s.Sync(ref _oamDmaPage);
        s.Sync(ref _irqSince);
        s.Sync(ref _irqLastHigh);
        s.Sync(ref _dmaEnd);
        s.Sync(ref _busBeforeDma);
        int pending = (int)_pending;
        s.Sync(ref pending);
        _pending = (Interrupt)pending;
        if (s.IsLoading)
        {
            _pc &= 0xFFFF;
            _a &= 0xFF;
            _x &= 0xFF;
            _y &= 0xFF;
            _s &= 0xFF;
            _irqSince = Math.Min(Math.Min(_irqFrame, _irqDmc), _irqBoard);
            _pending = _pending is >= Interrupt.None and <= Interrupt.Reset ? _pending : Interrupt.None;
        }
    }

    /// <summary>Whether there is room to go on counting: a state may say anything.</summary>
    public bool IsTimeSound =>
        _cycle is >= 0 and < Never / 16 && IsMoment(_nmiAt) && IsMoment(_irqFrame) && IsMoment(_irqDmc)
        && IsMoment(_irqBoard);

    private static bool IsMoment(long at) => at is >= 0 and <= Never;

    private void SetStatus(int status)
    {
        _nz = (status & NegativeBit) << 1 | (~status & ZeroBit);
        _carry = status & CarryBit;
        _overflow = status & OverflowBit;
        _flags = status & (InterruptBit | DecimalBit);
    }
}

/// <summary>The registers as a debugger shows them, before an instruction.</summary>
internal readonly record struct CpuSnapshot(ushort Pc, byte A, byte X, byte Y, byte P, byte S, long Cycle);
