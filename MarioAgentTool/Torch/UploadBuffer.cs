using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>Memory on the host that numbers go to a device through, kept from one call to the next; page-locked where that device is a GPU.</summary>
internal sealed class UploadBuffer(ScalarType type, TorchDevice device) : IDisposable
{
    // Uploads under way at once before the host waits for them.
    private const int MostUnderWay = 8;

    private readonly List<Tensor> _memories = [];

    // The first so many memories have been uploaded from since that many waits: those copies may be under way.
    private int _underWay;
    private long _waits;

    /// <summary>Copies numbers to the device, in the given shape, without waiting for it. The tensor belongs to the caller's dispose scope.</summary>
    public Tensor ToDevice<T>(ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        if (_underWay == MostUnderWay && _waits == device.Waits)
        {
            device.Wait();
        }

        if (_waits != device.Waits)
        {
            (_underWay, _waits) = (0, device.Waits);
        }

        if (_underWay == _memories.Count)
        {
            _memories.Add(device.HostMemory(type, values.Length));
        }
        else if (_memories[_underWay].numel() < values.Length)
        {
            _memories[_underWay].Dispose();
            _memories[_underWay] = device.HostMemory(type, values.Length);
        }

        Tensor memory = _memories[_underWay++];
        values.CopyTo(TorchDevice.Numbers<T>(memory));
        return device.Upload(memory.narrow(0, 0, values.Length).view(shape));
    }

    public void Dispose() => _memories.ForEach(m => m.Dispose());
}
