namespace MarioAgentTool.Support;

/// <summary>CRC-32 as zip, PNG and zlib compute it.</summary>
public static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>Of two stretches of bytes, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) => ~Add(Add(uint.MaxValue, first), second);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ crc >> 8;
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ c >> 1 : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
