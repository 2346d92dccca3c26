using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning.Weights;

/// <summary>How a number is stored. The names are those of PyTorch's dtypes.</summary>
public enum ElementType
{
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Bool,
}

/// <summary>Sizes and conversions of <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    /// <summary>Bytes of one number.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        _ => 1,
    };

    internal static float Single(this ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.Float32 => MemoryMarshal.Read<float>(bytes),
        ElementType.Float64 => (float)MemoryMarshal.Read<double>(bytes),
        ElementType.Float16 => Half(MemoryMarshal.Read<ushort>(bytes)),
        ElementType.BFloat16 => FromBits((uint)MemoryMarshal.Read<ushort>(bytes) << 16),
        ElementType.Int64 => MemoryMarshal.Read<long>(bytes),
        ElementType.Int32 => MemoryMarshal.Read<int>(bytes),
        ElementType.Int16 => MemoryMarshal.Read<short>(bytes),
        ElementType.Int8 => (sbyte)bytes[0],
        _ => bytes[0],
    };

    // IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 of fraction.
    private static float Half(ushort bits)
    {
        int exponent = bits >> 10 & 0x1F, fraction = bits & 0x3FF;
        float size = exponent switch
        {
            0 => fraction / 16_777_216f,
            0x1F => fraction == 0 ? float.PositiveInfinity : float.NaN,
            _ => FromBits((uint)(exponent + 112 << 23 | fraction << 13)),
        };
        return (bits & 0x8000) == 0 ? size : -size;
    }

    private static float FromBits(uint bits) => MemoryMarshal.Cast<uint, float>([bits])[0];
}

/// <summary>A tensor as a file holds it.</summary>
/// <param name="Name">Its place in the state dict: <c>online.0.weight</c>.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Shape">Row-major dimensions; none for a single number.</param>
/// <param name="Bytes">The numbers one after the other, little-endian. Tensors of one array share their storage in files that can say so.</param>
public sealed record StoredTensor(string Name, ElementType Type, int[] Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Numbers in it.</summary>
    public int Count => Bytes.Length / Type.Size();

    /// <summary>Name and shape, for people.</summary>
    public string Title => $"{Name} {Describe(Shape)}";

    /// <summary>32-bit floats of a network; a BatchNorm's count of batches becomes the whole number that PyTorch keeps.</summary>
    public static StoredTensor Of(NamedTensor tensor)
    {
        if (!tensor.Name.EndsWith(BatchCount, StringComparison.Ordinal))
        {
            return new StoredTensor(tensor.Name, ElementType.Float32, tensor.Shape, MemoryMarshal.AsBytes(tensor.Values.Span).ToArray());
        }

        return new StoredTensor(tensor.Name, ElementType.Int64, [], BitConverter.GetBytes((long)tensor.Values.Span[0]));
    }

    /// <summary>The numbers as 32-bit floats, rounded where they had more digits.</summary>
    public float[] ToFloats()
    {
        int size = Type.Size();
        var values = new float[Count];
        ReadOnlySpan<byte> bytes = Bytes.Span;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type.Single(bytes.Slice(i * size));
        }

        return values;
    }

    internal const string BatchCount = ".num_batches_tracked";

    internal static string Describe(int[] shape) => $"[{string.Join(", ", shape)}]";
}

/// <summary>A weights file read: tensors by name, and what else it said.</summary>
/// <param name="Format">Which format it was in, for people.</param>
/// <param name="Tensors">In the file's order. Tables inside tables are joined by dots: <c>model.online.0.weight</c>.</param>
/// <param name="Scalars">Numbers, texts and nulls beside the tensors: <c>exploration_rate</c>.</param>
public sealed record StateDict(string Format, IReadOnlyList<StoredTensor> Tensors, IReadOnlyList<KeyValuePair<string, object?>> Scalars)
{
    /// <summary>The scalar of that name as a number; null where there is none.</summary>
    public double? Number(string name) => Scalars.FirstOrDefault(s => s.Key == name).Value switch
    {
        double number => number,
        long number => number,
        _ => null,
    };
}
