using System.CommandLine;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using NesCoreShim.Movies;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent observe</c>: draws what an agent sees of one frame.</summary>
internal static class ObserveCommand
{
    private const int DefaultFrame = 120;

    private static readonly Option<FileInfo> Out = new("--out") { Description = "The picture to write (.png).", HelpName = "FILE", DefaultValueFactory = _ => new FileInfo("observation.png") };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<FileInfo?> MoviePath = new("--movie") { Description = "Play this .bk2, .fm2 or .tasproj from power-on. Without it, Right is held from the stage's start.", HelpName = "FILE" };
    private static readonly Option<int?> Frame = CommonOptions.Number<int>("--frame", $"Which frame: of the movie (default: its last), or after the start (default: {DefaultFrame}).", "a whole number of frames from 1", n => n > 0);
    private static readonly Option<string?> PresetName = new("--preset") { Description = "Whose settings to see with; train --help lists them.", HelpName = "NAME" };
    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting by its path, such as environment.pixels.palette=nes-py; may be repeated.", HelpName = "KEY=VALUE" };

    public static Command Create()
    {
        var command = new Command("observe", "Draws what an agent sees of one frame: the screen, each grey picture, and the tiles.") { Out, Rom, Timing, MoviePath, Frame, PresetName, Set };
        command.SetAction(parsed => Observe(parsed));
        Examples.Set(command,
            ("mario-agent observe --frame 300", "the built-in game, five seconds in"),
            ("mario-agent observe --rom smb.nes --movie clear.bk2 --frame 1500", "a moment of a movie"),
            ("mario-agent observe --preset dueling-custom --out dueling.png", "with the dueling notebook's eyes"));
        return command;
    }

    private static int Observe(ParseResult parsed)
    {
        RunSettings settings = SettingsFile.With(Presets.Get(parsed.GetValue(PresetName) ?? Presets.All[0].Name).Settings, parsed.GetValue(Set) ?? []);
        NesHost host = GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing)).NewNesHost();
        Action last = parsed.GetValue(MoviePath) is { } movie ? PlayMovie(host, movie, parsed.GetValue(Frame)) : HoldRight(host, settings.Environment, parsed.GetValue(Frame) ?? DefaultFrame);

        // The last frame twice: whole, and with its scenery flat.
        byte[] before = host.SaveState();
        uint[] flatTiles = new uint[Scenery.NametableRows];
        Scenery.Find(new MarioFrame(host.ReadRam()), flatTiles);
        host.SetFlatTiles(flatTiles);
        last();
        byte[] flat = host.ReadScreen().Indices.ToArray();
        host.LoadState(before);
        host.SetFlatTiles([]);
        last();

        FileInfo file = parsed.GetRequiredValue(Out);
        byte[] png = ObservationSheet.Draw(host.ReadRam(), host.ReadScreen().Indices, flat, settings.Environment);
        WholeFile.Write(file.FullName, stream => stream.Write(png));
        var frame = new MarioFrame(host.ReadRam());
        Console.WriteLine($"{file} shows frame {host.Nes.FrameCount} since power-on: stage {frame.World}-{frame.Stage}, x {frame.LevelX}.");
        return CommandLine.Success;
    }

    private static Action HoldRight(NesHost host, EnvironmentSettings environment, int frames)
    {
        Boot.ToStart(host, environment);
        for (int i = 1; i < frames; i++)
        {
            host.FrameAdvance(Buttons.Right, render: false);
        }

        return () => host.FrameAdvance(Buttons.Right, render: true);
    }

    private static Action PlayMovie(NesHost host, FileInfo file, int? frame)
    {
        Movie movie = ReplayCommand.Load(file);
        int count = frame ?? movie.Frames.Count;
        if (count > movie.Frames.Count || count == 0)
        {
            throw new SettingsException($"--frame {count}: {file} has {movie.Frames.Count} frames; name one of those.");
        }

        host.Nes.PowerOn();
        for (int i = 0; i < count - 1; i++)
        {
            ReplayCommand.Advance(host.Nes, movie.Frames[i], render: false);
        }

        return () => ReplayCommand.Advance(host.Nes, movie.Frames[count - 1], render: true);
    }
}
