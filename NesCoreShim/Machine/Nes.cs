namespace NesCoreShim;

/// <summary>
/// A console with a cartridge in it. It is used by one thread at a time; two consoles share nothing that changes what they
/// do. Frames allocate nothing, but for those in which code is compiled.
/// </summary>
public sealed unsafe class Nes
{
    /// <summary>What <see cref="NesOptions.SoundRate"/> may be, besides 0.</summary>
    public const int LowestSoundRate = 8_000, HighestSoundRate = 192_000;

    // nes-py's frame in CPU cycles, and the pre-render line that its PPU wakes up on.
    private const int EvenFrame = 29_781, LineBeforePowerOn = 114;

    private readonly Board _board;
    private readonly Cpu _cpu;
    private readonly Ppu _ppu;
    private readonly Apu _apu;
    private readonly Joypads _joypads;
    private readonly NesOptions _options;
    private readonly byte[] _bodyBuffer;
    private long _frameCount;
    private bool _isLagFrame;

    /// <summary>Inserts the cartridge and turns the power on.</summary>
    public Nes(Cartridge cartridge, NesOptions? options = null)
    {
        Cartridge = cartridge;
        _options = options ?? new NesOptions();
        if (_options.SoundRate is not 0 and (< LowestSoundRate or > HighestSoundRate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), $"A sound rate of {_options.SoundRate} samples a second; expected 0 or {LowestSoundRate} to {HighestSoundRate}.");
        }

