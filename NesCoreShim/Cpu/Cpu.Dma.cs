namespace NesCoreShim;

// DMA: both units halt the CPU on a read cycle and take turns on the bus.
// https://www.nesdev.org/wiki/DMA
internal sealed unsafe partial class Cpu
{
    private bool _oamDmaPending;
    private byte _oamDmaPage;

    // The cycle after the last DMA, and what was on the bus before it.
    private long _dmaEnd = -1;
    private byte _busBeforeDma;

    /// <summary>DMA units read on "get" cycles and write on "put" cycles, which alternate from power-on.</summary>
    private static bool IsGet(long cycle) => (cycle & 1) == 0;

    /// <summary>
    /// The CPU wanted to read this address and is halted instead. While it waits the read is repeated,
    /// side effects and all.
    /// </summary>
    private void RunDma(int address)
    {
        _busBeforeDma = _bus;
        int source = _oamDmaPage << 8;
        int oamDone = 0;
        bool oamLoaded = false;
        byte oamValue = 0;

        // Both units need one halted cycle first; the DMC then wastes another before it may read.
        bool oamHalted = false;
        int dmcWait = 2;
        while (true)
        {
            // A fetch abandoned in the very cycle it would read still reads.
            bool get = IsGet(_cycle);
            bool dmc = dmcWait == 0 && get && _apu.DmcFetchAt <= _cycle;
            _apu.CatchUp(_cycle + 1);
            dmc |= _apu.DmcFetchAt <= _cycle;
            bool oam = _oamDmaPending;
            if (!dmc && !oam)
            {
                _dmaEnd = _cycle;
                return;
            }

            if (dmc && get && dmcWait == 0)
            {
                byte sample = ReadForDma(_apu.DmcAddress, address);
                _apu.DmcFetched(sample, _cycle - 1);
                dmcWait = 2;
                continue;
            }

            if (dmc && dmcWait > 0)
            {
                dmcWait--;
            }

            if (!oam || !oamHalted)
            {
                oamHalted = oam;
                ReadNow(address);
            }
            else if (get)
            {
                int copied = dmc ? 0 : CopyOam(oamDone, address);
                oamDone += copied;
                _oamDmaPending = oamDone < 256;
                if (copied == 0)
                {
                    oamValue = ReadForDma(source | oamDone, address);
                    oamLoaded = true;
                }
            }
            else if (oamLoaded)
            {
                WriteExact(0x2004, oamValue);
                oamLoaded = false;
                oamDone++;
                if (oamDone == 256)
                {
                    _oamDmaPending = false;
                }
            }
            else
            {
                ReadNow(address);
            }
        }
    }

    /// <summary>
    /// A DMA unit reads. The registers inside the chip listen to the CPU's address, not to the DMA's: only if the CPU is
    /// halted on $4000-$401F do they answer, and then to any address whose low five bits name one.
    /// https://www.nesdev.org/wiki/DMA#Register_conflicts
    /// </summary>
    private byte ReadForDma(int address, int halted)
    {
        const int outside = 0x4018;
        byte value = ReadNow((address & 0xFFE0) == 0x4000 ? outside : address);
        if ((halted & 0xFFE0) != 0x4000)
        {
            return value;
        }

        long cycle = _cycle - 1;
        switch (address & 0x1F)
        {
            case 0x15:
                return (byte)(_apu.ReadStatus(cycle) | value & 0x20);
            case 0x16:
            case 0x17:
                // The controller drives the low bits and memory the rest.
                return _bus = (byte)(_joypads.Read(address & 1, cycle) | value & 0xE0);
            default:
                return value;
        }
    }

    /// <summary>What of an OAM DMA can be done at once from here: from memory, while the PPU rests, up to the next DMC fetch.</summary>
    /// <param name="done">How many bytes are there already.</param>
    /// <param name="address">What the CPU wanted to read; registers would answer, too.</param>
    /// <returns>How many bytes were copied, two cycles each.</returns>
    private int CopyOam(int done, int address)
    {
        byte* source = _readPages[_oamDmaPage << 8 >> Board.CpuPageShift];
        int count = (int)Math.Min(256 - done, (_apu.NextDmcFetch - _cycle) / 2);
        if (_plain || source == null || _readPages[address >> Board.CpuPageShift] == null || count <= 0
            || !_ppu.TryCopyOam(source + (_oamDmaPage << 8 | done), count, _cycle, _cycle + 2 * count - 1))
        {
            return 0;
        }

        _cycle += 2 * count;
        _bus = source[_oamDmaPage << 8 | done + count - 1];
        return count;
    }
}
