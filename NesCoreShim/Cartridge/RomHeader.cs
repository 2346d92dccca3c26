namespace NesCoreShim;

/// <summary>
/// The sixteen bytes before the ROM data, decoded.
/// https://www.nesdev.org/wiki/INES https://www.nesdev.org/wiki/NES_2.0
/// </summary>
public sealed record RomHeader
{
    internal const int Length = 16;
    internal const int TrainerLength = 512;
    private const int PrgUnit = 16 * 1024;
    private const int ChrUnit = 8 * 1024;

    // No licensed board comes near this; a header that says more is damaged, and we will not believe it with memory.
    private const long LargestSize = 64L * 1024 * 1024;

    // CNROM's latch chooses among 256 banks of 8 KiB; no other board of ours addresses more.
    private const int LargestChrRam = 2 * 1024 * 1024;

    public RomFormat Format { get; private init; }
    public int Mapper { get; private init; }
    public int Submapper { get; private init; }
    public int PrgRomSize { get; private init; }

    /// <summary>Bytes of CHR ROM; zero means that the board carries CHR RAM.</summary>
    public int ChrRomSize { get; private init; }

    /// <summary>Bytes of PRG RAM at $6000. An iNES header cannot say; the customary 8 KiB is assumed.</summary>
    public int PrgRamSize { get; private init; }

    /// <summary>How many bytes of the PRG RAM, from its end, a battery keeps.</summary>
    public int BatteryRamSize { get; private init; }

    public int ChrRamSize { get; private init; }
    public Mirroring Mirroring { get; private init; }
    public Region Region { get; private init; }
    public bool HasBattery { get; private init; }
    public bool HasTrainer { get; private init; }

    /// <summary>The kind of console: 0 the NES itself, 1 the VS System, 2 the PlayChoice-10, others from NES 2.0's byte 13.</summary>
    internal int Console { get; private init; }

    /// <summary>Where PRG ROM begins in the file.</summary>
    internal int PrgOffset => Length + (HasTrainer ? TrainerLength : 0);

    internal static RomHeader Parse(ReadOnlySpan<byte> image, string name)
    {
        if (image.Length < Length)
        {
            throw new InvalidRomException($"{name}: {image.Length} bytes, but the header alone takes {Length}; the file is truncated.");
        }

        if (!image.StartsWith("NES\x1A"u8))
        {
            throw new InvalidRomException(
                $"{name}: offset 0 holds {image[0]:X2} {image[1]:X2} {image[2]:X2} {image[3]:X2}{OtherFormat(image)}, expected 4E 45 53 1A (\"NES\", EOF). "
                + "This core reads iNES and NES 2.0 images; unpack archives first.");
        }

        RomHeader header = IsNes20(image) ? ParseNes20(image, name) : ParseINes(image);
        Validate(header, image.Length, name);
        return header;
    }

    private static string OtherFormat(ReadOnlySpan<byte> image) =>
        image.StartsWith("PK"u8) ? " (a zip archive)"
        : image.StartsWith("7z"u8) ? " (a 7z archive)"
        : image.StartsWith("UNIF"u8) ? " (a UNIF image)"
        : image.StartsWith("FDS"u8) ? " (a disk image)"
        : image.StartsWith("NESM"u8) ? " (music without a game)"
        : "";

    /// <summary>
    /// Two bits announce NES 2.0, but old tools wrote anything there: it is iNES if only that fits into the file.
    /// https://www.nesdev.org/wiki/INES#Variant_comparison
    /// </summary>
    private static bool IsNes20(ReadOnlySpan<byte> image)
    {
        if ((image[7] & 0x0C) != 0x08)
        {
            return false;
        }

        long data = image.Length - Length - ((image[6] & 0x04) != 0 ? TrainerLength : 0);
        long promised = RomSize(image[4], image[9] & 0x0F, PrgUnit) + RomSize(image[5], image[9] >> 4, ChrUnit);
        long promisedByINes = image[4] * PrgUnit + image[5] * ChrUnit;
        return promised <= data || promisedByINes > data || image[4] == 0;
    }