        if (_options.FrameCut is not (FrameCut.VerticalBlank or FrameCut.EvenCycles))
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"A frame cut of {_options.FrameCut}; expected VerticalBlank or EvenCycles.");
        }

        Region = _options.Region ?? cartridge.Region;
        if (Region is < Region.Ntsc or > Region.Dendy)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"A region of {Region}; expected Ntsc, Pal, MultiRegion or Dendy.");
        }

        if (Region == Region.MultiRegion)
        {
            Region = Region.Ntsc;
        }

        RegionTiming timing = RegionTiming.Of(Region);
        _board = Board.Create(cartridge);
        _ppu = new Ppu(_board, timing, _options);
        _apu = new Apu(timing, _options);
        _joypads = new Joypads(_options);
        _cpu = new Cpu(_board, _ppu, _apu, _joypads, _options);
        _ppu.Connect(_cpu);
        _apu.Connect(_cpu);
        _board.Connect(_cpu, _ppu);
        PowerOn();

        StateSync measure = StateSync.Measure();
        SyncClocks(ref measure);
        SyncFields(ref measure);
        SyncMemories(ref measure);
        StateSize = StateHeader.Length + measure.Position;
        _bodyBuffer = new byte[measure.Position];
    }

    public Cartridge Cartridge { get; }

    /// <summary>The television system whose timing this console keeps.</summary>
    public Region Region { get; }

    /// <summary>Frames advanced since power-on.</summary>
    public long FrameCount => _frameCount;

    /// <summary>CPU cycles spent since power-on; a reset does not start them anew.</summary>
    public long CpuCycles => _cpu.Cycles;

    /// <summary>CPU cycles of idle loops that were taken in one stride since this console was made. A measurement: no state holds it.</summary>
    public long SkippedCycles => _cpu.SkippedCycles;

    /// <summary>Whether the last frame went by without a read of $4016: the program did not look at the pads.</summary>
    public bool IsLagFrame => _isLagFrame;

    /// <summary>The 2 KiB of work RAM at $0000.</summary>
    public ReadOnlySpan<byte> Ram => _cpu.Ram;

    /// <summary>256 x 240 palette indices, 0-63, of the last frame that was rendered.</summary>
    public ReadOnlySpan<byte> Screen => _ppu.Screen;

    /// <summary>What of the picture is drawn: layers can be hidden, and tiles be made flat. The machine runs on the same to the bit.</summary>
    public PictureLayers Layers => _ppu.Layers;

    /// <summary>The 256 bytes of sprite memory.</summary>
    public ReadOnlySpan<byte> Oam => _ppu.Oam;

    /// <summary>The 32 bytes of palette memory.</summary>
    public ReadOnlySpan<byte> PaletteRam => _ppu.Palette;

    /// <summary>The console's 2 KiB of nametable memory, before mirroring.</summary>
    public ReadOnlySpan<byte> Ciram => _board.Ciram;

    /// <summary>The cartridge RAM that a battery keeps while the power is off; empty on most boards.</summary>
    public ReadOnlySpan<byte> BatteryRam => _board.BatteryRam;

    /// <summary>Bytes that <see cref="SaveState"/> writes.</summary>
    public int StateSize { get; }

    /// <summary>For debuggers: called before each instruction. The machine then runs slower, not differently.</summary>
    internal Action<CpuSnapshot>? Tracer
    {
        get => _cpu.Tracer;
        set => _cpu.Tracer = value;
    }

    internal Cpu Cpu => _cpu;

    internal Ppu Ppu => _ppu;

    internal Board Board => _board;

    /// <summary>Turns the power off and on: memory is cleared, time starts at zero.</summary>
    public void PowerOn() => Restart(power: true);

    /// <summary>Presses the reset button: the CPU starts over, RAM keeps what it holds.</summary>
    public void Reset() => Restart(power: false);

    /// <summary>
    /// Runs one frame: to the first instruction boundary at which vertical blank has begun (line 241, dot 1).
    /// The NMI that begins with it belongs to the next call, as do the buttons a game reads in its NMI.
    /// <see cref="NesOptions.FrameCut"/> can put the end elsewhere.
    /// </summary>
    /// <param name="pad1">Buttons held on the first controller throughout the frame.</param>
    /// <param name="pad2">Buttons held on the second controller.</param>
    /// <param name="render">
    /// Whether pixels are drawn. Without, <see cref="Screen"/> keeps its old picture and everything else is the same to the bit.
    /// </param>
    public void FrameAdvance(JoypadButtons pad1, JoypadButtons pad2 = JoypadButtons.None, bool render = true)
    {
        _joypads.SetButtons(pad1, pad2);
        _joypads.Polled = false;
        _ppu.Render = render;
        if (_options.FrameCut == FrameCut.EvenCycles)
        {
            long cuts = (_cpu.Cycles + LineBeforePowerOn) / EvenFrame;
            _cpu.RunTo((cuts + 1) * EvenFrame - LineBeforePowerOn);
            _ppu.SettleAt(_cpu.Cycles);
        }
        else
        {
            _cpu.RunToVBlank();
            _ppu.CatchUpToBoundary(_cpu.Cycles);
        }

        _apu.CatchUp(_cpu.Cycles);
        _apu.FinishSamples(_cpu.Cycles);
        _isLagFrame = !_joypads.Polled;
        _frameCount++;
    }

    /// <summary>
    /// Runs one frame without a picture and counts its instructions, those of idle loops included; much slower than
    /// <see cref="FrameAdvance"/>, and to the same end.
    /// </summary>
    public int CountInstructions(JoypadButtons pad1, JoypadButtons pad2 = JoypadButtons.None)
    {
        int count = 0;
        Action<CpuSnapshot>? tracer = Tracer;
        Tracer = _ => count++;
        FrameAdvance(pad1, pad2, render: false);
        Tracer = tracer;
        return count;
    }

    /// <summary>Samples that wait for <see cref="TakeSamples"/>; an NTSC frame adds 1/60 of <see cref="NesOptions.SoundRate"/>.</summary>
    public int SamplesWaiting => _apu.SamplesWaiting;

    /// <summary>
    /// Takes the sound made since the last call: 16 bits, one channel, as it leaves the console. What is not taken
    /// within a quarter of a second is lost. There is none unless <see cref="NesOptions.SoundRate"/> asked for it.
    /// </summary>
    /// <returns>How many samples were written.</returns>
    public int TakeSamples(Span<short> target) => _apu.TakeSamples(target);

    /// <summary>What the CPU would read, without the side effects of reading.</summary>
    public byte Peek(ushort address) => _cpu.Peek(address);

    /// <summary>What the PPU finds at an address of its own bus, palette included, without side effects.</summary>
    public byte PeekPpu(ushort address) => _ppu.Peek(address & 0x3FFF);

    /// <summary>
    /// Writes RAM: the console's below $2000, the cartridge's at $6000. ROM and registers are not for poking.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing writable lies at the address.</exception>
    public void Poke(ushort address, byte value)
    {
        if (!_cpu.Poke(address, value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(address), $"${address:X4} is not RAM; RAM lies at $0000-$1FFF and, on boards that have it, at $6000-$7FFF.");
        }
    }

    /// <summary>Puts back what <see cref="BatteryRam"/> held when the power went off. Power-on and reset leave it alone.</summary>
    /// <exception cref="ArgumentException">The size is not that of the cartridge's battery RAM.</exception>
    public void LoadBatteryRam(ReadOnlySpan<byte> saved)
    {
        if (saved.Length != BatteryRam.Length)
        {
            throw new ArgumentException($"{saved.Length} bytes saved; the battery of {Cartridge.Name} keeps {BatteryRam.Length}.", nameof(saved));
        }

        saved.CopyTo(_board.BatteryRam);
    }

    /// <summary>Converts the screen to 256 x 240 opaque ARGB pixels.</summary>
    public void CopyArgb(Span<int> pixels)
    {
        if (pixels.Length < Ppu.Width * Ppu.Height)
        {
            throw new ArgumentException($"{pixels.Length} pixels of room; the screen has {Ppu.Width * Ppu.Height}.", nameof(pixels));
        }

        ReadOnlySpan<byte> screen = _ppu.Screen;
        ReadOnlySpan<byte> emphasis = _ppu.Emphasis;
        for (int y = 0; y < Ppu.Height; y++)
        {
            ReadOnlySpan<int> colours = NesPalette.Argb(EmphasisBits(emphasis[y]));
            ReadOnlySpan<byte> line = screen.Slice(y * Ppu.Width, Ppu.Width);
            Span<int> target = pixels.Slice(y * Ppu.Width, Ppu.Width);
            for (int x = 0; x < line.Length; x++)
            {
                target[x] = colours[line[x] & 0x3F];
            }
        }
    }

    /// <summary>Freezes the machine between two frames.</summary>
    /// <returns>The bytes written: <see cref="StateSize"/>.</returns>
    public int SaveState(Span<byte> target)
    {
        if (target.Length < StateSize)
        {
            throw new ArgumentException($"{target.Length} bytes of room; a state of this machine takes {StateSize}.", nameof(target));
        }

        Span<byte> body = target.Slice(StateHeader.Length, StateSize - StateHeader.Length);
        Save(body);
        StateHeader.Write(target, Cartridge, Region, body);
        return StateSize;
    }

    /// <summary>
    /// Thaws a state. If it is refused the machine is as it was. The cartridge and the region must be the state's. No other
    /// option is part of a state: this console goes on under its own, and ends its next frame where its own
    /// <see cref="NesOptions.FrameCut"/> says.
    /// </summary>
    /// <exception cref="InvalidStateException">
    /// The bytes are no state, one of another cartridge, region or version, one that no machine ever wrote, or one of a PPU that
    /// sleeps as only <see cref="NesOptions.LikeFceux"/> lets it.
    /// </exception>
    public void LoadState(ReadOnlySpan<byte> source)
    {
        StateHeader.Check(source, Cartridge, Region, StateSize);
        fixed (byte* body = source.Slice(StateHeader.Length, StateSize - StateHeader.Length))
        fixed (byte* buffer = _bodyBuffer)
        {
            // Clocks come first: all else can hold anything, so what is refused leaves it alone.
            StateSync backup = StateSync.Save(buffer);
            SyncClocks(ref backup);
            StateSync load = StateSync.Load(body);
            SyncClocks(ref load);
            if (!AreClocksTogether)
            {
                long cycles = _cpu.Cycles;
                bool isAsleep = !_options.LikeFceux && _ppu.IsAsleep(cycles);
                StateSync undo = StateSync.Load(buffer);
                SyncClocks(ref undo);
                throw new InvalidStateException(isAsleep
                    ? "The state's PPU is asleep, as after power-on or reset in FCEUX; load it into a console with LikeFceux, or take it a frame later."
                    : $"The state's chips are too far apart in time (the processor at cycle {cycles}); no machine wrote it. Make it again with this core.");
            }

            SyncFields(ref load);
            SyncMemories(ref load);
            _ppu.AfterLoad();
        }
    }

    /// <summary>
    /// A fingerprint of everything the machine will act on. The picture is not part of it: it is output.
    /// </summary>
    public ulong StateHash()
    {
        Save(_bodyBuffer);
        return Hashing.Fingerprint(_bodyBuffer);
    }

    private void Save(Span<byte> body)
    {
        fixed (byte* start = body)
        {
            StateSync save = StateSync.Save(start);
            SyncClocks(ref save);
            SyncFields(ref save);
            SyncMemories(ref save);
        }
    }

    // Chips catch up step by step: from a hand-made state they might do so for years.
    private bool AreClocksTogether =>
        _cpu.IsTimeSound && _ppu.IsNear(_cpu.Cycles) && _apu.IsNear(_cpu.Cycles);

    // The PPUs of 50 Hz consoles have red and green the other way round. https://www.nesdev.org/wiki/PPU_registers#PPUMASK
    private int EmphasisBits(int mask) => Region == Region.Ntsc ? mask : mask & 4 | (mask & 1) << 1 | mask >> 1 & 1;

    // When each chip is, and when its events are due.
    private void SyncClocks(ref StateSync s)
    {
        s.Sync(ref _frameCount);
        s.Sync(ref _isLagFrame);
        _cpu.SyncClocks(ref s);
        _ppu.SyncClock(ref s);
        _apu.SyncClocks(ref s);
    }

    private void SyncFields(ref StateSync s)
    {
        _cpu.Sync(ref s);
        _ppu.Sync(ref s);
        _apu.Sync(ref s);
        _joypads.Sync(ref s);
        _board.SyncRegisters(ref s);
    }

    private void SyncMemories(ref StateSync s)
    {
        _cpu.SyncMemory(ref s);
        _ppu.SyncMemory(ref s);
        _board.SyncMemory(ref s);
    }

    private void Restart(bool power)
    {
        if (power)
        {
            _frameCount = 0;
            _isLagFrame = false;
        }

        _board.Reset(power, _options);
        _cpu.Reset(power, _options.RamPattern.Span);
        _ppu.Reset(power);
        _apu.Reset(power, _cpu.Cycles);
        _joypads.Reset(power);
    }
}
