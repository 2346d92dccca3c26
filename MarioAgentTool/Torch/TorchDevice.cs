using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>
/// A device, and count of what goes to it and comes from it. What is asked of it is done in the order it was asked; the host goes on
/// meanwhile, until it waits for all of it.
/// </summary>
internal sealed class TorchDevice(Device device)
{
    public Device Device { get; } = device;

    public bool IsGpu { get; } = device.type == DeviceType.CUDA;

    /// <summary>Copies to the device. Nobody waits for them.</summary>
    public long Uploads { get; private set; }

    /// <summary>Copies from the device. Nobody waits for them until they are read.</summary>
    public long Fetches { get; private set; }

    /// <summary>Times that the host waited for all that it had asked for.</summary>
    public long Waits { get; private set; }

    /// <summary>Passes through networks that autograd recorded, to go back through.</summary>
    public long RecordedPasses { get; private set; }

    /// <summary>Memory on the host for copies to and from here.</summary>
    public Tensor HostMemory(ScalarType type, long length)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor memory = empty([length], type);
        return (IsGpu ? memory.pin_memory() : memory).DetachFromDisposeScope();
    }

    /// <summary>The numbers of such memory.</summary>
    public static Span<T> Numbers<T>(Tensor hostMemory)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(hostMemory.bytes);

    /// <summary>A copy on the device, of host memory that has to stay as it is until the host has waited.</summary>
    public Tensor Upload(Tensor hostMemory)
    {
        Uploads++;
        return hostMemory.to(Device, copy: true, non_blocking: true);
    }

    /// <summary>Copies numbers to host memory, which has them once the host has waited.</summary>
    public void Fetch(Tensor numbers, Tensor hostMemory)
    {
        Fetches++;
        hostMemory.copy_(numbers, true);
    }

    public void Wait()
    {
        Waits++;
        if (IsGpu)
        {
            cuda.synchronize(Device);
        }
    }

    /// <summary>Notes what a pass came to.</summary>
    public void Passed(Tensor outputs) => RecordedPasses += outputs.requires_grad ? 1 : 0;

    public override string ToString() => Device.ToString();
}
