using System.IO.Compression;
using System.Text;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Movies;

public class Bk2FileTests
{
    private const string NesHawkKey = "#Power|Reset|#P1 Up|P1 Down|P1 Left|P1 Right|P1 Start|P1 Select|P1 B|P1 A|";
    private const string QuickerNesKey = "#Reset|Power|#P1 Up|P1 Down|P1 Left|P1 Right|P1 Start|P1 Select|P1 B|P1 A|";

    [Test]
    public void A_three_entry_archive_is_a_movie()
    {
        Movie movie = Read(Zip(
            ("Header.txt", "MovieVersion BizHawk v2.0.0\r\nAuthor J. Doe\r\nPlatform NES\r\nGameName Some Game\r\nSHA1 0123ABCD\r\nCore NesHawk\r\nrerecordCount 12\r\n"),
            ("SyncSettings.json", "{\"o\":{}}\r\n"),
            ("Input Log.txt", $"[Input]\r\nLogKey:{NesHawkKey}\r\n|..|........|\r\n|..|...R...A|\r\n|.r|U.L.SsB.|\r\n|P.|........|\r\n[/Input]\r\n")));
        Assert.Multiple(() =>
        {
            Assert.That(movie.Author, Is.EqualTo("J. Doe"));
            Assert.That(movie.Rom.Name, Is.EqualTo("Some Game"));
            Assert.That(movie.Rom.Sha1, Is.EqualTo("0123ABCD"));
            Assert.That(movie.Core, Is.EqualTo("NesHawk"));
            Assert.That(movie.RerecordCount, Is.EqualTo(12));
            Assert.That(movie.Start, Is.EqualTo(MovieStart.PowerOn));
            Assert.That(movie.Frames, Is.EqualTo(new MovieFrame[]
            {
                new(JoypadButtons.None),
                new(JoypadButtons.Right | JoypadButtons.A),
                new(JoypadButtons.Up | JoypadButtons.Left | JoypadButtons.Start | JoypadButtons.Select | JoypadButtons.B, Commands: MovieCommands.Reset),
                new(JoypadButtons.None, Commands: MovieCommands.Power),
            }));
        });
    }

    [Test]
    public void The_log_key_decides_which_column_is_reset()
    {
        Assert.That(ReadLog(NesHawkKey, "|X.|........|").Frames[0].Commands, Is.EqualTo(MovieCommands.Power));
        Assert.That(ReadLog(QuickerNesKey, "|X.|........|").Frames[0].Commands, Is.EqualTo(MovieCommands.Reset));
    }

    [TestCase(Bk2File.NesHawk, "P.")]
    [TestCase(Bk2File.QuickerNes, ".P")]
    public void A_log_is_written_in_the_cores_own_order(string core, string powered)
    {
        Movie movie = Movies.TwoPads();
        Assert.That(Lump(Write(movie, core), "Input Log.txt"), Does.Contain($"|{powered}|........|...R....|"));
    }

    [TestCase(Bk2File.NesHawk)]
    [TestCase(Bk2File.QuickerNes)]
    public void What_is_written_is_read_back(string core)
    {
        Movie movie = Movies.TwoPads();
        Movie back = Read(Write(movie, core));
        Assert.Multiple(() =>
        {
            Assert.That(back.Frames, Is.EqualTo(movie.Frames));
            Assert.That(back.Core, Is.EqualTo(core));
            Assert.That(back.Author, Is.EqualTo(movie.Author));
            Assert.That(back.Rom.Name, Is.EqualTo(movie.Rom.Name));
            Assert.That(back.Rom.Sha1, Is.EqualTo(movie.Rom.Sha1));
            Assert.That(back.RerecordCount, Is.EqualTo(movie.RerecordCount));
            Assert.That(back.IsPal, Is.EqualTo(movie.IsPal));
            Assert.That(back.Comments, Is.EqualTo(movie.Comments));
            Assert.That(back.Subtitles, Is.EqualTo(movie.Subtitles));
        });
    }

    [Test]
    public void An_untouched_second_pad_is_not_plugged_in()
    {
        Movie movie = new();
        movie.Frames.Add(new MovieFrame(JoypadButtons.A));
        byte[] file = Write(movie, Bk2File.NesHawk);
        Assert.That(Lump(file, "Input Log.txt"), Is.EqualTo($"[Input]\nLogKey:{NesHawkKey}\n|..|.......A|\n[/Input]\n"));
        Assert.That(Lump(file, "SyncSettings.json"), Does.Contain("\"NesRightPort\":\"UnpluggedNES\""));
    }

