namespace MarioAgentTool.Learning;

/// <summary>
/// Frames by number, packed, counted by whom they are used. They live in pages that go when nobody uses one of their frames any
/// more; a number is its page's times <see cref="PageFrames"/> plus its place there.
/// </summary>
internal sealed class FrameStore(int frameBytes)
{
    /// <summary>Numbers that a page has.</summary>
    public const int PageFrames = 256;

    private readonly List<Page?> _pages = [];
    private readonly Stack<int> _free = new();
    private readonly FramePacking _packing = new();
    private readonly byte[] _packed = new byte[FramePacking.Longest(frameBytes)];
    private int _open = -1;

    /// <summary>Bytes that packed frames take.</summary>
    public long Memory { get; private set; }

    /// <summary>The numbers of all frames.</summary>
    public IEnumerable<int> Ids => _pages.SelectMany((page, number) => Enumerable.Range(number * PageFrames, page?.Count ?? 0));

    /// <summary>Keeps a frame, used by nobody yet: follow with <see cref="Retain"/> before the next is added.</summary>
    /// <returns>Its number.</returns>
    public int Add(ReadOnlySpan<byte> frame)
    {
        if (_open < 0 || _pages[_open]!.Count == PageFrames)
        {
            Close();
            _open = _free.Count > 0 ? _free.Pop() : _pages.Count;
            if (_open == _pages.Count)
            {
                _pages.Add(null);
            }

            _pages[_open] = new Page();
        }

        Page page = _pages[_open]!;
        int length = _packing.Pack(frame, _packed);
        page.Append(_packed.AsSpan(0, length));
        Memory += length;
        return _open * PageFrames + page.Count - 1;
    }

    /// <summary>One more uses it.</summary>
    public void Retain(int id) => _pages[id / PageFrames]!.Users++;

    /// <summary>One fewer uses each.</summary>
    public void Release(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            Page page = _pages[id / PageFrames]!;
            if (--page.Users == 0 && id / PageFrames != _open)
            {
                Drop(id / PageFrames);
            }
        }
    }

    /// <summary>Writes the frame of that number.</summary>
    public void Read(int id, Span<byte> frame) => FramePacking.Unpack(_pages[id / PageFrames]!.Packed(id % PageFrames), frame);

    public void Clear()
    {
        _pages.Clear();
        _free.Clear();
        (_open, Memory) = (-1, 0);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_open);
        writer.Write(_pages.Count);
        foreach (Page? page in _pages)
        {
            writer.Write(page is null ? -1 : page.Count);
            page?.Save(writer);
        }

        // The order in which freed numbers come back is part of the state.
        writer.Write(_free.Count);
        foreach (int free in _free.Reverse())
        {
            writer.Write(free);
        }
    }

    public void Load(BinaryReader reader)
    {
        Clear();
        _open = reader.ReadInt32();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            int count = reader.ReadInt32();
            if (count > PageFrames)
            {
                throw Damaged();
            }

            _pages.Add(count < 0 ? null : Page.Load(reader, count, PageFrames * _packed.Length));
            Memory += _pages[_pages.Count - 1]?.Bytes ?? 0;
        }

        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            _free.Push(reader.ReadInt32());
        }

        if (_open >= _pages.Count || (_open >= 0 && _pages[_open] is null) || _free.Any(f => (uint)f >= (uint)_pages.Count || _pages[f] is not null))
        {
            throw Damaged();
        }
    }

    /// <summary>Throws unless each of the numbers is a frame's.</summary>
    public void Check(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if (id < 0 || id / PageFrames >= _pages.Count || !(_pages[id / PageFrames]?.Count > id % PageFrames))
            {
                throw Damaged();
            }
        }
    }

    private static InvalidDataException Damaged() => new("The saved replay names frames it does not hold; the file is damaged, so start a new run.");

    private void Close()
    {
        if (_open < 0)
        {
            return;
        }

        Page page = _pages[_open]!;
        page.Trim();
        if (page.Users == 0)
        {
            Drop(_open);
        }
    }

    private void Drop(int number)
    {
        Memory -= _pages[number]!.Bytes;
        _pages[number] = null;
        _free.Push(number);
    }

    private sealed class Page
    {
        private readonly int[] _ends = new int[PageFrames];
        private byte[] _data = new byte[16 * 1024];

        public int Count { get; private set; }

        public long Users { get; set; }

        public int Bytes => Count == 0 ? 0 : _ends[Count - 1];

        public static Page Load(BinaryReader reader, int count, int longest)
        {
            var page = new Page { Count = count, Users = reader.ReadInt64() };
            for (int i = 0; i < count; i++)
            {
                page._ends[i] = reader.ReadInt32();
                if (page._ends[i] < (i == 0 ? 0 : page._ends[i - 1]) || page._ends[i] > longest)
                {
                    throw Damaged();
                }
            }

            page._data = new byte[page.Bytes];
            LearnerFile.ReadExactly(reader, page._data);
            return page;
        }

        public void Append(ReadOnlySpan<byte> packed)
        {
            int at = Bytes;
            if (_data.Length < at + packed.Length)
            {
                Array.Resize(ref _data, Math.Max(2 * _data.Length, at + packed.Length));
            }

            packed.CopyTo(_data.AsSpan(at));
            _ends[Count++] = at + packed.Length;
        }

        public ReadOnlySpan<byte> Packed(int place)
        {
            int from = place == 0 ? 0 : _ends[place - 1];
            return _data.AsSpan(from, _ends[place] - from);
        }

        public void Trim() => Array.Resize(ref _data, Bytes);

        public void Save(BinaryWriter writer)
        {
            writer.Write(Users);
            for (int i = 0; i < Count; i++)
            {
                writer.Write(_ends[i]);
            }

            writer.Write(_data, 0, Bytes);
        }
    }
}
