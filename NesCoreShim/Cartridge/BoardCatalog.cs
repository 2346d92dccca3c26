namespace NesCoreShim;

/// <summary>
/// The boards this core has, by iNES mapper number, with the NES 2.0 submappers it can tell apart.
/// https://www.nesdev.org/wiki/NES_2.0_submappers
/// </summary>
internal static class BoardCatalog
{
    private static readonly Row[] Rows =
    [
        new(0, "NROM", [0], c => new Nrom(c)),

        // 1, 2 and 4 are old names for SUROM, SOROM and SXROM, which their sizes tell; 5 has fixed PRG.
        new(1, "MMC1", [0, 1, 2, 4, 5], c => new Mmc1(c)),
        new(2, "UxROM", [0, 1, 2], c => new Uxrom(c)),
        new(3, "CNROM", [0, 1, 2], c => new Cnrom(c)),

        // 4 is the MMC3A; 1 would be the MMC6, 3 the MC-ACC.
        new(4, "MMC3", [0, 4], c => new Mmc3(c)),
        new(7, "AxROM", [0, 1, 2], c => new Axrom(c)),
        new(9, "MMC2", [0], c => new Mmc2(c)),
        new(10, "MMC4", [0], c => new Mmc4(c)),
        new(11, "Color Dreams", [0], c => new ColorDreams(c)),
        new(66, "GxROM", [0], c => new Gxrom(c)),
    ];

    public static string NameOf(RomHeader header) => Find(header)?.Name ?? $"mapper {header.Mapper}";

    public static void EnsureSupported(RomHeader header, string name)
    {
        if (Find(header) is not { } row)
        {
            string list = string.Join(", ", Rows.Select(r => $"{r.Mapper} ({r.Name})"));
            throw new UnsupportedBoardException(
                $"{name}: the header names mapper {header.Mapper}, which is not implemented; this core runs mappers {list}.");
        }

        if (!row.Submappers.Contains(header.Submapper))
        {
            throw new UnsupportedBoardException(
                $"{name}: the header names submapper {header.Submapper} of mapper {header.Mapper} ({row.Name}), which is not implemented; "
                + $"this core runs its submappers {string.Join(", ", row.Submappers)}.");
        }

        if (header.Mapper == 0 && header.PrgRomSize > 32 * 1024)
        {
            throw new UnsupportedBoardException(
                $"{name}: offset 4 says {header.PrgRomSize} bytes of PRG ROM on mapper 0; NROM holds at most 32768.");
        }
    }

    public static Row? Find(RomHeader header) => Array.Find(Rows, row => row.Mapper == header.Mapper);

    public sealed record Row(int Mapper, string Name, int[] Submappers, Func<Cartridge, Board> Create);
}
