using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Training;

/// <summary>
/// Network parameters by name in the safetensors format, which PyTorch users open with <c>safetensors.torch.load_file</c>:
/// header length, JSON header, raw little-endian floats. https://github.com/huggingface/safetensors
/// </summary>
public static class WeightsFile
{
    private const string MetadataKey = "__metadata__";
    private const int LongestHeader = 1 << 20;

    /// <summary>Writes the parameters; the file is whole or as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">A learner's parameters.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    public static void Write(string path, IReadOnlyList<NamedTensor> weights, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JObject { [MetadataKey] = JObject.FromObject(metadata) };
        int offset = 0;
        foreach (NamedTensor tensor in weights)
        {
            int end = offset + tensor.Values.Length * sizeof(float);
            header[tensor.Name] = new JObject { ["dtype"] = "F32", ["shape"] = new JArray(tensor.Shape), ["data_offsets"] = new JArray(offset, end) };
            offset = end;
        }

        // The format wants the data aligned to 8 bytes; spaces pad the header.
        string text = header.ToString(Formatting.None);
        byte[] json = Encoding.UTF8.GetBytes(text.PadRight((text.Length + 7) / 8 * 8));
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        WholeFile.Write(path, stream =>
        {
            stream.Write(length, 0, length.Length);
            stream.Write(json, 0, json.Length);
            foreach (NamedTensor tensor in weights)
            {
                byte[] bytes = MemoryMarshal.AsBytes(tensor.Values.Span).ToArray();
                stream.Write(bytes, 0, bytes.Length);
            }
        });
    }

    /// <summary>Reads a file's values into parameters of the same names and shapes.</summary>
    /// <returns>The texts kept beside them.</returns>
    public static IReadOnlyDictionary<string, string> ReadInto(string path, IReadOnlyList<NamedTensor> weights)
    {
        byte[] file = File.ReadAllBytes(path);
        (JObject header, int dataStart) = ReadHeader(path, file);
        foreach (NamedTensor tensor in weights)
        {
            string expected = $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]";
            if (header[tensor.Name] is not JObject entry)
            {
                throw new InvalidDataException($"{path} has no tensor {expected}; it belongs to a network of another shape, so use the settings it was trained with.");
            }

            int[] shape = entry["shape"]?.ToObject<int[]>() ?? [], offsets = entry["data_offsets"]?.ToObject<int[]>() ?? [];
            int bytes = tensor.Values.Length * sizeof(float);
            if (!shape.SequenceEqual(tensor.Shape) || offsets.Length != 2 || offsets[1] - offsets[0] != bytes
                || offsets[0] < 0 || dataStart + (long)offsets[1] > file.Length)
            {
                throw new InvalidDataException($"{path}: {tensor.Name} has shape [{string.Join(", ", shape)}] where the network has {expected}; use the settings it was trained with.");
            }

            file.AsSpan(dataStart + offsets[0], bytes).CopyTo(MemoryMarshal.AsBytes(tensor.Values.Span));
        }

        return (header[MetadataKey] as JObject)?.ToObject<Dictionary<string, string>>() ?? [];
    }

    private static (JObject Header, int DataStart) ReadHeader(string path, byte[] file)
    {
        long length = file.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(file) : -1;
        if (length is < 2 or > LongestHeader || 8 + length > file.Length)
        {
            throw new InvalidDataException($"{path} is not a safetensors file; expected one that mario-agent train wrote.");
        }

        try
        {
            return (JObject.Parse(Encoding.UTF8.GetString(file, 8, (int)length)), 8 + (int)length);
        }
        catch (JsonReaderException)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: its header is not JSON; expected one that mario-agent train wrote.");
        }
    }
}
