namespace MarioAgentTool.Learning.Weights;

/// <summary>
/// What a network's modules are called by somebody else's code. The lists are in that code's order; a module of ours that stands there
/// more than once is one that PyTorch lists under several names.
/// </summary>
/// <param name="Name">For <c>--names</c>: the preset that goes with it.</param>
/// <param name="Modules">Their name and ours, pair by pair. None: the names are ours.</param>
public sealed record StateDictNames(string Name, IReadOnlyList<(string Theirs, string Ours)> Modules)
{
    /// <summary>Our own.</summary>
    public static StateDictNames Own { get; } = new("own", []);

    /// <summary>
    /// The right-only notebook: <c>conv_layers</c>, and a <c>net</c> that begins with it, so that PyTorch lists the convolutions twice.
    /// </summary>
    public static StateDictNames RightOnlyDqn { get; } = new("right-only-dqn",
    [
        ("conv_layers.0", "features.0"), ("conv_layers.2", "features.2"), ("conv_layers.4", "features.4"),
        ("net.0.0", "features.0"), ("net.0.2", "features.2"), ("net.0.4", "features.4"), ("net.2", "features.7"), ("net.4", "head"),
    ]);

    /// <summary>PyTorch's Mario tutorial: an online network and the target network, which starts as its copy.</summary>
    public static StateDictNames TutorialDdqn { get; } = new("tutorial-ddqn",
    [
        .. new[] { "online", "target" }.SelectMany(net => new[]
        {
            ($"{net}.0", "features.0"), ($"{net}.2", "features.2"), ($"{net}.4", "features.4"), ($"{net}.7", "features.7"), ($"{net}.9", "head"),
        }),
    ]);

    /// <summary>The dueling notebook: BatchNorm after each convolution, two streams of two layers. Our names are its own; the order is PyTorch's.</summary>
    public static StateDictNames DuelingCustom { get; } = new("dueling-custom",
    [
        .. new[] { "conv1", "bn1", "conv2", "bn2", "conv3", "bn3", "adv_fc1", "adv_fc2", "val_fc1", "val_fc2" }.Select(name => (name, name)),
    ]);

    /// <summary>All, ours first.</summary>
    public static IReadOnlyList<StateDictNames> All { get; } = [Own, RightOnlyDqn, TutorialDdqn, DuelingCustom];

    /// <summary>Whose names a file uses, ours aside, and what stands before each of them; null where nobody's fit.</summary>
    public static (StateDictNames Names, string Prefix)? Detect(StateDict file)
    {
        foreach (StateDictNames names in All.Where(n => n.Modules.Count > 0))
        {
            string first = names.Modules[0].Theirs + ".weight";
            StoredTensor? found = file.Tensors.FirstOrDefault(t => t.Name == first || t.Name.EndsWith("." + first, StringComparison.Ordinal));
            string prefix = found is null ? "" : found.Name.Substring(0, found.Name.Length - first.Length);
            if (found is not null && names.Modules.All(m => file.Tensors.Any(t => t.Name == $"{prefix}{m.Theirs}.weight")))
            {
                return (names, prefix);
            }
        }

        return null;
    }

    /// <summary>Whether they have a name for every one of our tensors.</summary>
    public bool Fits(IEnumerable<string> ours) => ours.All(name => Theirs(name) is not null);

    /// <summary>Their name for a tensor of ours, the first where they have several; null where they have none.</summary>
    public string? Theirs(string ours)
    {
        if (Modules.Count == 0)
        {
            return ours;
        }

        (string module, string leaf) = Split(ours);
        return Modules.FirstOrDefault(m => m.Ours == module).Theirs is { } theirs ? theirs + leaf : null;
    }

    /// <summary>Our tensors under their names, in their order.</summary>
    public IReadOnlyList<StoredTensor> Rename(IReadOnlyList<StoredTensor> ours) => Modules.Count == 0
        ? ours
        : [.. Modules.SelectMany(m => ours.Where(t => Split(t.Name).Module == m.Ours).Select(t => t with { Name = m.Theirs + Split(t.Name).Leaf }))];

    /// <summary>Their tensors under our names; those that belong to no module of the list are left out.</summary>
    public IReadOnlyList<StoredTensor> RenameBack(IReadOnlyList<StoredTensor> theirs) => Modules.Count == 0
        ? theirs
        : [.. Modules.GroupBy(m => m.Ours).Select(g => g.First()).SelectMany(m => theirs.Where(t => Split(t.Name).Module == m.Theirs).Select(t => t with { Name = m.Ours + Split(t.Name).Leaf }))];

    /// <summary>Whether a name is one that this naming could give.</summary>
    internal bool Speaks(string theirs, IEnumerable<string> ours) => Modules.Count == 0
        ? ours.Any(name => Root(name) == Root(theirs))
        : Modules.Any(m => Root(m.Theirs) == Root(theirs));

    /// <summary>Whether a name is that of a tensor of ours, under any of the names it has.</summary>
    internal bool Knows(string theirs, IReadOnlyList<string> ours)
    {
        (string module, string leaf) = Split(theirs);
        return Modules.Count == 0 ? ours.Contains(theirs) : Modules.Any(m => m.Theirs == module && ours.Contains(m.Ours + leaf));
    }

    private static (string Module, string Leaf) Split(string name)
    {
        int dot = Math.Max(0, name.LastIndexOf('.'));
        return (name.Substring(0, dot), name.Substring(dot));
    }

    private static string Root(string name) => name.Split('.')[0];
}
