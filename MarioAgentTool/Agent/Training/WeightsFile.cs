using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>
/// Networks as files: what <c>torch.save</c> writes (<c>.pt</c>, <c>.pth</c>, <c>.chkpt</c>) and safetensors, both ways. No code in a
/// file is ever run. All that is wrong with a file is an <see cref="InvalidDataException"/> of one sentence.
/// </summary>
public static class WeightsFile
{
    // Two hundred times the largest of the networks here; an index into it fits 32 bits.
    private const long LargestFile = 1 << 30;

    /// <summary>Extensions that <see cref="Write(string, IReadOnlyList{StoredTensor}, IReadOnlyDictionary{string, string}, double?)"/> knows.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".pt", ".pth", ".chkpt", ".safetensors"];

    /// <summary>What the tutorial's <c>.chkpt</c> calls the epsilon beside its network.</summary>
    public const string ExplorationRate = "exploration_rate";

    /// <summary>Reads any of the formats; which one is told by the content, not by the name.</summary>
    public static StateDict Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            throw new InvalidDataException($"{path} has {length:N0} bytes; expected a network of at most {LargestFile:N0}.");
        }

        byte[] file = File.ReadAllBytes(path);
        try
        {
            return StoredZip.IsZip(file) ? TorchFile.ReadZip(file)
                : TorchFile.IsOld(file) ? TorchFile.ReadOld(file)
                : SafetensorsFile.Matches(file) ? SafetensorsFile.Read(file)
                : throw new InvalidDataException("is neither a PyTorch file nor a safetensors file; expected what torch.save or mario-agent train wrote");
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} {e.Message}.");
        }
    }

    /// <summary>Reads a file's values into parameters of the same names and shapes; all of them, or none where one does not fit.</summary>
    /// <param name="path">A file in any of the formats, under our names or those of a notebook.</param>
    /// <param name="weights">A learner's parameters.</param>
    /// <returns>What stood beside them, as text.</returns>
    public static IReadOnlyDictionary<string, string> ReadInto(string path, IReadOnlyList<NamedTensor> weights)
    {
        StateDict file = Read(path);
        IReadOnlyList<(NamedTensor To, StoredTensor From)> pairs = Match(path, file, weights);
        float[][] values = [.. pairs.Select(p => p.From.ToFloats())];
        for (int i = 0; i < values.Length; i++)
        {
            values[i].AsSpan().CopyTo(pairs[i].To.Values.Span);
        }

        return file.Scalars.ToDictionary(s => s.Key, s => FormattableString.Invariant($"{s.Value}"));
    }

    /// <summary>Reads a file into a learner that has not begun: its online network, and its target network as a copy.</summary>
    /// <inheritdoc cref="ReadInto(string, IReadOnlyList{NamedTensor})"/>
    public static IReadOnlyDictionary<string, string> ReadInto(string path, ILearner learner)
    {
        IReadOnlyDictionary<string, string> texts = ReadInto(path, learner.Weights);
        foreach ((NamedTensor online, NamedTensor target) in learner.Weights.Zip(learner.TargetWeights, (online, target) => (online, target)))
        {
            online.Values.CopyTo(target.Values);
        }

        return texts;
    }

    /// <summary>Writes a learner's parameters as safetensors; the file is whole or as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">A learner's parameters.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    public static void Write(string path, IReadOnlyList<NamedTensor> weights, IReadOnlyDictionary<string, string> metadata)
    {
        StoredTensor[] tensors = [.. weights.Select(StoredTensor.Of)];
        WholeFile.Write(path, stream => SafetensorsFile.Write(stream, tensors, metadata));
    }

    /// <summary>Writes tensors in the format that the extension names, its folder too; the file is whole or as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">In order.</param>
    /// <param name="metadata">Texts for safetensors; PyTorch's files have no place for them.</param>
    /// <param name="explorationRate">For <c>.chkpt</c>: what stands beside <c>model</c>.</param>
    public static void Write(string path, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata, double? explorationRate)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        Action<Stream> write = extension switch
        {
            ".safetensors" => stream => SafetensorsFile.Write(stream, tensors, metadata),
            ".pt" or ".pth" => stream => TorchFile.Write(stream, tensors, explorationRate: null),
            ".chkpt" when explorationRate is null => throw new SettingsException($"{path}: a .chkpt holds an exploration rate beside the network, and none is known; give one with --exploration-rate, or name a .pt."),
            ".chkpt" => stream => TorchFile.Write(stream, tensors, explorationRate),
            _ => throw new SettingsException($"{path}: expected a name that ends in {string.Join(", ", Extensions)}."),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WholeFile.Write(path, write);
    }

    /// <summary>Finds a file's tensor for each of the network's.</summary>
    private static IReadOnlyList<(NamedTensor To, StoredTensor From)> Match(string path, StateDict file, IReadOnlyList<NamedTensor> weights)
    {
        string[] ours = [.. weights.Select(w => w.Name)];
        (StateDictNames Names, string Prefix, int Found) best = (StateDictNames.Own, "", 0);
        foreach (StateDictNames names in StateDictNames.All.Where(n => n.Fits(ours)))
        {
            foreach (string prefix in Prefixes(file, names, ours))
            {
                int found = ours.Count(name => file.Tensors.Any(t => t.Name == prefix + names.Theirs(name)));
                best = found > best.Found ? (names, prefix, found) : best;
            }
        }

        var pairs = new List<(NamedTensor, StoredTensor)>();
        foreach (NamedTensor to in weights)
        {
            string theirs = best.Prefix + best.Names.Theirs(to.Name);
            string called = theirs == to.Name ? "" : $" (here {to.Name})";
            StoredTensor? from = file.Tensors.FirstOrDefault(t => t.Name == theirs);
            if (from is null)
            {
                // PyTorch counts BatchNorm's batches since 0.4.1; without the count the network is the same.
                if (to.Name.EndsWith(StoredTensor.BatchCount, StringComparison.Ordinal))
                {
                    continue;
                }

                throw new InvalidDataException($"{path} has no tensor {theirs} {StoredTensor.Describe(to.Shape)}{called}; it belongs to a network of another shape{Examples(file)}, so use the settings it was trained with.");
            }

            // A single number is [] to PyTorch and [1] to whoever keeps arrays.
            if (!from.Shape.SequenceEqual(to.Shape) && !(from.Count == 1 && to.Values.Length == 1))
            {
                throw new InvalidDataException($"{path}: {theirs} has shape {StoredTensor.Describe(from.Shape)} where the network has {StoredTensor.Describe(to.Shape)}{called}; use the settings it was trained with.");
            }

            pairs.Add((to, from));
        }

        string? extra = file.Tensors.Select(t => t.Name).FirstOrDefault(name => name.StartsWith(best.Prefix, StringComparison.Ordinal)
            && name.Substring(best.Prefix.Length) is var rest && best.Names.Speaks(rest, ours) && !best.Names.Knows(rest, ours));
        return extra is null
            ? pairs
            : throw new InvalidDataException($"{path} has {file.Tensors.First(t => t.Name == extra).Title}, which the network does not have; use the settings it was trained with.");
    }

    // A state dict may stand inside a checkpoint: model., module., main., and whatever else people call it.
    private static IEnumerable<string> Prefixes(StateDict file, StateDictNames names, string[] ours)
    {
        string first = ours.Length == 0 ? "" : names.Theirs(ours[0])!;
        return file.Tensors.Where(t => t.Name == first || t.Name.EndsWith("." + first, StringComparison.Ordinal)).Select(t => t.Name.Substring(0, t.Name.Length - first.Length)).Distinct();
    }

    private static string Examples(StateDict file) => file.Tensors.Count == 0 ? " (it has no tensors)" : $" (it has {string.Join(", ", file.Tensors.Take(2).Select(t => t.Title))}{(file.Tensors.Count > 2 ? ", …" : "")})";
}
