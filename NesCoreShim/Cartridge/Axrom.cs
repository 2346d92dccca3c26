namespace NesCoreShim;

/// <summary>AxROM: one 32 KiB bank, and which half of CIRAM is the only nametable. https://www.nesdev.org/wiki/AxROM</summary>
internal sealed class Axrom(Cartridge cartridge) : LatchBoard(cartridge)
{
    public override int PrgBankSize => WholePrgBankSize;

    protected override byte PictureBits => 0x10;

    protected override void PowerOn()
    {
        base.PowerOn();
        MapChr(0x0000, bank: 0);
    }

    // xxxM PPPP
    protected override void Map(byte latch)
    {
        MapPrg(0x8000, latch & 0x0F, size: 32 * 1024);
        Mirror((latch & 0x10) != 0 ? Mirroring.SingleScreenHigh : Mirroring.SingleScreenLow);
    }
}
