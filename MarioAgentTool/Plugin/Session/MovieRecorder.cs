using BizHawk.Client.Common;

namespace MarioAgentTool.Plugin;

/// <summary>
/// Records with EmuHawk's own movie session. ApiHawk can play and stop movies but not start recording one, so this does
/// what the Record Movie dialog does. Starting reboots the core: not to be called from inside a frame.
/// </summary>
/// <param name="startNewMovie">The main window's StartNewMovie.</param>
public sealed class MovieRecorder(Func<IMovie, bool, bool> startNewMovie)
{
    /// <summary>The file being recorded, or null.</summary>
    public string? Path { get; private set; }

    /// <summary>Starts a recording, from power-on or from a state.</summary>
    /// <param name="session">EmuHawk's movie session.</param>
    /// <param name="path">A file ending in .bk2.</param>
    /// <param name="author">For the header.</param>
    /// <param name="from">The core's state at the first frame and the picture that goes with it; null for power-on.</param>
    public void Start(IMovieSession session, string path, string author, (byte[] Core, int[] Picture)? from = null)
    {
        if (!path.EndsWith(".bk2", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotSupportedException($"{path}: EmuHawk records movies into files that end in .bk2.");
        }

        // Get(path) in 2.9, Get(path, loadMovie = false) since.
        IMovie movie = VersionedCall.Invoke<IMovie>(typeof(IMovieSession), session, "Get", path);
        movie.Author = author;
        if (from is { } state)
        {
            movie.StartsFromSavestate = true;
            movie.BinarySavestate = state.Core;
            movie.SavestateFramebuffer = state.Picture;
        }

        // Known before the call: EmuHawk restarts its tools from inside it.
        Path = path;
        bool started = false;
        try
        {
            started = startNewMovie(movie, true);
        }
        finally
        {
            Path = started ? path : null;
        }

        if (!started)
        {
            throw new InvalidOperationException($"EmuHawk did not start recording {path}; its own message says why.");
        }
    }

    /// <summary>Ends the recording and writes the file. Whatever the user does with movies otherwise is left alone.</summary>
    /// <returns>The file, or null when nothing of ours was being recorded.</returns>
    public string? Stop(IMovieSession session)
    {
        string? path = Path;
        Path = null;
        if (path is null || session.Movie?.Filename != path)
        {
            return null;
        }

        session.StopMovie();
        return path;
    }
}
