namespace NesCoreShim;

/// <summary>
/// A cartridge's compiled code, by where in PRG ROM it begins. All consoles with the cartridge share it, on whatever threads: it only
/// grows, and whether a console finds code here or interprets makes no difference to what it does.
/// </summary>
internal sealed unsafe class CodeTable
{
    // The number of places whose first instruction is one for the interpreter. Real numbers stay below.
    private const int Hopeless = ushort.MaxValue;

    // Places share counters, which only makes some of them hot earlier.
    private const int Counters = 1024;

    private readonly PinnedBytes _prg;

    // For every byte of PRG ROM, the number of the entry that begins there, or 0.
    private readonly PinnedBytes _numbers;
    private readonly int[] _visits = new int[Counters];
    private readonly Lock _compiling = new();
    private CodeEntry[] _entries = [default];

    public CodeTable(PinnedBytes prg)
    {
        _prg = prg;
        _numbers = new PinnedBytes(prg.Length * sizeof(ushort));
    }

    private ushort* Numbers => (ushort*)_numbers.Pointer;

    /// <summary>How many regions have been compiled.</summary>
    public int Regions { get; private set; }

    /// <summary>The code that begins at an address, found in memory at <paramref name="place"/>.</summary>
    public bool TryFind(byte* place, int address, out CodeEntry entry)
    {
        long at = place - _prg.Pointer;
        if ((ulong)at < (ulong)_prg.Length)
        {
            // The entry is there before its number is.
            int number = Volatile.Read(ref Numbers[at]);
            if (number is not (0 or Hopeless))
            {
                entry = Volatile.Read(ref _entries)[number];
                return entry.Address == address;
            }
        }

        entry = default;
        return false;
    }

    /// <summary>Counts visits to places; consoles report some at a time.</summary>
    /// <param name="slot">Says which counter is theirs.</param>
    /// <param name="visits">How many there have been since the last report.</param>
    /// <param name="enough">How many make a place hot.</param>
    /// <returns>Whether there have been enough; they are counted anew then.</returns>
    public bool AreEnough(int slot, int visits, int enough)
    {
        ref int count = ref _visits[slot & Counters - 1];
        if (Interlocked.Add(ref count, visits) < enough)
        {
            return false;
        }

        count = 0;
        return true;
    }

    public bool IsRom(byte* place) => (ulong)(place - _prg.Pointer) < (ulong)_prg.Length;

    /// <summary>Compiles what begins at an address, unless that is nothing for a compiler, or another thread is compiling just now.</summary>
    public void Compile(CodeBank bank, int address)
    {
        if (!_compiling.TryEnter())
        {
            return;
        }

        try
        {
            // An image of an odd size may end, and begin again, in the middle of a bank.
            if (IsRom(bank.Code + bank.First) && IsRom(bank.Code + bank.End - 1) && Number(bank, address) == 0)
            {
                CompileRegion(new CodeRegion(bank, address), address);
            }
        }
        finally
        {
            _compiling.Exit();
        }
    }
    private ref ushort Number(CodeBank bank, int address) => ref Numbers[bank.Code + address - _prg.Pointer];

    private void CompileRegion(CodeRegion region, int root)
    {
        if (region.Blocks.Count == 0)
        {
            Number(region.Bank, root) = Hopeless;
            return;
        }

        CompiledCode code = new RegionCompiler(region).Compile(out int[] checkpoints);
        CodeEntry[] entries = _entries;
        int number = entries.Length;
        if (number + checkpoints.Length > Hopeless)
        {
            return;
        }

        Array.Resize(ref entries, number + checkpoints.Length);
        for (int i = 0; i < checkpoints.Length; i++)
        {
            entries[number + i] = new CodeEntry(code, i, checkpoints[i]);
        }

        Volatile.Write(ref _entries, entries);
        foreach (int checkpoint in checkpoints)
        {
            // Of several regions with the same place, the first keeps it.
            ref ushort known = ref Number(region.Bank, checkpoint);
            if (known is 0 or Hopeless)
            {
                Volatile.Write(ref known, (ushort)number);
            }

            number++;
        }

        Regions++;
    }
}

/// <summary>Where compiled code can be entered.</summary>
/// <param name="Code">The code.</param>
/// <param name="Checkpoint">Its name for the place.</param>
/// <param name="Address">Where the CPU sees it.</param>
internal readonly record struct CodeEntry(CompiledCode Code, int Checkpoint, int Address);
