namespace MarioAgentTool.Learning.Backends;

/// <summary>What computes the networks.</summary>
public enum BackendKind
{
    /// <summary>Our own kernels, on the processor; nothing to install.</summary>
    Managed,

    /// <summary>PyTorch's, through TorchSharp.</summary>
    Torch,
}

/// <summary>Where a backend computes, if it has the choice.</summary>
public enum BackendDevice
{
    /// <summary>On a GPU if there is one.</summary>
    Auto,

    /// <summary>On the processor.</summary>
    Cpu,

    /// <summary>On an NVIDIA GPU, or not at all.</summary>
    Cuda,
}

/// <summary>What a backend multiplies in, if it has the choice. Weights, losses and optimisers are always in 32 bits.</summary>
public enum BackendPrecision
{
    /// <summary>32-bit floats.</summary>
    Single,

    /// <summary>bfloat16: half the memory and, on recent GPUs, several times the speed, at 8 bits of precision.</summary>
    BFloat16,
}

/// <summary>Where the frames to learn from are kept: replay's, or a rollout's.</summary>
public enum FramePlacement
{
    /// <summary>On the GPU that computes, if it has room; else in the host's memory.</summary>
    Auto,

    /// <summary>On the device that computes, whatever it is.</summary>
    Device,

    /// <summary>In the host's memory; a batch is sent at a time.</summary>
    Host,
}

/// <summary>What a backend is made with.</summary>
/// <param name="Threads">Threads on the processor.</param>
/// <param name="Device">Where.</param>
/// <param name="Precision">How exactly.</param>
/// <param name="Frames">Where frames to learn from are kept.</param>
/// <param name="FrameShare">What they may take of a GPU's free memory, 0 to 1.</param>
public sealed record BackendOptions(
    int Threads, BackendDevice Device = BackendDevice.Auto, BackendPrecision Precision = BackendPrecision.Single, FramePlacement Frames = FramePlacement.Auto, float FrameShare = 0.5f);

/// <summary>A backend that cannot be had here; the message says what is missing and what adds it.</summary>
public sealed class BackendException(string message, Exception? inner = null) : Exception(message, inner);