    [TestCase(false, "\"RegionOverride\":1,", Description = "NTSC, whatever the cartridge is")]
    [TestCase(true, "\"RegionOverride\":2,", Description = "PAL")]
    public void The_speed_is_the_movies_and_not_the_cartridges(bool isPal, string region)
    {
        Movie movie = new() { IsPal = isPal };
        Assert.That(Lump(Write(movie, Bk2File.NesHawk), "SyncSettings.json"), Does.Contain(region));
    }

    [Test]
    public void Sync_settings_are_kept_for_their_own_core_only()
    {
        Movie movie = Read(Zip(
            ("Header.txt", "Core NesHawk\n"),
            ("SyncSettings.json", "{\"o\":{\"mine\":1}}\n"),
            ("Input Log.txt", $"[Input]\nLogKey:{NesHawkKey}\n[/Input]\n")));
        Assert.That(Lump(Write(movie, core: null), "SyncSettings.json"), Is.EqualTo("{\"o\":{\"mine\":1}}\n"));
        Assert.That(Lump(Write(movie, Bk2File.QuickerNes), "SyncSettings.json"), Does.Contain("QuickNESSyncSettings"));
    }

    [TestCase("NesHawk", "[]", "00000000FFFFFFFF")]
    [TestCase("NesHawk", null, "00000000FFFFFFFF")]
    [TestCase("NesHawk", "[18, 52,171]", "1234AB1234AB1234")]
    [TestCase("quickerNES", null, "FFFFFFFFFFFFFFFF", Description = "$0008 would be F7")]
    public void RAM_begins_as_the_movies_core_fills_it(string core, string? pattern, string ram)
    {
        string settings = pattern is null ? "{}" : $"{{\"o\":{{\"InitialWRamStatePattern\":{pattern}}}}}";
        Movie movie = Read(Zip(("Header.txt", $"Core {core}\n"), ("SyncSettings.json", settings), ("Input Log.txt", $"[Input]\nLogKey:{NesHawkKey}\n[/Input]\n")));
        var console = new Nes(new ProgramBuilder().Idle().Cartridge(), new NesOptions { RamPattern = movie.RamPattern });
        Assert.That(Convert.ToHexString(console.Ram[..8]), Is.EqualTo(ram));
        Assert.That(console.Ram[8], Is.EqualTo(core == "quickerNES" ? 0xF7 : console.Ram[8]));
    }

    [Test]
    public void NesHawk_is_told_how_to_fill_RAM()
    {
        Assert.That(Lump(Write(new Movie(), Bk2File.NesHawk), "SyncSettings.json"), Does.Contain("\"InitialWRamStatePattern\":[0]"));
        Assert.That(Lump(Write(new Movie { RamPattern = PowerOnRam.Fceux }, Bk2File.NesHawk), "SyncSettings.json"), Does.Contain("\"InitialWRamStatePattern\":[]"));
    }

    [Test]
    public void A_RAM_pattern_that_is_no_bytes_is_refused() =>
        Assert.That(
            () => Read(Zip(("Header.txt", "Core NesHawk\n"), ("SyncSettings.json", "{\"InitialWRamStatePattern\":[300]}"), ("Input Log.txt", ""))),
            Throws.TypeOf<MovieFormatException>().With.Message.Contains("'300'"));

    [Test]
    public void The_same_movie_is_the_same_file()
    {
        Assert.That(Write(Movies.TwoPads(), Bk2File.NesHawk), Is.EqualTo(Write(Movies.TwoPads(), Bk2File.NesHawk)));
    }

    [Test]
    public void A_movie_without_a_core_is_written_for_NesHawk()
    {
        Movie movie = Movies.TwoPads();
        movie.Core = null;
        Assert.That(Lump(Write(movie, core: null), "Header.txt"), Does.Contain("Core NesHawk\n"));
    }

    [TestCase("|..|.......|", "'P1 A'")]
    [TestCase("|..|.........|", "column 13")]
    [TestCase("|..|........", "column 13")]
    [TestCase("|..|........|........|", "column 13")]
    [TestCase("..", null)]
    public void A_line_that_does_not_fit_its_key_is_named_with_its_place(string line, string? complaint)
    {
        if (complaint is null)
        {
            // Only lines that open with a bar are input; BizHawk passes over the rest, and so do we.
            Assert.That(ReadLog(NesHawkKey, line).Frames, Is.Empty);
            return;
        }

        MovieFormatException e = Assert.Throws<MovieFormatException>(() => ReadLog(NesHawkKey, "|..|........|", line))!;
        Assert.That(e.Message, Does.Contain("test.bk2: Input Log.txt, line 4").And.Contain(complaint));
    }

