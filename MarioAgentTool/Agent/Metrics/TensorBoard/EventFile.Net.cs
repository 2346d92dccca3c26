using System.Buffers.Binary;
using Google.Protobuf;
using MarioAgentTool.Support;

namespace MarioAgentTool.Metrics.TensorBoard;

/// <summary>
/// A file of TensorBoard: records of length, masked CRC-32C of the length, an <c>Event</c> message, masked CRC-32C of the message.
/// https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto has the fields. Every record is handed to
/// the system at once; a last one cut short by a kill is what TensorBoard expects of a file still being written.
/// </summary>
internal sealed class EventFile : IDisposable
{
    // Field numbers. Event: wall time, step, and one of file version, summary, session log. Summary: values. Value: tag, number.
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7, Value = 1, Tag = 1, SimpleValue = 2, Status = 1;
    private const int SessionStart = 1;

    private readonly FileStream _file;
    private readonly Func<DateTime> _now;

    /// <param name="path">A new file.</param>
    /// <param name="now">The time of day, UTC.</param>
    public EventFile(string path, Func<DateTime> now)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        _now = now;
        Write(0, e =>
        {
            e.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
            e.WriteString("brain.Event:2");
        });
    }

    public string Name => Path.GetFileName(_file.Name);

    public long Length => _file.Length;

    /// <summary>A sitting begins here: TensorBoard forgets what earlier files say of this step and later ones.</summary>
    public void BeginSession(long step) => Write(step, e => Nested(e, SessionLog, log =>
    {
        log.WriteTag(Status, WireFormat.WireType.Varint);
        log.WriteEnum(SessionStart);
    }));

    /// <summary>One number under one tag, as <c>SummaryWriter.add_scalar</c> writes it.</summary>
    public void AddScalar(string tag, float value, long step) => Write(step, e => Nested(e, Summary, summary => Nested(summary, Value, v =>
    {
        v.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
        v.WriteString(tag);
        v.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
        v.WriteFloat(value);
    })));

    /// <summary>Waits until the disk has every record.</summary>
    public void FlushToDisk() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();

    // Rotated by 15 bits and added to, so that the CRC of data that holds CRCs stays a good one.
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc32.OfCastagnoli(bytes);
        return (crc >> 15 | crc << 17) + 0xA282EAD8;
    }

    private static byte[] Message(Action<CodedOutputStream> fields)
    {
        var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            fields(output);
        }

        return bytes.ToArray();
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> fields)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(fields)));
    }

    private void Write(long step, Action<CodedOutputStream> what)
    {
        byte[] message = Message(e =>
        {
            e.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            e.WriteDouble((_now() - DateTime.UnixEpoch).TotalSeconds);
            if (step != 0)
            {
                e.WriteTag(Step, WireFormat.WireType.Varint);
                e.WriteInt64(step);
            }

            what(e);
        });
        byte[] record = new byte[8 + 4 + message.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        message.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + message.Length), MaskedCrc(message));
        _file.Write(record);
        _file.Flush();
    }
}
