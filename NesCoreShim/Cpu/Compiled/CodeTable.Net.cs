namespace NesCoreShim;

/// <summary>
/// A cartridge's compiled code, by where in PRG ROM it begins. All consoles with the cartridge share it, on whatever threads: it only
/// grows, and whether a console finds code here or interprets makes no difference to what it does.
/// </summary>
internal sealed unsafe class CodeTable
{
    private const int MostEntries = ushort.MaxValue;

    private readonly PinnedBytes _prg;

    // For every byte of PRG ROM, the number of the entry that begins there, or 0.
    private readonly PinnedBytes _numbers;
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
            if (number != 0)
            {
                entry = Volatile.Read(ref _entries)[number];
                return entry.Address == address;
            }
        }

        entry = default;
        return false;
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
            var region = new CodeRegion(bank, address);
            if (region.Blocks.Count == 0 || TryFind(bank.Code + address, address, out _))
            {
                return;
            }

            CompiledCode code = new RegionCompiler(region).Compile(out int[] checkpoints);
            CodeEntry[] entries = _entries;
            int number = entries.Length;
            if (number + checkpoints.Length > MostEntries)
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
                // The first region that has it keeps it, except the place that was asked for.
                ref ushort known = ref Numbers[bank.Code + checkpoint - _prg.Pointer];
                if (known == 0 || checkpoint == address)
                {
                    Volatile.Write(ref known, (ushort)number);
                }

                number++;
            }

            Regions++;
        }
        finally
        {
            _compiling.Exit();
        }
    }
}

/// <summary>Where compiled code can be entered.</summary>
/// <param name="Code">The code.</param>
/// <param name="Checkpoint">Its name for the place.</param>
/// <param name="Address">Where the CPU sees it.</param>
internal readonly record struct CodeEntry(CompiledCode Code, int Checkpoint, int Address);
