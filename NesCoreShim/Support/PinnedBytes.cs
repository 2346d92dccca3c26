#if NETSTANDARD2_0
using System.Runtime.InteropServices;
#else
using System.Runtime.CompilerServices;
#endif

namespace NesCoreShim;

/// <summary>
/// A byte array that never moves, with the pointer the hot loops use. Whoever holds the pointer
/// keeps this object in a field beside it.
/// </summary>
internal sealed unsafe class PinnedBytes
{
    public readonly byte[] Array;
    public readonly byte* Pointer;

#if NETSTANDARD2_0
    private readonly GCHandle _handle;

    public PinnedBytes(int length)
    {
        Array = new byte[length];
        _handle = GCHandle.Alloc(Array, GCHandleType.Pinned);
        Pointer = (byte*)_handle.AddrOfPinnedObject();
    }

    ~PinnedBytes() => _handle.Free();
#else
    public PinnedBytes(int length)
    {
        Array = GC.AllocateArray<byte>(length, pinned: true);
        Pointer = (byte*)Unsafe.AsPointer(ref Array[0]);
    }
#endif

    public int Length => Array.Length;

    public Span<byte> Span => Array;
}
