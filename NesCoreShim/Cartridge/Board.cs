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
    private readonly byte[]? _prgRamState;
    private readonly byte[]? _chrRamState;

    protected Board(Cartridge cartridge)
    {
        _cartridge = cartridge;
        RomHeader header = cartridge.Header;

        // Test ROMs report at $6000 even on NROM, so every board carries at least 8 KiB there.
        _prgRam = new PinnedBytes(Math.Max(8192, header.PrgRamSize & ~8191));
        _prgRamState = _prgRam.Array;
        if (cartridge.Chr is null)
        {
            _chrRam = new PinnedBytes(Math.Max(8192, header.ChrRamSize & ~1023));
            _chrRamState = _chrRam.Array;
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

    public static string NameOf(int mapper) => mapper == 0 ? "NROM" : $"mapper {mapper}";

    public static void EnsureSupported(RomHeader header, string name)
    {
        if (header.Mapper != 0)
        {
            throw new UnsupportedBoardException(
                $"{name}: offset 6 names mapper {header.Mapper}, which is not implemented; this core runs mapper 0 (NROM).");
        }

        if (header.PrgRomSize > 32 * 1024)
        {
            throw new UnsupportedBoardException(
                $"{name}: offset 4 says {header.PrgRomSize} bytes of PRG ROM on mapper 0; NROM holds at most 32768.");
        }
    }

    public static Board Create(Cartridge cartridge) => new Nrom(cartridge);

    public void Reset(bool power)
    {
        if (power)
        {
            _ciram.Span.Clear();
            _prgRam!.Span.Clear();
            _chrRam?.Span.Clear();
            MapPrgRam();
            Mirror(_cartridge.Mirroring);
            PowerOn();
        }
    }

    /// <summary>Called when the CPU writes where no page is mapped, $4020-$FFFF.</summary>
    public virtual void WriteRegister(int address, byte value)
    {
    }

    public void Sync(ref StateSync s)
    {
        s.Sync(_ciram.Array);
        s.Sync(_prgRamState!);
        if (_chrRamState is not null)
        {
            s.Sync(_chrRamState);
        }

        SyncRegisters(ref s);
    }

    /// <summary>Sets the power-on banks.</summary>
    protected abstract void PowerOn();

    /// <summary>A board with registers lists them here and maps its banks again after a load.</summary>
    protected virtual void SyncRegisters(ref StateSync s)
    {
    }

    /// <summary>Shows a 16 KiB PRG bank at an address; negative banks count from the end, small ROMs repeat.</summary>
    protected void MapPrg(int address, int bank, int size = 16 * 1024)
    {
        int start = bank * size;
        int length = _cartridge.Prg.Length;
        for (int offset = 0; offset < size; offset += CpuPageSize)
        {
            int source = ((start + offset) % length + length) % length;
            int target = address + offset;
            CpuRead[target >> CpuPageShift] = _cartridge.Prg.Pointer + source - target;
            CpuWrite[target >> CpuPageShift] = null;
        }
    }

    /// <summary>Shows a CHR bank at a PPU address; banks are counted in units of their size.</summary>
    protected void MapChr(int address, int bank, int size = 8 * 1024)
    {
        PinnedBytes memory = _cartridge.Chr ?? _chrRam!;
        for (int offset = 0; offset < size; offset += PpuPageSize)
        {
            int source = ((bank * size + offset) % memory.Length + memory.Length) % memory.Length;
            byte* page = memory.Pointer + source - (address + offset);
            PpuRead[address + offset >> PpuPageShift] = page;
            PpuWrite[address + offset >> PpuPageShift] = _cartridge.Chr is null ? page : null;
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

    private void MapPrgRam()
    {
        for (int address = 0x6000; address < 0x8000; address += CpuPageSize)
        {
            byte* page = _prgRam!.Pointer - 0x6000;
            CpuRead[address >> CpuPageShift] = page;
            CpuWrite[address >> CpuPageShift] = page;
        }
    }
}
