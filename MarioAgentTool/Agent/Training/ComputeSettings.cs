using MarioAgentTool.Learning.Backends;

namespace MarioAgentTool.Training;

/// <summary>What computes the networks.</summary>
public sealed record ComputeSettings
{
    /// <summary>managed: our own kernels, nothing to install. torch: PyTorch through TorchSharp, which <c>dotnet build -c Release MarioAgentTool/Torch</c> adds.</summary>
    public BackendKind Backend { get; init; }

    /// <summary>Where torch computes: auto (a GPU if there is one), cpu or cuda.</summary>
    public BackendDevice Device { get; init; }

    /// <summary>What torch multiplies in: single, or bFloat16 for speed on recent GPUs.</summary>
    public BackendPrecision Precision { get; init; }

    /// <summary>Where torch keeps the frames that are learned from: auto (on the GPU if they fit, else in memory), device (where it computes, whatever that is) or host (in memory, sent a batch at a time).</summary>
    public FramePlacement Frames { get; init; }

    /// <summary>What those frames may take of the GPU's free memory, 0 to 1. Half leaves room for networks, batches and other programs.</summary>
    public float FrameShare { get; init; } = 0.5f;
}
