using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Movies;

/// <summary>Movies for the tests to write.</summary>
internal static class Movies
{
    /// <summary>Four frames that press something on everything a movie can press.</summary>
    public static Movie TwoPads()
    {
        Movie movie = new()
        {
            Rom = new MovieRom { Name = "Some Game", Sha1 = "00112233445566778899AABBCCDDEEFF00112233", Md5 = "AAECAwQFBgcICQoLDA0ODw==" },
            Author = "J. Doe",
            RerecordCount = 7,
            IsPal = true,
        };
        movie.Comments.Add("a remark");
        movie.Subtitles.Add(new MovieSubtitle(2, "look here"));
        movie.Frames.Add(new MovieFrame(JoypadButtons.Right | JoypadButtons.A));
        movie.Frames.Add(new MovieFrame(JoypadButtons.None, JoypadButtons.Right, MovieCommands.Power));
        movie.Frames.Add(new MovieFrame(JoypadButtons.Start, JoypadButtons.Select, MovieCommands.Reset));
        movie.Frames.Add(new MovieFrame((JoypadButtons)0xFF));
        return movie;
    }
}
