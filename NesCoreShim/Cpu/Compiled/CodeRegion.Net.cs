namespace NesCoreShim;

/// <summary>A row of instructions that is entered at its start alone.</summary>
internal sealed class CodeBlock(int start)
{
    public int Start { get; } = start;

    public List<Instruction> Instructions { get; } = [];

    /// <summary>Where it goes on if its last instruction does not say otherwise.</summary>
    public int Next => Instructions.Count == 0 ? Start : Instructions[^1].Next;

    /// <summary>Whether the interpreter has to go on there.</summary>
    public bool EndsAtUnknown { get; set; }

    public Flow Flow => Instructions.Count == 0 ? Flow.On : Instructions[^1].Flow;

    public int MostCycles => Instructions.Sum(i => i.MostCycles);

    /// <summary>Whether it is asked here if there is time, and the region can be entered here.</summary>
    public bool IsCheckpoint { get; set; }

    /// <summary>At most so many cycles pass from here to the next checkpoint or out of the region.</summary>
    public int CyclesAhead { get; set; }

    /// <summary>For a block that ends with RTS: the calls it may return from.</summary>
    public SortedSet<int> Returns { get; } = [];
}

/// <summary>
/// Code that is compiled together: what can be reached from a place in PRG ROM without leaving its bank, calls included, up to
/// a size.
/// </summary>
internal sealed class CodeRegion
{
    // Larger regions take longer to compile than they gain.
    private const int MostInstructions = 320;

    // So long before an event, and a block longer, the interpreter takes over.
    private const int CheckpointDistance = 40;

    private readonly SortedDictionary<int, CodeBlock> _blocks = [];
    private readonly CodeBank _bank;

    public CodeRegion(CodeBank bank, int root)
    {
        _bank = bank;
        Cut(Explore(root, out HashSet<int> starts), starts);
        if (_blocks.TryGetValue(root, out CodeBlock? first) && first.Instructions.Count > 0)
        {
            first.IsCheckpoint = true;
            FindReturns();
            PlaceCheckpoints();
        }
        else
        {
            _blocks.Clear();
        }
    }

    public CodeBank Bank => _bank;

    /// <summary>In the order of their addresses; none if the interpreter must do already the first instruction.</summary>
    public IReadOnlyCollection<CodeBlock> Blocks => _blocks.Values;

    public CodeBlock? At(int address) => _blocks.TryGetValue(address, out CodeBlock? block) ? block : null;

    private Dictionary<int, Instruction> Explore(int root, out HashSet<int> starts)
    {
        // Places wait their turn, so that nearer ones come first: they are likelier to be run.
        var known = new Dictionary<int, Instruction>();
        var found = new HashSet<int> { root };
        var places = new Queue<int>([root]);
        while (places.TryDequeue(out int at))
        {
            int cycles = 0;
            while (known.Count < MostInstructions && !known.ContainsKey(at) && _bank.Decode(at) is { } instruction)
            {
                known.Add(at, instruction);
                at = instruction.Next;
                cycles += instruction.MostCycles;
                Flow flow = instruction.Flow;
                if (flow is Flow.Branch or Flow.Jump or Flow.Call && found.Add(instruction.Target))
                {
                    places.Enqueue(instruction.Target);
                }

                if (flow is Flow.Jump or Flow.Return or Flow.Away)
                {
                    break;
                }

                if (flow != Flow.On || cycles > CheckpointDistance)
                {
                    cycles = 0;
                    found.Add(at);
                }
            }
        }

        starts = found;
        return known;
    }

    private void Cut(Dictionary<int, Instruction> known, HashSet<int> starts)
    {
        foreach (int start in starts.Where(known.ContainsKey))
        {
            var block = new CodeBlock(start);
            _blocks.Add(start, block);
            do
            {
                block.EndsAtUnknown = !known.TryGetValue(block.Next, out Instruction instruction);
                if (block.EndsAtUnknown)
                {
                    break;
                }

                block.Instructions.Add(instruction);
            }
            while (block.Flow == Flow.On && !starts.Contains(block.Next));
        }
    }

    /// <summary>Finds, for every call, the RTS that can end it.</summary>
    private void FindReturns()
    {
        foreach (CodeBlock call in _blocks.Values.Where(b => b.Flow == Flow.Call && At(b.Next) is not null))
        {
            var seen = new HashSet<int>();
            var places = new Stack<int>([call.Instructions[^1].Target]);
            while (places.TryPop(out int at))
            {
                if (At(at) is { } block && seen.Add(at))
                {
                    if (block.Flow == Flow.Return)
                    {
                        block.Returns.Add(call.Next);
                    }

                    foreach (int next in Successors(block).Where(n => block.Flow != Flow.Call || n == block.Next))
                    {
                        places.Push(next);
                    }
                }
            }
        }
    }

    private static IEnumerable<int> Successors(CodeBlock block)
    {
        if (block.Flow is Flow.Branch or Flow.Jump or Flow.Call)
        {
            yield return block.Instructions[^1].Target;
        }

        if (block.Flow is not (Flow.Jump or Flow.Return or Flow.Away))
        {
            yield return block.Next;
        }
    }

    private void PlaceCheckpoints()
    {
        foreach (CodeBlock block in _blocks.Values)
        {
            foreach (int next in Successors(block))
            {
                // After a register and a call, and wherever a way leads back.
                if (At(next) is { } successor && (block.Flow is Flow.Register or Flow.Call || next <= block.Start))
                {
                    successor.IsCheckpoint = true;
                }
            }
        }

        // All other ways lead to higher addresses.
        foreach (CodeBlock block in _blocks.Values.Reverse())
        {
            int ahead = Successors(block).Select(At).Select(next => next is null || next.IsCheckpoint ? 0 : next.CyclesAhead).Append(0).Max();
            block.CyclesAhead = block.MostCycles + ahead;
            block.IsCheckpoint |= block.CyclesAhead > CheckpointDistance;
        }
    }
}
