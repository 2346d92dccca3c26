using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// Floats that begin at a multiple of 64 bytes, a cache line, as no array can be made to: a 512-bit load of an unaligned vector takes
/// two lines. Zeros at first.
/// </summary>
internal sealed unsafe class AlignedFloats
{
    private const int Line = 64;

    private readonly IntPtr _block;
    private readonly float* _start;

    public AlignedFloats(int length)
    {
        Length = length;
        _block = Marshal.AllocHGlobal(checked(length * sizeof(float) + Line));
        _start = (float*)(((long)_block + Line - 1) / Line * Line);
        Span.Clear();
    }

    ~AlignedFloats() => Marshal.FreeHGlobal(_block);

    public int Length { get; }

    /// <summary>All of them; not to outlive this object.</summary>
    public Span<float> Span => new(_start, Length);
}
