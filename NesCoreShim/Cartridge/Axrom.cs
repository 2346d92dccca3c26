namespace NesCoreShim;

/// <summary>AxROM: one 32 KiB bank, and which half of CIRAM is the only nametable. https://www.nesdev.org/wiki/AxROM</summary>
internal sealed class Axrom(Cartridge cartridge) : Board(cartridge)
{
    private byte _bank;

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address >= 0x8000)
        {
            BeforeBanksMove(cycle);
            _bank = Header.Submapper == 2 ? AfterConflict(address, value) : value;
            Map();
        }
    }

    protected override void PowerOn()
    {
        _bank = 0;
        MapChr(0x0000, bank: 0);
        Map();
    }

    protected override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _bank);
        if (s.IsLoading)
        {
            Map();
        }
    }

    // xxxM PPPP
    private void Map()
    {
        MapPrg(0x8000, _bank & 0x0F, size: 32 * 1024);
        Mirror((_bank & 0x10) != 0 ? Mirroring.SingleScreenHigh : Mirroring.SingleScreenLow);
    }
}
