using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MarioAgentTool.Learning.Weights;

/// <summary>
/// Reads a Python pickle of protocol 2 to 5 that holds tensors, numbers, texts and containers. A pickle is a program for a small stack
/// machine whose calls could run anything; here a call is one of a few known by name and made in C#, and every other name is
/// refused. https://docs.python.org/3/library/pickletools.html lists the opcodes.
/// </summary>
/// <remarks>All that is wrong with a pickle is an <see cref="InvalidDataException"/> that ends a sentence about the file.</remarks>
internal sealed class PickleReader(byte[] bytes, int start, int end, Func<object?[], object?> persistent)
{
    // Elements that calls may copy: a short pickle could ask for the same long list to be copied again and again.
    private const int MostCopied = 1 << 24;

    // A network of a thousand tensors, its optimiser's moments beside it, takes a tenth of that.
    private const int MostOpcodes = 1 << 20;

    private const int MostDimensions = 64;

    private static readonly object Mark = new();

    private static readonly Dictionary<string, ElementType> Storages = new()
    {
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.BoolStorage"] = ElementType.Bool,
    };

    private static readonly HashSet<string> Known = new(Storages.Keys)
    {
        "collections.OrderedDict", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter",
        "torch.device", "torch.Size", "_codecs.encode", "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
    };

    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at = start;
    private int _copied;

    /// <summary>Where the pickle ended.</summary>
    public int Position => _at;

    /// <summary>The storage type of that name; null for another name.</summary>
    public static ElementType? StorageType(object? value) =>
        value is PickleGlobal global && Storages.TryGetValue(global.Path, out ElementType type) ? type : null;

    /// <summary>Runs the pickle.</summary>
    public object? Read()
    {
        for (int read = 0; ; read++)
        {
            Require(read < MostOpcodes, $"has a pickle of more than {MostOpcodes:N0} opcodes, more than any state dict needs");
            byte opcode = Byte();
            switch (opcode)
            {
                case 0x80: // PROTO
                    byte protocol = Byte();
                    Require(protocol is >= 2 and <= 5, $"is a pickle of protocol {protocol}; expected 2 to 5");
                    break;
                case 0x95: Take(8); break; // FRAME: how far to read ahead
                case (byte)'.': // STOP
                    object? result = Pop();
                    Require(_stack.Count == 0, "is a pickle that leaves values over");
                    return result;

                case (byte)'(': _stack.Add(Mark); break;
                case (byte)'0': Pop(); break;
                case (byte)'1': PopToMark(); break;
                case (byte)'2': _stack.Add(Top()); break;

                case (byte)'N': _stack.Add(null); break;
                case 0x88: _stack.Add(true); break;
                case 0x89: _stack.Add(false); break;
                case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
                case (byte)'K': _stack.Add((long)Byte()); break;
                case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
                case 0x8A: _stack.Add(Long(Byte())); break;
                case 0x8B: _stack.Add(Long(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))); break;
                case (byte)'G': _stack.Add(BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64BigEndian(Take(8)))); break;

                case (byte)'X': _stack.Add(Text(Length(4))); break;
                case 0x8C: _stack.Add(Text(Byte())); break;
                case 0x8D: _stack.Add(Text(Length(8))); break;
                case (byte)'T': _stack.Add(Latin1(Take(Length(4)))); break; // Python 2's texts
                case (byte)'U': _stack.Add(Latin1(Take(Byte()))); break;
                case (byte)'B': _stack.Add(Take(Length(4)).ToArray()); break;
                case (byte)'C': _stack.Add(Take(Byte()).ToArray()); break;
                case 0x8E or 0x96: _stack.Add(Take(Length(8)).ToArray()); break;

                case (byte)']' or 0x8F: _stack.Add(new List<object?>()); break; // a set is as good as a list here
                case (byte)')': _stack.Add(Array.Empty<object?>()); break;
                case (byte)'}': _stack.Add(new PickleDict()); break;
                case (byte)'a': Append(Pop()); break;
                case (byte)'e' or 0x90: Append(PopToMark()); break;
                case (byte)'l' or 0x91: _stack.Add(new List<object?>(PopToMark())); break;
                case (byte)'t': _stack.Add(PopToMark()); break;
                case 0x85: _stack.Add(PopMany(1)); break;
                case 0x86: _stack.Add(PopMany(2)); break;
                case 0x87: _stack.Add(PopMany(3)); break;
                case (byte)'d':
                    object?[] pairs = PopToMark();
                    _stack.Add(new PickleDict());
                    SetItems(pairs);
                    break;
                case (byte)'s': SetItems(PopMany(2)); break;
                case (byte)'u': SetItems(PopToMark()); break;

                case (byte)'q': _memo[Byte()] = Top(); break;
                case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
                case 0x94: _memo[(uint)_memo.Count] = Top(); break;
                case (byte)'h': _stack.Add(Recall(Byte())); break;
                case (byte)'j': _stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;

