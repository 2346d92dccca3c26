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
    public void Buttons_pressed_in_one_frame_after_another_cost_a_frame_each()
    {
        Movie movie = Read("version 3\n|1|R.......|||\n|0|.L......|||\n|1|..D.....|||\n|2|..D.....|||\n|0|...U....|||\n");
        Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[]
        {
            new(JoypadButtons.Left, Commands: MovieCommands.Reset),
            new(JoypadButtons.Up, Commands: MovieCommands.Reset | MovieCommands.Power),
        }));
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

    [Test]
    public void Lines_may_end_as_they_do_on_any_system([Values("\n", "\r\n", "\r")] string end)
    {
        Movie movie = Read(string.Join(end, "version 3", "port0 1", "port1 0", "|0|........|||", "|0|R......A|||", "|0|........|||") + end);
        Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[] { new(JoypadButtons.Right | JoypadButtons.A), new(JoypadButtons.None) }));
    }

    [Test]
    public void Binary_input_is_a_byte_of_commands_and_one_for_each_plugged_pad()
    {
        // Buttons that are line ends in text, and a last record that was cut off.
        Movie movie = Read("version 3\nport0 1\nport1 1\nbinary 1\n|\0\0\0" + "\0\n\r" + "\u0001\0\0" + "\0\u0001\u0002" + "\0\u0001");
        Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[] { new((JoypadButtons)'\n', (JoypadButtons)'\r'), new(JoypadButtons.A, JoypadButtons.B, MovieCommands.Reset) }));
        Assert.That(Read("version 3\nport0 1\nport1 0\nbinary 1\n|\0\0\0\u0001").Frames, Is.EqualTo(new MovieFrame[] { new(JoypadButtons.A) }));
    }

    [Test]
    public void What_comes_after_the_promised_length_is_not_input()
    {
        Movie movie = Read("version 3\nlength 2\n|0|........|||\n|0|R.......|||\nTAS Editor's own\n|x|");
        Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[] { new(JoypadButtons.Right) }));
        Assert.That(Read("version 3\nport0 1\nport1 0\nlength 2\nbinary 1\n|\0\0\0\u0001\0\u0002").Frames, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_checksum_may_be_hexadecimal() =>
        Assert.That(Read("version 3\nromChecksum 0x000102030405060708090A0B0C0D0E0F\n").Rom.Md5, Is.EqualTo("AAECAwQFBgcICQoLDA0ODw=="));

    // Seen in FCEUX 2.6.5.
    [TestCase("", "00000000FFFFFFFF", "00000000FFFFFFFF")]
    [TestCase("RAMInitOption 1\n", "FFFFFFFFFFFFFFFF", "FFFFFFFFFFFFFFFF")]
    [TestCase("RAMInitOption 2\n", "0000000000000000", "0000000000000000")]
    [TestCase("RAMInitOption 3\nRAMInitSeed 1234\n", "FFC728A0FB727D58", "7B5B30E11F990029")]
    [TestCase("RAMInitOption 3\nRAMInitSeed -5\n", "0F72D5B68619504A", "3CB43FEC8A7B87A8")]
    public void RAM_begins_as_the_movie_says(string header, string first, string last)
    {
        Movie movie = Read("version 3\n" + header);
        var console = new Nes(new ProgramBuilder().Idle().Cartridge(), new NesOptions { RamPattern = movie.RamPattern });
        Assert.That(Convert.ToHexString(console.Ram[..8]), Is.EqualTo(first));
        Assert.That(Convert.ToHexString(console.Ram[^8..]), Is.EqualTo(last));
    }

    [Test]
    public void FCEUX_wakes_the_PPU_late_and_this_core_says_that_it_does_not()
    {
        Assert.That(Read("version 3\n").LikeFceux);
        Assert.That(Read(Write(new Movie())).LikeFceux, Is.False);
        Assert.That(Read(Write(new Movie { LikeFceux = true })).LikeFceux);
    }

    [Test]
    public void The_filling_of_RAM_is_written_if_FCEUX_can_make_it()
    {
        foreach ((ReadOnlyMemory<byte> pattern, string option) in new[] { (PowerOnRam.Fceux, "0"), (PowerOnRam.Ones, "1"), (default, "2"), (PowerOnRam.QuickerNes, "0") })
        {
            Assert.That(Write(new Movie { RamPattern = pattern }), Does.Contain($"RAMInitOption {option}\n"));
        }
    }

    [TestCase("version 2\n", "line 1: the format's version is '2'")]
    [TestCase("emuVersion 20604\n", "no 'version 3' line")]
    [TestCase("|0|........|||\n", "line 1: input begins without")]
    [TestCase("version 3\nport0 1\nport1 1\nbinary 1\n|\u0000\u0000\u0000\u0008\u0000\u0000", "record 2: command 8")]
    [TestCase("binary 1\n|\u0000\u0000", "input begins without")]
    [TestCase("version 3\nport0 2\n", "line 2: port0 has device '2' (a Zapper)")]
    [TestCase("version 3\nport2 3\n", "line 2: port2 has device '3'")]
    [TestCase("version 3\nFDS 1\n", "line 2: the movie is for a disk system game")]
    [TestCase("version 3\nlength long\n", "line 2: length is 'long'")]
    [TestCase("version 3\nRAMInitSeed x\n", "line 2: RAMInitSeed is 'x'")]
    [TestCase("version 3\nromChecksum 0x12\n", "line 2: romChecksum is '0x12'")]
    [TestCase("version 3\nmicrophone 1\n|0|........|........||\n|0|........|....T...||\n", "microphone")]
    [TestCase("version 3\n|0|........|||\n|0|....", "line 3: '|0|....' ends in the middle of a frame")]
    [TestCase("PK\u0003\u0004 and so on", "zip archive; unpack it")]
    [TestCase("FCM\u001A and so on", "FCM movie")]
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
