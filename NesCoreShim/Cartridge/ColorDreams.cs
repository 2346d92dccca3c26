namespace NesCoreShim;

/// <summary>Color Dreams: a 32 KiB PRG and an 8 KiB CHR bank in one register, the other way round than GxROM. https://www.nesdev.org/wiki/Color_Dreams</summary>
internal sealed class ColorDreams(Cartridge cartridge) : LatchBoard(cartridge)
{
    public override int PrgBankSize => WholePrgBankSize;

    protected override byte PictureBits => 0xF0;

    protected override bool HasBusConflicts => true;

    // CCCC LLPP; L is the lockout defeat.
    protected override void Map(byte latch)
    {
        MapPrg(0x8000, latch & 3, size: 32 * 1024);
        MapChr(0x0000, latch >> 4);
    }
}
