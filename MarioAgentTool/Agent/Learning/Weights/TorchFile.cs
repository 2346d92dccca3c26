using System.Text;

namespace MarioAgentTool.Learning.Weights;

/// <summary>
/// The files of <c>torch.save</c>: a zip archive of a pickle and one record a storage (PyTorch 1.6 and later), or a row of pickles
/// with the storages behind them (before). https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
/// </summary>
internal static class TorchFile
{
    private const int DeepestNesting = 32, MostLeaves = 1 << 18;

    // "little" magic of the older format: the whole number 0x1950A86A20F9469CFC6C, pickled.
    private static readonly byte[] OldMagic = [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];

    /// <summary>Whether a file begins as the older format does.</summary>
    public static bool IsOld(byte[] file) => file.AsSpan().StartsWith(OldMagic);

    /// <summary>Reads a zip archive.</summary>
    public static StateDict ReadZip(byte[] file)
    {
        Dictionary<string, ReadOnlyMemory<byte>> entries = StoredZip.Read(file);
        string name = entries.Keys.FirstOrDefault(e => e.EndsWith("/data.pkl", StringComparison.Ordinal) && e.IndexOf('/') == e.Length - 9)
            ?? throw Damaged("is a zip archive without a data.pkl, so not one of torch.save's");
        string folder = name.Substring(0, name.Length - "data.pkl".Length);
        if (entries.ContainsKey(folder + "constants.pkl"))
        {
            throw Damaged("is a TorchScript archive, which holds code; save the network's state_dict() with torch.save");
        }

        if (entries.TryGetValue(folder + "byteorder", out ReadOnlyMemory<byte> order) && Encoding.ASCII.GetString(order.ToArray()).Trim() is var said and not "little")
        {
            throw Damaged(said == "big" ? "was saved in big-endian order; save it on a little-endian machine" : "has a byteorder that is neither little nor big");
        }

        var storages = new Dictionary<string, TorchStorage>();
        object? Storage(object?[] id)
        {
            TorchStorage storage = StorageOf(id, 5, storages);
            if (!entries.TryGetValue($"{folder}data/{storage.Key}", out ReadOnlyMemory<byte> bytes) || bytes.Length != (long)storage.Count * storage.Type.Size())
            {
                throw Damaged($"has a storage of {storage.Count} numbers ({storage.Type}) without a record of that size; the copy is incomplete");
            }

            storage.Bytes = bytes;
            return storage;
        }

        byte[] pickle = entries[name].ToArray();
        return Flatten("PyTorch zip archive", new PickleReader(pickle, 0, pickle.Length, Storage).Read(), file.Length);
    }

    /// <summary>Reads the older format.</summary>
    public static StateDict ReadOld(byte[] file)
    {
        int at = OldMagic.Length;
        var storages = new Dictionary<string, TorchStorage>();
        object? Next()
        {
            var reader = new PickleReader(file, at, file.Length, id => StorageOf(id, 6, storages));
            object? value = reader.Read();
            at = reader.Position;
            return value;
        }

        if (Next() is not 1001L)
        {
            throw Damaged("is of a protocol other than 1001, the only one of PyTorch's older format");
        }

        if (Next() is not PickleDict system || system["little_endian"] is not true)
        {
            throw Damaged("was saved in big-endian order; save it on a little-endian machine");
        }

        object? root = Next();
        foreach (object? key in Next() as List<object?> ?? throw Damaged("has no list of storages"))
        {
            if (key is not string name || !storages.TryGetValue(name, out TorchStorage? storage))
            {
                throw Damaged("lists a storage that no tensor uses");
            }

            long length = (long)storage.Count * storage.Type.Size();
            if (file.Length - at < 8 || BitConverter.ToInt64(file, at) != storage.Count || file.Length - at - 8 < length)
            {
                throw Damaged($"has a storage of {storage.Count} numbers ({storage.Type}) without as many behind it; the copy is incomplete");
            }

            storage.Bytes = new ReadOnlyMemory<byte>(file, at + 8, (int)length);
            at += 8 + (int)length;
        }

        if (storages.Values.FirstOrDefault(s => s.Bytes.IsEmpty && s.Count > 0) is { } missing)
        {
            throw Damaged($"has a storage of {missing.Count} numbers ({missing.Type}) that its list leaves out");
        }

        return Flatten("PyTorch's format before 1.6", root, file.Length);
    }

