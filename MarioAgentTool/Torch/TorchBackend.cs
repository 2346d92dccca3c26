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
    private readonly Device _device;
    private readonly ScalarType _precision;

    // The managed networks that shapes and first weights come from compute nothing.
    private readonly WorkerPool _idle = new(1);

    /// <param name="options">Device, threads and precision.</param>
    /// <exception cref="BackendException">The device is not to be had; the message says why.</exception>
    public TorchBackend(BackendOptions options)
    {
        _device = Choose(options.Device);
        _precision = options.Precision == BackendPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        set_num_threads(options.Threads);
        Name = $"TorchSharp on {_device}{(_device.type == DeviceType.CPU ? $", {options.Threads} {(options.Threads == 1 ? "thread" : "threads")}" : "")}{(_precision == ScalarType.BFloat16 ? ", bfloat16" : "")}";
    }

    public string Name { get; }

    public IQNetwork Network(InputSpec input, int actions, NetworkSettings settings, RandomStream random, int atoms = 1)
        => new TorchNetwork(new QNetwork(input, actions, settings, random, _idle, atoms), input, _device, _precision);

    public INetworkOptimiser Adam(IQNetwork network, float epsilon) => new TorchOptimiser((TorchNetwork)network, epsilon, isRectified: false);

    public INetworkOptimiser RAdam(IQNetwork network, float epsilon) => new TorchOptimiser((TorchNetwork)network, epsilon, isRectified: true);

    public void Dispose() => _idle.Dispose();

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
