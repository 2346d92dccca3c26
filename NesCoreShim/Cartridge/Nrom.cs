namespace NesCoreShim;

/// <summary>NROM: no registers; 16 KiB images appear twice. https://www.nesdev.org/wiki/NROM</summary>
internal sealed class Nrom(Cartridge cartridge) : Board(cartridge)
{
    protected override void PowerOn()
    {
        MapPrg(0x8000, bank: 0);
        MapPrg(0xC000, bank: -1);
        MapChr(0x0000, bank: 0);
    }
}
