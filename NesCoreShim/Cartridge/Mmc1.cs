namespace NesCoreShim;

/// <summary>
/// MMC1 on the SxROM boards: five-bit registers, written a bit at a time through one serial port.
/// https://www.nesdev.org/wiki/MMC1
/// </summary>
internal sealed class Mmc1(Cartridge cartridge) : Board(cartridge)
{
    public override int PrgBankSize => 16 * 1024;

    // The port is full when the 1 that starts at the top has been shifted out.
    private const int EmptyPort = 0x10;

    private int _port;
    private long _writtenAt;

    // $8000 control (CPPMM), $A000 and $C000 CHR banks, $E000 PRG bank (RPPPP).
    private readonly byte[] _registers = new byte[4];

    // SNROM: the top CHR line, which its 8 KiB of CHR RAM do not need, also takes the RAM off the bus.
    // https://www.nesdev.org/wiki/MMC1#SxROM_connection_variants
    private readonly bool _isSnrom = cartridge.ChrRomSize == 0 && cartridge.PrgRomSize <= 256 * 1024 && cartridge.Header.PrgRamSize is > 0 and <= 8192;

    private int Control => _registers[0];

    // In 4 KiB mode that line follows PPU A12.
    private bool RamFollowsA12 =>
        _isSnrom && (Control & 0x10) != 0 && (_registers[3] & 0x10) == 0 && ((_registers[1] ^ _registers[2]) & 0x10) != 0;

    public override byte ReadUnmapped(int address, byte openBus, long cycle) =>
        address is >= 0x6000 and < 0x8000 && RamFollowsA12 && IsRamOnBus(cycle) ? ReadPrgRam(address) : openBus;

    public override byte Peek(int address, byte openBus) =>
        address is >= 0x6000 and < 0x8000 && RamFollowsA12 ? ReadPrgRam(address) : openBus;

    public override void WriteRegister(int address, byte value, long cycle)
    {
        if (address < 0x8000)
        {
            if (address >= 0x6000 && RamFollowsA12 && IsRamOnBus(cycle))
            {
                WritePrgRam(address, value);
            }

            return;
        }

        // "When the serial port is written to on consecutive cycles, it ignores every write after the first."
        // A reset is never ignored. https://www.nesdev.org/wiki/MMC1#Consecutive-cycle_writes
        bool isEcho = _writtenAt == cycle - 1;
        _writtenAt = cycle;
        if ((value & 0x80) != 0)
        {
            _port = EmptyPort;
            _registers[0] |= 0x0C;
            MapCpuBanks();
        }
        else if (!isEcho)
        {
            bool isFifth = (_port & 1) != 0;
            _port = _port >> 1 | (value & 1) << 4;
            if (isFifth)
            {
                WriteBank(address >> 13 & 3, (byte)_port, cycle);
                _port = EmptyPort;
            }
        }
    }

    private void WriteBank(int register, byte value, long cycle)
    {
        if (value == _registers[register])
        {
            return;
        }

        bool movesPicture = register < 3;
        if (movesPicture)
        {
            BeforeBanksMove(cycle);
        }

        _registers[register] = value;
        if (movesPicture)
        {
            Map();
        }
        else
        {
            MapCpuBanks();
        }
    }

    protected override void PowerOn()
    {
        _port = EmptyPort;
        _writtenAt = -2;
        Array.Clear(_registers, 0, 4);
        _registers[0] = 0x0C;
        Map();
    }

    public override void SyncRegisters(ref StateSync s)
    {
        s.Sync(ref _port);
        s.Sync(ref _writtenAt);
        s.Sync(_registers);
        if (s.IsLoading)
        {
            Map();
        }
    }

    private void Map()
    {
        Mirror((Control & 3) switch
        {
            0 => Mirroring.SingleScreenLow,
            1 => Mirroring.SingleScreenHigh,
            2 => Mirroring.Vertical,
            _ => Mirroring.Horizontal,
        });
        MapChrBanks();
        MapCpuBanks();
    }

    private bool IsRamOnBus(long cycle) => (_registers[IsA12High(cycle) ? 2 : 1] & 0x10) == 0;

    private void MapChrBanks()
    {
        if ((Control & 0x10) == 0)
        {
            MapChr(0x0000, _registers[1] >> 1);
        }
        else
        {
            MapChr(0x0000, _registers[1], size: 4096);
            MapChr(0x1000, _registers[2], size: 4096);
        }
    }

    private void MapCpuBanks()
    {
        // The MMC1B's R bit takes the RAM off the bus.
        bool isOff = (_registers[3] & 0x10) != 0 || _isSnrom && (_registers[1] & 0x10) != 0 || RamFollowsA12;
        MapPrgRam(RamBank, readable: !isOff);

        // SUROM and SXROM: 512 KiB of PRG ROM, whose upper half the top CHR line selects. The line follows PPU A12 in
        // 4 KiB mode; programs keep it the same in both registers, and we take the first.
        int outer = Prg.Length > 256 * 1024 ? _registers[1] & 0x10 : 0;
        int bank = outer | _registers[3] & 0x0F;
        switch (Header.Submapper == 5 ? 0 : Control >> 2 & 3)
        {
            case 2:
                MapPrg(0x8000, outer);
                MapPrg(0xC000, bank);
                break;
            case 3:
                MapPrg(0x8000, bank);
                MapPrg(0xC000, Prg.Length > 256 * 1024 ? outer | 0x0F : -1);
                break;
            default:
                MapPrg(0x8000, Header.Submapper == 5 ? 0 : bank >> 1, size: 32 * 1024);
                break;
        }
    }

    /// <summary>
    /// Boards with more RAM than fits at $6000 use spare CHR lines for it: SXROM bits 2-3, SOROM bit 3, and SZROM,
    /// which has CHR ROM too, bit 4. https://www.nesdev.org/wiki/MMC1#SxROM_connection_variants
    /// </summary>
    private int RamBank => PrgRamSize switch
    {
        > 16 * 1024 => _registers[1] >> 2 & 3,
        > 8 * 1024 => Header.ChrRomSize != 0 ? _registers[1] >> 4 & 1 : _registers[1] >> 3 & 1,
        _ => 0,
    };
}
