using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MarioAgentTool.Support;

namespace MarioAgentTool.Metrics;

/// <summary>Writes 8-bit RGB pictures as PNG (W3C PNG specification, third edition): IHDR, one IDAT, IEND.</summary>
public static class Png
{
    /// <param name="rgb">Rows of three bytes a pixel.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], 0, 8);

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a channel
        header[9] = 2; // RGB
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", ZLib(Filter(rgb, width * 3, height)));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    // Filter 2, "up": each byte minus the one above, which suits large flat areas.
    private static byte[] Filter(ReadOnlySpan<byte> rgb, int stride, int height)
    {
        byte[] filtered = new byte[(stride + 1) * height];
        for (int y = 0; y < height; y++)
        {
            int to = y * (stride + 1);
            filtered[to++] = 2;
            for (int x = 0; x < stride; x++)
            {
                filtered[to + x] = (byte)(rgb[y * stride + x] - (y == 0 ? 0 : rgb[(y - 1) * stride + x]));
            }
        }

        return filtered;
    }

    // RFC 1950: two header bytes, deflate, Adler-32.
    private static byte[] ZLib(byte[] data)
    {
        var packed = new MemoryStream();
        packed.WriteByte(0x78);
        packed.WriteByte(0x9C);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(data, 0, data.Length);
        }

        uint a = 1, b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        byte[] adler = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(adler, b << 16 | a);
        packed.Write(adler, 0, 4);
        return packed.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] name = Encoding.ASCII.GetBytes(type), number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number, 0, 4);
        file.Write(name, 0, 4);
        file.Write(data, 0, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(name, data));
        file.Write(number, 0, 4);
    }
}
