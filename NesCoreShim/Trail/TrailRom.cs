namespace NesCoreShim.Trail;

/// <summary>The built-in game: a platformer of our own that keeps its state where Super Mario Bros. does.</summary>
public static class TrailRom
{
    private static readonly Lazy<byte[]> Bytes = new(Load);

    /// <summary>The whole iNES file.</summary>
    public static ReadOnlySpan<byte> Image => Bytes.Value;

    private static byte[] Load()
    {
        using Stream resource = typeof(TrailRom).Assembly.GetManifestResourceStream("Trail.nes")!;
        var bytes = new byte[resource.Length];
        int read = 0;
        while (read < bytes.Length)
        {
            read += resource.Read(bytes, read, bytes.Length - read);
        }

        return bytes;
    }
}
