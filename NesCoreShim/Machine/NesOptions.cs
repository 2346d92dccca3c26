namespace NesCoreShim;

/// <summary>What can be chosen about a console besides its cartridge.</summary>
public sealed record NesOptions
{
    /// <summary>
    /// What the 2 KiB RAM holds at power-on, repeated until it is full; empty: zeros. Consoles differ, most programs do not care.
    /// </summary>
    public ReadOnlyMemory<byte> RamPattern { get; init; }

    /// <summary>What the cartridge's pattern RAM holds at power-on, likewise.</summary>
    public ReadOnlyMemory<byte> ChrRamPattern { get; init; }

    /// <summary>What the cartridge's RAM at $6000 holds at power-on, likewise; what a battery keeps stays as it was.</summary>
    public ReadOnlyMemory<byte> PrgRamPattern { get; init; }

    /// <summary>
    /// Whether the console differs from hardware where FCEUX does and movies made there would go astray:
    /// <list type="bullet">
    /// <item>The PPU sleeps for a frame after power-on and reset and only then begins one that ends in vertical blank. A console's
    /// first vertical blank comes after 27,384 cycles; a program that is not ready for it by then waits for the second,
    /// and meets the movie's pads a frame early.</item>
    /// <item>A read of PPUSTATUS just as vertical blank begins costs neither the flag nor the NMI.</item>
    /// <item>A DMC fetch in the middle of a read of $4016 or $4017 takes no bit off the pad.</item>
    /// </list>
    /// </summary>
    public bool LikeFceux { get; init; }

    /// <summary>
    /// Whose timing to keep; null keeps the header's. An image made for PAL consoles can be run with NTSC timing this
    /// way, as many do: it then runs a fifth faster. An iNES header rarely tells; without a word in it, time is NTSC's.
    /// </summary>
    public Region? Region { get; init; }

    /// <summary>
    /// Samples a second for <see cref="Nes.TakeSamples"/>; 0, the default, makes no sound and spends no time on it.
    /// Nothing else depends on it: RAM, screen and states are the same.
    /// </summary>
    public int SoundRate { get; init; }

    /// <summary>Where one frame ends and the next begins.</summary>
    public FrameCut FrameCut { get; init; }

    /// <summary>
    /// The reference machine: every chip moves with every cycle, nothing is foretold or skipped. Slower, and
    /// equal to the last bit.
    /// </summary>
    internal bool Plain { get; init; }

    /// <summary>
    /// Visits to a place in PRG ROM after which its code is compiled, 0: never. After so many, interpreting has cost about what
    /// compiling does. The compiled code does the same to the last bit.
    /// </summary>
    internal int CompileAfter { get; init; } = 30_000;
}

/// <summary>Where <see cref="Nes.FrameAdvance"/> stops. The machine lives through the same either way; only who looks at it does so at other moments.</summary>
public enum FrameCut
{
    /// <summary>At the start of vertical blank, as emulators do: a frame is what the program does between two NMIs.</summary>
    VerticalBlank,

    /// <summary>
    /// Every 29,781 CPU cycles from a line before power-on's first, as nes-py does. A picture takes half a cycle less, so the cut
    /// drifts: first it falls into the NMI's beginning, after hours through the whole picture, and each time round one call
    /// covers two NMIs.
    /// </summary>
    EvenCycles,
}
