using System.Text;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Movies;

public class Fm2FileTests
{
    [Test]
    public void Columns_are_right_left_down_up_start_select_B_A()
    {
        Movie movie = Read("version 3\nport0 1\nport1 0\n|0|........|||\n|0|R.......|||\n|0|...U....|||\n|0|....T..A|||\n|0|.....SB.|||\n|1|........|||\n|0|...U....|||\n|2|........|||\n|0|........|||\n");
        Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[]
        {
            new(JoypadButtons.Right),
            new(JoypadButtons.Up),
            new(JoypadButtons.Start | JoypadButtons.A),
            new(JoypadButtons.Select | JoypadButtons.B),
            new(JoypadButtons.Up, Commands: MovieCommands.Reset),
            new(JoypadButtons.None, Commands: MovieCommands.Power),
        }));
    }

    [Test]
    public void The_header_is_read()
    {
        Movie movie = Read("version 3\nemuVersion 20604\nrerecordCount 12\npalFlag 1\nromFilename Some Game\nromChecksum base64:AAECAwQFBgcICQoLDA0ODw==\nguid 0\ncomment author J. Doe\ncomment a remark\nsubtitle 6 look here\n");
        Assert.Multiple(() =>
        {
            Assert.That(movie.RerecordCount, Is.EqualTo(12));
            Assert.That(movie.IsPal);
            Assert.That(movie.Rom.Name, Is.EqualTo("Some Game"));
            Assert.That(movie.Rom.Md5, Is.EqualTo("AAECAwQFBgcICQoLDA0ODw=="));
            Assert.That(movie.Author, Is.EqualTo("J. Doe"));
            Assert.That(movie.Comments, Is.EqualTo(new[] { "a remark" }));
            Assert.That(movie.Subtitles, Is.EqualTo(new[] { new MovieSubtitle(5, "look here") }));
        });
    }

    [Test]
    public void What_is_written_is_read_back()
    {
        Movie movie = Movies.TwoPads();
        Movie back = Read(Write(movie));
        Assert.Multiple(() =>
        {
            Assert.That(back.Frames, Is.EqualTo(movie.Frames));
            Assert.That(back.Author, Is.EqualTo(movie.Author));
            Assert.That(back.Rom.Name, Is.EqualTo(movie.Rom.Name));
            Assert.That(back.Rom.Md5, Is.EqualTo(movie.Rom.Md5));
            Assert.That(back.RerecordCount, Is.EqualTo(movie.RerecordCount));
            Assert.That(back.IsPal, Is.EqualTo(movie.IsPal));
            Assert.That(back.Comments, Is.EqualTo(movie.Comments));
            Assert.That(back.Subtitles, Is.EqualTo(movie.Subtitles));
        });
    }

    [Test]
    public void An_empty_port_has_no_columns()
    {
        Movie movie = new();
        movie.Frames.Add(new MovieFrame(JoypadButtons.Right | JoypadButtons.B | JoypadButtons.A));
        Assert.That(Write(movie), Does.EndWith("port1 0\nport2 0\n|0|R.....BA|||\n|0|R.....BA|||\n"));
    }

    [Test]
    public void The_frame_that_FCEUX_spends_on_power_and_reset_is_no_frame_of_ours()
    {
        Movie movie = Read("version 3\n|0|R.......|||\n|0|.L......|||\n|1|..D.....|||\n|0|...U....|||\n");
        Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[] { new(JoypadButtons.Left), new(JoypadButtons.Up, Commands: MovieCommands.Reset) }));
        Assert.That(Write(movie), Does.EndWith("|0|.L......|||\n|0|.L......|||\n|1|...U....|||\n|0|...U....|||\n"));
    }

    [Test]
    public void The_same_movie_is_the_same_file_and_another_has_another_guid()
    {
        string first = Write(Movies.TwoPads());
        Movie longer = Movies.TwoPads();
        longer.Frames.Add(new MovieFrame(JoypadButtons.None));
        Assert.That(Write(Movies.TwoPads()), Is.EqualTo(first));
        Assert.That(Guid(Write(longer)), Is.Not.EqualTo(Guid(first)));

        static string Guid(string text) => text.Split('\n').Single(line => line.StartsWith("guid "));
    }

    [TestCase("version 2\n", "line 1: the format's version is '2'")]
    [TestCase("emuVersion 20604\n", "no 'version 3' line")]
    [TestCase("|0|........|||\n", "line 1: input begins without")]
    [TestCase("version 3\nbinary 1\n", "line 2: the input is binary")]
    [TestCase("version 3\nport0 2\n", "line 2: port0 has device '2'")]
    [TestCase("version 3\nfourscore 1\n", "line 2: the movie is for a Four Score")]
    [TestCase("version 3\nrerecordCount many\n", "line 2: rerecordCount is 'many'")]
    [TestCase("version 3\nromChecksum 1234\n", "line 2: romChecksum is '1234'")]
    [TestCase("version 3\n|0|.......|||\n", "line 2: '.......' has 7 columns")]
    [TestCase("version 3\n|0|........\n", "line 2: '|0|........' is not")]
    [TestCase("version 3\n|x|........|||\n", "line 2: '|x|")]
    [TestCase("version 3\n|4|........|||\n", "line 2: command 4")]
    [TestCase("version 3\nsubtitle now\n", "line 2: 'subtitle now'")]
    public void What_cannot_be_read_is_named_with_its_line(string text, string complaint)
    {
        Assert.That(() => Read(text), Throws.TypeOf<MovieFormatException>().With.Message.StartsWith("test.fm2").And.Message.Contains(complaint));
    }

    private static Movie Read(string text)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        return Fm2File.Read(stream, "test.fm2");
    }

    private static string Write(Movie movie)
    {
        using MemoryStream stream = new();
        Fm2File.Write(stream, movie, "test.fm2");
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
