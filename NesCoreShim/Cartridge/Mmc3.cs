namespace NesCoreShim;

/// <summary>
/// MMC3 on the TxROM boards: two PRG and six CHR banks, and a counter clocked by the PPU's address line A12,
/// which rises once a scanline as long as background and sprites use different pattern tables.
/// https://www.nesdev.org/wiki/MMC3
/// </summary>
internal sealed class Mmc3(Cartridge cartridge) : Board(cartridge)
{
    private readonly bool _isRevisionA = cartridge.Submapper == 4;

    // $8000 bank select (CPMx xRRR), $8001 bank data
    private byte _select;
    private readonly byte[] _banks = new byte[8];

    // $A000 mirroring, $A001 PRG RAM protect (RWxx xxxx)
    private byte _mirroring, _protect;

    // $C000 latch, $C001 reload, $E000 disable, $E001 enable
    private byte _latch, _counter;
    private bool _reload, _irqEnabled, _irq;

    // The banks that the chip's RAM happens to hold at power-on; any would do.
    private static ReadOnlySpan<byte> PowerOnBanks => [0, 2, 4, 5, 6, 7, 0, 1];

    public override bool WatchesA12 => true;

    public override int ClocksUntilIrq
    {
        get
        {
            if (!_irqEnabled || _irq)
            {
                return 0;
            }

            return _counter == 0 || _reload ? _latch + 1 : _counter;
        }
    }

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address < 0x8000)
        {
            return;
        }

        switch (address & 0xE001)
        {
            case 0x8000:
                bool exchanges = ((_select ^ value) & 0xC0) != 0;
                _select = value;
                if (exchanges)
                {
                    BeforeBanksMove(cycle);
                    MapPrgBanks();
                    MapChrBanks();
                }

                return;
            case 0x8001:
                WriteBank(value, cycle);
                return;
            case 0xA000:
                if (value != _mirroring)
                {
                    BeforeBanksMove(cycle);
                    _mirroring = value;
                    MapNametables();
                }

                return;
            case 0xA001:
                _protect = value;
                MapRam();
                return;
        }

        WriteIrq(address, value, cycle);
    }

    private void WriteBank(byte value, long cycle)
    {
        int register = _select & 7;
        if (value == _banks[register])
        {
            return;
        }

        _banks[register] = value;
        if (register >= 6)
        {
            MapPrg(register == 7 ? 0xA000 : SwitchedPrg, value, size: 8192);
        }
        else
        {
            BeforeBanksMove(cycle);
            MapChrBanks();
        }
    }

    private void WriteIrq(int address, byte value, long cycle)
    {
        BeforeClockMoves(cycle);
        switch (address & 0xE001)
        {
            case 0xC000:
                _latch = value;
                break;
            case 0xC001:
                _counter = 0;
                _reload = true;
                break;
            case 0xE000:
                _irqEnabled = _irq = false;
                SetIrq(false, cycle);
                break;
            case 0xE001:
                _irqEnabled = true;
                break;
        }

        IrqPlanChanged();
    }

    public override void ClockA12(long cycle)
    {
        bool wasZero = _counter == 0;
        bool reloads = _reload;
        _counter = wasZero || reloads ? _latch : (byte)(_counter - 1);
        _reload = false;

        // Revision A only notices a counter that becomes zero: by counting, or by a reload that was asked for. The
        // others raise the interrupt whenever it is zero. https://www.nesdev.org/wiki/MMC3#IRQ_Specifics
        bool counts = !_isRevisionA || !wasZero || reloads;
        if (_counter == 0 && counts && _irqEnabled && !_irq)
        {
            _irq = true;
            SetIrq(true, cycle);
        }
    }

    public override bool TryPassClocks(int clocks)
    {
        if (ClocksUntilIrq is var left && left != 0 && left <= clocks)
        {
            return false;
        }

        if (clocks > 0)
        {
            ClockA12(cycle: 0);

            // From here on it goes round: down to zero, and to the latch again.
            clocks--;
            _counter = (byte)(clocks <= _counter ? _counter - clocks : _latch - (clocks - _counter - 1) % (_latch + 1));
        }

        return true;
    }

    protected override void PowerOn()
    {
        _select = 0;
        PowerOnBanks.CopyTo(_banks);
        _mirroring = Header.Mirroring == Mirroring.Horizontal ? (byte)1 : (byte)0;
        _protect = 0x80;
        _latch = _counter = 0;
        _reload = _irqEnabled = _irq = false;
        Map();
    }

    public override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _select);
        s.Sync(_banks);
        s.Sync(ref _mirroring);
        s.Sync(ref _protect);
        s.Sync(ref _latch);
        s.Sync(ref _counter);
        s.Sync(ref _reload);
        s.Sync(ref _irqEnabled);
        s.Sync(ref _irq);
        if (s.IsLoading)
        {
            Map();
        }
    }

    private void Map()
    {
        MapPrgBanks();
        MapChrBanks();
        MapNametables();
        MapRam();
    }

    private int SwitchedPrg => (_select & 0x40) == 0 ? 0x8000 : 0xC000;

    private void MapPrgBanks()
    {
        // The chip has six bank lines; images of more than 512 KiB are for a larger one, which takes all eight bits.
        // P exchanges $8000 and $C000; the second last bank is at the one that is not switchable.
        MapPrg(SwitchedPrg, _banks[6], size: 8192);
        MapPrg(SwitchedPrg ^ 0x4000, bank: -2, size: 8192);
        MapPrg(0xA000, _banks[7], size: 8192);
        MapPrg(0xE000, bank: -1, size: 8192);
    }

    private void MapChrBanks()
    {
        // C exchanges the two pattern tables: one with two banks of 2 KiB, one with four of 1 KiB.
        int large = (_select & 0x80) == 0 ? 0x0000 : 0x1000;
        MapChr(large, _banks[0] >> 1, size: 2048);
        MapChr(large + 0x800, _banks[1] >> 1, size: 2048);
        for (int i = 0; i < 4; i++)
        {
            MapChr((large ^ 0x1000) + i * 0x400, _banks[2 + i], size: 1024);
        }
    }

    private void MapNametables()
    {
        if (Header.Mirroring != Mirroring.FourScreen)
        {
            Mirror((_mirroring & 1) != 0 ? Mirroring.Horizontal : Mirroring.Vertical);
        }
    }

    private void MapRam() => MapPrgRam(readable: (_protect & 0x80) != 0, writable: (_protect & 0x40) == 0);
}