    [Test]
    public void An_unknown_control_may_rest_but_not_be_pressed()
    {
        string key = NesHawkKey.Replace("Reset|", "Reset|FDS Eject|");
        Assert.That(ReadLog(key, "|...|.......A|").Frames, Has.Count.EqualTo(1));
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => ReadLog(key, "|..E|.......A|"))!;
        Assert.That(e.Message, Does.Contain("'FDS Eject' is pressed"));
    }

    [Test]
    public void An_axis_is_refused_by_name()
    {
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => ReadLog("#Power|Reset|Reset Cycle|#P1 Up|", "|..    0,|.|"))!;
        Assert.That(e.Message, Does.Contain("'Reset Cycle' is an axis"));
    }

    [Test]
    public void Input_before_its_key_is_refused()
    {
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => Read(Zip(("Header.txt", ""), ("Input Log.txt", "|..|........|\n"))))!;
        Assert.That(e.Message, Does.Contain("LogKey"));
    }

    [Test]
    public void Another_systems_movie_is_refused()
    {
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => Read(Zip(("Header.txt", "Author X\nPlatform SNES\n"), ("Input Log.txt", ""))))!;
        Assert.That(e.Message, Is.EqualTo("test.bk2: Header.txt, line 2: the platform is 'SNES'; only movies of 'NES' are read."));
    }

    [Test]
    public void A_missing_log_is_named()
    {
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => Read(Zip(("Header.txt", "Platform NES\n"))))!;
        Assert.That(e.Message, Does.Contain("no 'Input Log.txt'"));
    }

    [Test]
    public void What_is_not_a_zip_is_called_that()
    {
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => Read(Encoding.ASCII.GetBytes("a letter, not an archive")))!;
        Assert.That(e.Message, Does.Contain("test.bk2: not a zip archive"));
    }

    [Test]
    public void A_lump_that_unpacks_without_end_is_refused()
    {
        // 2 MiB of one letter is 2 KiB of zip.
        MovieFormatException e = Assert.Throws<MovieFormatException>(() => Read(Zip(("Header.txt", new string('x', 2 << 20)), ("Input Log.txt", ""))))!;
        Assert.That(e.Message, Does.Contain("more than 1 MiB"));
    }

    [Test]
    public void A_movie_without_its_savestate_is_read_and_not_written()
    {
        Movie movie = Read(Zip(("Header.txt", "Platform NES\nStartsFromSavestate True\n"), ("Input Log.txt", $"LogKey:{NesHawkKey}\n|..|.......A|\n")));
        Assert.That(movie.Start, Is.EqualTo(MovieStart.Savestate));
        Assert.That(movie.StartState, Is.Null);
        Assert.Throws<MovieFormatException>(() => Write(movie, Bk2File.NesHawk));
    }

    [Test]
    public void A_movie_with_its_state_is_written_and_read_with_it()
    {
        Movie movie = new() { Start = MovieStart.Savestate, StartState = [1, 2, 3], Frames = { new MovieFrame(JoypadButtons.A) } };
        using MemoryStream file = new();
        Bk2File.Write(file, movie, "a.bk2");
        file.Position = 0;
        Movie back = Bk2File.Read(file, "a.bk2");
        Assert.That(back.Start, Is.EqualTo(MovieStart.Savestate));
        Assert.That(back.StartState, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(back.Frames, Is.EqualTo(movie.Frames));
    }

    [TestCase("1", true)]
    [TestCase("2", false)]
    public void A_state_that_is_packed_by_Zstandard_is_left_alone(string container, bool isRead)
    {
        Movie movie = Read(Zip(("BizState 1.0", container), ("Header.txt", "StartsFromSavestate True\n"), ("Core.bin", "state"), ("Input Log.txt", $"LogKey:{NesHawkKey}\n")));
        Assert.That(movie.StartState is not null, Is.EqualTo(isRead));
    }

    [Test]
    public void A_core_nobody_knows_is_not_written_for()
    {
        Assert.That(() => Write(Movies.TwoPads(), "SubNESHawk"), Throws.TypeOf<MovieFormatException>().With.Message.Contains("'SubNESHawk'"));
    }

    private static Movie ReadLog(string key, params string[] lines) =>
        Read(Zip(("Header.txt", "Platform NES\n"), ("Input Log.txt", $"[Input]\nLogKey:{key}\n{string.Join('\n', lines)}\n[/Input]\n")));

    private static Movie Read(byte[] file)
    {
        using MemoryStream stream = new(file);
        return Bk2File.Read(stream, "test.bk2");
    }

    private static byte[] Write(Movie movie, string? core)
    {
        using MemoryStream stream = new();
        Bk2File.Write(stream, movie, "test.bk2", core);
        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                using StreamWriter writer = new(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }

    private static string Lump(byte[] file, string name)
    {
        using ZipArchive zip = new(new MemoryStream(file));
        using StreamReader reader = new(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
