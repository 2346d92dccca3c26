using System.IO.Compression;
using System.Text;

namespace NesCoreShim.Host;

/// <summary>Writes PNG files of 24 bits a pixel. https://www.w3.org/TR/png-3/</summary>
internal static class PngFile
{
    private const int BytesPerPixel = 3;

    public static void Write(string path, int width, int height, int[] argb)
    {
        using FileStream file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], 0, 8);

        // Eight bits a channel, RGB, no interlacing.
        byte[] header = [.. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0];
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Compress(Rows(width, height, argb)));
        Chunk(file, "IEND", []);
    }

    // Each row begins with its filter: none.
    private static byte[] Rows(int width, int height, int[] argb)
    {
        byte[] rows = new byte[height * (1 + width * BytesPerPixel)];
        int at = 0;
        for (int i = 0; i < argb.Length; i++)
        {
            at += i % width == 0 ? 1 : 0;
            rows[at++] = (byte)(argb[i] >> 16);
            rows[at++] = (byte)(argb[i] >> 8);
            rows[at++] = (byte)argb[i];
        }

        return rows;
    }

    // Deflate between zlib's two bytes of head and its checksum.
    private static byte[] Compress(byte[] data)
    {
        using MemoryStream packed = new();
        packed.WriteByte(0x78);
        packed.WriteByte(0x9C);
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(data, 0, data.Length);
        }

        uint a = 1, b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65_521;
            b = (b + a) % 65_521;
        }

        packed.Write(BigEndian((int)(b << 16 | a)), 0, 4);
        return packed.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(BigEndian(data.Length), 0, 4);
        file.Write(body, 0, body.Length);
        file.Write(BigEndian((int)Hashing.Crc32(body)), 0, 4);
    }

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
