using System.Runtime.InteropServices;
using System.Text;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// The learner's file: <c>MATL</c>, format version, algorithm, network shape, then what the algorithm writes, every array with
/// its length before it. Little-endian. The learners write their parts through these helpers in the order they read them.
/// </summary>
internal static class LearnerFile
{
    private const int Magic = 0x4C54414D;   // "MATL"
    private const int Version = 2;

    public static BinaryWriter Begin(Stream stream, string algorithm, string shape)
    {
        var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(algorithm);
        writer.Write(shape);
        return writer;
    }

    public static BinaryReader Open(Stream stream, string algorithm, string shape)
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

        return reader;
    }

    public static void Write(this BinaryWriter writer, ReadOnlySpan<float> values)
    {
        writer.Write((long)values.Length);
        byte[] buffer = new byte[64 * 1024];
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, buffer.Length);
            bytes.Slice(0, count).CopyTo(buffer);
            writer.Write(buffer, 0, count);
            bytes = bytes.Slice(count);
        }
    }

    public static void Read(this BinaryReader reader, string what, Span<float> values)
    {
        long length = reader.ReadInt64();
        if (length != values.Length)
        {
            throw new InvalidDataException($"The file has {length} numbers for {what}; {values.Length} are expected.");
        }

        ReadExactly(reader, MemoryMarshal.AsBytes(values));
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

    /// <summary>N observations, with their length in bytes before them.</summary>
    public static void WriteObservations(this BinaryWriter writer, ReadOnlySpan<byte> observations)
    {
        writer.Write(observations.Length);
        writer.Write(observations.ToArray());
    }

    /// <summary>What <see cref="WriteObservations"/> wrote; another N is refused.</summary>
    public static void ReadObservations(this BinaryReader reader, Span<byte> observations, int each)
    {
        int length = reader.ReadInt32();
        if (length != observations.Length)
        {
            throw new InvalidDataException(
                $"The file was saved with replay for {length / each} environments; this learner has {observations.Length / each}. "
                + "Use as many, or a checkpoint without replay.");
        }

        ReadExactly(reader, observations);
    }

    public static void Write(this BinaryWriter writer, RandomStream random)
    {
        (ulong a, ulong b, ulong c, ulong d) = random.State;
        writer.Write(a);
        writer.Write(b);
        writer.Write(c);
        writer.Write(d);
    }

    public static void Read(this BinaryReader reader, RandomStream random)
        => random.State = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());

    public static void Write(this BinaryWriter writer, IQNetwork network)
    {
        foreach (NamedTensor tensor in network.Tensors)
        {
            writer.Write(tensor.Values.Span);
        }
    }

    public static void Read(this BinaryReader reader, string what, IQNetwork network)
    {
        foreach (NamedTensor tensor in network.Tensors)
        {
            reader.Read($"{what}'s {tensor.Name}", tensor.Values.Span);
        }
    }

    public static void Write(this BinaryWriter writer, INetworkOptimiser optimiser)
    {
        writer.Write(optimiser.Steps);
        (float[] first, float[] second) = optimiser.Moments;
        writer.Write(first);
        writer.Write(second);
    }

    public static void Read(this BinaryReader reader, INetworkOptimiser optimiser)
    {
        optimiser.Steps = reader.ReadInt64();
        (float[] first, float[] second) = optimiser.Moments;
        reader.Read("the optimiser's first moment", first);
        reader.Read("the optimiser's second moment", second);
    }
}
