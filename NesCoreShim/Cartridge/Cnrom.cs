namespace NesCoreShim;

/// <summary>CNROM: NROM with one 8 KiB CHR bank to choose. https://www.nesdev.org/wiki/CNROM</summary>
internal sealed class Cnrom(Cartridge cartridge) : Board(cartridge)
{
    private byte _bank;

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address >= 0x8000)
        {
            BeforeBanksMove(cycle);
            _bank = Header.Submapper == 2 ? AfterConflict(address, value) : value;
            MapChr(0x0000, _bank);
        }
    }

    protected override void PowerOn()
    {
        _bank = 0;
        MapPrg(0x8000, bank: 0);
        MapPrg(0xC000, bank: -1);
        MapChr(0x0000, _bank);
    }

    protected override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _bank);
        if (s.IsLoading)
        {
            MapChr(0x0000, _bank);
        }
    }
}
