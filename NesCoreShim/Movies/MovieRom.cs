using System.Security.Cryptography;

namespace NesCoreShim.Movies;

/// <summary>Which game a movie is for. The two formats name it by different sums; either may be missing.</summary>
public sealed class MovieRom
{
    private const int HeaderLength = 16;
    private const int TrainerLength = 512;

    /// <summary>The game's name, without folder and ending.</summary>
    public string Name { get; set; } = "";

    /// <summary>BK2: SHA-1 of the whole .nes file, header and all, as upper-case hex.</summary>
    public string? Sha1 { get; set; }

    /// <summary>FM2: MD5 of PRG ROM followed by CHR ROM, as base64.</summary>
    public string? Md5 { get; set; }

    /// <summary>Both sums of an iNES image.</summary>
    /// <param name="name">The game's name, or the file's.</param>
    /// <param name="image">The whole .nes file.</param>
    public static MovieRom Of(string name, byte[] image)
    {
        if (image.Length < HeaderLength || image[0] != 'N' || image[1] != 'E' || image[2] != 'S' || image[3] != 0x1A)
        {
            throw new MovieFormatException($"{name}: the ROM does not begin with \"NES\" and $1A; a movie is made for an iNES image (.nes).");
        }

        // https://www.nesdev.org/wiki/INES: PRG in 16 KiB units, CHR in 8 KiB units, a 512-byte trainer before them if bit 2 of byte 6 is set.
        // FCEUX leaves header and trainer out of its sum.
        int start = HeaderLength + ((image[6] & 0x04) != 0 ? TrainerLength : 0);
        int length = (image[4] << 14) + (image[5] << 13);
        if (image.Length < start + length)
        {
            throw new MovieFormatException($"{name}: the header promises {length} bytes of ROM and {Math.Max(0, image.Length - start)} are there; the image is cut short.");
        }

        using SHA1 sha1 = SHA1.Create();
        using MD5 md5 = MD5.Create();
        return new MovieRom
        {
            Name = Path.GetFileNameWithoutExtension(name),
            Sha1 = BitConverter.ToString(sha1.ComputeHash(image)).Replace("-", ""),
            Md5 = Convert.ToBase64String(md5.ComputeHash(image, start, length)),
        };
    }
}
