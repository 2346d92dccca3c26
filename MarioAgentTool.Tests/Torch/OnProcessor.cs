using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Torch;

namespace MarioAgentTool.Tests.Torch;

/// <summary>TorchSharp as tests have it everywhere: on one thread of the processor.</summary>
internal static class OnProcessor
{
    public static TorchBackend Backend(FramePlacement frames = FramePlacement.Auto, BackendPrecision precision = BackendPrecision.Single)
        => new(new BackendOptions(1, BackendDevice.Cpu, precision, frames));
}
