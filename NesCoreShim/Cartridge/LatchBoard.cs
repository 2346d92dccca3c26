namespace NesCoreShim;

/// <summary>A board whose one register, a latch, is written anywhere in $8000-$FFFF. https://www.nesdev.org/wiki/Category:Discrete_logic_mappers</summary>
internal abstract class LatchBoard(Cartridge cartridge) : Board(cartridge)
{
    private byte _latch;

    /// <summary>
    /// Whether the ROM answers a write too. NES 2.0 submapper 2 says so for UxROM, CNROM and AxROM; otherwise programs are
    /// trusted to have avoided it.
    /// </summary>
    protected virtual bool HasBusConflicts => Header.Submapper == 2;

    /// <summary>The bits that choose what the PPU sees; the others leave it alone.</summary>
    protected virtual byte PictureBits => 0xFF;

    public sealed override void WriteRegister(int address, byte value, long cycle)
    {
        if (address >= 0x8000)
        {
            byte latch = HasBusConflicts ? AfterConflict(address, value) : value;
            if (((latch ^ _latch) & PictureBits) != 0)
            {
                BeforeBanksMove(cycle);
            }

            _latch = latch;
            Map(latch);
        }
    }

    /// <summary>What the latch does not move is mapped by those that override this.</summary>
    protected override void PowerOn()
    {
        _latch = 0;
        Map(_latch);
    }

    public sealed override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _latch);
        if (s.IsLoading)
        {
            Map(_latch);
        }
    }

    /// <summary>Moves the banks that the latch chooses.</summary>
    protected abstract void Map(byte latch);
}
