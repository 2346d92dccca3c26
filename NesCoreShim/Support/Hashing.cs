using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NesCoreShim;

/// <summary>The digests that name ROM images and machine states.</summary>
internal static partial class Hashing
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
        Span<ulong> sums = stackalloc ulong[8];
        int done = 0;
        SumNet(MemoryMarshal.Cast<byte, ulong>(data), sums.Slice(0, 4), sums.Slice(4), ref done);
        return ChecksumFrom(done, data, sums);
    }

    /// <summary>A word at a time, from so many words on.</summary>
    public static ulong ChecksumFrom(int done, ReadOnlySpan<byte> data, Span<ulong> sums)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(data);
        for (; done < words.Length; done++)
        {
            sums[4 + (done & 3)] += sums[done & 3] += words[done];
        }

        foreach (byte b in data.Slice(words.Length * sizeof(ulong)))
        {
            sums[4] += sums[0] += b;
        }

        const ulong prime = 0x100000001B3;
        ulong hash = 0xCBF29CE484222325;
        foreach (ulong sum in sums)
        {
            hash = (hash ^ sum) * prime;
            hash ^= hash >> 29;
        }

        return hash;
    }

    static partial void SumNet(ReadOnlySpan<ulong> words, Span<ulong> sums, Span<ulong> all, ref int i);

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
