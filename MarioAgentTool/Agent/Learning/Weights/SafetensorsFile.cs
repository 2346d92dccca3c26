using System.Buffers.Binary;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Learning.Weights;

/// <summary>
/// The safetensors format, which PyTorch users open with <c>safetensors.torch.load_file</c>: header length, JSON header, raw
/// little-endian numbers without gaps. https://github.com/huggingface/safetensors
/// </summary>
internal static class SafetensorsFile
{
    private const string MetadataKey = "__metadata__";
    private const int LongestHeader = 1 << 24;

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["F32"] = ElementType.Float32,
        ["F64"] = ElementType.Float64,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.Bool,
    };

    /// <summary>Whether a file could be of this format: a plausible length and the brace of a JSON object.</summary>
    public static bool Matches(byte[] file) =>
        file.Length > 9 && file[8] == '{' && BinaryPrimitives.ReadInt64LittleEndian(file) is var length and >= 2 && length <= file.Length - 8;

    public static StateDict Read(byte[] file)
    {
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        Require(length <= LongestHeader, $"has a header of {length:N0} bytes; expected {LongestHeader:N0} at most");
        int start = 8 + (int)length;
        JObject header = Parse(Encoding.UTF8.GetString(file, 8, (int)length));

        var tensors = new List<StoredTensor>();
        var scalars = new List<KeyValuePair<string, object?>>();
        var spans = new List<(long From, long To)>();
        foreach (JProperty property in header.Properties())
        {
            JObject entry = property.Value as JObject ?? throw Damaged($"has no table for {property.Name} in its header");
            if (property.Name == MetadataKey)
            {
                scalars.AddRange(entry.Properties().Select(p => new KeyValuePair<string, object?>(p.Name, p.Value is JValue { Value: string text } ? text : throw Damaged("has metadata that is not text"))));
                continue;
            }

            string dtype = (entry["dtype"] as JValue)?.Value as string ?? "(none)";
            ElementType type = Types.TryGetValue(dtype, out ElementType known) ? known : throw Damaged($"has the tensor {property.Name} of type {dtype}; expected one of {string.Join(", ", Types.Keys)}");
            long[] shape = Integers(entry["shape"], property.Name), offsets = Integers(entry["data_offsets"], property.Name);
            long bytes = type.Size();
            foreach (long size in shape)
            {
                bytes *= size <= int.MaxValue ? size : throw Damaged($"has the tensor {property.Name} too large to be read");
                Require(bytes <= int.MaxValue, $"has the tensor {property.Name} too large to be read");
            }

            Require(offsets.Length == 2 && offsets[1] - offsets[0] == bytes && offsets[1] <= file.Length - start, $"has the tensor {property.Name} outside the file or of another length than its shape says; the copy is incomplete");
            tensors.Add(new StoredTensor(property.Name, type, [.. shape.Select(size => (int)size)], new ReadOnlyMemory<byte>(file, start + (int)offsets[0], (int)bytes)));
            spans.Add((offsets[0], offsets[1]));
        }

        spans.Sort();
        for (int i = 0; i < spans.Count; i++)
        {
            Require(spans[i].From == (i == 0 ? 0 : spans[i - 1].To), "has tensors that overlap or leave gaps");
        }

        Require(spans.Count == 0 || spans[spans.Count - 1].To == file.Length - start, "is longer than its tensors");
        return new StateDict("safetensors", tensors, scalars);
    }

    public static void Write(Stream stream, IReadOnlyList<StoredTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var header = new JObject { [MetadataKey] = new JObject(metadata.Select(m => new JProperty(m.Key, m.Value))) };
        long offset = 0;
        foreach (StoredTensor tensor in tensors)
        {
            long end = offset + tensor.Bytes.Length;
            header[tensor.Name] = new JObject { ["dtype"] = Types.First(t => t.Value == tensor.Type).Key, ["shape"] = new JArray(tensor.Shape), ["data_offsets"] = new JArray(offset, end) };
            offset = end;
        }

        // The format wants the data aligned to 8 bytes; spaces pad the header.
        byte[] json = Encoding.UTF8.GetBytes(header.ToString(Formatting.None));
        byte[] length = new byte[8], padding = Encoding.ASCII.GetBytes(new string(' ', (8 - json.Length % 8) % 8));
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length + padding.Length);
        foreach (byte[] part in new[] { length, json, padding })
        {
            stream.Write(part, 0, part.Length);
        }

        foreach (StoredTensor tensor in tensors)
        {
            byte[] bytes = tensor.Bytes.ToArray();
            stream.Write(bytes, 0, bytes.Length);
        }
    }

    private static JObject Parse(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
            return JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        }
        catch (JsonException)
        {
            throw Damaged("is not a safetensors file: its header is not a JSON object with every name once");
        }
    }

    private static long[] Integers(JToken? token, string name)
    {
        JArray array = token as JArray ?? throw Damaged($"has the tensor {name} without shape or place");
        return [.. array.Select(item => item is JValue { Value: long number and >= 0 } ? number : throw Damaged($"has the tensor {name} with a size that is not a whole number from 0"))];
    }

    private static InvalidDataException Damaged(string what) => new(what);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Damaged(otherwise);
        }
    }
}
