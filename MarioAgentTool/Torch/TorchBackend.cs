using System.Runtime.InteropServices;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>Networks on PyTorch's own kernels, through TorchSharp: on a GPU where there is one, else on the processor.</summary>
internal sealed class TorchBackend : IBackend
{
    private readonly BackendOptions _options;
    private readonly ScalarType _precision;
    private readonly TorchInputs _inputs;

    // The managed networks that shapes and first weights come from compute nothing.
    private readonly WorkerPool _idle = new(1);

    /// <param name="options">Device, threads and precision.</param>
    /// <exception cref="BackendException">The device is not to be had; the message says why.</exception>
    public TorchBackend(BackendOptions options)
    {
        _options = options;
        Device = new TorchDevice(Choose(options.Device));
        _precision = options.Precision == BackendPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        _inputs = new TorchInputs(Device, _precision);
        set_num_threads(options.Threads);
        Name = $"TorchSharp on {Device}{(Device.IsGpu ? "" : $", {options.Threads} {(options.Threads == 1 ? "thread" : "threads")}")}{(_precision == ScalarType.BFloat16 ? ", bfloat16" : "")}";
    }

    public string Name { get; }

    /// <summary>Where it computes.</summary>
    public TorchDevice Device { get; }

    public IQNetwork Network(InputSpec input, int actions, NetworkSettings settings, RandomStream random, int atoms = 1)
        => new TorchNetwork(new QNetwork(input, actions, settings, random, _idle, atoms), input, Device, _inputs, _precision);

    public INetworkOptimiser Adam(IQNetwork network, float epsilon) => new TorchOptimiser((TorchNetwork)network, epsilon, isRectified: false);

    public INetworkOptimiser RAdam(IQNetwork network, float epsilon) => new TorchOptimiser((TorchNetwork)network, epsilon, isRectified: true);

    // What is left for the host is little.
    public void Run(int chunks, Action<int, int> body)
    {
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            body(chunk, 0);
        }
    }

    public PassOutputs Outputs(int length) => new TorchOutputs(Device);

    public FrameMemory Frames(int places, int frameBytes, bool signed)
    {
        long bytes = (long)places * frameBytes;
        (bool isBeside, string where) = FramePlacements.Choose(_options, $"{Device}", Device.IsGpu, bytes, Device.IsGpu ? CudaMemory.Free() : null);
        try
        {
            return isBeside ? new TorchFrames(places, frameBytes, signed, Device, _inputs, where) : new PagedFrames(places, frameBytes, where);
        }
        catch (ExternalException e)
        {
            throw new BackendException(FormattableString.Invariant($"{bytes / 1e9:0.0} GB of frames do not go onto {Device} ({e.Message.Split('\n')[0]}); set compute.frames=host."), e);
        }
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _idle.Dispose();
    }

    private static Device Choose(BackendDevice wanted)
    {
        if (wanted != BackendDevice.Cpu && cuda.is_available())
        {
            return new Device(DeviceType.CUDA, 0);
        }

        return wanted != BackendDevice.Cuda ? CPU : throw new BackendException(
            "device is cuda, and PyTorch finds no GPU: either the CPU package of libtorch is installed (build with -p:Torch=cuda), or the NVIDIA driver is missing or older "
            + $"than CUDA {CudaVersion} asks for (nvidia-smi shows it). --device cpu goes without.");
    }

    private static string CudaVersion => "12.8";
}
