namespace NesCoreShim;

// The delta modulation channel: a bit timer, a one-byte buffer, and a memory reader that halts the CPU.
// https://www.nesdev.org/wiki/APU_DMC
internal sealed partial class Apu
{
    // $4010
    private bool _dmcIrqEnabled, _dmcLoop;
    private int _dmcPeriod;

    // $4011
    private byte _dmcLevel;

    // $4012, $4013
    private int _dmcStart, _dmcLength;

    private int _dmcAddress, _dmcBytesLeft;
    private bool _dmcIrq;
    private bool _dmcBufferFull, _dmcSilent = true;
    private byte _dmcBuffer, _dmcShift;
    private int _dmcBitsLeft = 8;
    private long _dmcTickAt;

    // A write to $4015 reaches the memory reader two APU cycles later: when it stops, and before when it cannot start.
    private long _dmcStopAt = Cpu.Never, _dmcFetchNotBefore;

    // A tick in the cycle after the fetch comes too early to find the byte.
    private long _dmcFilledAt = -2;

    /// <summary>From this cycle on the memory reader wants to halt the CPU.</summary>
    public long DmcFetchAt { get; private set; } = Cpu.Never;

    public int DmcAddress => _dmcAddress;

    /// <summary>A bound: no DMC fetch can begin before this cycle.</summary>
    public long NextDmcFetch
    {
        get
        {
            if (DmcFetchAt != Cpu.Never)
            {
                return DmcFetchAt;
            }

            return _dmcBytesLeft == 0 ? Cpu.Never : _dmcTickAt + (_dmcBitsLeft - 1) * _dmcPeriod;
        }
    }

    /// <summary>Whether more bytes follow the next one that is fetched: its fetch does nothing but take time.</summary>
    public bool IsAmidSample => _dmcBytesLeft > 1;

    // With nothing to play the timer still runs, but nobody can tell until something starts.
    private bool DmcIsIdle => !_plain && _dmcBytesLeft == 0 && _dmcStopAt == Cpu.Never && !_dmcBufferFull && _dmcSilent;

    // Of a byte's eight ticks only the last one is more than sound.
    private long DmcWorkAt => _plain || _samples is not null ? _dmcTickAt : _dmcTickAt + (_dmcBitsLeft - 1) * _dmcPeriod;

    /// <summary>The memory reader got its byte.</summary>
    public void DmcFetched(byte sample, long cycle)
    {
        RunDmc(cycle + 1);
        DmcFetchAt = Cpu.Never;
        _dmcBuffer = sample;
        _dmcBufferFull = true;
        _dmcFilledAt = cycle;
        if (_dmcBytesLeft == 0)
        {
            Schedule();
            return;
        }

        _dmcAddress = _dmcAddress + 1 & 0xFFFF | 0x8000;
        _dmcBytesLeft--;
        if (_dmcBytesLeft == 0)
        {
            if (_dmcLoop)
            {
                RestartSample();
            }
            else if (_dmcIrqEnabled)
            {
                _dmcIrq = true;
                _cpu.SetDmcIrq(true, cycle);
            }

            if (!_dmcLoop && _dmcBitsLeft == 1 && _dmcTickAt == cycle + 3)
            {
                // The last byte came just as the buffer is emptied again: the reader starts a fetch it has no byte
                // for, and gives it up a cycle later. https://www.nesdev.org/wiki/DMA#Implicit_DMA_abort
                RestartSample();
                _dmcStopAt = _dmcTickAt + 1;
            }
        }

        Schedule();
    }

    private void PowerOnDmc()
    {
        _dmcIrqEnabled = _dmcLoop = _dmcIrq = _dmcBufferFull = false;
        _dmcSilent = true;
        _dmcPeriod = _timing.DmcPeriods[0];
        _dmcLevel = _dmcBuffer = _dmcShift = 0;
        _dmcStart = _dmcAddress = 0xC000;
        _dmcLength = 1;
        _dmcBytesLeft = 0;
        _dmcBitsLeft = 8;
        DmcFetchAt = Cpu.Never;
        _dmcStopAt = Cpu.Never;
        _dmcFetchNotBefore = 0;
        _dmcFilledAt = -2;

        // The timer counts APU cycles: it always ticks on a "put".
        _dmcTickAt = _dmcPeriod + 1;
    }

    private void WriteDmc(int address, byte value, long cycle)
    {
        SkipIdleTicks(cycle + 1);
        switch (address)
        {
            case 0x4010:
                _dmcIrqEnabled = (value & 0x80) != 0;
                _dmcLoop = (value & 0x40) != 0;
                _dmcPeriod = _timing.DmcPeriods[value & 0x0F];
                if (!_dmcIrqEnabled && _dmcIrq)
                {
                    _dmcIrq = false;
                    _cpu.SetDmcIrq(false, cycle);
                }

                break;
            case 0x4011:
                _dmcLevel = (byte)(value & 0x7F);
                break;
            case 0x4012:
                _dmcStart = 0xC000 | value << 6;
                break;
            case 0x4013:
                _dmcLength = value << 4 | 1;
                break;
        }
    }

