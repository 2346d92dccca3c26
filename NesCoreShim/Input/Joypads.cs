namespace NesCoreShim;

/// <summary>
/// Two standard controllers behind $4016 and $4017: while the strobe is high they keep loading, then
/// each read shifts one bit out, and ones follow the eighth.
/// https://www.nesdev.org/wiki/Standard_controller
/// </summary>
internal sealed class Joypads(NesOptions options)
{
    private readonly byte[] _buttons = new byte[2];
    private readonly byte[] _shift = new byte[2];
    private readonly byte[] _output = new byte[2];
    private readonly long[] _lastRead = [-1 - GapOfFetch, -1 - GapOfFetch];

    // Cycles from one read to the next that the controller takes for the same: a DMC fetch parts them by two, a program by four.
    private readonly int _gap = options.LikeFceux ? GapOfFetch : NoGap;
    private const int NoGap = 1, GapOfFetch = 2;
    private bool _strobe, _strobeWritten;
    private long _strobeAt = Cpu.Never;

    /// <summary>Whether $4016 has been read since this was last cleared.</summary>
    public bool Polled { get; set; }

    public void SetButtons(JoypadButtons pad1, JoypadButtons pad2)
    {
        _buttons[0] = (byte)pad1;
        _buttons[1] = (byte)pad2;
        Load();
    }

    /// <summary>
    /// The strobe pin follows the written bit when the next "put" cycle begins: a value that is overwritten before
    /// then is never seen outside the chip.
    /// </summary>
    public void Write(byte value, long cycle)
    {
        ApplyStrobe(cycle);
        _strobeWritten = (value & 1) != 0;
        _strobeAt = cycle + ((cycle & 1) == 0 ? 1 : 2);
    }

    public byte Read(int port, long cycle)
    {
        Polled |= port == 0;
        ApplyStrobe(cycle);

        // Reads in consecutive cycles look like one long read to the controller: it shifts once.
        // https://www.nesdev.org/wiki/DMA#Register_conflicts
        if (cycle - _lastRead[port] > _gap)
        {
            _output[port] = (byte)(_shift[port] & 1);
            if (!_strobe)
            {
                _shift[port] = (byte)(_shift[port] >> 1 | 0x80);
            }
        }

        _lastRead[port] = cycle;
        return _output[port];
    }

    public byte Peek(int port) => (byte)(_shift[port] & 1);

    public void Reset(bool power)
    {
        _strobe = _strobeWritten = false;
        _strobeAt = Cpu.Never;
        if (power)
        {
            Array.Clear(_shift, 0, 2);
            Array.Clear(_output, 0, 2);
            Array.Clear(_buttons, 0, 2);
            _lastRead[0] = _lastRead[1] = -1 - GapOfFetch;
            Polled = false;
        }
    }

    public void Sync(ref StateSync s)
    {
        s.Sync(_buttons);
        s.Sync(_shift);
        s.Sync(_output);
        s.Sync(_lastRead);
        s.Sync(ref _strobe);
        s.Sync(ref _strobeWritten);
        s.Sync(ref _strobeAt);
        bool polled = Polled;
        s.Sync(ref polled);
        Polled = polled;
    }

    private void ApplyStrobe(long cycle)
    {
        if (cycle >= _strobeAt)
        {
            _strobeAt = Cpu.Never;

            // What went in while the strobe was high stays; what comes when it rises is new.
            Load();
            _strobe = _strobeWritten;
            Load();
        }
    }

    private void Load()
    {
        if (_strobe)
        {
            _shift[0] = _buttons[0];
            _shift[1] = _buttons[1];
        }
    }
}
