namespace MarioAgentTool.Support;

/// <summary>CRC-32 as zip, PNG and zlib compute it, and CRC-32C (Castagnoli), as TensorBoard's files have it.</summary>
public static class Crc32
{
    // The polynomials, their bits in reverse.
    private static readonly uint[] Table = MakeTable(0xEDB88320), Castagnoli = MakeTable(0x82F63B78);

    /// <summary>CRC-32 of two stretches of bytes, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) => ~Add(Table, Add(Table, uint.MaxValue, first), second);

    /// <summary>CRC-32C.</summary>
    public static uint OfCastagnoli(ReadOnlySpan<byte> bytes) => ~Add(Castagnoli, uint.MaxValue, bytes);

    private static uint Add(uint[] table, uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc = table[(byte)(crc ^ value)] ^ crc >> 8;
        }

        return crc;
    }

    private static uint[] MakeTable(uint polynomial)
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? polynomial ^ c >> 1 : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
