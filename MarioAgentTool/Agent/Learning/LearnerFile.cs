using System.Runtime.InteropServices;
using System.Text;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// The learner's file: <c>MATL</c>, format version, algorithm, network shape, then what the algorithm keeps, every array with
/// its length before it. Little-endian. One list of calls serves both directions, so that nothing can be kept in one and forgotten in the other.
/// </summary>
internal sealed class LearnerFile : IDisposable
{
    private const int Magic = 0x4C54414D;   // "MATL"
    private const int Version = 2;

    private readonly BinaryWriter? _writer;
    private readonly BinaryReader? _reader;

    private LearnerFile(BinaryWriter writer) => _writer = writer;

    private LearnerFile(BinaryReader reader) => _reader = reader;

    /// <summary>Whether values come from the file.</summary>
    public bool IsReading => _reader is not null;

    /// <summary>A file to write.</summary>
    public static LearnerFile Begin(Stream stream, string algorithm, string shape)
    {
        var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(algorithm);
        writer.Write(shape);
        return new LearnerFile(writer);
    }

    /// <summary>A file to read; another algorithm's, or of another network, is refused.</summary>
    public static LearnerFile Open(Stream stream, string algorithm, string shape)
    {
        var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        int magic = reader.ReadInt32();
        if (magic != Magic)
        {
            throw new InvalidDataException($"This is not a learner's file: it begins with {magic:X8}, not {Magic:X8} (\"MATL\").");
        }

        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException($"The learner's file has format {version}; this build reads format {Version}. Load it with the build that wrote it.");
        }

        string savedAlgorithm = reader.ReadString();
        if (savedAlgorithm != algorithm)
        {
            throw new InvalidDataException($"The file was written by {savedAlgorithm}; this learner is {algorithm}.");
        }

        string savedShape = reader.ReadString();
        if (savedShape != shape)
        {
            throw new InvalidDataException($"The file holds a network of {savedShape}; this learner's is {shape}. Use the settings it was saved with.");
        }

        return new LearnerFile(reader);
    }

    public static void ReadExactly(BinaryReader reader, Span<byte> bytes)
    {
        byte[] buffer = new byte[Math.Min(bytes.Length, 64 * 1024)];
        while (!bytes.IsEmpty)
        {
            int count = reader.Read(buffer, 0, Math.Min(bytes.Length, buffer.Length));
            if (count == 0)
            {
                throw new EndOfStreamException($"The learner's file ends {bytes.Length} bytes early; the copy is incomplete.");
            }

            buffer.AsSpan(0, count).CopyTo(bytes);
            bytes = bytes.Slice(count);
        }
    }

    public void Sync(ref bool value)
    {
        _writer?.Write(value);
        value = _reader?.ReadBoolean() ?? value;
    }

    public void Sync(ref int value)
    {
        _writer?.Write(value);
        value = _reader?.ReadInt32() ?? value;
    }

    public void Sync(ref long value)
    {
        _writer?.Write(value);
        value = _reader?.ReadInt64() ?? value;
    }

    public void Sync(ref float value)
    {
        _writer?.Write(value);
        value = _reader?.ReadSingle() ?? value;
    }

    public void Sync(ref StepEnd end)
    {
        _writer?.Write((byte)end);
        end = (StepEnd?)_reader?.ReadByte() ?? end;
    }

    public void Sync(RandomStream random)
    {
        (ulong a, ulong b, ulong c, ulong d) = random.State;
        random.State = (Sync(a), Sync(b), Sync(c), Sync(d));
    }

    /// <summary>A network's tensors; other lengths are refused.</summary>
    public void Sync(string what, IQNetwork network)
    {
        foreach (NamedTensor tensor in network.Tensors)
        {
            Sync($"{what}'s {tensor.Name}", tensor.Values.Span);
        }
    }

    public void Sync(INetworkOptimiser optimiser)
    {
        long steps = optimiser.Steps;
        Sync(ref steps);
        optimiser.Steps = steps;
        (float[] first, float[] second) = optimiser.Moments;
        Sync("the optimiser's first moment", first);
        Sync("the optimiser's second moment", second);
    }

    /// <summary>Bytes, as many as there are.</summary>
    public void Sync(Span<byte> bytes)
    {
        if (_reader is not null)
        {
            ReadExactly(_reader, bytes);
            return;
        }

        byte[] buffer = new byte[Math.Min(bytes.Length, 64 * 1024)];
        for (int at = 0; at < bytes.Length; at += buffer.Length)
        {
            Span<byte> some = bytes.Slice(at, Math.Min(bytes.Length - at, buffer.Length));
            some.CopyTo(buffer);
            _writer!.Write(buffer, 0, some.Length);
        }
    }

    /// <summary>N observations with their length in bytes before them; another N is refused.</summary>
    public void SyncObservations(Span<byte> observations, int each)
    {
        int length = observations.Length;
        Sync(ref length);
        if (length != observations.Length)
        {
            throw new InvalidDataException(
                $"The file was saved with replay for {length / each} environments; this learner has {observations.Length / each}. "
                + "Use as many, or a checkpoint without replay.");
        }

        Sync(observations);
    }

    /// <summary>A part that writes and reads itself.</summary>
    public void Sync(Action<BinaryWriter> save, Action<BinaryReader> load)
    {
        if (_writer is not null)
        {
            save(_writer);
        }
        else
        {
            load(_reader!);
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _reader?.Dispose();
    }

    private ulong Sync(ulong value)
    {
        _writer?.Write(value);
        return _reader?.ReadUInt64() ?? value;
    }

    private void Sync(string what, Span<float> values)
    {
        long length = values.Length;
        Sync(ref length);
        if (length != values.Length)
        {
            throw new InvalidDataException($"The file has {length} numbers for {what}; {values.Length} are expected.");
        }

        Sync(MemoryMarshal.AsBytes(values));
    }
}
