using System.CommandLine;
using MarioAgentTool.Environment;
using MarioAgentTool.Recording;
using MarioAgentTool.Training;
using NesCoreShim.Movies;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent record</c>: an episode as a movie from power-on.</summary>
internal static class RecordCommand
{
    private const int DefaultNoOps = 30;

    private static readonly Argument<DirectoryInfo> Run = CommonOptions.Run();
    private static readonly Option<bool> Best = new("--best") { Description = "The best episode of the run's evaluations. This is the default." };
    private static readonly Option<bool> Next = new("--next") { Description = "A new episode, played now by the best network." };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The movie: .bk2 for BizHawk, .fm2 for FCEUX.", HelpName = "FILE", Required = true };
    private static readonly Option<ulong?> Seed = CommonOptions.Number<ulong>("--seed", "With --next: seed of the waiting before it. Default: the time.", "a whole number from 0", _ => true);
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();

    public static Command Create()
    {
        var command = new Command("record", "Writes an episode as a movie that BizHawk or FCEUX plays from power-on.") { Run, Best, Next, Out, Seed, Rom };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Best) && result.GetValue(Next))
            {
                result.AddError("--best and --next exclude each other");
            }
        });
        command.SetAction(parsed => Record(parsed));
        Examples.Set(command,
            ("mario-agent record runs/<run> --out clear.bk2", "the best episode, for BizHawk"),
            ("mario-agent record runs/<run> --next --out try.fm2", "a new one, for FCEUX"),
            ("mario-agent replay clear.bk2", "watch its last frame's facts"));
        return command;
    }

    private static int Record(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(Out).FullName;
        if (Path.GetExtension(path).ToLowerInvariant() is not (".bk2" or ".fm2"))
        {
            throw new SettingsException($"--out {parsed.GetRequiredValue(Out)}: expected a name that ends in .bk2 or .fm2.");
        }

        RunFolder folder = RunFolder.Open(parsed.GetRequiredValue(Run).FullName);
        RunSettings settings = folder.ReadSettings();
        GameRom rom = GameRom.LoadFor(settings, parsed.GetValue(Rom));
        EnvironmentSettings environment = settings.Environment.AsMovies();
        if (environment.NoMovieBecause(environment.StartStages()[0]) is { } reason)
        {
            throw new SettingsException($"There is no movie of this run's episodes: {reason}; movies are made of episodes that begin in 1-1.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!parsed.GetValue(Next))
        {
            string source = folder.BestEpisode(".bk2");
            if (!File.Exists(source))
            {
                throw new FileNotFoundException(settings.Environment.NoMovieBecause(StageId.First) is { } never
                    ? $"{source} does not exist: {never}. Use --next: the network then plays under our own conduct."
                    : $"{source} does not exist: no evaluation of this run is over yet. Use --next, or train on with --resume.");
            }

            // A .bk2 knows the ROM by its SHA-1 alone, and a .fm2 wants the MD5.
            Movie movie = MovieFile.Load(source);
            movie.Rom = rom.MovieRom;
            MovieFile.Save(path, movie);
            Console.WriteLine($"{path}: {movie.Frames.Count} frames, {string.Join(" ", movie.Comments)}");
            return CommandLine.Success;
        }

        ulong seed = parsed.GetValue(Seed) ?? (ulong)DateTime.UtcNow.Ticks;

        // gym's conduct writes RAM; the network plays the same stage without.
        using TrainedAgent agent = TrainedAgent.Load(folder, settings with { Environment = environment }, rom.HostsFor(environment));
        PlayedEpisode episode = agent.Play(episodes: 1, Protocol.NoOp(DefaultNoOps), seed)[0];
        EpisodeTape tape = EpisodeTape.Join(agent.Starts[0], episode.Inputs, RunSummary.Describe(episode));
        new MovieSink(rom).Write(path, tape);
        Console.WriteLine($"{path}: {tape.Inputs.Length} frames, {tape.Description}");
        return CommandLine.Success;
    }
}
