using BizHawk.Client.Common;

namespace NesCoreShim.Host;

/// <summary>The movie as ApiHawk shows it.</summary>
internal sealed class MovieApi(HeadlessEmuHawk emuHawk) : IMovieApi
{
    private static readonly Dictionary<string, object> s_nothing = [];

    private HostedMovie? Movie => emuHawk.Movies.Current;

    public bool StartsFromSavestate() => Movie is { StartsFromSavestate: true };

    public bool StartsFromSaveram() => Movie is { StartsFromSaveRam: true };

    public string Filename() => Movie?.Filename ?? "";

    public IReadOnlyDictionary<string, object> GetInput(int frame, int? controller = null)
    {
        if (Movie is { } movie && frame >= 0 && frame < movie.FrameCount)
        {
            return Controls.Describe(movie[frame], controller);
        }

        emuHawk.Say("No movie loaded, or the frame is beyond its end");
        return s_nothing;
    }

    public string GetInputAsMnemonic(int frame) => Movie?.GetInputLogEntry(frame) ?? "";

    public bool GetReadOnly() => emuHawk.Movies.ReadOnly;

    public ulong GetRerecordCount() => Movie?.Rerecords ?? 0;

    public bool GetRerecordCounting() => Movie is { IsCountingRerecords: true };

    public bool IsLoaded() => Movie is { IsActive: true };

    public int Length() => Movie?.FrameCount ?? -1;

    public string Mode() => (Movie?.Mode ?? MovieMode.Inactive).ToString().ToUpperInvariant();

    public bool PlayFromStart(string path = "")
    {
        if (path.Length == 0 && Movie is { } current)
        {
            current.Save();
            path = current.Filename;
        }

        return path.Length > 0 && emuHawk.PlayMovie(path);
    }

    public void Save(string filename = "")
    {
        if (Movie is not { } movie)
        {
            return;
        }

        if (filename.Length == 0)
        {
            movie.Save();
        }
        else if (File.Exists(filename))
        {
            emuHawk.Say($"File {filename} already exists, will not overwrite");
        }
        else
        {
            movie.Write(filename);
        }
    }

    public void SetReadOnly(bool readOnly) => emuHawk.Movies.ReadOnly = readOnly;

    public void SetRerecordCount(ulong count)
    {
        if (Movie is { } movie)
        {
            movie.Rerecords = count;
        }
    }

    public void SetRerecordCounting(bool counting)
    {
        if (Movie is { } movie)
        {
            movie.IsCountingRerecords = counting;
        }
    }

    public void Stop(bool saveChanges = true) => emuHawk.Movies.StopMovie(saveChanges);

    public double GetFps() => Movie?.FrameRate ?? 0;

    public IReadOnlyDictionary<string, string> GetHeader() => Movie is { } movie ? new Dictionary<string, string>(movie.HeaderEntries) : [];

    public IReadOnlyList<string> GetComments() => Movie is { } movie ? [.. movie.Comments] : [];
}
