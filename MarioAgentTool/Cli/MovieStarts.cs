using MarioAgentTool.Cli.Commands;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Training;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Cli;

/// <summary>States along a movie, kept in memory, as starts of episodes.</summary>
internal static class MovieStarts
{
    /// <summary>Plays a movie and takes a state every so many frames, wherever an episode can begin on the way to a clear.</summary>
    /// <param name="rom">The game.</param>
    /// <param name="path">A movie of it, from power-on.</param>
    /// <param name="every">Frames between two states.</param>
    /// <exception cref="SettingsException">It never leads into a stage.</exception>
    public static IReadOnlyList<StartState> Along(GameRom rom, string path, int every)
    {
        Movie movie = ReplayCommand.Load(new FileInfo(path));
        Region speed = movie.IsPal ? Region.Pal : Region.Ntsc;
        if (speed != rom.Region)
        {
            throw new SettingsException($"{path} was made at {speed} speed, and the game runs at {rom.Region} speed; name a movie of this game, or --region {speed.ToString().ToLowerInvariant()}.");
        }

        Nes nes = rom.NewConsole(movie.ConsoleOptions(rom.Cartridge));
        var host = new NesHost(nes);
        nes.PowerOn();
        List<StartState> cleared = [], pending = [];
        int due = every;
        for (int frame = 1; frame <= movie.Frames.Count; frame++)
        {
            ReplayCommand.Advance(nes, movie.Frames[frame - 1], render: frame >= due);
            MarioFrame now = new(nes.Ram);
            EpisodeEnd end = now.IsInStage ? Endings.Of(now) : EpisodeEnd.None;
            if (end != EpisodeEnd.None)
            {
                // What led to a death leads to no goal.
                cleared.AddRange(end == EpisodeEnd.FlagReached ? pending : []);
                pending.Clear();
            }
            else if (frame >= due && now.IsInStage && now.IsListening)
            {
                pending.Add(GivenStart.Of(host, FormattableString.Invariant($"{Path.GetFileName(path)}, frame {frame}")));
                due = frame + every;
            }
        }

        // A movie that ends in the middle of its only stage is a way, too.
        List<StartState> starts = cleared.Count > 0 ? cleared : pending;
        return starts.Count > 0
            ? starts
            : throw new SettingsException($"{path} never comes to where Mario can be steered in {rom.Name}; name a movie of this game with --start, or its ROM with --rom.");
    }
}
