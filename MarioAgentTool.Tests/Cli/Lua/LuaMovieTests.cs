using MarioAgentTool.Cli;
using MarioAgentTool.Cli.Lua;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Cli.Lua;

/// <summary>The movie library: recorded, saved, played again.</summary>
public class LuaMovieTests
{
    private const string Play = """
        for i = 1, 40 do
            joypad.set({ Start = i % 7 == 0, Right = i % 2 == 0 }, 1)
            joypad.set({ A = i == 5 }, 2)
            emu.frameadvance()
        end

        """;

    [Test]
    public void Without_a_movie_the_library_says_so() => Assert.That(LuaRun.Print("""
        print(movie.mode(), movie.isloaded(), movie.length(), movie.filename() == "", movie.getreadonly(), movie.getrerecordcounting(), movie.startsfromsavestate(), movie.startsfromsaveram())
        movie.setreadonly(false)
        movie.setrerecordcounting(false)
        print(movie.getreadonly(), movie.getrerecordcounting(), movie.getrerecordcount(), movie.getfps(), next(movie.getcomments()), next(movie.getsubtitles()))
        print(select(2, pcall(movie.save)):match("no movie.*"))
        print(select(2, pcall(movie.setrerecordcount, 3)):match("no movie.*"))
        """), Is.EqualTo("""
        INACTIVE	false	0	true	true	true	false	false
        false	false	0	60.0988	nil	nil
        no movie is loaded; start a recording (--record FILE) or play one first
        no movie is loaded; start a recording (--record FILE) or play one first
        """.ReplaceLineEndings("\n")));

    [TestCase("a.bk2")]
    [TestCase("a.fm2")]
    public void A_recording_plays_back_to_the_same_RAM(string name)
    {
        using LuaRun run = new();
        run.Host.Movie.Record(Path.Combine(run.Folder, name));
        run.Run(Play + $$"""
            print(movie.mode(), movie.length(), movie.filename():match("[^/\\]*$"), movie.isloaded())
            local hash = memory.hash_region(0, 0x800)
            local five, header = movie.getinput(4), movie.getheader()
            print(five["P2 A"], five["P1 A"], movie.getinput(1, 1).Right, movie.getinput(0, 1).Right, movie.getinputasmnemonic(6), movie.getinput(99), movie.getinputasmnemonic(99) == "")
            print(header.Platform, header.GameName, #header.SHA1)
            movie.setrerecordcount(12)
            print(movie.getrerecordcount())
            movie.save()
            movie.stop()
            print(movie.mode())
            print(movie.play_from_start("{{name}}"), movie.mode(), emu.framecount())
            for _ = 1, 40 do emu.frameadvance() end
            print(movie.mode(), memory.hash_region(0, 0x800) == hash, movie.getrerecordcount())
            emu.frameadvance()
            movie.play_from_start()
            print(movie.mode(), emu.framecount())
            movie.stop(false)
            """);
        Assert.That(run.Output, Is.EqualTo($$"""
            RECORD	40	{{name}}	true
            true	false	true	false	|..|....S...|	nil	true
            NES	Trail (built in)	40
            12
            INACTIVE
            true	PLAY	0
            FINISHED	true	12
            PLAY	0

            """.ReplaceLineEndings("\n")));

        Movie movie = MovieFile.Load(Path.Combine(run.Folder, name));
        Assert.That((movie.Frames.Count, movie.Frames[4].Pad2, movie.Frames[6].Pad1, movie.IsPal), Is.EqualTo((40, JoypadButtons.A, JoypadButtons.Start, false)));
    }

    [Test]
    public void A_movie_says_how_its_console_was_switched_on()
    {
        using LuaRun run = new(GameRom.Load(file: null, Region.Pal));
        string path = Path.Combine(run.Folder, "pal.bk2");
        run.Host.Movie.Record(path);
        run.Run("print(mainmemory.read_u8(4)) emu.frameadvance() movie.save() print(emu.getdisplaytype(), movie.getfps())");
        Movie movie = MovieFile.Load(path);
        Assert.That(movie.IsPal, Is.True);
        Assert.That(movie.RamPattern.ToArray(), Is.EqualTo(PowerOnRam.Fceux.ToArray()));
        Assert.That(run.Output, Is.EqualTo("255\nPAL\t50.00698\n"), "RAM as NesHawk fills it");

        using LuaRun ntsc = new();
        Assert.That(Assert.Throws<LuaScriptException>(() => ntsc.Run($"movie.play_from_start([[{path}]])"))!.Message, Does.Contain("was made at PAL speed and the game runs at Ntsc speed; give --region pal"));
    }

    [Test]
    public void A_movie_is_played_on_RAM_as_it_says()
    {
        using LuaRun run = new();
        var movie = new Movie { Rom = GameRom.Load(file: null).MovieRom, RamPattern = PowerOnRam.Ones };
        movie.Frames.Add(default);
        MovieFile.Save(Path.Combine(run.Folder, "ones.bk2"), movie);
        run.Run("movie.play_from_start('ones.bk2') print(mainmemory.read_u8(0), movie.length()) movie.stop() client.reboot_core() print(mainmemory.read_u8(0))");
        Assert.That(run.Output, Is.EqualTo("255\t1\n0\n"));
    }

    [Test]
    public void A_state_loaded_while_recording_goes_on_from_there_and_counts()
    {
        using LuaRun run = new();
        run.Host.Movie.Record(Path.Combine(run.Folder, "a.bk2"));
        run.Run("""
            emu.frameadvance()
            savestate.saveslot(1)
            for _ = 1, 5 do emu.frameadvance() end
            savestate.loadslot(1)
            print(movie.length(), movie.getrerecordcount())
            movie.setrerecordcounting(false)
            savestate.loadslot(1)
            print(movie.getrerecordcount(), movie.getrerecordcounting())
            local id = memorysavestate.savecorestate()
            emu.frameadvance()
            memorysavestate.loadcorestate(id)
            print(movie.length(), movie.getrerecordcount())
            movie.stop(false)
            """);
        Assert.That(run.Output, Is.EqualTo("1\t1\n1\tfalse\n2\t1\n"), "states in memory leave the movie alone, as in EmuHawk");
        Assert.That(File.Exists(Path.Combine(run.Folder, "a.bk2")), Is.False, "stopped without saving");
    }

    [Test]
    public void Saving_under_a_name_overwrites_nothing()
    {
        using LuaRun run = new();
        run.Host.Movie.Record(Path.Combine(run.Folder, "a.bk2"));
        run.Run("emu.frameadvance() movie.save('mine') print(pcall(movie.save, 'mine.bk2')) movie.stop()");
        Assert.That(File.Exists(Path.Combine(run.Folder, "mine.bk2")), Is.True);
        Assert.That(run.Output, Does.Match("^false\t.*mine.bk2 exists already, and movie.save overwrites none; name another file\n$"));
    }

    [TestCase("movie.play_from_start('none.bk2')", "none.bk2 does not exist; expected a movie")]
    [TestCase("movie.play_from_start()", "no movie is loaded")]
    public void A_movie_that_is_not_there_is_an_error(string call, string message) => Assert.That(LuaRun.Fail(call), Does.Match(@"script\.lua:1: ").And.Contain(message));
}
