using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>Finds the hardware test ROMs: in the folder NES_TEST_ROMS names, else in <c>../shared/testroms</c> beside the repository.</summary>
internal static class TestRoms
{
    private static readonly string? Repository = FindRepository();
    private static readonly string? Folder = FindFolder();

    /// <summary>Every ROM of the folder; where there is none, a name that <see cref="Read"/> skips with the reason.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        string[] paths = Folder is null ? ["every ROM"] :
            [.. Directory.EnumerateFiles(Folder, "*.nes", new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive })
                .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        return paths.Select(path => new TestCaseData(path).SetArgDisplayNames(path));
    }

    /// <summary>The image, or the test is skipped by name.</summary>
    public static byte[] Read(string path)
    {
        if (Folder is null)
        {
            Assert.Ignore($"{path}: no test ROMs. Set NES_TEST_ROMS to their folder, or put them in ../shared/testroms beside the repository.");
        }

        string full = Path.Combine(Folder, path);
        if (!File.Exists(full))
        {
            Assert.Ignore($"{path}: not in {Folder}.");
        }

        return File.ReadAllBytes(full);
    }

    /// <summary>A file of this repository, or the test is skipped by name.</summary>
    public static byte[] ReadFromRepository(string path)
    {
        string? full = Repository is null ? null : Path.Combine(Repository, path);
        if (!File.Exists(full))
        {
            Assert.Ignore($"{path}: not in this repository.");
        }

        return File.ReadAllBytes(full);
    }

    /// <summary>The image; a submapper turns an iNES header into a NES 2.0 one that names it, with 8 KiB of RAM.</summary>
    public static Cartridge Load(string path, int submapper = 0)
    {
        byte[] image = Read(path);
        if (submapper != 0)
        {
            image[7] |= 0x08;
            image[8] = (byte)(submapper << 4);
            image[10] = 0x07;
        }

        return Cartridge.Load(image, path);
    }

    private static string? FindFolder()
    {
        if (System.Environment.GetEnvironmentVariable("NES_TEST_ROMS") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        string? beside = Repository is null ? null : Path.GetFullPath(Path.Combine(Repository, "..", "shared", "testroms"));
        return Directory.Exists(beside) ? beside : null;
    }

    private static string? FindRepository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MarioAgentTool.slnx")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
