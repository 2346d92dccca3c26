using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NesCoreShim;

/// <summary>The digests that name ROM images and machine states.</summary>
internal static class Hashing
{
    private static readonly uint[] Crc32Table = MakeCrc32Table();

    public static string Sha1Hex(ReadOnlySpan<byte> data)
    {
        using SHA1 sha1 = SHA1.Create();
        return BitConverter.ToString(sha1.ComputeHash(data.ToArray())).Replace("-", "");
    }

    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc = crc >> 8 ^ Crc32Table[(byte)(crc ^ b)];
        }

        return ~crc;
    }

    /// <summary>A fast 64-bit fingerprint: FNV-1a over eight bytes at a time. Not for adversaries.</summary>
    public static ulong Fingerprint(ReadOnlySpan<byte> data)
    {
        const ulong prime = 0x100000001B3;
        ulong hash = 0xCBF29CE484222325;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (ulong word in words)
        {
            hash = (hash ^ word) * prime;
            hash ^= hash >> 29;
        }

        foreach (byte b in data.Slice(words.Length * sizeof(ulong)))
        {
            hash = (hash ^ b) * prime;
        }

        return hash ^ hash >> 32;
    }

    /// <summary>Finds damage, at memory speed: sums and sums of sums in four lanes, as Fletcher's checksum does.</summary>
    public static ulong Checksum(ReadOnlySpan<byte> data)
    {
        ulong sum0 = 1, sum1 = 2, sum2 = 3, sum3 = 4;
        ulong all0 = 0, all1 = 0, all2 = 0, all3 = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(data);
        int i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            ReadOnlySpan<ulong> four = words.Slice(i, 4);
            all0 += sum0 += four[0];
            all1 += sum1 += four[1];
            all2 += sum2 += four[2];
            all3 += sum3 += four[3];
        }

        foreach (byte b in data.Slice(i * sizeof(ulong)))
        {
            all0 += sum0 += b;
        }

        const ulong prime = 0x100000001B3;
        ulong hash = 0;
        foreach (ulong part in (ReadOnlySpan<ulong>)[sum0, sum1, sum2, sum3, all0, all1, all2, all3])
        {
            hash = (hash ^ part) * prime;
            hash ^= hash >> 29;
        }

        return hash;
    }

    private static uint[] MakeCrc32Table()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }

            table[i] = crc;
        }

        return table;
    }
}
