namespace NesCoreShim;

/// <summary>UxROM: one 16 KiB bank at $8000, the last one fixed at $C000. https://www.nesdev.org/wiki/UxROM</summary>
internal sealed class Uxrom(Cartridge cartridge) : LatchBoard(cartridge)
{
    public override int PrgBankSize => 16 * 1024;

    protected override byte PictureBits => 0x00;

    protected override void PowerOn()
    {
        base.PowerOn();
        MapPrg(0xC000, bank: -1);
        MapChr(0x0000, bank: 0);
    }

    protected override void Map(byte latch) => MapPrg(0x8000, latch);
}
