namespace MarioAgentTool.Learning;

/// <summary>
/// Numbers in places, and their sum up to any of them, in as many steps as the tree is deep (Schaul et al., 2016, appendix B.2.1).
/// <code>
///                 10                  every node the sum of the two below it
///           3            7
///         1   2        0   7          places 0 to 3: mass 2.5 lies in place 1, mass 3 in place 3
/// </code>
/// </summary>
internal sealed class SumTree
{
    // Node 1 is the root, nodes 2 i and 2 i + 1 lie below node i; the leaves are the last half.
    private readonly double[] _nodes;
    private readonly int _firstLeaf;

    public SumTree(int places)
    {
        Places = places;
        _firstLeaf = (int)Leaves(places);
        _nodes = new double[2 * _firstLeaf];
    }

    public int Places { get; }

    /// <summary>Bytes of a tree of so many places.</summary>
    public static long Bytes(long places) => 2 * Leaves(places) * sizeof(double);

    /// <summary>The sum of all.</summary>
    public double Total => _nodes[1];

    /// <summary>Places whose number is not zero.</summary>
    public int Filled { get; private set; }

    /// <summary>The number in a place. Every sum is made of the two below it, so that the order of writing leaves no trace.</summary>
    public double this[int place]
    {
        get => _nodes[_firstLeaf + place];
        set
        {
            int node = _firstLeaf + place;
            Filled += (value > 0 ? 1 : 0) - (_nodes[node] > 0 ? 1 : 0);
            _nodes[node] = value;
            for (node /= 2; node > 0; node /= 2)
            {
                _nodes[node] = _nodes[2 * node] + _nodes[2 * node + 1];
            }
        }
    }

    /// <summary>The place in which a mass from 0 up to <see cref="Total"/> lies; never one whose number is zero.</summary>
    public int Find(double mass)
    {
        int node = 1;
        while (node < _firstLeaf)
        {
            node *= 2;
            if (mass >= _nodes[node] && _nodes[node + 1] > 0)
            {
                mass -= _nodes[node];
                node++;
            }
        }

        return node - _firstLeaf;
    }

    /// <summary>Zero everywhere.</summary>
    public void Clear()
    {
        Array.Clear(_nodes, 0, _nodes.Length);
        Filled = 0;
    }

    // A power of two, so that all leaves lie alike deep.
    private static long Leaves(long places)
    {
        long leaves = 1;
        while (leaves < places)
        {
            leaves *= 2;
        }

        return leaves;
    }
}
