namespace NesCoreShim;

/// <summary>NROM: no registers; 16 KiB images appear twice. https://www.nesdev.org/wiki/NROM</summary>
internal sealed class Nrom(Cartridge cartridge) : Board(cartridge)
{
    public override int PrgBankSize => Prg.Length == 32 * 1024 ? 32 * 1024 : 16 * 1024;

    protected override void PowerOn()
    {
        MapPrg(0x8000, bank: 0);
        MapPrg(0xC000, bank: -1);
        MapChr(0x0000, bank: 0);
    }
}
