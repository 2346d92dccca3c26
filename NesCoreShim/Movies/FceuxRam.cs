namespace NesCoreShim.Movies;

/// <summary>
/// How FCEUX fills memory at power-on: its RAMInitOption and RAMInitSeed. The cartridge's RAM is filled as well, pattern RAM before
/// program RAM, but for what a battery keeps.
/// </summary>
/// <param name="Option">0: zeros and ones in turns, 1: ones, 2: zeros, 3: random.</param>
/// <param name="Seed">The seed of what is random.</param>
/// <param name="Version">FCEUX's own number, 20605 for 2.6.5.</param>
internal sealed record FceuxRam(int Option, int Seed, int Version)
{
    // From 2.6.6 on nametables, palette and sprites are drawn too, after work RAM.
    private const int DrawsForPictures = 20606, PictureMemories = 2048 + 32 + 256;

    public ReadOnlyMemory<byte> WorkRam => Option switch
    {
        1 => PowerOnRam.Ones,
        2 => PowerOnRam.Zeros,
        3 => PowerOnRam.FceuxRandom(Seed),
        _ => PowerOnRam.Fceux,
    };

    private int DrawsBefore => PowerOnRam.Size + (Version >= DrawsForPictures ? PictureMemories : 0);

    public ReadOnlyMemory<byte> ChrRam(RomHeader header) =>
        Option == 3 ? PowerOnRam.FceuxRandom(Seed, DrawsBefore, ChrRamSize(header)) : WorkRam;

    /// <summary>Only MMC1 and MMC3 fill theirs at power-on. Other boards do so when the game is loaded, before the movie can ask for more than zeros.</summary>
    public ReadOnlyMemory<byte> PrgRam(RomHeader header) => header.Mapper is not (1 or 4) ? PowerOnRam.Zeros : Option switch
    {
        1 => PowerOnRam.Ones,
        3 => PowerOnRam.FceuxRandom(Seed, DrawsBefore + ChrRamSize(header), header.PrgRamSize - header.BatteryRamSize),
        _ => PowerOnRam.Zeros,
    };

    private static int ChrRamSize(RomHeader header) => header.ChrRomSize == 0 ? header.ChrRamSize : 0;
}