    private static RomHeader ParseINes(ReadOnlySpan<byte> image)
    {
        // Old dumping tools signed bytes 7-15 ("DiskDude!"); when the tail is not clean, byte 7 is not a mapper.
        bool cleanTail = (image[7] & 0x0C) == 0 && image[12] == 0 && image[13] == 0 && image[14] == 0 && image[15] == 0;
        int mapper = image[6] >> 4 | (cleanTail ? image[7] & 0xF0 : 0);
        int chr = image[5] * ChrUnit;
        bool hasBattery = (image[6] & 0x02) != 0;

        // Few tools fill in byte 8, and only MMC1 has a use for more than 8 KiB.
        int prgRam = cleanTail && mapper == 1 && image[8] is 2 or 4 ? image[8] * 8192 : 8192;
        return new RomHeader
        {
            Format = RomFormat.INes,
            Mapper = mapper,
            PrgRomSize = image[4] * PrgUnit,
            ChrRomSize = chr,
            ChrRamSize = chr == 0 ? ChrUnit : 0,
            PrgRamSize = prgRam,
            BatteryRamSize = hasBattery ? prgRam : 0,
            Mirroring = ReadMirroring(image[6]),
            Region = cleanTail && (image[9] & 1) != 0 ? Region.Pal : Region.Ntsc,
            HasBattery = hasBattery,
            HasTrainer = (image[6] & 0x04) != 0,
            Console = cleanTail ? image[7] & 3 : 0,
        };
    }

    private static RomHeader ParseNes20(ReadOnlySpan<byte> image, string name)
    {
        int mapper = image[6] >> 4 | image[7] & 0xF0 | (image[8] & 0x0F) << 8;
        int battery = ShiftedSize(image[10] >> 4);

        // What no board can address is not there.
        int prgRam = Math.Min(ShiftedSize(image[10] & 0x0F) + battery, mapper == 1 ? 32 * 1024 : 8192);
        return new RomHeader
        {
            Format = RomFormat.Nes20,
            Mapper = mapper,
            Submapper = image[8] >> 4,
            PrgRomSize = CheckedRomSize(image[4], image[9] & 0x0F, PrgUnit, "PRG", 4, name),
            ChrRomSize = CheckedRomSize(image[5], image[9] >> 4, ChrUnit, "CHR", 5, name),
            PrgRamSize = prgRam,
            BatteryRamSize = Math.Min(battery, prgRam),
            ChrRamSize = Math.Min(ShiftedSize(image[11] & 0x0F) + ShiftedSize(image[11] >> 4), LargestChrRam),
            Mirroring = ReadMirroring(image[6]),
            Region = (Region)(image[12] & 3),
            HasBattery = (image[6] & 0x02) != 0,
            HasTrainer = (image[6] & 0x04) != 0,
            Console = (image[7] & 3) == 3 ? image[13] & 0x0F : image[7] & 3,
        };
    }

    private static Mirroring ReadMirroring(byte flags) =>
        (flags & 0x08) != 0 ? Mirroring.FourScreen : (flags & 0x01) != 0 ? Mirroring.Vertical : Mirroring.Horizontal;

    private static int ShiftedSize(int shift) => shift == 0 ? 0 : 64 << shift;

    /// <summary>A NES 2.0 size: a count of units, or EEEEEEMM for 2^E * (2M + 1) bytes when the high nibble is $F.</summary>
    private static long RomSize(byte low, int high, int unit) => high != 0x0F
        ? (long)(high << 8 | low) * unit
        : low >> 2 > 40 ? long.MaxValue / 2 : (1L << (low >> 2)) * ((low & 3) * 2 + 1);

    private static int CheckedRomSize(byte low, int high, int unit, string what, int offset, string name)
    {
        long size = RomSize(low, high, unit);
        return size <= LargestSize ? (int)size : throw new InvalidRomException(
            $"{name}: offset {offset} says {what} ROM size byte ${low:X2} (high nibble ${high:X}), more than the {LargestSize >> 20} MiB this core accepts.");
    }

    private static void Validate(RomHeader header, int fileLength, string name)
    {
        if (header.PrgRomSize == 0)
        {
            throw new InvalidRomException($"{name}: offset 4 says 0 bytes of PRG ROM; a program needs at least 8192.");
        }

        if (header.PrgRomSize % 8192 != 0)
        {
            throw new InvalidRomException($"{name}: offset 4 says {header.PrgRomSize} bytes of PRG ROM; supported are multiples of 8192.");
        }

        if (header.ChrRomSize % 1024 != 0)
        {
            throw new InvalidRomException($"{name}: offset 5 says {header.ChrRomSize} bytes of CHR ROM; supported are multiples of 1024.");
        }

        long needed = (long)header.PrgOffset + header.PrgRomSize + header.ChrRomSize;
        if (fileLength < needed)
        {
            throw new InvalidRomException(
                $"{name}: {fileLength} bytes, but the header promises {needed} ({header.PrgOffset} of header{(header.HasTrainer ? " and trainer" : "")}, "
                + $"{header.PrgRomSize} of PRG ROM from offset {header.PrgOffset}, {header.ChrRomSize} of CHR ROM); the file is truncated.");
        }
    }
}
