using System.Reflection;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning.Backends;

/// <summary>
/// Finds the TorchSharp backend at run time. It is a library of its own, with hundreds of megabytes of PyTorch beside it, which most
/// people do without; so nothing here refers to it before somebody asks for it.
/// </summary>
internal static partial class TorchLibrary
{
    /// <summary>The environment variable that names the folder of <c>MarioAgentTool.Torch.dll</c>.</summary>
    public const string FolderVariable = "MARIO_AGENT_TORCH";

    /// <summary>The command that puts it where it is looked for.</summary>
    public const string BuildCommand = "dotnet build -c Release MarioAgentTool/Torch";

    private const string FileName = "MarioAgentTool.Torch.dll";

    // PyTorch's own libraries in the order of their need of each other, and TorchSharp's, which needs them all. The first group is there only for GPUs.
    private static readonly string[] s_cuda = ["c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch"];
    private static readonly string[] s_cpu = ["c10", "torch_cpu", "torch"];
    private const string Bridge = "LibTorchSharp";

    private static readonly object s_gate = new();
    private static Assembly? s_assembly;

    /// <summary>Where it is looked for, in order.</summary>
    public static IReadOnlyList<string> Folders
    {
        get
        {
            string own = Path.GetDirectoryName(typeof(TorchLibrary).Assembly.Location) ?? AppContext.BaseDirectory;
            IEnumerable<string> beside = s_places.Select(place => Path.Combine(own, place));
            return System.Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? [Path.GetFullPath(named), .. beside] : [.. beside];
        }
    }

    /// <summary>Loads it if it is not loaded, and makes a backend.</summary>
    /// <exception cref="BackendException">It is not there, or does not load: what is missing, and the command that adds it.</exception>
    public static IBackend Create(BackendOptions options)
    {
        lock (s_gate)
        {
            s_assembly ??= Load();
        }

        Type type = s_assembly.GetType("MarioAgentTool.Torch.TorchBackend", throwOnError: true)!;
        try
        {
            return (IBackend)Activator.CreateInstance(type, options)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is BackendException known)
        {
            throw new BackendException(known.Message, e);
        }
        catch (Exception e) when (e is TargetInvocationException or MissingMethodException or InvalidCastException)
        {
            throw new BackendException(
                $"{s_assembly.Location} does not start: {(e.InnerException ?? e).Message} It has to be of the same build as this; make it anew: {BuildCommand}", e);
        }
    }

    /// <summary>The native libraries that a folder has to hold, as this system names them, and those it lacks.</summary>
    /// <param name="folder">Where <c>MarioAgentTool.Torch.dll</c> lies.</param>
    internal static (IReadOnlyList<string> Present, IReadOnlyList<string> Missing) Natives(string folder)
    {
        string[] places = [Path.Combine(folder, "runtimes", Platform, "native"), folder];
        string? Find(string name) => places.Select(p => Path.Combine(p, NativeName(name))).FirstOrDefault(File.Exists);
        string[] wanted = Find("torch_cuda") is null ? s_cpu : s_cuda;
        var present = wanted.Append(Bridge).Select(Find).OfType<string>().ToList();
        var missing = wanted.Append(Bridge).Where(n => Find(n) is null).Select(NativeName).ToList();
        return (present, missing);
    }

    internal static string NativeName(string name) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? $"{name}.dll"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? $"lib{name}.dylib"
        : $"lib{name}.so";

    private static string Platform =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win-x64"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx-arm64"
        : "linux-x64";

    private static Assembly Load()
    {
        if (IntPtr.Size != 8)
        {
            throw new BackendException("TorchSharp needs a 64-bit process, and this one has 32 bits. Train with backend=managed.");
        }

        string file = Path.Combine(Flavour, FileName);
        string folder = Folders.FirstOrDefault(f => File.Exists(Path.Combine(f, file))) ?? throw new BackendException(
            $"The TorchSharp backend is not installed: there is no {file} in {string.Join(" or ", Folders)}. Add it, in the sources' folder, by: {BuildCommand} "
            + $"(for an NVIDIA GPU with -p:Torch=cuda); or name the folder that has it in {FolderVariable}. Without it, --backend managed trains on the processor.");
        LoadNatives(folder);
        return LoadAssembly(Path.Combine(folder, file));
    }

    // By full path, in order: a folder beside a tool is on nobody's search path, and what is loaded already is found by its name.
    private static void LoadNatives(string folder)
    {
        (IReadOnlyList<string> present, IReadOnlyList<string> missing) = Natives(folder);
        foreach (string path in present)
        {
            if (TryLoadNative(path) is { } why)
            {
                string lacking = missing.Count == 0 ? "" : $" Not in that folder: {string.Join(", ", missing)}.";
                throw new BackendException($"{path} does not load: {why}{lacking} Make the folder anew: {BuildCommand}");
            }
        }

        if (missing.Contains(NativeName(Bridge)))
        {
            throw new BackendException($"{folder} lacks {string.Join(", ", missing)}, which TorchSharp's packages for this system bring. Make the folder anew: {BuildCommand}");
        }
    }
}
