namespace NesCoreShim;

/// <summary>CNROM: NROM with one 8 KiB CHR bank to choose. https://www.nesdev.org/wiki/CNROM</summary>
internal sealed class Cnrom(Cartridge cartridge) : LatchBoard(cartridge)
{
    public override int PrgBankSize => Prg.Length == 32 * 1024 ? 32 * 1024 : 16 * 1024;

    protected override void PowerOn()
    {
        base.PowerOn();
        MapPrg(0x8000, bank: 0);
        MapPrg(0xC000, bank: -1);
    }

    protected override void Map(byte latch) => MapChr(0x0000, latch);
}
