using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>Memory on the host that numbers go to or come from a device through, kept from one call to the next; page-locked where that device is a GPU.</summary>
internal sealed class HostBuffer(ScalarType type, Device device) : IDisposable
{
    private Tensor? _memory;

    /// <summary>Copies numbers to the device, in the given shape. The tensor belongs to the caller's dispose scope and lasts until the next call.</summary>
    public Tensor ToDevice<T>(ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        values.CopyTo(Span<T>(values.Length));
        return _memory!.narrow(0, 0, values.Length).view(shape).to(device);
    }

    /// <summary>Copies a tensor's numbers here; they last until the next call.</summary>
    public Span<T> ToHost<T>(Tensor tensor)
        where T : unmanaged
    {
        int count = (int)tensor.numel();
        Span<T> values = Span<T>(count);
        _memory!.narrow(0, 0, count).copy_(tensor.detach().flatten());
        return values;
    }

    public void Dispose() => _memory?.Dispose();

    private Span<T> Span<T>(int count)
        where T : unmanaged
    {
        if (_memory is null || _memory.numel() < count)
        {
            _memory?.Dispose();
            using DisposeScope scope = NewDisposeScope();
            Tensor memory = empty([count], type);
            _memory = (device.type == DeviceType.CUDA ? memory.pin_memory() : memory).DetachFromDisposeScope();
        }

        return MemoryMarshal.Cast<byte, T>(_memory.bytes).Slice(0, count);
    }
}
