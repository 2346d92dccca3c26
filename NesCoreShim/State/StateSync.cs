namespace NesCoreShim;

/// <summary>
/// Walks the machine's fields in one fixed order, either measuring, writing them to memory or reading them back. Each chip
/// has one list, so saving and loading cannot disagree. Whoever starts a walk has made sure that there is room for it: every
/// walk is as long as <see cref="Measure"/> says.
/// </summary>
internal unsafe ref struct StateSync
{
    private readonly Mode _mode;
    private readonly byte* _start;
    private byte* _at;

    private StateSync(Mode mode, byte* start)
    {
        _mode = mode;
        _start = _at = start;
    }

    private enum Mode
    {
        Measure,
        Save,
        Load,
    }

    /// <summary>Bytes walked so far.</summary>
    public readonly int Position => (int)(_at - _start);

    public readonly bool IsLoading => _mode == Mode.Load;

    public static StateSync Measure() => new(Mode.Measure, null);

    public static StateSync Save(byte* target) => new(Mode.Save, target);

    public static StateSync Load(byte* source) => new(Mode.Load, source);

    public void Sync(ref bool value)
    {
        byte* at = _at;
        _at = at + 1;
        if (_mode == Mode.Save)
        {
            *at = value ? (byte)1 : (byte)0;
        }
        else if (_mode == Mode.Load)
        {
            value = *at != 0;
        }
    }

    public void Sync(ref byte value) => SyncValue(ref value);

    public void Sync(ref ushort value) => SyncValue(ref value);

    public void Sync(ref int value) => SyncValue(ref value);

    public void Sync(ref long value) => SyncValue(ref value);

    public void Sync(ref ulong value) => SyncValue(ref value);

    public void Sync(byte[] values) => Sync(values.AsSpan());

    public void Sync(long[] values)
    {
        foreach (ref long value in values.AsSpan())
        {
            SyncValue(ref value);
        }
    }

    public void Sync(Span<byte> values)
    {
        byte* at = _at;
        _at = at + values.Length;
        if (_mode == Mode.Save)
        {
            values.CopyTo(new Span<byte>(at, values.Length));
        }
        else if (_mode == Mode.Load)
        {
            new ReadOnlySpan<byte>(at, values.Length).CopyTo(values);
        }
    }

    private void SyncValue<T>(ref T value)
        where T : unmanaged
    {
        byte* at = _at;
        _at = at + sizeof(T);
        if (_mode == Mode.Save)
        {
            *(T*)at = value;
        }
        else if (_mode == Mode.Load)
        {
            value = *(T*)at;
        }
    }
}
