namespace NesCoreShim;

/// <summary>MMC4 on FxROM: MMC2 with 16 KiB PRG banks and latches that look at whole tiles. https://www.nesdev.org/wiki/MMC4</summary>
internal sealed class Mmc4(Cartridge cartridge) : Mmc2(cartridge)
{
    public override int PrgBankSize => 16 * 1024;

    protected override bool IsTrigger(int address) => true;

    protected override void MapPrgBanks()
    {
        MapPrg(0x8000, PrgBank & 0x0F);
        MapPrg(0xC000, bank: -1);
    }
}
