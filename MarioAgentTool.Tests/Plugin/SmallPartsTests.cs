using System.Reflection;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using MarioAgentTool.Plugin;

namespace MarioAgentTool.Tests.Plugin;

public class SmallPartsTests
{
    [Test]
    public void A_recording_starts_with_whatever_this_BizHawk_calls_Get()
    {
        foreach (FakeSession session in new FakeSession[] { new OldSession(), new NewSession() })
        {
            IMovie? started = null;
            MovieRecorder recorder = new((movie, isNew) =>
            {
                started = movie;
                return isNew;
            });
            recorder.Start(session, "a.bk2", "somebody");
            Assert.That(started!.Filename, Is.EqualTo("a.bk2"));
            Assert.That(started.Author, Is.EqualTo("somebody"));
            Assert.That(recorder.Path, Is.EqualTo("a.bk2"));

            session.Movie = started;
            Assert.That(recorder.Stop(session), Is.EqualTo("a.bk2"));
            Assert.That(session.Stops, Is.EqualTo(1));
            Assert.That(recorder.Path, Is.Null);
        }
    }

    [Test]
    public void A_movie_of_the_users_own_is_not_stopped()
    {
        NewSession session = new();
        MovieRecorder recorder = new((_, _) => true);
        recorder.Start(session, "a.bk2", "");
        session.Movie = FakeMovie.At("theirs.bk2");
        Assert.That(recorder.Stop(session), Is.Null);
        Assert.That(session.Stops, Is.Zero);
    }

    [Test]
    public void A_recording_that_does_not_start_is_none()
    {
        MovieRecorder recorder = new((_, _) => false);
        Assert.That(() => recorder.Start(new NewSession(), "a.bk2", ""), Throws.InvalidOperationException.With.Message.Contains("a.bk2"));
        Assert.That(recorder.Path, Is.Null);
        Assert.That(() => recorder.Start(new NewSession(), "a.fm2", ""), Throws.TypeOf<NotSupportedException>().With.Message.Contains(".bk2"));
    }

    [Test]
    public void The_game_is_known_by_name_or_by_its_idle_loop()
    {
        FakeConsole console = new();
        Assert.Multiple(() =>
        {
            Assert.That(GameCheck.Obstacle(null, null), Does.StartWith("No game is loaded."));
            Assert.That(GameCheck.Obstacle(new Game("Sonic", "GEN"), console), Does.Contain("Sonic").And.Contain("GEN"));
            Assert.That(GameCheck.Obstacle(new Game("Excitebike", "NES"), console), Does.StartWith("Excitebike is loaded"));
            Assert.That(GameCheck.Obstacle(new Game("Super Mario Bros.", "NES"), console), Is.Null);
        });

        new byte[] { 0x4C, 0x57, 0x80 }.CopyTo(console.Bus, 0x8057);
        Assert.That(GameCheck.Obstacle(new Game("somebody's hack", "NES"), console), Is.Null);
    }

    [Test]
    public void A_game_is_named_by_the_sum_of_its_whole_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "abc");
            Assert.That(GameCheck.Identify(new Game("Some Game", "NES", "other"), path).Sha1, Is.EqualTo("A9993E364706816ABA3E25717850C26C9CD0D89D"));
            Assert.That(GameCheck.Identify(new Game("Some Game", "NES", "other"), path + "|inside.nes").Sha1, Is.EqualTo("other"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Errors_are_kept_in_a_file_that_does_not_grow_without_end()
    {
        string folder = Directory.CreateTempSubdirectory("log").FullName;
        try
        {
            ErrorLog log = new(Path.Combine(folder, "mario-agent", "errors.log"));
            Assert.That(log.TryAdd("jumping", new InvalidOperationException("too high")));
            Assert.That(File.ReadAllText(log.Path), Does.Contain("jumping").And.Contain("too high"));

            File.WriteAllText(log.Path, new string('x', 2 << 20));
            Assert.That(log.TryAdd("jumping", new InvalidOperationException("too high")), Is.False);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_log_that_cannot_be_written_is_no_second_error()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.That(new ErrorLog(Path.Combine(file, "errors.log")).TryAdd("jumping", new InvalidOperationException()), Is.False);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed record Game(string Name, string System, string Hash = "") : IGameInfo
    {
        public string Region => "";

        public bool NotInDatabase => true;
    }

    /// <summary>Keeps what is set and returns it; nothing else.</summary>
    private class FakeMovie : DispatchProxy
    {
        private readonly Dictionary<string, object?> _values = [];

        public static IMovie At(string path)
        {
            IMovie movie = Create<IMovie, FakeMovie>();
            movie.Filename = path;
            return movie;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            string property = method!.Name[4..];
            return method.Name.StartsWith("set_", StringComparison.Ordinal) ? _values[property] = arguments![0] : _values.GetValueOrDefault(property);
        }
    }

    private abstract class FakeSession : IMovieSession
    {
        public IMovie? Movie { get; set; }

        public int Stops { get; private set; }

        public bool ReadOnly { get; set; }

        public bool NewMovieQueued => false;

        public IMovieController MovieController => throw new NotSupportedException();

        public IMovieController GenerateMovieController(ControllerDefinition? definition = null, string? logKey = null) => throw new NotSupportedException();

        public void StopMovie(bool saveChanges = true) => Stops += saveChanges ? 1 : 0;
    }

    private sealed class OldSession : FakeSession
    {
        public IMovie Get(string path) => FakeMovie.At(path);
    }

    private sealed class NewSession : FakeSession
    {
        public IMovie Get(string path, bool loadMovie = false) => loadMovie ? throw new InvalidOperationException() : FakeMovie.At(path);
    }
}
