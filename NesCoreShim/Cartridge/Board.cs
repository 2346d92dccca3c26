namespace NesCoreShim;

/// <summary>
/// A cartridge board: it moves banks in page tables, and the tables serve the reads. The CPU sees
/// $6000-$FFFF in pages of 2 KiB, the PPU $0000-$3FFF in pages of 1 KiB. Page pointers are biased by
/// their own address, so a lookup is <c>page[address]</c>; a null page goes to the board's registers.
/// </summary>
internal abstract unsafe class Board
{
    internal const int CpuPageShift = 11;
    internal const int PpuPageShift = 10;
    private const int CpuPageSize = 1 << CpuPageShift;
    private const int PpuPageSize = 1 << PpuPageShift;

    private readonly Cartridge _cartridge;
    private readonly PinnedBytes _cpuTables = new(2 * 32 * sizeof(nint));
    private readonly PinnedBytes _ppuTables = new(2 * 16 * sizeof(nint));
    private readonly PinnedBytes _ciram = new(4096);
    private readonly PinnedBytes? _prgRam;
    private readonly PinnedBytes? _chrRam;
    private Cpu _cpu = null!;
    private Ppu _ppu = null!;

    protected Board(Cartridge cartridge)
    {
        _cartridge = cartridge;
        RomHeader header = cartridge.Header;

        if (header.PrgRamSize != 0)
        {
            _prgRam = new PinnedBytes(RoundUp(header.PrgRamSize, CpuPageSize));
        }

        if (cartridge.Chr is null)
        {
            _chrRam = new PinnedBytes(Math.Max(8192, RoundUp(header.ChrRamSize, PpuPageSize)));
        }

        CpuRead = (byte**)_cpuTables.Pointer;
        CpuWrite = CpuRead + 32;
        PpuRead = (byte**)_ppuTables.Pointer;
        PpuWrite = PpuRead + 16;
    }

    /// <summary>Readable CPU memory by 2 KiB page; the machine adds its own RAM below $2000.</summary>
    public byte** CpuRead { get; }

    public byte** CpuWrite { get; }

    /// <summary>Readable PPU memory by 1 KiB page; the last four repeat the nametables.</summary>
    public byte** PpuRead { get; }

    public byte** PpuWrite { get; }

    /// <summary>The console's own nametable memory; boards only wire it.</summary>
    public Span<byte> Ciram => _ciram.Span.Slice(0, 2048);

    /// <summary>RAM at $6000, the battery's part included; empty on boards without.</summary>
    public ReadOnlySpan<byte> PrgRam => _prgRam is null ? default : _prgRam.Span.Slice(0, PrgRamSize);

    /// <summary>Pattern memory on boards that have RAM instead of ROM there; else empty.</summary>
    public ReadOnlySpan<byte> ChrRam => _chrRam is null ? default : _chrRam.Span;

    /// <summary>The part of the PRG RAM that a battery keeps; what is volatile comes before it.</summary>
    public Span<byte> BatteryRam => _prgRam is null ? default : _prgRam.Span.Slice(0, PrgRamSize).Slice(PrgRamSize - _cartridge.Header.BatteryRamSize);

    public Cartridge Cartridge => _cartridge;

    /// <summary>PRG ROM moves in pieces of at least this many bytes, which lie at multiples of it; the CPU sees the whole of one or nothing of it.</summary>
    public virtual int PrgBankSize => 8 * 1024;

    /// <summary>Whether the board listens to the PPU's address line A12, and <see cref="ClockA12"/> wants to be called.</summary>
    public virtual bool WatchesA12 => false;

    /// <summary>Whether the board listens to pattern fetches, and <see cref="PatternFetched"/> wants to be called.</summary>
    public virtual bool WatchesFetches => false;

    /// <summary>After how many more clocks of A12 the board may raise its interrupt; 0 if none can come.</summary>
    public virtual int ClocksUntilIrq => 0;

    protected PinnedBytes Prg => _cartridge.Prg;

    /// <summary>For boards that move 32 KiB at once; smaller ROMs repeat.</summary>
    protected int WholePrgBankSize => Prg.Length % (32 * 1024) == 0 ? 32 * 1024 : 16 * 1024;

    protected RomHeader Header => _cartridge.Header;

    protected int PrgRamSize => Header.PrgRamSize;

    public static Board Create(Cartridge cartridge) => BoardCatalog.Find(cartridge.Header)!.Create(cartridge);

    public void Connect(Cpu cpu, Ppu ppu)
    {
        _cpu = cpu;
        _ppu = ppu;
    }

    public void Reset(bool power, NesOptions options)
    {
        if (power)
        {
            _ciram.Span.Clear();
            if (_chrRam is not null)
            {
                Filling.Fill(_chrRam.Span, options.ChrRamPattern.Span);
            }

            // The battery's part is all that outlives the power.
            if (_prgRam is not null)
            {
                Filling.Fill(_prgRam.Span.Slice(0, PrgRamSize - BatteryRam.Length), options.PrgRamPattern.Span);
                LoadTrainer();
            }

            MapPrgRam();
            Mirror(_cartridge.Mirroring);
            PowerOn();
        }
    }

    private void LoadTrainer()
    {
        const int offset = 0x7000 - 0x6000;
        byte[] trainer = _cartridge.Trainer;
        if (_prgRam!.Length >= offset + trainer.Length)
        {
            trainer.CopyTo(_prgRam.Span.Slice(offset));
        }
    }

    /// <summary>Called when the CPU reads where no page is mapped, $4020-$FFFF: by default nobody answers.</summary>
    public virtual byte ReadUnmapped(int address, byte openBus, long cycle) => openBus;

    /// <summary>The same without side effects, at the current time.</summary>
    public virtual byte Peek(int address, byte openBus) => openBus;

