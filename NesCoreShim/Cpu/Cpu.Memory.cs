namespace NesCoreShim;

// The bus: pages serve reads and writes, register space takes the long way round.
// https://www.nesdev.org/wiki/CPU_memory_map
internal sealed unsafe partial class Cpu
{
    /// <summary>Looks without touching: no latch moves, no flag clears.</summary>
    public byte Peek(int address)
    {
        byte* page = _readPages[address >> Board.CpuPageShift];
        if (page != null)
        {
            return page[address];
        }

        return address switch
        {
            < 0x4000 => _ppu.PeekRegister(address & 7),
            0x4015 => (byte)(_apu.PeekStatus(_cycle) | _bus & 0x20),
            0x4016 or 0x4017 => (byte)(_joypads.Peek(address & 1) | _bus & 0xE0),
            >= 0x4020 => _board.Peek(address, _bus),
            _ => _bus,
        };
    }

    /// <summary>Writes memory behind the machine's back; registers and ROM are left alone.</summary>
    public bool Poke(int address, byte value)
    {
        byte* page = _writePages[address >> Board.CpuPageShift];
        if (page == null)
        {
            return false;
        }

        page[address] = value;
        return true;
    }

    /// <summary>A read cycle at which a DMA may step in first.</summary>
    private byte ReadExact(int address)
    {
        NoteRead(address);
        _apu.CatchUp(_cycle + 1);
        if (_apu.DmcFetchAt <= _cycle)
        {
            RunDma(address);
        }

        return ReadNow(address);
    }

    /// <summary>One read cycle.</summary>
    private byte ReadNow(int address)
    {
        long cycle = _cycle++;
        if (_plain)
        {
            _ppu.CatchUp(cycle);
            _apu.CatchUp(cycle + 1);
        }

        byte* page = _readPages[address >> Board.CpuPageShift];
        if (page != null)
        {
            return _bus = page[address];
        }

        if (address < 0x4000)
        {
            _bus = _ppu.ReadRegister(address & 7, cycle);
            NoteRegisterRead(address, _bus);
            return _bus;
        }

        _leftTraces = true;
        return address >= 0x4020 ? _bus = _board.ReadUnmapped(address, _bus, cycle) : ReadInternal(address, cycle);
    }

    /// <summary>The 2A03's own registers, $4000-$401F.</summary>
    private byte ReadInternal(int address, long cycle)
    {
        switch (address)
        {
            case 0x4015:
                // The status register sits inside the chip: reading it leaves the outer bus as it was.
                // Its bit 5 is the inner bus, which a DMA just before does not touch.
                _nextEvent = 0;
                return (byte)(_apu.ReadStatus(cycle) | (cycle == _dmaEnd ? _busBeforeDma : _bus) & 0x20);
            case 0x4016:
            case 0x4017:
                return _bus = (byte)(_joypads.Read(address & 1, cycle) | _bus & 0xE0);
            default:
                return _bus;
        }
    }

    /// <summary>One write cycle; nothing can halt a write.</summary>
    private void WriteExact(int address, byte value)
    {
        long cycle = _cycle++;
        if (_plain)
        {
            _ppu.CatchUp(cycle);
            _apu.CatchUp(cycle + 1);
        }

        _bus = value;
        byte* page = _writePages[address >> Board.CpuPageShift];
        if (page != null)
        {
            _leftTraces |= page[address] != value;
            page[address] = value;
            return;
        }

        _leftTraces = true;
        if (address < 0x4000)
        {
            _ppu.WriteRegister(address & 7, value, cycle);
        }
        else if (address == 0x4014)
        {
            _oamDmaPending = true;
            _oamDmaPage = value;
            _nextEvent = 0;
        }
        else if (address == 0x4016)
        {
            _joypads.Write(value, cycle);
        }
        else if (address < 0x4020)
        {
            _apu.WriteRegister(address, value, cycle);
            _nextEvent = 0;
        }
        else
        {
            _board.WriteRegister(address, value, cycle);
        }
    }
}
