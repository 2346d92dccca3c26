namespace NesCoreShim.Trail;

/// <summary>
/// Trail, a small platform game of this project's own: an NROM image whose work RAM reads like that of
/// Super Mario Bros. Its sources and the addresses it keeps are in this folder.
/// </summary>
public static class TrailRom
{
    /// <summary>The name to load it under.</summary>
    public const string Name = "Trail.nes";

    private static readonly byte[] _image = Read();

    /// <summary>The iNES image: 16 bytes of header, 32 KiB of program, 8 KiB of pictures.</summary>
    public static ReadOnlySpan<byte> Image => _image;

    private static byte[] Read()
    {
        using Stream stream = typeof(TrailRom).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is not embedded in {typeof(TrailRom).Assembly.GetName().Name}; the project file lists it as a resource.");
        var image = new byte[stream.Length];
        int read = 0;
        while (read < image.Length)
        {
            int more = stream.Read(image, read, image.Length - read);
            if (more == 0)
            {
                throw new EndOfStreamException($"{Name} ends after {read} of {image.Length} bytes.");
            }

            read += more;
        }

        return image;
    }
}