    /// <summary>Writes an archive that <c>torch.load(weights_only=True)</c> reads.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">The state dict, in order. Tensors of the same array share a storage.</param>
    /// <param name="explorationRate">With one, the file is the checkpoint <c>{"model": tensors, "exploration_rate": it}</c>; without, the bare state dict.</param>
    public static void Write(Stream stream, IReadOnlyList<StoredTensor> tensors, double? explorationRate)
    {
        // Shared memory has one key; the names that share it are aliases, as the modules of PyTorch are.
        var storages = new List<(ElementType Type, ReadOnlyMemory<byte> Bytes)>();
        var pickle = new PickleWriter();
        int KeyOf(StoredTensor tensor)
        {
            int key = storages.IndexOf((tensor.Type, tensor.Bytes));
            if (key < 0)
            {
                key = storages.Count;
                storages.Add((tensor.Type, tensor.Bytes));
            }

            return key;
        }

        if (explorationRate is { } rate)
        {
            pickle.Dict(() =>
            {
                pickle.Text("model");
                pickle.StateDict(tensors, KeyOf);
                pickle.Text("exploration_rate");
                pickle.Number(rate);
            });
        }
        else
        {
            pickle.StateDict(tensors, KeyOf);
        }

        List<(string, ReadOnlyMemory<byte>)> entries =
        [
            ("archive/data.pkl", pickle.Finish()),
            ("archive/byteorder", Encoding.ASCII.GetBytes("little")),
            .. storages.Select((storage, key) => ($"archive/data/{key}", storage.Bytes)),
            ("archive/version", Encoding.ASCII.GetBytes("3\n")),
        ];
        StoredZip.Write(stream, entries);
    }

    private static InvalidDataException Damaged(string what) => new(what);

    // ("storage", type, key, device, count), and in the older format a view, which PyTorch has not written since 0.4.
    private static TorchStorage StorageOf(object?[] id, int length, Dictionary<string, TorchStorage> storages)
    {
        if (id.Length != length || id[0] is not "storage" || id[2] is not string key || (length == 6 && id[5] is not null))
        {
            throw Damaged("names a storage in a way that PyTorch does not");
        }

        ElementType type = PickleReader.StorageType(id[1]) ?? throw Damaged("names a storage of a type that PyTorch does not have");
        int count = PickleReader.Integer(id[4], "storage size");
        if (storages.TryGetValue(key, out TorchStorage? known))
        {
            return known.Type == type && known.Count == count ? known : throw Damaged("names one storage in two ways");
        }

        return storages[key] = new TorchStorage(key, type, count);
    }

    private static StateDict Flatten(string format, object? root, int fileLength)
    {
        var tensors = new List<StoredTensor>();
        var scalars = new List<KeyValuePair<string, object?>>();
        var names = new HashSet<string>();
        var whole = new Dictionary<TorchTensor, ReadOnlyMemory<byte>>();

        // A stride of 0 repeats one number for as long as its shape says: a small file must not ask for much memory.
        long budget = Math.Max(64L << 20, 4L * fileLength);

        void Add(string name, object? value, int depth)
        {
            if (depth > DeepestNesting || tensors.Count + scalars.Count >= MostLeaves)
            {
                throw Damaged("has containers inside containers beyond what any checkpoint needs");
            }

            IEnumerable<KeyValuePair<object, object?>>? inside = value switch
            {
                PickleDict dict => dict.Pairs,
                List<object?> list => list.Select((item, i) => new KeyValuePair<object, object?>((long)i, item)),
                object?[] tuple => tuple.Select((item, i) => new KeyValuePair<object, object?>((long)i, item)),
                _ => null,
            };
            if (inside is not null)
            {
                foreach (KeyValuePair<object, object?> item in inside)
                {
                    string key = FormattableString.Invariant($"{item.Key}");
                    Add(name.Length == 0 ? key : $"{name}.{key}", item.Value, depth + 1);
                }

                return;
            }

            if (name.Length > 1000 || !names.Add(name))
            {
                throw Damaged("has two values of one name, or a name of more than 1,000 characters");
            }

            if (value is TorchTensor tensor)
            {
                if (!whole.TryGetValue(tensor, out ReadOnlyMemory<byte> bytes))
                {
                    budget -= (long)tensor.Count * tensor.Storage.Type.Size();
                    whole[tensor] = bytes = budget >= 0 ? tensor.Gather() : throw Damaged("has tensors that unfold to far more than the file holds");
                }

                tensors.Add(new StoredTensor(name, tensor.Storage.Type, tensor.Shape, bytes));
            }
            else
            {
                scalars.Add(new(name, value is byte[] or PickleGlobal or NumpyType or TorchStorage ? $"({value.GetType().Name})" : value));
            }
        }

        Add("", root, 0);
        return new StateDict(format, tensors, scalars);
    }
}
