using System.Globalization;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Learning.Weights;

/// <summary>Files that PyTorch wrote (Golden/make_weights.py), files that we write, and files that nobody should write.</summary>
public class TorchFileTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", "weights");

    private static readonly JObject Expected = JObject.Parse(File.ReadAllText(Path.Combine(Golden, "expected.json")));

    private static IEnumerable<string> Files => Expected.Properties().Select(p => p.Name);

    [TestCaseSource(nameof(Files))]
    public void What_PyTorch_saved_is_read_to_the_last_number(string file)
    {
        StateDict read = WeightsFile.Read(Path.Combine(Golden, file));

        JToken expected = Expected[file]!;
        Assert.That(read.Tensors.Select(t => t.Name), Is.EqualTo(expected["tensors"]!.Select(t => (string)t["name"]!)));
        foreach ((StoredTensor tensor, JToken wanted) in read.Tensors.Zip(expected["tensors"]!))
        {
            Assert.That(tensor.Shape, Is.EqualTo(wanted["shape"]!.ToObject<int[]>()), tensor.Name);
            Assert.That(tensor.Type.ToString().ToLowerInvariant(), Is.EqualTo((string)wanted["type"]!), tensor.Name);
            Assert.That(tensor.ToFloats(), Is.EqualTo(wanted["values"]!.Select(v => Number((string)v!))), tensor.Name);
        }

        Assert.That(read.Scalars.Select(s => s.Key), Is.EqualTo(((JObject)expected["scalars"]!).Properties().Select(p => p.Name)));
        foreach (KeyValuePair<string, object?> scalar in read.Scalars)
        {
            Assert.That(scalar.Value, Is.EqualTo(((JValue)expected["scalars"]![scalar.Key]!).Value), scalar.Key);
        }
    }

    [Test]
    public void A_checkpoints_exploration_rate_may_be_a_number_of_numpys() =>
        Assert.That(WeightsFile.Read(Path.Combine(Golden, "checkpoint.chkpt")).Number("exploration_rate"), Is.EqualTo(0.9353));

    [TestCase("w.pt")]
    [TestCase("w.pth")]
    [TestCase("w.chkpt")]
    [TestCase("w.safetensors")]
    public void What_we_write_is_read_back_whatever_its_type(string name)
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<StoredTensor> tensors = WeightsFile.Read(Path.Combine(Golden, "views.pt")).Tensors;

        WeightsFile.Write(folder[name], tensors, new Dictionary<string, string>(), explorationRate: 0.25);

        StateDict read = WeightsFile.Read(folder[name]);
        string prefix = name == "w.chkpt" ? "model." : "";
        Assert.That(read.Tensors.Select(Describe), Is.EqualTo(tensors.Select(t => Describe(t with { Name = prefix + t.Name }))));
        Assert.That(read.Number("exploration_rate"), Is.EqualTo(name == "w.chkpt" ? 0.25 : null));
    }

    [Test]
    public void Records_are_stored_at_multiples_of_64_bytes_and_shared_numbers_once()
    {
        using var folder = new TemporaryFolder();
        byte[] shared = new byte[400];
        WeightsFile.Write(folder["w.pt"], [new("a", ElementType.Float32, [100], shared), new("b", ElementType.Float32, [10, 10], shared), new("c", ElementType.Int8, [3], new byte[] { 1, 2, 3 })], new Dictionary<string, string>(), null);

        byte[] file = File.ReadAllBytes(folder["w.pt"]);
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(file));

        Assert.That(zip.Entries.Select(e => e.FullName), Is.EqualTo(new[] { "archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/data/1", "archive/version" }));
        foreach (var entry in StoredZip.Read(file))
        {
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(entry.Value, out ArraySegment<byte> place);
            Assert.That(place.Offset % 64, Is.Zero, entry.Key);
        }
    }

    [Test]
    public void A_state_dict_is_refused_by_the_name_of_what_it_would_call()
    {
        // c os.system ( X "touch /tmp/x" t R .
        byte[] pickle = [0x80, 2, .. "cposix\nsystem\n("u8, (byte)'X', 1, 0, 0, 0, (byte)'x', .. "tR."u8];

        Assert.That(() => Pickle(pickle), Throws.TypeOf<InvalidDataException>().With.Message.Contains("posix.system").And.Message.Contains("state_dict()"));
    }

    [TestCase(new byte[] { }, "ends in the middle")]
    [TestCase(new byte[] { 0x80, 1, (byte)'N', (byte)'.' }, "protocol 1")]
    [TestCase(new byte[] { 0x80, 2, (byte)'.' }, "takes a value where there is none")]
    [TestCase(new byte[] { 0x80, 2, (byte)'N', (byte)'N', (byte)'.' }, "leaves values over")]
    [TestCase(new byte[] { 0x80, 2, (byte)'(', (byte)'.' }, "takes a mark for a value")]
    [TestCase(new byte[] { 0x80, 2, (byte)'t', (byte)'.' }, "looks for a mark")]
    [TestCase(new byte[] { 0x80, 2, (byte)'h', 5, (byte)'.' }, "recalls what it has not stored")]
    [TestCase(new byte[] { 0x80, 2, (byte)'i', (byte)'.' }, "opcode 0x69")]
    [TestCase(new byte[] { 0x80, 2, (byte)'X', 255, 255, 255, 255, (byte)'.' }, "ends in the middle")]
    [TestCase(new byte[] { 0x80, 2, 0x8B, 255, 255, 255, 255, (byte)'.' }, "-1 bytes")]
    [TestCase(new byte[] { 0x80, 2, (byte)'N', (byte)'N', (byte)'R', (byte)'.' }, "calls something else than a function")]
    [TestCase(new byte[] { 0x80, 2, (byte)'}', (byte)']', (byte)'N', (byte)'s', (byte)'.' }, "key")]
    public void A_pickle_that_makes_no_sense_is_refused(byte[] pickle, string reason) =>
        Assert.That(() => Pickle(pickle), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));

    [Test]
    public void Lists_inside_lists_do_not_exhaust_the_stack()
    {
        byte[] deep = [0x80, 2, .. Enumerable.Repeat((byte)']', 100_000), .. Enumerable.Repeat((byte)'a', 99_999), (byte)'.'];

        Assert.That(() => Pickle(deep), Throws.TypeOf<InvalidDataException>().With.Message.Contains("containers inside containers"));
    }

    [Test]
    public void A_list_that_holds_itself_is_refused() =>
        Assert.That(() => Pickle([0x80, 2, (byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a', (byte)'.']), Throws.TypeOf<InvalidDataException>().With.Message.Contains("containers inside containers"));

    [Test]
    public void A_list_doubled_again_and_again_is_refused_early()
    {
        // l0 = [1, 1]; l1 = [l0, l0]; … : 2³⁰ leaves from 200 bytes.
        List<byte> pickle = [0x80, 2, (byte)']', (byte)'K', 1, (byte)'a'];
        for (int i = 0; i < 30; i++)
        {
            pickle.AddRange([(byte)'q', (byte)i, (byte)'0', (byte)']', (byte)'h', (byte)i, (byte)'a', (byte)'h', (byte)i, (byte)'a']);
        }

        Assert.That(() => Pickle([.. pickle, (byte)'.']), Throws.TypeOf<InvalidDataException>());
    }

    [TestCase(0, new[] { 2, 3 }, new[] { 3, 1 }, "reaches beyond its storage of 4 numbers")]
    [TestCase(-1, new[] { 2 }, new[] { 1 }, "offset is -1")]
    [TestCase(0, new[] { -2 }, new[] { 1 }, "shape is -2")]
    [TestCase(0, new[] { 2 }, new[] { -1 }, "stride is -1")]
    [TestCase(0, new[] { 65536, 65536 }, new[] { 0, 0 }, "too large to be read")]
    [TestCase(0, new[] { 16384, 16383 }, new[] { 0, 0 }, "unfold to far more")]
    [TestCase(0, new[] { 2, 2 }, new[] { 1 }, "2 dimensions with 1 strides")]
    public void A_tensor_beyond_its_storage_is_refused(int offset, int[] shape, int[] strides, string reason) =>
        Assert.That(() => Archive(TensorPickle(4, offset, shape, strides), new byte[16]), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));

    [Test]
    public void A_storage_without_its_record_is_refused() =>
        Assert.That(() => Archive(TensorPickle(4, 0, [4], [1]), new byte[15]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("without a record of that size"));

    [Test]
    public void Big_endian_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["w.pt"]))
        {
            StoredZip.Write(file, [("a/data.pkl", TensorPickle(4, 0, [4], [1])), ("a/byteorder", "big"u8.ToArray()), ("a/data/0", new byte[16])]);
        }

        Assert.That(() => WeightsFile.Read(folder["w.pt"]), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"{folder["w.pt"]} was saved in big-endian order; save it on a little-endian machine."));
    }

    [Test]
    public void Compressed_entries_are_refused_so_that_no_bomb_is_unpacked()
    {
        using var folder = new TemporaryFolder();
        using (var zip = new System.IO.Compression.ZipArchive(File.Create(folder["w.pt"]), System.IO.Compression.ZipArchiveMode.Create))
        {
            using Stream entry = zip.CreateEntry("a/data.pkl").Open();
            entry.Write(new byte[1 << 20]);
        }

        Assert.That(() => WeightsFile.Read(folder["w.pt"]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("compressed entry a/data.pkl"));
    }

    [TestCase("../../x")]
    [TestCase("/etc/x")]
    [TestCase("C:\\x")]
    [TestCase("a/..")]
    [TestCase("a\0b")]
    public void Names_that_lead_out_are_refused(string name)
    {
        var stream = new MemoryStream();
        StoredZip.Write(stream, [(name, new byte[4])]);

        Assert.That(() => StoredZip.Read(stream.ToArray()), Throws.TypeOf<InvalidDataException>().With.Message.Contains("a name that no PyTorch archive has"));
    }

    [Test]
    public void Entries_that_overlap_are_refused()
    {
        var stream = new MemoryStream();
        StoredZip.Write(stream, [("a", new byte[100]), ("a", new byte[100])]);
        byte[] file = stream.ToArray();

        // The second entry of the table now means the first one's bytes, under a name of its own in neither header.
        int second = file.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.GetBytes(0).CopyTo(file, second + 42);
        Assert.That(() => StoredZip.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains("two entries named a"));

        byte[] inside = [.. "PK\x03\x04"u8, .. new byte[22], 1, 0, 0, 0, (byte)'b', 7];
        stream = new MemoryStream();
        StoredZip.Write(stream, [("a", inside), ("b", new byte[1] { 7 })]);
        file = stream.ToArray();
        BitConverter.GetBytes(64).CopyTo(file, file.AsSpan().LastIndexOf("PK\x01\x02"u8) + 42);
        Assert.That(() => StoredZip.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains("overlap"));
    }

    [Test]
    public void A_file_cut_anywhere_is_refused([ValueSource(nameof(Files))] string name)
    {
        using var folder = new TemporaryFolder();
        byte[] file = File.ReadAllBytes(Path.Combine(Golden, name));
        for (int length = 0; length < file.Length; length += 7)
        {
            File.WriteAllBytes(folder["w"], file[..length]);
            Assert.That(() => WeightsFile.Read(folder["w"]), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(folder["w"]), $"{length} bytes");
        }
    }

    [Test]
    public void Spoilt_files_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(20_261_121);
        using var folder = new TemporaryFolder();
        WeightsFile.Write(folder["s.safetensors"], WeightsFile.Read(Path.Combine(Golden, "views.pt")).Tensors, new Dictionary<string, string> { ["a"] = "b" }, null);
        int refused = 0, read = 0;
        foreach (string source in Files.Select(f => Path.Combine(Golden, f)).Append(folder["s.safetensors"]))
        {
            byte[] whole = File.ReadAllBytes(source);
            for (int i = 0; i < 700; i++)
            {
                byte[] spoilt = (byte[])whole.Clone();
                for (int n = random.Next(1, 4); n > 0; n--)
                {
                    int at = random.Next(random.Next(2) == 0 ? Math.Min(1200, spoilt.Length) : spoilt.Length);
                    spoilt[at] = (byte)random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(spoilt[at] ^ 1 << random.Next(8)), _ => new byte[] { 0, 0xFF, 0x7F, 0x80 }[random.Next(4)] };
                }

                // CRCs would refuse nearly all: half of the archives are put together anew around a spoilt pickle.
                if (StoredZip.IsZip(whole) && i % 2 == 0)
                {
                    spoilt = WithSpoiltPickle(whole, random);
                }

                File.WriteAllBytes(folder["w"], spoilt);
                try
                {
                    WeightsFile.Read(folder["w"]);
                    read++;
                }
                catch (InvalidDataException e)
                {
                    Assert.That(e.Message, Does.StartWith(folder["w"]).And.EndsWith("."));
                    refused++;
                }
            }
        }

        Assert.That(refused, Is.GreaterThan(1000));
        Assert.That(read, Is.GreaterThan(100), "the spoiling reaches past the first check");
    }

    private static byte[] WithSpoiltPickle(byte[] whole, Random random)
    {
        var entries = StoredZip.Read(whole).Select(e => (e.Key, e.Value)).ToList();
        int at = entries.FindIndex(e => e.Key.EndsWith("data.pkl", StringComparison.Ordinal));
        byte[] pickle = entries[at].Value.ToArray();
        for (int n = random.Next(1, 5); n > 0; n--)
        {
            pickle[random.Next(pickle.Length)] = (byte)random.Next(256);
        }

        entries[at] = (entries[at].Key, pickle);
        var stream = new MemoryStream();
        StoredZip.Write(stream, entries);
        return stream.ToArray();
    }

    private static float Number(string text) => text switch
    {
        "inf" => float.PositiveInfinity,
        _ => (float)double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Describe(StoredTensor t) => $"{t.Type} {t.Title} {Convert.ToHexString(t.Bytes.Span)}";

    private static byte[] TensorPickle(int count, int offset, int[] shape, int[] strides)
    {
        static byte[] Int(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];
        static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. System.Text.Encoding.ASCII.GetBytes(text)];
        return
        [
            0x80, 2, (byte)'}', .. Text("w"), .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8, .. Text("storage"), .. "ctorch\nFloatStorage\n"u8, .. Text("0"), .. Text("cpu"), .. Int(count), .. "tQ"u8,
            .. Int(offset), (byte)'(', .. shape.SelectMany(Int), (byte)'t', (byte)'(', .. strides.SelectMany(Int), (byte)'t', 0x89, .. "ccollections\nOrderedDict\n)RtRs."u8,
        ];
    }

    private static StateDict Pickle(byte[] pickle) => Archive(pickle, []);

    private static StateDict Archive(byte[] pickle, byte[] storage)
    {
        var stream = new MemoryStream();
        StoredZip.Write(stream, [("archive/data.pkl", pickle), ("archive/data/0", storage), ("archive/version", "3\n"u8.ToArray())]);
        return TorchFile.ReadZip(stream.ToArray());
    }
}
