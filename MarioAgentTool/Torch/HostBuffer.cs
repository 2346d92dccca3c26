using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>Memory on the host that numbers go to or come from a device through, kept from one call to the next; page-locked where that device is a GPU.</summary>
internal sealed class HostBuffer(ScalarType type, TorchDevice device) : IDisposable
{
    private Tensor? _memory;

    // The device's arrivals when this was last uploaded from: as long as there are no more, that copy may be under way.
    private long _uploadedAt = -1;

    /// <summary>Copies numbers to the device, in the given shape, without waiting for it. The tensor belongs to the caller's dispose scope.</summary>
    public Tensor ToDevice<T>(ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        if (_uploadedAt == device.Arrivals)
        {
            device.Wait();
        }

        values.CopyTo(Span<T>(values.Length));
        _uploadedAt = device.Arrivals;
        device.Uploaded();
        return _memory!.narrow(0, 0, values.Length).view(shape).to(device.Device, copy: true, non_blocking: true);
    }

    /// <summary>Copies a tensor's numbers here; they last until the next call.</summary>
    public Span<T> ToHost<T>(Tensor tensor)
        where T : unmanaged
    {
        int count = (int)tensor.numel();
        Span<T> values = Span<T>(count);
        using DisposeScope scope = NewDisposeScope();
        _memory!.narrow(0, 0, count).copy_(tensor.detach().flatten());
        device.Fetched();
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
            _memory = (device.IsGpu ? memory.pin_memory() : memory).DetachFromDisposeScope();
        }

        return MemoryMarshal.Cast<byte, T>(_memory.bytes).Slice(0, count);
    }
}
