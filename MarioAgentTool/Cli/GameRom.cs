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

    private GameRom(string? path, string name, byte[] image)
    {
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

    public RomIdentity Identity => new(Path is null ? null : System.IO.Path.GetFullPath(Path), Name, Cartridge.Sha1);

    /// <summary>How movies name the game.</summary>
    public MovieRom MovieRom => MovieRom.Of(Name, Image);

    public Func<IFrameHost> NewHost => () => new NesHost(Cartridge);

    /// <summary>Reads the file, or takes the built-in game when there is none.</summary>
    public static GameRom Load(FileInfo? file)
    {
        if (file is null)
        {
            return new GameRom(null, BuiltInName, TrailRom.Image.ToArray());
        }

        if (!file.Exists)
        {
            throw new FileNotFoundException($"{file} does not exist; --rom expects an iNES image (.nes). Leave it out to play the built-in game.");
        }

        var rom = new GameRom(file.FullName, file.Name, File.ReadAllBytes(file.FullName));
        if (rom.Cartridge.Region is Region.Pal or Region.Dendy)
        {
            Console.Error.WriteLine($"mario-agent: {file} is marked as a {rom.Cartridge.Region} game; it runs at NTSC speed, the only one this core has.");
        }

        return rom;
    }

    /// <summary>The game that a run was trained on: given anew, or where it was.</summary>
    public static GameRom LoadFor(RunSettings settings, FileInfo? given)
    {
        RomIdentity? trained = settings.Rom;
        GameRom rom = given is null && trained?.Path is { } path
            ? File.Exists(path) ? Load(new FileInfo(path)) : throw new FileNotFoundException($"{path}, which this run was trained on, is no longer there; say where {trained.Name} is with --rom.")
            : Load(given);
        return trained is null || trained.Sha1 == rom.Cartridge.Sha1
            ? rom
            : throw new SettingsException($"{rom.Name} has SHA-1 {rom.Cartridge.Sha1}, but the run was trained on {trained.Name}, {trained.Sha1}; give that file with --rom.");
    }
}
