using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

/// <summary>Each way a kernel can be computed; what this machine lacks is skipped by name.</summary>
internal static class KernelPaths
{
    public static readonly KernelPath[] All = [KernelPath.Avx512, KernelPath.Avx2, KernelPath.Portable];

    public static void Require(KernelPath path)
    {
        if (!Tile.Has(path))
        {
            Assert.Ignore($"This processor or runtime has no {path}.");
        }
    }

    /// <summary>Fused paths must agree to the bit.</summary>
    public static void AssertFusedAreOne(Func<KernelPath, float[]> compute)
    {
        Require(KernelPath.Avx512);
        Assert.That(compute(KernelPath.Avx512), Is.EqualTo(compute(KernelPath.Avx2)));
        Assert.That(compute(KernelPath.Fastest), Is.EqualTo(compute(KernelPath.Avx2)));
    }
}
