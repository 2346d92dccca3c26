namespace NesCoreShim;

/// <summary>UxROM: one 16 KiB bank at $8000, the last one fixed at $C000. https://www.nesdev.org/wiki/UxROM</summary>
internal sealed class Uxrom(Cartridge cartridge) : Board(cartridge)
{
    private byte _bank;

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address >= 0x8000)
        {
            // Submapper 2 says that the ROM answers too; otherwise programs are trusted to have avoided it.
            _bank = Header.Submapper == 2 ? AfterConflict(address, value) : value;
            MapPrg(0x8000, _bank);
        }
    }

    protected override void PowerOn()
    {
        _bank = 0;
        MapPrg(0x8000, _bank);
        MapPrg(0xC000, bank: -1);
        MapChr(0x0000, bank: 0);
    }

    protected override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _bank);
        if (s.IsLoading)
        {
            MapPrg(0x8000, _bank);
        }
    }
}
