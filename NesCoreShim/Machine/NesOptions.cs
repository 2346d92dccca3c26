namespace NesCoreShim;

/// <summary>What can be chosen about a console besides its cartridge.</summary>
public sealed record NesOptions
{
    /// <summary>What every byte of the 2 KiB RAM holds at power-on; consoles differ, most programs do not care.</summary>
    public byte RamFill { get; init; }

    /// <summary>
    /// Samples a second for <see cref="Nes.TakeSamples"/>; 0, the default, makes no sound and spends no time on it.
    /// Nothing else depends on it: RAM, screen and states are the same.
    /// </summary>
    public int SoundRate { get; init; }

    /// <summary>
    /// The reference machine: every chip moves with every cycle, nothing is foretold or skipped. Slower, and
    /// equal to the last bit.
    /// </summary>
    internal bool Plain { get; init; }
}
