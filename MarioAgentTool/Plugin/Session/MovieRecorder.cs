using System.Reflection;
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

    /// <summary>Starts a recording from power-on.</summary>
    /// <param name="session">EmuHawk's movie session.</param>
    /// <param name="path">A file ending in .bk2.</param>
    /// <param name="author">For the header.</param>
    public void Start(IMovieSession session, string path, string author)
    {
        if (!path.EndsWith(".bk2", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotSupportedException($"{path}: EmuHawk records movies into files that end in .bk2.");
        }

        IMovie movie = NewMovie(session, path);
        movie.Author = author;

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

    // Get(path) in 2.9, Get(path, loadMovie = false) since.
    private static IMovie NewMovie(IMovieSession session, string path)
    {
        MethodInfo get = typeof(IMovieSession).GetMethods().Concat(session.GetType().GetMethods()).FirstOrDefault(IsGet)
            ?? throw new NotSupportedException("This version of BizHawk makes movies in a way that is not known here; record with File > Movie > Record Movie.");
        object?[] arguments = new object?[get.GetParameters().Length];
        arguments[0] = path;
        for (int i = 1; i < arguments.Length; i++)
        {
            arguments[i] = Type.Missing;
        }

        // Type.Missing stands for a parameter's default.
        return (IMovie)get.Invoke(session, BindingFlags.OptionalParamBinding | BindingFlags.InvokeMethod, null, arguments, null)!;

        static bool IsGet(MethodInfo method)
        {
            ParameterInfo[] parameters = method.GetParameters();
            return method.Name == "Get"
                && typeof(IMovie).IsAssignableFrom(method.ReturnType)
                && parameters.Length > 0
                && parameters[0].ParameterType == typeof(string)
                && parameters.Skip(1).All(p => p.IsOptional);
        }
    }
}
