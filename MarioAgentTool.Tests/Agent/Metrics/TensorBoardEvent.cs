using System.Buffers.Binary;
using System.Text;

namespace MarioAgentTool.Tests.Agent.Metrics;

/// <summary>A record of an event file, read by hand: its own CRC, bit by bit, and its own wire format. What is cut short at the end is left out.</summary>
internal sealed record TensorBoardEvent(double WallTime, long Step, string? FileVersion, bool SessionStarts, string? Tag, float? Value)
{
    public static IReadOnlyList<TensorBoardEvent> Read(string path)
    {
        var events = new List<TensorBoardEvent>();
        byte[] file = File.ReadAllBytes(path);
        for (int at = 0; at + 16 <= file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            if (at + 16 + length > file.Length)
            {
                break;
            }

            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)), Is.EqualTo(Masked(file.AsSpan(at, 8))), $"CRC of the length at {at}");
            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)), Is.EqualTo(Masked(file.AsSpan(at + 12, length))), $"CRC of the record at {at}");
            events.Add(Parse(file.AsSpan(at + 12, length)));
            at += 16 + length;
        }

        return events;
    }

    private static TensorBoardEvent Parse(ReadOnlySpan<byte> message)
    {
        var found = new TensorBoardEvent(0, 0, null, false, null, null);
        foreach ((int field, byte[] bytes) in Fields(message))
        {
            found = field switch
            {
                1 => found with { WallTime = BitConverter.ToDouble(bytes) },
                2 => found with { Step = BitConverter.ToInt64(bytes) },
                3 => found with { FileVersion = Encoding.UTF8.GetString(bytes) },
                5 => WithValue(found, Fields(Fields(bytes).Single(f => f.Field == 1).Bytes)),
                7 => found with { SessionStarts = BitConverter.ToInt64(Fields(bytes).Single(f => f.Field == 1).Bytes) == 1 },
                _ => throw new InvalidDataException($"field {field}"),
            };
        }

        return found;
    }

    private static TensorBoardEvent WithValue(TensorBoardEvent found, List<(int Field, byte[] Bytes)> fields) => found with
    {
        Tag = Encoding.UTF8.GetString(fields.Single(f => f.Field == 1).Bytes),
        Value = BitConverter.ToSingle(fields.Single(f => f.Field == 2).Bytes),
    };

    // Numbers come back as their 8 or 4 bytes, varints as 8.
    private static List<(int Field, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, byte[])>();
        while (!message.IsEmpty)
        {
            ulong key = Varint(ref message);
            int length = (key & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(ref message), 0 => 0, _ => throw new InvalidDataException($"wire type {key & 7}") };
            fields.Add(((int)(key >> 3), (key & 7) == 0 ? BitConverter.GetBytes(Varint(ref message)) : message[..length].ToArray()));
            message = message[length..];
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8u);
    }
}
