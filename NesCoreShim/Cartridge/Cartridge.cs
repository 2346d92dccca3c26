namespace NesCoreShim;

/// <summary>
/// A ROM image, read and named. It never changes after loading, so any number of consoles on any
/// number of threads may share one.
/// </summary>
public sealed partial class Cartridge
{
    private readonly PinnedBytes _prg;
    private readonly PinnedBytes? _chr;

    private Cartridge(string name, RomHeader header, ReadOnlySpan<byte> image)
    {
        Name = name;
        Header = header;
        Sha1 = Hashing.Sha1Hex(image);
        Crc32 = Hashing.Crc32(image.Slice(header.PrgOffset, header.PrgRomSize + header.ChrRomSize));
        Fingerprint = Hashing.Fingerprint(image);
        Trainer = header.HasTrainer ? image.Slice(RomHeader.Length, RomHeader.TrainerLength).ToArray() : [];
        _prg = Copy(image.Slice(header.PrgOffset, header.PrgRomSize));
        _chr = header.ChrRomSize == 0 ? null : Copy(image.Slice(header.PrgOffset + header.PrgRomSize, header.ChrRomSize));
    }

    /// <summary>What the caller called it, usually the file name; used in messages.</summary>
    public string Name { get; }

    public RomHeader Header { get; }

    /// <summary>SHA-1 of the whole file, header included, in upper-case hexadecimal.</summary>
    public string Sha1 { get; }

    /// <summary>CRC-32 of PRG and CHR ROM without the header: the number that ROM databases list.</summary>
    public uint Crc32 { get; }

    public RomFormat Format => Header.Format;
    public int Mapper => Header.Mapper;
    public int Submapper => Header.Submapper;
    public int PrgRomSize => Header.PrgRomSize;
    public int ChrRomSize => Header.ChrRomSize;
    public Mirroring Mirroring => Header.Mirroring;
    public Region Region => Header.Region;
    public bool HasBattery => Header.HasBattery;

    /// <summary>The board's customary name.</summary>
    public string BoardName => BoardCatalog.NameOf(Header);

    /// <summary>What a savestate remembers of the cartridge it belongs to.</summary>
    internal ulong Fingerprint { get; }

    /// <summary>What a copier loads to $7000 before the game starts; empty on nearly all images.</summary>
    internal byte[] Trainer { get; }

    internal PinnedBytes Prg => _prg;
    internal PinnedBytes? Chr => _chr;

    /// <summary>Reads an iNES or NES 2.0 image. Bytes after the promised ROM data are tolerated.</summary>
    /// <exception cref="InvalidRomException">The image is damaged or is no NES image.</exception>
    /// <exception cref="UnsupportedBoardException">The image wants a board this core does not have.</exception>
    public static Cartridge Load(ReadOnlySpan<byte> image, string name)
    {
        RomHeader header = RomHeader.Parse(image, name);
        BoardCatalog.EnsureSupported(header, name);
        return new Cartridge(name, header, image);
    }

    public override string ToString() => $"{Name} ({BoardName}, {PrgRomSize / 1024} KiB PRG, {ChrRomSize / 1024} KiB CHR)";

    private static PinnedBytes Copy(ReadOnlySpan<byte> data)
    {
        var copy = new PinnedBytes(data.Length);
        data.CopyTo(copy.Span);
        return copy;
    }
}