                case (byte)'c': _stack.Add(Global(Line(), Line())); break;
                case 0x93:
                    object?[] names = PopMany(2);
                    _stack.Add(Global(names[0] as string, names[1] as string));
                    break;
                case (byte)'R' or 0x81: // REDUCE; NEWOBJ calls the class
                    object?[] call = PopMany(2);
                    _stack.Add(Call(call[0], call[1]));
                    break;
                case (byte)'b':
                    object? state = Pop();
                    Build(Top(), state);
                    break;
                case (byte)'Q':
                    _stack.Add(persistent(Pop() as object?[] ?? throw Damaged("names a storage by something else than a tuple")));
                    break;

                default:
                    throw Damaged($"has the pickle opcode 0x{opcode:X2} at byte {_at - 1}, which no state dict needs");
            }
        }
    }

    /// <summary>A tuple of whole numbers from 0.</summary>
    internal static int[] Integers(object? value, string what)
    {
        object?[] items = value as object?[] ?? throw Damaged($"has a tensor whose {what} is not a tuple");
        Require(items.Length <= MostDimensions, $"has a tensor of {items.Length} dimensions; expected {MostDimensions} at most");
        return [.. items.Select(item => Integer(item, what))];
    }

    /// <summary>A whole number from 0 that an <see cref="int"/> holds.</summary>
    internal static int Integer(object? value, string what) =>
        value is long number and >= 0 and <= int.MaxValue ? (int)number : throw Damaged($"has a tensor whose {what} is {Show(value)}; expected a whole number from 0 to {int.MaxValue}");

    private static InvalidDataException Damaged(string what) => new(what);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Damaged(otherwise);
        }
    }

    private static string Show(object? value) => value switch
    {
        null => "None",
        long or double or bool or BigInteger => FormattableString.Invariant($"{value}"),
        string => "a text",
        PickleGlobal global => global.Path,
        _ => "an object",
    };

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        Require(count <= end - _at, "ends in the middle of its pickle; the copy is incomplete");
        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    private int Length(int width)
    {
        ulong length = width == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        Require(length <= (ulong)(end - _at), "ends in the middle of its pickle; the copy is incomplete");
        return (int)length;
    }

    private string Text(int length)
    {
        int from = _at;
        Take(length);
        return Encoding.UTF8.GetString(bytes, from, length);
    }

    private static string Latin1(ReadOnlySpan<byte> text)
    {
        var characters = new char[text.Length];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = (char)text[i];
        }

        return new string(characters);
    }

    // One line of ASCII, as GLOBAL has two of them.
    private string Line()
    {
        int length = bytes.AsSpan(_at, end - _at).IndexOf((byte)'\n');
        Require(length is >= 0 and <= 200, "has a name without its end");
        string line = Latin1(Take(length));
        Take(1);
        return line;
    }

    // Two's complement, little-endian, as long as need be. The older format begins with a number of ten bytes.
    private object Long(int length)
    {
        Require(length is >= 0 and <= 32, $"has a whole number of {length} bytes; expected 32 at most");
        var number = new BigInteger(Take(length).ToArray());
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    private object? Top()
    {
        Require(_stack.Count > 0, "is a pickle that takes a value where there is none");
        return _stack[_stack.Count - 1];
    }

    private object? Pop()
    {
        object? value = Top();
        Require(!ReferenceEquals(value, Mark), "is a pickle that takes a mark for a value");
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            values[i] = Pop();
        }

        return values;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(Mark);
        Require(mark >= 0, "is a pickle that looks for a mark where there is none");
        object?[] values = [.. _stack.GetRange(mark + 1, _stack.Count - mark - 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private void Append(params object?[] values)
    {
        List<object?> list = Top() as List<object?> ?? throw Damaged("is a pickle that appends to something else than a list");
        list.AddRange(values);
    }

    private void SetItems(object?[] keysAndValues)
    {
        PickleDict dict = Top() as PickleDict ?? throw Damaged("is a pickle that sets items of something else than a dict");
        Require(keysAndValues.Length % 2 == 0, "is a pickle that sets a key without a value");
        for (int i = 0; i < keysAndValues.Length; i += 2)
        {
            dict[Key(keysAndValues[i])] = keysAndValues[i + 1];
        }
    }

    private static object Key(object? key) => key is string or long or double or bool ? key : throw Damaged($"has a dict whose key is {Show(key)}; expected texts and numbers");

    private object? Recall(uint place) => _memo.TryGetValue(place, out object? value) ? value : throw Damaged("is a pickle that recalls what it has not stored");

    private static PickleGlobal Global(string? module, string? name)
    {
        string path = $"{module}.{name}";
        Require(Known.Contains(path), $"holds a Python object of {Printable(path)}, which is not read because that could run any code; save the network's state_dict() alone");
        return new PickleGlobal(path);
    }

    private static string Printable(string text) => new([.. text.Take(120).Select(c => c is >= ' ' and <= '~' ? c : '?')]);

    private void Spend(int elements)
    {
        Require(elements <= MostCopied - _copied, "is a pickle that copies more than any state dict needs");
        _copied += elements;
    }

    private object? Call(object? callee, object? arguments)
    {
        string name = (callee as PickleGlobal ?? throw Damaged("is a pickle that calls something else than a function")).Path;
        object?[] a = arguments as object?[] ?? throw Damaged($"calls {name} without a tuple of arguments");
        return (name, a.Length) switch
        {
            ("collections.OrderedDict", 0) => new PickleDict(),
            ("collections.OrderedDict", 1) => OrderedDict(a[0]),
            ("torch._utils._rebuild_tensor", 4) => Tensor(a),
            ("torch._utils._rebuild_tensor_v2", 6 or 7) => Tensor(a),
            ("torch._utils._rebuild_parameter", 3) => a[0] as TorchTensor ?? throw Damaged("has a parameter that is not a tensor"),
            ("torch.device", 1 or 2) => a[0] as string ?? throw Damaged("has a device without a name"),
            ("torch.Size", 1) => a[0] as object?[] ?? throw Damaged("has a size that is not a tuple"),
            ("_codecs.encode", 2) => Encode(a[0] as string, a[1] as string),
            ("numpy.dtype", 1 or 3) => new NumpyType(a[0] as string ?? throw Damaged("has a number type without a name")),
            ("numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar", 2) => NumpyScalar(a[0] as NumpyType, a[1] as byte[]),
            _ => throw Damaged($"calls {name} with {a.Length} arguments, which is not how PyTorch does"),
        };
    }

    private PickleDict OrderedDict(object? pairs)
    {
        var dict = new PickleDict();
        List<object?> items = pairs as List<object?> ?? throw Damaged("has an OrderedDict of something else than a list");
        Spend(items.Count);
        foreach (object? item in items)
        {
            // Python 2 wrote lists of two, Python 3 writes tuples.
            IReadOnlyList<object?>? pair = item as object?[] ?? (IReadOnlyList<object?>?)(item as List<object?>);
            Require(pair?.Count == 2, "has an OrderedDict of something else than pairs");
            dict[Key(pair![0])] = pair[1];
        }

        return dict;
    }

    private static TorchTensor Tensor(object?[] a)
    {
        TorchStorage storage = a[0] as TorchStorage ?? throw Damaged("has a tensor without a storage");
        int offset = Integer(a[1], "offset");
        int[] shape = Integers(a[2], "shape"), strides = Integers(a[3], "stride");
        Require(shape.Length == strides.Length, $"has a tensor of {shape.Length} dimensions with {strides.Length} strides");

        // Checked in steps that cannot overflow: every product is compared before the next.
        long count = 1, last = offset;
        for (int d = 0; d < shape.Length; d++)
        {
            count *= shape[d];
            last += (long)Math.Max(0, shape[d] - 1) * strides[d];
            Require(count <= int.MaxValue / 8 && last <= int.MaxValue, $"has a tensor of shape {StoredTensor.Describe(shape)} that is too large to be read");
        }

        Require(count == 0 ? offset <= storage.Count : last < storage.Count, $"has a tensor of shape {StoredTensor.Describe(shape)} at {offset} that reaches beyond its storage of {storage.Count} numbers");
        return new TorchTensor(storage, offset, shape, strides);
    }

    // How protocol 2 writes bytes.
    private byte[] Encode(string? text, string? encoding)
    {
        Require(text is not null && encoding is "latin1" && text.All(c => c < 256), "has bytes that are not encoded as latin1");
        Spend(text!.Length);
        return [.. text.Select(c => (byte)c)];
    }

    private static object NumpyScalar(NumpyType? type, byte[]? value)
    {
        ElementType? element = type?.Code switch
        {
            "f8" => ElementType.Float64,
            "f4" => ElementType.Float32,
            "f2" => ElementType.Float16,
            "i8" => ElementType.Int64,
            "i4" => ElementType.Int32,
            "i2" => ElementType.Int16,
            "i1" => ElementType.Int8,
            "u1" => ElementType.UInt8,
            "b1" => ElementType.Bool,
            _ => throw Damaged($"has a numpy number of type {Printable(type?.Code ?? "(none)")}, which is not read; save it as a Python float"),
        };
        Require(value?.Length == element.Value.Size(), "has a numpy number of the wrong length");
        return element.Value switch
        {
            ElementType.Float64 => BitConverter.ToDouble(value!, 0),
            ElementType.Int64 => BitConverter.ToInt64(value!, 0),
            ElementType.Int32 => (long)BitConverter.ToInt32(value!, 0),
            ElementType.Bool => value![0] != 0,
            _ => (object)(double)element.Value.Single(value),
        };
    }

    // OrderedDict's attributes (_metadata: module versions) are of no use here; a dtype's state tells its byte order.
    private static void Build(object? target, object? state)
    {
        switch (target)
        {
            case PickleDict when state is PickleDict:
                return;
            case NumpyType when state is object?[] { Length: >= 2 } parts:
                Require(parts[1] is "<" or "|" or "=", "has a number in big-endian order; save it on a little-endian machine");
                return;
            default:
                throw Damaged("is a pickle that sets attributes of something that has none");
        }
    }
}
