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

    // Boards that people are likely to bring and that this core does not have. https://www.nesdev.org/wiki/Mapper
    private static readonly Dictionary<int, string> Absent = new()
    {
        [5] = "MMC5", [13] = "CPROM", [16] = "Bandai FCG", [18] = "Jaleco SS 88006", [19] = "Namco 163", [20] = "Famicom Disk System",
        [21] = "VRC4", [22] = "VRC2", [23] = "VRC2 or VRC4", [24] = "VRC6", [25] = "VRC2 or VRC4", [26] = "VRC6", [28] = "Action 53",
        [30] = "UNROM 512", [32] = "Irem G-101", [33] = "Taito TC0190", [34] = "BNROM or NINA-001", [48] = "Taito TC0690", [64] = "RAMBO-1",
        [65] = "Irem H3001", [67] = "Sunsoft-3", [68] = "Sunsoft-4", [69] = "Sunsoft FME-7", [70] = "Bandai 74161", [71] = "Camerica",
        [73] = "VRC3", [75] = "VRC1", [76] = "NAMCOT-3446", [78] = "Irem 74HC161", [79] = "NINA-003 or NINA-006", [80] = "Taito X1-005",
        [82] = "Taito X1-017", [85] = "VRC7", [87] = "Jaleco JF-09", [88] = "NAMCOT-3433", [89] = "Sunsoft-2", [90] = "J.Y. Company",
        [93] = "Sunsoft-2", [94] = "UN1ROM", [95] = "NAMCOT-3425", [97] = "Irem TAM-S1", [99] = "VS System", [105] = "NES-EVENT",
        [111] = "GTROM", [113] = "NINA-006 multicart", [118] = "TxSROM", [119] = "TQROM", [140] = "Jaleco JF-11", [152] = "Bandai 74161",
        [154] = "NAMCOT-3453", [155] = "MMC1A", [159] = "Bandai LZ93D50", [163] = "Nanjing", [180] = "UNROM with a fixed first bank",
        [184] = "Sunsoft-1", [185] = "CNROM with a protection diode", [206] = "DxROM", [210] = "Namco 175 or 340", [228] = "Action 52",
        [232] = "Camerica Quattro",
    };

    private static readonly string[] Consoles = ["NES", "VS System", "PlayChoice-10", "Famiclone with decimal mode"];

    public static string NameOf(RomHeader header) => Find(header)?.Name ?? $"mapper {header.Mapper}";

    public static void EnsureSupported(RomHeader header, string name)
    {
        // The PlayChoice-10 plays NES games as they are.
        if (header.Console is not (0 or 2))
        {
            string console = header.Console < Consoles.Length ? Consoles[header.Console] : $"console type {header.Console}";
            throw new UnsupportedBoardException($"{name}: the header says that the game is for the {console}; this core is an NES.");
        }

        if (Find(header) is not { } row)
        {
            string list = string.Join(", ", Rows.Select(r => $"{r.Mapper} ({r.Name})"));
            throw new UnsupportedBoardException(
                $"{name}: the header names mapper {header.Mapper}{(Absent.TryGetValue(header.Mapper, out string? board) ? $" ({board})" : "")}, which is not implemented; this core runs mappers {list}.");
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
