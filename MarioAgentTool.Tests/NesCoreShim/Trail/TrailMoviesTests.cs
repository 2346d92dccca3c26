using System.Security.Cryptography;
using NesCoreShim;
using NesCoreShim.Movies;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Trail;

/// <summary>Each stage can be won: a movie from power-on, without a byte written to RAM, clears it.</summary>
public class TrailMoviesTests
{
    private static readonly string[] _stages = ["1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4"];

    [TestCaseSource(nameof(_stages))]
    public void The_movie_clears_its_stage_without_a_lag_frame(string stage)
    {
        Movie movie = MovieFile.Load(PathOf(stage));
        var game = new TrailGame();
        bool isCastle = stage[2] == '4';
        int number = (stage[0] - '1') * 4 + stage[2] - '1', lag = 0, cleared = -1, score = 0, clock = 0;
        for (int i = 0; i < movie.Frames.Count; i++)
        {
            game.Run(1, movie.Frames[i].Pad1);
            bool isPlaying = game.Mode == 1 && game.Task == 3;
            lag += isPlaying && game.Nes.IsLagFrame ? 1 : 0;
            Assert.That(isPlaying && game.Routine is 0x0B or 6, Is.False, $"died at {game.X}");
            bool isFlag = game.FloatState == 3 && game.Nes.Ram.Slice(0x16, 5).IndexOf((byte)0x31) >= 0;
            if (cleared < 0 && isPlaying | isCastle && (isCastle ? game.Mode == 2 : isFlag))
            {
                (cleared, score, clock) = (i, game.Score, game.Clock);
                Assert.That(game[0x75F] * 4 + game[0x75C], Is.EqualTo(number), "the stage");
            }
        }

        Assert.That(cleared, Is.Positive, $"the movie ends at {game.X}");
        Assert.That(lag, Is.Zero);
        Assert.That(game.Lives, Is.EqualTo(2));
        Assert.That(game[0x75F] * 4 + game[0x75C], Is.EqualTo((number + 1) % 8), "the next stage, or the title");
        Assert.That((game.Score - score) / 50, isCastle ? Is.Zero : Is.InRange(clock - 10, clock + 100), "the clock, and the pole's height, become points");
    }

    [TestCaseSource(nameof(_stages))]
    public void The_movie_says_which_image_it_is_for(string stage) =>
        Assert.That(MovieFile.Load(PathOf(stage)).Rom.Md5, Is.EqualTo(Md5));

    /// <summary>
    /// Makes the movies again, which a change to the game calls for. Takes some minutes.
    /// </summary>
    [Test]
    [Explicit("writes NesCoreShim/Trail/movies")]
    public void Search([Range(0, 7)] int number)
    {
        string stage = _stages[number];
        List<JoypadButtons>? input = TrailMovieSearch.Find(Cartridge.Load(TrailRom.Image, TrailRom.Name), number);
        Assert.That(input, Is.Not.Null, $"no way through {stage} was found");
        var movie = new Movie { Author = "Mario Agent Tool", Rom = new MovieRom { Name = "Trail", Md5 = Md5 } };
        movie.Comments.Add($"subject Clears {stage} from power-on");
        movie.Frames.AddRange(input!.Select(pad => new MovieFrame(pad)));
        MovieFile.Save(PathOf(stage), movie);
    }

    private static string Md5 => Convert.ToBase64String(MD5.HashData(TrailRom.Image[16..]));

    private static string PathOf(string stage) => Path.Combine(TrailRebuildTests.SourceFolder(), "movies", stage + ".fm2");
}