    /// <summary>Called when the CPU writes where no page is mapped, $4020-$FFFF.</summary>
    public virtual void WriteRegister(int address, byte value, long cycle)
    {
    }

    /// <summary>A12 rose after it had been low long enough; the rise is seen at the end of this CPU cycle.</summary>
    public virtual void ClockA12(long cycle)
    {
    }

    /// <summary>So many rises at once, if no interrupt can come of them; else nothing.</summary>
    public virtual bool TryPassClocks(int clocks) => clocks == 0;

    /// <summary>The PPU has read the second byte of a pattern, or anything through PPUDATA, from this address.</summary>
    public virtual void PatternFetched(int address)
    {
    }

    public void SyncMemory(ref StateSync s)
    {
        s.Sync(Header.Mirroring == Mirroring.FourScreen ? _ciram.Span : Ciram);
        if (_prgRam is not null)
        {
            s.Sync(_prgRam.Array);
        }

        if (_chrRam is not null)
        {
            s.Sync(_chrRam.Array);
        }
    }

    /// <summary>A board with registers lists them here and maps its banks again after a load.</summary>
    public virtual void SyncRegisters(ref StateSync s)
    {
    }

    /// <summary>Sets the power-on banks.</summary>
    protected abstract void PowerOn();

    /// <summary>What the PPU is doing must be done before it finds other banks or nametables.</summary>
    protected void BeforeBanksMove(long cycle) => _ppu.BeforeBanksMove(cycle);

    /// <summary>What A12 has done before this cycle must be counted before the counter changes.</summary>
    protected void BeforeClockMoves(long cycle) => _ppu.BeforeClockMoves(cycle);

    /// <summary>PPU A12 as a CPU access in this cycle finds it.</summary>
    protected bool IsA12High(long cycle) => _ppu.IsA12HighAt(cycle);

    protected byte ReadPrgRam(int address) => _prgRam!.Array[(address - 0x6000) % PrgRamSize];

    protected void WritePrgRam(int address, byte value) => _prgRam!.Array[(address - 0x6000) % PrgRamSize] = value;

    protected void SetIrq(bool asserted, long cycle) => _cpu.SetBoardIrq(asserted, cycle);

    /// <summary>What <see cref="ClocksUntilIrq"/> says may have changed.</summary>
    protected void IrqPlanChanged() => _ppu.ReviseBoardEvent();

    /// <summary>
    /// The board does not stop the ROM from answering a write, and where the two disagree, zeros win.
    /// https://www.nesdev.org/wiki/Bus_conflict
    /// </summary>
    protected byte AfterConflict(int address, byte value)
    {
        byte* page = CpuRead[address >> CpuPageShift];
        return page == null ? value : (byte)(value & page[address]);
    }

    /// <summary>Shows a 16 KiB PRG bank at an address; negative banks count from the end, small ROMs repeat.</summary>
    protected void MapPrg(int address, int bank, int size = 16 * 1024)
    {
        int source = Wrap(bank * size, _cartridge.Prg.Length);
        for (int target = address; target < address + size; target += CpuPageSize)
        {
            CpuRead[target >> CpuPageShift] = _cartridge.Prg.Pointer + source - target;
            CpuWrite[target >> CpuPageShift] = null;
            source += CpuPageSize;
            if (source == _cartridge.Prg.Length)
            {
                source = 0;
            }
        }
    }

    /// <summary>Shows a CHR bank at a PPU address; banks are counted in units of their size.</summary>
    protected void MapChr(int address, int bank, int size = 8 * 1024)
    {
        PinnedBytes memory = _cartridge.Chr ?? _chrRam!;
        int source = Wrap(bank * size, memory.Length);
        for (int target = address; target < address + size; target += PpuPageSize)
        {
            byte* page = memory.Pointer + source - target;
            PpuRead[target >> PpuPageShift] = page;
            PpuWrite[target >> PpuPageShift] = _cartridge.Chr is null ? page : null;
            source += PpuPageSize;
            if (source == memory.Length)
            {
                source = 0;
            }
        }
    }

    protected void Mirror(Mirroring mirroring)
    {
        // https://www.nesdev.org/wiki/Mirroring#Nametable_Mirroring
        ReadOnlySpan<byte> layout = mirroring switch
        {
            Mirroring.Horizontal => [0, 0, 1, 1],
            Mirroring.Vertical => [0, 1, 0, 1],
            Mirroring.SingleScreenLow => [0, 0, 0, 0],
            Mirroring.SingleScreenHigh => [1, 1, 1, 1],
            _ => [0, 1, 2, 3],
        };
        for (int page = 8; page < 16; page++)
        {
            byte* memory = _ciram.Pointer + layout[page & 3] * PpuPageSize - page * PpuPageSize;
            PpuRead[page] = memory;
            PpuWrite[page] = memory;
        }
    }

    /// <summary>Shows an 8 KiB bank of PRG RAM at $6000, or open bus; smaller RAM repeats.</summary>
    protected void MapPrgRam(int bank = 0, bool readable = true, bool writable = true)
    {
        for (int address = 0x6000; address < 0x8000; address += CpuPageSize)
        {
            byte* page = null;
            if (_prgRam is not null)
            {
                page = _prgRam.Pointer + (bank * 8192 + address - 0x6000) % _prgRam.Length - address;
            }

            CpuRead[address >> CpuPageShift] = readable ? page : null;
            CpuWrite[address >> CpuPageShift] = readable && writable ? page : null;
        }
    }

    // Sizes are powers of two but for a few ROMs.
    private static int Wrap(int offset, int length) =>
        (length & length - 1) == 0 ? offset & length - 1 : (offset % length + length) % length;

    private static int RoundUp(int size, int unit) => (size + unit - 1) / unit * unit;
}
