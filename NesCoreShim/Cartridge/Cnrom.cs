namespace NesCoreShim;

/// <summary>CNROM: NROM with one 8 KiB CHR bank to choose. https://www.nesdev.org/wiki/CNROM</summary>
internal sealed class Cnrom(Cartridge cartridge) : LatchBoard(cartridge)
{
    protected override void PowerOn()
    {
        base.PowerOn();
        MapPrg(0x8000, bank: 0);
        MapPrg(0xC000, bank: -1);
    }

    protected override void Map(byte latch) => MapChr(0x0000, latch);
}
