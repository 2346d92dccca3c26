using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>Stands between the pads and the core: passes input on, records it, or replaces it by a movie's.</summary>
/// <param name="core">The running core.</param>
/// <param name="say">Messages for the user.</param>
internal sealed class HostedMovieSession(Func<HostedCore?> core, Action<string> say) : IMovieSession
{
    private HostedMovie? _queued;

    public HostedMovie? Current { get; private set; }

    public IMovie? Movie => Current;

    public bool ReadOnly { get; set; } = true;

    public bool NewMovieQueued => _queued is not null;

    /// <summary>What the core is given.</summary>
    public HostedController Output { get; } = new(Bk2LogKey.For(Bk2File.NesHawk, withPad2: false));

    public IMovieController MovieController => Output;

    public IMovieController GenerateMovieController(ControllerDefinition? definition = null, string? logKey = null) =>
        new HostedController(logKey is null ? Bk2LogKey.For(Bk2File.NesHawk, withPad2: false) : Bk2LogKey.Parse(logKey));

    /// <summary>A movie for a path; EmuHawk has this since 2.10 and one without the second argument before.</summary>
    public IMovie Get(string path, bool loadMovie = false)
    {
        HostedMovie movie = new(path, () => core() is { } c ? (double)c.VsyncNumerator / c.VsyncDenominator : 60);
        if (loadMovie)
        {
            movie.Load();
        }

        return movie;
    }

    public void Queue(HostedMovie movie) => _queued = movie;

    public void AbortQueued() => _queued = null;

    /// <summary>Begins the queued movie on a core that was booted this moment.</summary>
    public void RunQueued(bool record)
    {
        HostedMovie movie = _queued!;
        _queued = null;
        Current = movie;
        if (movie.StartsFromSavestate)
        {
            byte[] state = movie.BinarySavestate
                ?? throw new MovieFormatException($"{movie.Filename} starts from a savestate that is not in it, or is packed by Zstandard; movies of this host hold theirs.");
            core()!.LoadStateBinary(state);
            core()!.ResetCounters();
        }

        if (record)
        {
            movie.StartNewRecording();
            ReadOnly = false;
        }
        else
        {
            movie.Mode = MovieMode.Play;
        }
    }

    /// <summary>The latch: decides what the core is given, and records it.</summary>
    public void HandleFrameBefore(MovieFrame user)
    {
        Output.Held = user;
        int frame = core()!.Frame;
        if (Current is { Mode: MovieMode.Finished } finished && frame < finished.InputLogLength)
        {
            finished.Mode = MovieMode.Play;
        }

        if (Current is { Mode: MovieMode.Play } playing && frame < playing.InputLogLength)
        {
            Output.Held = playing[frame];
        }
        else if (Current is { Mode: MovieMode.Record } recording)
        {
            recording.RecordFrame(frame, user);
        }
    }

    public void HandleFrameAfter()
    {
        if (Current is { Mode: MovieMode.Play } movie && core()!.Frame >= movie.InputLogLength)
        {
            movie.Mode = MovieMode.Finished;
        }
    }

    /// <summary>A state file was loaded, with the log it was saved with, if any. Says whether it may be.</summary>
    public bool HandleLoadState(IReadOnlyList<MovieFrame>? log)
    {
        if (Current is not { IsActive: true } movie)
        {
            return true;
        }

        if (log is null)
        {
            say("This savestate was made without a movie.");
            return false;
        }

        if (ReadOnly)
        {
            if (!log.SequenceEqual(movie.Log.Take(log.Count)))
            {
                say("This savestate belongs to another course of the movie.");
                return false;
            }

            movie.Mode = movie.Mode == MovieMode.Record ? MovieMode.Play : movie.Mode;
        }
        else
        {
            movie.Mode = MovieMode.Record;
            movie.ReplaceLog(log);
        }

        return true;
    }

    public void StopMovie(bool saveChanges = true)
    {
        if (Current is { } movie && movie.Stop(saveChanges))
        {
            say($"{Path.GetFileName(movie.Filename)} written to disk.");
        }

        Current = null;
        ReadOnly = true;
    }
}
