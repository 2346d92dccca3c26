namespace MarioAgentTool.Learning.Backends;

/// <summary>Makes the backend that somebody asks for by name.</summary>
internal static class Backends
{
    /// <exception cref="BackendException">It cannot be had here.</exception>
    public static IBackend Create(BackendKind kind, BackendOptions options) => kind switch
    {
        BackendKind.Managed when options.Device == BackendDevice.Cuda => throw new BackendException("device is cuda, and our own kernels run on the processor; say --backend torch for a GPU."),
        BackendKind.Managed => new ManagedBackend(options.Threads),
        BackendKind.Torch => TorchLibrary.Create(options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such backend."),
    };
}
