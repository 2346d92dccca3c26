namespace MarioAgentTool.Learning.Weights;

/// <summary>A name that a pickle asks Python to import. Nothing is imported: a few are known by name, the rest are refused.</summary>
internal sealed record PickleGlobal(string Path);

/// <summary>A Python dict: pairs in order, the last value of a key counts.</summary>
internal sealed class PickleDict
{
    private readonly Dictionary<object, int> _places = [];
    private readonly List<KeyValuePair<object, object?>> _pairs = [];

    public IReadOnlyList<KeyValuePair<object, object?>> Pairs => _pairs;

    public object? this[object key]
    {
        get => _places.TryGetValue(key, out int place) ? _pairs[place].Value : null;
        set
        {
            if (_places.TryGetValue(key, out int place))
            {
                _pairs[place] = new(key, value);
            }
            else
            {
                _places.Add(key, _pairs.Count);
                _pairs.Add(new(key, value));
            }
        }
    }
}

/// <summary>What <c>numpy.dtype</c> makes of a type's code.</summary>
internal sealed record NumpyType(string Code);

/// <summary>The numbers behind tensors. In the older format they follow the pickle and are filled in later.</summary>
internal sealed class TorchStorage(string key, ElementType type, int count)
{
    public string Key { get; } = key;

    public ElementType Type { get; } = type;

    public int Count { get; } = count;

    public ReadOnlyMemory<byte> Bytes { get; set; }
}

/// <summary>A view of a storage: element (i, j, …) lies at offset + i × strides[0] + j × strides[1] + …</summary>
internal sealed record TorchTensor(TorchStorage Storage, int Offset, int[] Shape, int[] Strides)
{
    /// <summary>Numbers in it.</summary>
    public int Count { get; } = Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlyMemory<byte> Gather()
    {
        int size = Storage.Type.Size();
        if (IsContiguous())
        {
            return Storage.Bytes.Slice(Offset * size, Count * size);
        }

        byte[] gathered = new byte[Count * size];
        ReadOnlySpan<byte> from = Storage.Bytes.Span;
        var index = new int[Shape.Length];
        for (int to = 0, at = Offset; to < gathered.Length; to += size)
        {
            from.Slice(at * size, size).CopyTo(gathered.AsSpan(to));

            // The last index runs fastest; where one comes to its end, the one before it moves on.
            for (int d = Shape.Length - 1; d >= 0; d--)
            {
                at += Strides[d];
                if (++index[d] < Shape[d])
                {
                    break;
                }

                at -= Strides[d] * Shape[d];
                index[d] = 0;
            }
        }

        return gathered;
    }

    private bool IsContiguous()
    {
        int expected = 1;
        for (int d = Shape.Length - 1; d >= 0; d--)
        {
            if (Shape[d] != 1 && Strides[d] != expected)
            {
                return Count == 0;
            }

            expected *= Shape[d];
        }

        return true;
    }
}
