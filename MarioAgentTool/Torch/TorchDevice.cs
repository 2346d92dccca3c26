using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>A device, and count of what goes to it and comes from it. What is asked of it is done in the order it was asked.</summary>
internal sealed class TorchDevice(Device device)
{
    public Device Device { get; } = device;

    public bool IsGpu { get; } = device.type == DeviceType.CUDA;

    /// <summary>Copies to the device. Nobody waits for them.</summary>
    public long Uploads { get; private set; }

    /// <summary>Copies from the device. The host waits for each, and so for all that was asked before.</summary>
    public long Fetches { get; private set; }

    /// <summary>Times that the host waited without getting anything, only to use a buffer again.</summary>
    public long Waits { get; private set; }

    /// <summary>All uploads before this many waits, of either kind, have arrived.</summary>
    public long Arrivals => Fetches + Waits;

    public void Uploaded() => Uploads++;

    public void Fetched() => Fetches++;

    public void Wait()
    {
        Waits++;
        if (IsGpu)
        {
            cuda.synchronize(Device);
        }
    }

    public override string ToString() => Device.ToString();
}