    private void EnableDmc(bool enabled, long cycle)
    {
        SkipIdleTicks(cycle + 1);
        if (_dmcIrq)
        {
            _dmcIrq = false;
            _cpu.SetDmcIrq(false, cycle);
        }

        // https://www.nesdev.org/wiki/DMA#DMC_DMA
        long effective = cycle + ((cycle & 1) == 0 ? 4 : 3);
        if (!enabled)
        {
            _dmcStopAt = effective;
            return;
        }

        _dmcStopAt = Cpu.Never;
        if (_dmcBytesLeft == 0)
        {
            RestartSample();
            _dmcFetchNotBefore = effective;
            if (!_dmcBufferFull)
            {
                DmcFetchAt = effective;
            }
        }
    }

    private void RestartSample()
    {
        _dmcAddress = _dmcStart;
        _dmcBytesLeft = _dmcLength;
    }

    private void RunDmc(long cycle)
    {
        if (DmcIsIdle)
        {
            return;
        }

        while (true)
        {
            if (_dmcStopAt < cycle && _dmcStopAt <= _dmcTickAt)
            {
                // A fetch that has halted the CPU and not read yet is abandoned.
                _dmcStopAt = Cpu.Never;
                _dmcBytesLeft = 0;
                DmcFetchAt = Cpu.Never;
            }
            else if (_dmcTickAt < cycle)
            {
                // Listeners want every tick in its turn; otherwise the rest of a byte may pass at once.
                bool isWhole = _samples is null && _dmcTickAt + (_dmcBitsLeft - 1) * _dmcPeriod < Math.Min(cycle, _dmcStopAt);
                TickDmc(isWhole ? _dmcBitsLeft : 1);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Some ticks, no more than the byte has bits left.</summary>
    private void TickDmc(int ticks)
    {
        if (!_dmcSilent)
        {
            Hear(_dmcTickAt);
            ShiftOut(ticks);
        }

        _dmcTickAt += (ticks - 1) * _dmcPeriod;
        _dmcBitsLeft -= ticks;
        if (_dmcBitsLeft == 0)
        {
            _dmcBitsLeft = 8;
            bool full = _dmcBufferFull && _dmcTickAt != _dmcFilledAt + 1;
            _dmcSilent = !full;
            if (full)
            {
                _dmcShift = _dmcBuffer;
                _dmcBufferFull = false;
                if (_dmcBytesLeft != 0)
                {
                    DmcFetchAt = Math.Max(_dmcTickAt, _dmcFetchNotBefore);
                }
            }
        }

        _dmcTickAt += _dmcPeriod;
    }

    private void ShiftOut(int bits)
    {
        // Far enough from both ends the order of the steps does not matter.
        if (_dmcLevel >= 2 * bits && _dmcLevel <= 127 - 2 * bits)
        {
            int rises = Bits.PopCount((ulong)(_dmcShift & (1 << bits) - 1));
            _dmcLevel = (byte)(_dmcLevel + 4 * rises - 2 * bits);
            _dmcShift = (byte)(_dmcShift >> bits);
            return;
        }

        for (; bits > 0; bits--)
        {
            int level = _dmcLevel + ((_dmcShift & 1) != 0 ? 2 : -2);
            if (level is >= 0 and <= 127)
            {
                _dmcLevel = (byte)level;
            }

            _dmcShift >>= 1;
        }
    }

    /// <summary>An idle channel's ticks only count bits round and round: eight return to the same place.</summary>
    private void SkipIdleTicks(long cycle)
    {
        if (DmcIsIdle && _dmcTickAt < cycle)
        {
            long ticks = (cycle - _dmcTickAt + _dmcPeriod - 1) / _dmcPeriod;
            _dmcTickAt += ticks * _dmcPeriod;
            _dmcBitsLeft = 8 - (int)((8 - _dmcBitsLeft + ticks) & 7);
        }
    }

    private void SyncDmcClocks(ref StateSync s)
    {
        if (!s.IsLoading)
        {
            RunDmc(_cycle);
            SkipIdleTicks(_cycle);
        }

        s.Sync(ref _dmcTickAt);
        s.Sync(ref _dmcStopAt);
        s.Sync(ref _dmcFetchNotBefore);
        long fetchAt = DmcFetchAt;
        s.Sync(ref fetchAt);
        DmcFetchAt = fetchAt;
    }

    private void SyncDmc(ref StateSync s)
    {
        s.Sync(ref _dmcIrqEnabled);
        s.Sync(ref _dmcLoop);
        s.Sync(ref _dmcPeriod);
        s.Sync(ref _dmcLevel);
        s.Sync(ref _dmcStart);
        s.Sync(ref _dmcLength);
        s.Sync(ref _dmcAddress);
        s.Sync(ref _dmcBytesLeft);
        s.Sync(ref _dmcIrq);
        s.Sync(ref _dmcBufferFull);
        s.Sync(ref _dmcSilent);
        s.Sync(ref _dmcBuffer);
        s.Sync(ref _dmcShift);
        s.Sync(ref _dmcBitsLeft);
        s.Sync(ref _dmcFilledAt);
        if (s.IsLoading)
        {
            // Only what registers can hold.
            _dmcPeriod = Array.IndexOf(_timing.DmcPeriods, _dmcPeriod) >= 0 ? _dmcPeriod : _timing.DmcPeriods[0];
            _dmcStart = _dmcStart & 0x3FC0 | 0xC000;
            _dmcLength = _dmcLength & 0x0FF0 | 1;
            _dmcAddress = _dmcAddress & 0x7FFF | 0x8000;
            _dmcBytesLeft &= 0x0FFF;
            _dmcBitsLeft = Math.Min(Math.Max(_dmcBitsLeft, 1), 8);
            _dmcLevel &= 0x7F;
        }
    }
}
