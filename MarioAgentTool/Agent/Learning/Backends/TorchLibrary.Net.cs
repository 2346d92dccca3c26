using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MarioAgentTool.Learning.Backends;

internal static partial class TorchLibrary
{
    private const string Flavour = "";

    private static readonly string[] s_places = ["torch"];

    private static string? TryLoadNative(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return e.Message;
        }
    }

    private static Assembly LoadAssembly(string path) => new Context(path).LoadFromAssemblyPath(path);

    /// <summary>The backend's own assemblies come from its folder; what it shares with us is ours.</summary>
    private sealed class Context(string path) : AssemblyLoadContext("TorchSharp")
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName name)
            => name.Name == typeof(TorchLibrary).Assembly.GetName().Name ? typeof(TorchLibrary).Assembly
            : _resolver.ResolveAssemblyToPath(name) is { } found ? LoadFromAssemblyPath(found) : null;

        protected override IntPtr LoadUnmanagedDll(string name)
            => _resolver.ResolveUnmanagedDllToPath(name) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;
    }
}
