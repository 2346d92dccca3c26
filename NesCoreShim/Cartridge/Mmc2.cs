namespace NesCoreShim;

/// <summary>
/// MMC2 on PxROM: an 8 KiB PRG bank before three fixed ones, and two CHR banks for each pattern table, between which
/// the PPU itself switches by fetching tile $FD or $FE. https://www.nesdev.org/wiki/MMC2
/// </summary>
internal class Mmc2(Cartridge cartridge) : Board(cartridge)
{
    // $A000 PRG, $B000/$C000 CHR at $0000 after $FD/$FE, $D000/$E000 CHR at $1000 after $FD/$FE, $F000 mirroring.
    private readonly byte[] _registers = new byte[6];

    // For each pattern table: 0 after tile $FD, 1 after $FE.
    private readonly byte[] _latches = new byte[2];

    public override bool WatchesFetches => true;

    protected byte PrgBank => _registers[0];

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address is >= 0xA000 and < 0xB000)
        {
            _registers[0] = value;
            MapPrgBanks();
        }
        else if (address >= 0xB000)
        {
            BeforeBanksMove(cycle);
            _registers[(address >> 12) - 0xA] = value;
            Map();
        }
    }

    // The bank changes once the tile's second byte has been read, so the tile itself still comes from the old one.
    public override void PatternFetched(int address)
    {
        int table = address >> 12;
        int tile = address >> 4 & 0xFF;
        if (table <= 1 && tile is 0xFD or 0xFE && (address & 8) != 0 && IsTrigger(address))
        {
            _latches[table] = (byte)(tile - 0xFD);
            MapChrBank(table);
        }
    }

    /// <summary>The left table's latch looks at one row of the tile only.</summary>
    protected virtual bool IsTrigger(int address) => address >= 0x1000 || (address & 7) == 0;

    protected virtual void MapPrgBanks()
    {
        MapPrg(0x8000, PrgBank & 0x0F, size: 8192);
        for (int bank = -3; bank < 0; bank++)
        {
            MapPrg(0x10000 + bank * 8192, bank, size: 8192);
        }
    }

    protected override void PowerOn()
    {
        Array.Clear(_registers, 0, _registers.Length);
        _registers[5] = Header.Mirroring == Mirroring.Horizontal ? (byte)1 : (byte)0;
        _latches[0] = _latches[1] = 1;
        Map();
    }

    public override void SyncRegisters(ref StateSync s)
    {
        s.Sync(_registers);
        s.Sync(_latches);
        if (s.IsLoading)
        {
            _latches[0] &= 1;
            _latches[1] &= 1;
            Map();
        }
    }

    private void Map()
    {
        MapPrgBanks();
        MapChrBank(0);
        MapChrBank(1);
        Mirror((_registers[5] & 1) != 0 ? Mirroring.Horizontal : Mirroring.Vertical);
    }

    private void MapChrBank(int table) => MapChr(table << 12, _registers[1 + 2 * table + _latches[table]] & 0x1F, size: 4096);
}
