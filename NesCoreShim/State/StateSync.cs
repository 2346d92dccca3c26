using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NesCoreShim;

/// <summary>
/// Walks the machine's fields in one fixed order, either measuring, writing them to a span or reading
/// them back. Each chip has one list, so saving and loading cannot disagree.
/// </summary>
internal ref struct StateSync
{
    private readonly Span<byte> _target;
    private readonly ReadOnlySpan<byte> _source;
    private readonly Mode _mode;

    private readonly bool _skipsMemory;

    private StateSync(Mode mode, Span<byte> target, ReadOnlySpan<byte> source, bool skipsMemory = false)
    {
        _skipsMemory = skipsMemory;
        _mode = mode;
        _target = target;
        _source = source;
        Position = 0;
    }

    private enum Mode
    {
        Measure,
        Save,
        Load,
    }

    /// <summary>Bytes walked so far.</summary>
    public int Position { get; private set; }

    public static StateSync Measure() => new(Mode.Measure, default, default);

    public static StateSync Save(Span<byte> target) => new(Mode.Save, target, default);

    public static StateSync Load(ReadOnlySpan<byte> source) => new(Mode.Load, default, source);

    /// <summary>Saves all but memories: what has to be put back if <see cref="LoadFields"/> brings nonsense.</summary>
    public static StateSync SaveFields(Span<byte> target) => new(Mode.Save, target, default, skipsMemory: true);

    /// <summary>Loads all but memories.</summary>
    public static StateSync LoadFields(ReadOnlySpan<byte> source) => new(Mode.Load, default, source, skipsMemory: true);

    public readonly bool IsLoading => _mode == Mode.Load;

    public void Sync(ref bool value)
    {
        byte b = value ? (byte)1 : (byte)0;
        Sync(ref b);
        value = b != 0;
    }

    public void Sync(ref byte value) => SyncValue(ref value);

    public void Sync(ref ushort value) => SyncValue(ref value);

    public void Sync(ref int value) => SyncValue(ref value);

    public void Sync(ref long value) => SyncValue(ref value);

    public void Sync(ref ulong value) => SyncValue(ref value);

    public void Sync(byte[] values) => Sync(values.AsSpan());

    public void Sync(long[] values) => Sync(MemoryMarshal.AsBytes(values.AsSpan()));

    public void Sync(Span<byte> values)
    {
        const int memory = 512;
        if (_skipsMemory && values.Length >= memory)
        {
            Position += values.Length;
            return;
        }

        if (_mode == Mode.Save)
        {
            values.CopyTo(_target.Slice(Position));
        }
        else if (_mode == Mode.Load)
        {
            _source.Slice(Position, values.Length).CopyTo(values);
        }

        Position += values.Length;
    }

    private void SyncValue<T>(ref T value)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (_mode == Mode.Save)
        {
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(_target.Slice(Position, size)), value);
        }
        else if (_mode == Mode.Load)
        {
            value = MemoryMarshal.Read<T>(_source.Slice(Position));
        }

        Position += size;
    }
}
