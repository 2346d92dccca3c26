namespace NesCoreShim.Movies;

/// <summary>Movies by file name: .bk2 and .tasproj are BizHawk's, .fm2 and .fm3 are FCEUX's.</summary>
public static class MovieFile
{
    /// <summary>Reads a movie.</summary>
    /// <exception cref="MovieFormatException">The file is not what its ending promises.</exception>
    public static Movie Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            // A TAStudio project carries the same header and input log; its greenzone and branches stay behind.
            ".bk2" or ".tasproj" => Bk2File.Read(stream, path),
            // TAS Editor's projects begin as an FM2 does.
            ".fm2" or ".fm3" => Fm2File.Read(stream, path),
            _ => throw new MovieFormatException($"{path}: movies are read from .bk2, .tasproj, .fm2 and .fm3 files."),
        };
    }

    /// <summary>Writes a movie. The same movie gives the same bytes.</summary>
    /// <exception cref="MovieFormatException">The ending is unknown, or the format cannot hold this movie.</exception>
    public static void Save(string path, Movie movie)
    {
        using MemoryStream file = new();
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".bk2":
                Bk2File.Write(file, movie, path);
                break;
            case ".fm2":
                Fm2File.Write(file, movie, path);
                break;
            default:
                throw new MovieFormatException($"{path}: movies are written to .bk2 and .fm2 files.");
        }

        File.WriteAllBytes(path, file.ToArray());
    }
}
