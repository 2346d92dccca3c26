using System.Buffers.Binary;

namespace MarioAgentTool.Learning;

/// <summary>
/// Packs a frame without loss, after LZ4's block format (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md): literals,
/// then a copy from further back, again and again. Screens of a NES shrink to about a quarter.
/// <code>
///   token   4 bits literals | 4 bits copied − 4; 15 means that more follows in bytes, until one is not 255
///   literals, then the distance back (16 bits, little-endian); the last token has literals only
/// </code>
/// </summary>
internal sealed class FramePacking
{
    private const int ShortestCopy = 4;
    private const int FurthestCopy = 0xFFFF;
    private const int HashBits = 12;

    private readonly int[] _seen = new int[1 << HashBits];

    /// <summary>Bytes that packing can come to.</summary>
    public static int Longest(int length) => length + length / 255 + 16;

    /// <summary>Writes the packed frame and returns its length.</summary>
    public int Pack(ReadOnlySpan<byte> frame, Span<byte> packed)
    {
        // Places are kept plus one, so that a cleared table knows nothing.
        Array.Clear(_seen, 0, _seen.Length);
        int at = 0, literals = 0, to = 0;
        while (at + ShortestCopy <= frame.Length)
        {
            uint four = BinaryPrimitives.ReadUInt32LittleEndian(frame.Slice(at));
            uint hash = four * 2_654_435_761u >> (32 - HashBits);
            int candidate = _seen[hash] - 1;
            _seen[hash] = at + 1;
            if (candidate < 0 || at - candidate > FurthestCopy || BinaryPrimitives.ReadUInt32LittleEndian(frame.Slice(candidate)) != four)
            {
                at++;
                continue;
            }

            int length = ShortestCopy;
            while (at + length < frame.Length && frame[candidate + length] == frame[at + length])
            {
                length++;
            }

            to = Sequence(frame.Slice(literals, at - literals), length - ShortestCopy, packed, to);
            BinaryPrimitives.WriteUInt16LittleEndian(packed.Slice(to), (ushort)(at - candidate));
            to = WriteRest(length - ShortestCopy, packed, to + 2);
            at += length;
            literals = at;
        }

        return Sequence(frame.Slice(literals), 0, packed, to);
    }

    /// <summary>Writes the frame that <see cref="Pack"/> was given; its length has to be right.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> frame)
    {
        int from = 0, at = 0;
        while (true)
        {
            int token = packed[from++];
            int literals = ReadRest(token >> 4, packed, ref from);
            packed.Slice(from, literals).CopyTo(frame.Slice(at));
            from += literals;
            at += literals;
            if (from == packed.Length)
            {
                return;
            }

            int distance = BinaryPrimitives.ReadUInt16LittleEndian(packed.Slice(from));
            from += 2;
            int length = ReadRest(token & 15, packed, ref from) + ShortestCopy;
            if (distance >= length)
            {
                frame.Slice(at - distance, length).CopyTo(frame.Slice(at));
            }
            else if (distance == 1)
            {
                frame.Slice(at, length).Fill(frame[at - 1]);
            }
            else
            {
                // The copy reads what it has just written: a pattern repeats.
                for (int i = 0; i < length; i++)
                {
                    frame[at + i] = frame[at + i - distance];
                }
            }

            at += length;
        }
    }

    private static int Sequence(ReadOnlySpan<byte> literals, int copied, Span<byte> packed, int to)
    {
        packed[to++] = (byte)(Math.Min(literals.Length, 15) << 4 | Math.Min(copied, 15));
        to = WriteRest(literals.Length, packed, to);
        literals.CopyTo(packed.Slice(to));
        return to + literals.Length;
    }

    private static int WriteRest(int count, Span<byte> packed, int to)
    {
        if (count < 15)
        {
            return to;
        }

        for (count -= 15; count >= 255; count -= 255)
        {
            packed[to++] = 255;
        }

        packed[to++] = (byte)count;
        return to;
    }

    private static int ReadRest(int nibble, ReadOnlySpan<byte> packed, ref int from)
    {
        int count = nibble;
        if (nibble == 15)
        {
            byte more;
            do
            {
                more = packed[from++];
                count += more;
            }
            while (more == 255);
        }

        return count;
    }
}
