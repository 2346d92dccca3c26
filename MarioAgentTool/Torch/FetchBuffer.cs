using MarioAgentTool.Learning.Backends;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>Memory on the host that numbers come from a device into, kept from one call to the next; page-locked where that device is a GPU.</summary>
internal sealed class FetchBuffer(ScalarType type, TorchDevice device) : IDisposable
{
    private Tensor? _memory;
    private int _length;
    private long _waits;

    /// <summary>Has a tensor's numbers copied here, and does not wait for it.</summary>
    public void Fetch(Tensor tensor)
    {
        _length = (int)tensor.numel();
        if (_memory is null || _memory.numel() < _length)
        {
            _memory?.Dispose();
            _memory = device.HostMemory(type, _length);
        }

        using DisposeScope scope = NewDisposeScope();
        device.Fetch(tensor.detach().flatten(), _memory.narrow(0, 0, _length));
        _waits = device.Waits;
    }

    /// <summary>What was fetched last, waited for unless it is known to have come; it lasts until the next <see cref="Fetch"/>.</summary>
    public Span<T> Read<T>()
        where T : unmanaged
    {
        if (_memory is null)
        {
            return default;
        }

        if (_waits == device.Waits)
        {
            device.Wait();
        }

        return TorchDevice.Numbers<T>(_memory).Slice(0, _length);
    }

    public void Dispose() => _memory?.Dispose();
}

/// <summary>Outputs that come from a device.</summary>
internal sealed class TorchOutputs(TorchDevice device) : PassOutputs
{
    private readonly FetchBuffer _values = new(ScalarType.Float32, device);

    public void Fetch(Tensor values) => _values.Fetch(values);

    public override ReadOnlySpan<float> Read() => _values.Read<float>();

    public override void Dispose() => _values.Dispose();
}
