namespace NesCoreShim;

// DMA: both units halt the CPU on a read cycle and take turns on the bus.
// https://www.nesdev.org/wiki/DMA
internal sealed unsafe partial class Cpu
{
    private bool _oamDmaPending;
    private byte _oamDmaPage;

    /// <summary>DMA units read on "get" cycles and write on "put" cycles, which alternate from power-on.</summary>
    private static bool IsGet(long cycle) => (cycle & 1) == 0;

    /// <summary>
    /// The CPU wanted to read this address and is halted instead. While it waits the read is repeated,
    /// side effects and all.
    /// </summary>
    private void RunDma(int address)
    {
        int source = _oamDmaPage << 8;
        int oamDone = 0;
        bool oamLoaded = false;
        byte oamValue = 0;

        // Both units need one halted cycle first; the DMC then wastes another before it may read.
        bool oamHalted = false;
        int dmcWait = 2;
        while (true)
        {
            _apu.CatchUp(_cycle + 1);
            bool dmc = _apu.DmcFetchAt <= _cycle;
            bool oam = _oamDmaPending;
            if (!dmc && !oam)
            {
                return;
            }

            bool get = IsGet(_cycle);
            if (dmc && get && dmcWait == 0)
            {
                byte sample = ReadNow(_apu.DmcAddress);
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
                oamValue = ReadNow(source | oamDone);
                oamLoaded = true;
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
}
