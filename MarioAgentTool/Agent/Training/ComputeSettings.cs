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
}
