using System.CommandLine;
using System.Globalization;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent replay</c>: plays a movie on the headless core, and can write down RAM after every frame.</summary>
internal static class ReplayCommand
{
    private const int StackPage = 0x100, StackPageEnd = 0x200;

    private static readonly Argument<FileInfo> MoviePath = new("MOVIE") { Description = "A .bk2, .tasproj, .fm2 or .fm3 that starts from power-on." };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<string?> Timing = CommonOptions.Region("auto (what the movie says)");
    private static readonly Option<string?> RamInit = CreateRamInit();
    private static readonly Option<string?> RamCrc = new("--ram-crc") { Description = "Write a line after every frame: its index, the CRC-32 of RAM ($0000-$07FF), the CRC-32 without page 1 (the stack). - is stdout.", HelpName = "FILE" };
    private static readonly Option<string?> RamDump = new("--ram") { Description = "Write RAM after every frame, 2,048 bytes each. - is stdout.", HelpName = "FILE" };

    private static readonly Option<FileInfo?> Wav = new("--wav") { Description = "Write the sound: 16 bits, one channel.", HelpName = "FILE" };
    private static readonly Option<int> Rate = new("--rate") { Description = $"Samples a second for --wav, {Nes.LowestSoundRate} to {Nes.HighestSoundRate}.", HelpName = "HERTZ", DefaultValueFactory = _ => 44_100 };

    private static readonly Option<FileInfo?> State = new("--state") { Description = "Write the machine after the last frame, or after --frames: a state to start training from.", HelpName = "FILE" };
    private static readonly Option<int?> Frames = CommonOptions.Number<int>("--frames", "Stop after so many frames of the movie.", "a whole number of frames from 1", n => n > 0);

    public static Command Create()
    {
        var command = new Command("replay", "Plays a movie on the headless core, as fast as it can, and tells how it ends.") { MoviePath, Rom, Timing, RamInit, RamCrc, RamDump, Wav, Rate, State, Frames };
        command.SetAction(parsed => Replay(parsed));
        Examples.Set(command,
            ("mario-agent replay clear.bk2 --rom smb.nes", "how does it end?"),
            ("mario-agent replay clear.bk2 --ram-crc -", "checksums of RAM, to compare with another emulator's"),
            ("mario-agent replay clear.bk2 --ram ram.bin", "all of RAM, frame after frame"),
            ("mario-agent replay clear.bk2 --frames 900 --state pit.state", "a state for train --start"),
            ("mario-agent replay clear.bk2 --wav clear.wav", "what it sounds like"));
        return command;
    }

