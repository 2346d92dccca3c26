namespace NesCoreShim;

/// <summary>Color Dreams: a 32 KiB PRG and an 8 KiB CHR bank in one register, the other way round than GxROM. https://www.nesdev.org/wiki/Color_Dreams</summary>
internal sealed class ColorDreams(Cartridge cartridge) : Board(cartridge)
{
    private byte _banks;

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address >= 0x8000)
        {
            BeforeBanksMove(cycle);
            _banks = AfterConflict(address, value);
            Map();
        }
    }

    protected override void PowerOn()
    {
        _banks = 0;
        Map();
    }

    protected override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _banks);
        if (s.IsLoading)
        {
            Map();
        }
    }

    // CCCC LLPP; L is the lockout defeat.
    private void Map()
    {
        MapPrg(0x8000, _banks & 3, size: 32 * 1024);
        MapChr(0x0000, _banks >> 4);
    }
}
