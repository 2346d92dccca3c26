using System.Buffers.Binary;
using System.Text;

namespace MarioAgentTool.Learning.Weights;

/// <summary>Writes the pickle of a state dict with those opcodes of protocol 2 that PyTorch's restricted unpickler reads.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();

    public PickleWriter() => Put(0x80, 2);

    /// <summary>The pickle, complete.</summary>
    public byte[] Finish()
    {
        Put('.');
        return _bytes.ToArray();
    }

    /// <summary>A dict of what is put into it: texts and values in turn.</summary>
    public void Dict(Action items)
    {
        Put('}', '(');
        items();
        Put('u');
    }

    public void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Put('X');
        Word(utf8.Length);
        _bytes.Write(utf8, 0, utf8.Length);
    }

    public void Number(double number)
    {
        Put('G');
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, BitConverter.DoubleToInt64Bits(number));
        _bytes.Write(bytes, 0, 8);
    }

    /// <summary>An OrderedDict of contiguous tensors.</summary>
    /// <param name="tensors">In order.</param>
    /// <param name="keyOf">The storage that holds a tensor.</param>
    public void StateDict(IEnumerable<StoredTensor> tensors, Func<StoredTensor, int> keyOf)
    {
        OrderedDict();
        Put('(');
        foreach (StoredTensor tensor in tensors)
        {
            Text(tensor.Name);
            Tensor(tensor, keyOf(tensor));
        }

        Put('u');
    }

    // _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)
    private void Tensor(StoredTensor tensor, int key)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Put('(', '(');
        Text("storage");
        Global("torch", StorageName(tensor.Type));
        Text($"{key}");
        Text("cpu");
        Whole(tensor.Count);
        Put('t', 'Q');
        Whole(0);
        Tuple(tensor.Shape);
        var strides = new int[tensor.Shape.Length];
        for (int d = strides.Length - 1, step = 1; d >= 0; step *= Math.Max(1, tensor.Shape[d]), d--)
        {
            strides[d] = step;
        }

        Tuple(strides);
        Put(0x89);
        OrderedDict();
        Put('t', 'R');
    }

    private static string StorageName(ElementType type) => type switch
    {
        ElementType.Float32 => "FloatStorage",
        ElementType.Float64 => "DoubleStorage",
        ElementType.Float16 => "HalfStorage",
        ElementType.BFloat16 => "BFloat16Storage",
        ElementType.Int64 => "LongStorage",
        ElementType.Int32 => "IntStorage",
        ElementType.Int16 => "ShortStorage",
        ElementType.Int8 => "CharStorage",
        ElementType.UInt8 => "ByteStorage",
        _ => "BoolStorage",
    };

    private void OrderedDict()
    {
        Global("collections", "OrderedDict");
        Put(')', 'R');
    }

    private void Global(string module, string name)
    {
        byte[] line = Encoding.ASCII.GetBytes($"c{module}\n{name}\n");
        _bytes.Write(line, 0, line.Length);
    }

    private void Tuple(int[] values)
    {
        Put('(');
        Array.ForEach(values, Whole);
        Put('t');
    }

    private void Whole(int value)
    {
        Put('J');
        Word(value);
    }

    private void Word(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _bytes.Write(bytes, 0, 4);
    }

    private void Put(params int[] opcodes)
    {
        foreach (int opcode in opcodes)
        {
            _bytes.WriteByte((byte)opcode);
        }
    }
}
