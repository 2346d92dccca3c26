using MarioAgentTool.Environment;
using MarioAgentTool.Training;
using NesCoreShim;
using NesCoreShim.Movies;
using NesCoreShim.Trail;

namespace MarioAgentTool.Cli;

/// <summary>The game to play: a ROM file, or the built-in one.</summary>
internal sealed class GameRom
{
    private const string BuiltInName = "Trail (built in)";

    // Whose timing it runs with; null for its own.
    private readonly Region? _region;

    private GameRom(string? path, string name, byte[] image, Region? region)
    {
        _region = region;
        Path = path;
        Image = image;
        Cartridge = Cartridge.Load(image, name);
        Name = name;
    }

    /// <summary>The file; null for the built-in game.</summary>
    public string? Path { get; }

    public string Name { get; }

    /// <summary>The whole .nes file.</summary>
    public byte[] Image { get; }

    public Cartridge Cartridge { get; }

    public RomIdentity Identity => new(Path is null ? null : System.IO.Path.GetFullPath(Path), Name, Cartridge.Sha1) { Region = _region?.ToString() };

    /// <summary>How movies name the game.</summary>
    public MovieRom MovieRom => MovieRom.Of(Name, Image);

    /// <summary>Makes hosts for a world: consoles with this game, just switched on, that keep its clock.</summary>
    public Func<IFrameHost> HostsFor(EnvironmentSettings environment) => () => NewNesHost(environment.Clock);

    /// <summary>Whose timing its consoles keep: as asked for, else as the header says.</summary>
    public Region Region => _region ?? Cartridge.Region;

    /// <summary>A console with this game, just switched on.</summary>
    /// <param name="options">Anything but the region, which is the game's.</param>
    public Nes NewConsole(NesOptions? options = null) => new(Cartridge, (options ?? new NesOptions()) with { Region = _region });

    public NesHost NewNesHost(ClockKind clock = ClockKind.Console) => new(new Nes(Cartridge, new NesOptions
    {
        // nes-py knows no other time.
        Region = _region ?? (clock == ClockKind.NesPy ? Region.Ntsc : null),
        FrameCut = clock == ClockKind.NesPy ? FrameCut.EvenCycles : FrameCut.VerticalBlank,
    }));

    /// <summary>Reads the file, or takes the built-in game when there is none.</summary>
    /// <param name="file">An iNES image.</param>
    /// <param name="region">Whose timing to keep instead of the header's.</param>
    public static GameRom Load(FileInfo? file, Region? region = null)
    {
        if (file is null)
        {
            return new GameRom(null, BuiltInName, TrailRom.Image.ToArray(), region);
        }

        if (!file.Exists)
        {
            throw new FileNotFoundException($"{file} does not exist; --rom expects an iNES image (.nes). Leave it out to play the built-in game.");
        }

        return new GameRom(file.FullName, file.Name, File.ReadAllBytes(file.FullName), region);
    }

    /// <summary>The game that a run was trained on: given anew, or where it was.</summary>
    public static GameRom LoadFor(RunSettings settings, FileInfo? given)
    {
        RomIdentity? trained = settings.Rom;
        Region? region = Enum.TryParse(trained?.Region, out Region known) ? known : null;
        GameRom rom = given is null && trained?.Path is { } path
            ? File.Exists(path) ? Load(new FileInfo(path), region) : throw new FileNotFoundException($"{path}, which this run was trained on, is no longer there; say where {trained.Name} is with --rom.")
            : Load(given, region);
        return trained is null || trained.Sha1 == rom.Cartridge.Sha1
            ? rom
            : throw new SettingsException($"{rom.Name} has SHA-1 {rom.Cartridge.Sha1}, but the run was trained on {trained.Name}, {trained.Sha1}; give that file with --rom.");
    }
}
