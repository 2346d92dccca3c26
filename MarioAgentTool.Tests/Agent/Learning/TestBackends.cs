using MarioAgentTool.Learning.Backends;

namespace MarioAgentTool.Tests;

/// <summary>A backend that tests can be run on.</summary>
/// <param name="name">As test names have it.</param>
/// <param name="create">Makes it; null where it cannot be had.</param>
public sealed class TestBackend(string name, object? create)
{
    /// <summary>A new one. Where there is none the test is skipped, with the reason.</summary>
    internal IBackend Create()
    {
        if (create is not Func<IBackend> make)
        {
            Assert.Ignore($"TorchSharp is not in the package cache; dotnet build MarioAgentTool/Torch restores it.");
            throw new InvalidOperationException();
        }

        return make();
    }

    public override string ToString() => name;
}

/// <summary>Every backend: what one computes, all compute.</summary>
internal static class TestBackends
{
    public static IEnumerable<TestBackend> All =>
    [
        new("managed", (Func<IBackend>)(() => new ManagedBackend(System.Environment.ProcessorCount))),
#if TORCH
        new("TorchSharp", (Func<IBackend>)(() => Torch.OnProcessor.Backend())),
#else
        new("TorchSharp", null),
#endif
    ];
}
