namespace NesCoreShim;

/// <summary>GxROM: a 32 KiB PRG and an 8 KiB CHR bank in one register. https://www.nesdev.org/wiki/GxROM</summary>
internal sealed class Gxrom(Cartridge cartridge) : LatchBoard(cartridge)
{
    public override int PrgBankSize => WholePrgBankSize;

    protected override byte PictureBits => 0x03;

    protected override bool HasBusConflicts => true;

    // xxPP xxCC
    protected override void Map(byte latch)
    {
        MapPrg(0x8000, latch >> 4 & 3, size: 32 * 1024);
        MapChr(0x0000, latch & 3);
    }
}