    private static int Replay(ParseResult parsed)
    {
        FileInfo file = parsed.GetRequiredValue(MoviePath);
        Movie movie = Load(file);

        // A movie runs at the speed it was made at, whatever the cartridge says.
        GameRom rom = GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing) ?? (movie.IsPal ? Region.Pal : Region.Ntsc));
        WarnOfAnotherRom(movie.Rom, rom);

        using Stream? checksums = Open(parsed.GetValue(RamCrc)), dump = Open(parsed.GetValue(RamDump));
        int rate = parsed.GetValue(Rate);
        if (rate is < Nes.LowestSoundRate or > Nes.HighestSoundRate)
        {
            throw new SettingsException($"--rate {rate}: expected {Nes.LowestSoundRate} to {Nes.HighestSoundRate} samples a second.");
        }

        using WavWriter? sound = parsed.GetValue(Wav) is { } wav ? new WavWriter(wav.FullName, rate) : null;
        var nes = rom.NewConsole(movie.ConsoleOptions(rom.Cartridge) with
        {
            SoundRate = sound is null ? 0 : rate,
            RamPattern = RamPatternOf(parsed.GetValue(RamInit), movie),
        });
        nes.PowerOn();
        int frames = Math.Min(movie.Frames.Count, parsed.GetValue(Frames) ?? int.MaxValue);
        for (int i = 0; i < frames; i++)
        {
            Advance(nes, movie.Frames[i], render: false);
            checksums?.Write(Line(i, nes.Ram));
            dump?.Write(nes.Ram);
            sound?.Write(nes);
        }

        if (parsed.GetValue(State) is { } state)
        {
            WholeFile.Write(state.FullName, stream => stream.Write(new NesHost(nes).SaveState()));
        }

        bool stdoutTaken = parsed.GetValue(RamCrc) == "-" || parsed.GetValue(RamDump) == "-";
        TellEnd(stdoutTaken ? Console.Error : Console.Out, frames, nes);
        return CommandLine.Success;
    }

    /// <summary>A movie from power-on.</summary>
    internal static Movie Load(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{file} does not exist; expected a movie that ends in .bk2, .tasproj, .fm2 or .fm3.");
        }

        Movie movie = MovieFile.Load(file.FullName);
        return movie.Start == MovieStart.PowerOn
            ? movie
            : throw new SettingsException($"{file} starts from a {movie.Start.ToString().ToLowerInvariant()}, which only the emulator that made it can load; name a movie from power-on.");
    }

    /// <summary>One frame of a movie.</summary>
    internal static void Advance(Nes nes, MovieFrame frame, bool render)
    {
        frame.Press(nes);
        nes.FrameAdvance(frame.Pad1, frame.Pad2, render);
    }

    private static Option<string?> CreateRamInit() => new("--ram-init")
    {
        Description = "What RAM holds at power-on: movie (what the movie's emulator filled it with), zeros, ones, fceux (00000000FFFFFFFF; NesHawk's too) or quickernes. Default: movie.",
        HelpName = "NAME",
        Validators =
        {
            result =>
            {
                string text = result.Tokens[0].Value;
                if (text.ToLowerInvariant() is not ("movie" or "zeros" or "ones" or "fceux" or "quickernes"))
                {
                    result.AddError($"--ram-init {text}: expected movie, zeros, ones, fceux, quickernes");
                }
            },
        },
    };

    private static ReadOnlyMemory<byte> RamPatternOf(string? name, Movie movie) => name?.ToLowerInvariant() switch
    {
        "zeros" => PowerOnRam.Zeros,
        "ones" => PowerOnRam.Ones,
        "fceux" => PowerOnRam.Fceux,
        "quickernes" => PowerOnRam.QuickerNes,
        _ => movie.RamPattern,
    };

    private static void WarnOfAnotherRom(MovieRom made, GameRom rom)
    {
        (string? expected, string? actual) = made.Sha1 is { } sha1 ? (sha1.ToUpperInvariant(), rom.Cartridge.Sha1) : (made.Md5, made.Md5 is null ? null : rom.MovieRom.Md5);
        if (expected != actual)
        {
            Console.Error.WriteLine($"mario-agent: the movie was made for {made.Name} ({expected}), this is {rom.Name} ({actual}); it may go astray. --rom names another file.");
        }
    }

    private static byte[] Line(int index, ReadOnlySpan<byte> ram)
    {
        uint whole = Crc32.Of(ram), withoutStack = Crc32.Of(ram[..StackPage], ram[StackPageEnd..]);
        return System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} {whole:x8} {withoutStack:x8}\n"));
    }

    private static void TellEnd(TextWriter output, int frames, Nes nes)
    {
        var frame = new MarioFrame(nes.Ram);
        string what = frame.IsCleared ? "the stage is cleared" : frame.HasFallen ? "Mario has fallen" : frame.IsDying ? "Mario is dying" : $"mode {frame.Mode}, Mario's routine {frame.Routine}";
        output.WriteLine(FormattableString.Invariant($"""
            Frames        {frames}
            Stage         {frame.World}-{frame.Stage}
            Mario         x {frame.LevelX}, y {frame.Y}, {frame.Power.ToString().ToLowerInvariant()}
            Clock         {frame.Time}, score {frame.Score}, lives {frame.Lives}
            State         {what}
            State hash    {nes.StateHash():x16}
            """));
    }

    private static Stream? Open(string? path) => path switch
    {
        null => null,
        "-" => new BufferedStream(Console.OpenStandardOutput(), 1 << 16),
        _ when Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder) =>
            throw new DirectoryNotFoundException($"{path} cannot be written: the folder {folder} does not exist; make it, or name another file."),
        _ => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16),
    };
}
