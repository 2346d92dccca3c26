using MarioAgentTool.Game;
using MarioAgentTool.Recording;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Cli;

/// <summary>Writes tapes as movies that BizHawk and FCEUX play.</summary>
internal sealed class MovieSink(GameRom rom) : IMovieSink
{
    public IReadOnlyList<string> Extensions { get; } = [".bk2", ".fm2"];

    public void Write(string path, EpisodeTape tape)
    {
        var movie = new Movie { Rom = rom.MovieRom, Author = "mario-agent", IsPal = rom.Region == Region.Pal };
        foreach (Buttons buttons in tape.Inputs)
        {
            movie.Frames.Add(new MovieFrame((JoypadButtons)buttons));
        }

        movie.Comments.Add(tape.Description);

        // Beside first: whoever is stopped halfway keeps the previous movie.
        string beside = Path.ChangeExtension(path, ".new" + Path.GetExtension(path));
        MovieFile.Save(beside, movie);
        File.Move(beside, path, overwrite: true);
    }
}
