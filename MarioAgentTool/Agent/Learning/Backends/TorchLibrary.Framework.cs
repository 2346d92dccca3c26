#if NETSTANDARD2_0
using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning.Backends;

internal static partial class TorchLibrary
{
    // EmuHawk's process needs the build for its runtime; the native libraries are the same.
    private const string Flavour = "netstandard2.0";

    // The tool's own folder has no torch folder, but the command that travels with it may.
    private static readonly string[] s_places = ["torch", Path.Combine("mario-agent", "bin", "torch")];

    // Looks for what a library needs beside that library, not beside the program.
    private const uint AlteredSearchPath = 8;

    private static string? TryLoadNative(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // TorchSharp's own loader for this runtime knows Windows alone (dotnet/TorchSharp#689).
            return "under mono TorchSharp cannot be loaded; it can in the process of its own that mario-agent learner is.";
        }

        return LoadLibraryEx(path, IntPtr.Zero, AlteredSearchPath) != IntPtr.Zero ? null : $"{new Win32Exception(Marshal.GetLastWin32Error()).Message}.";
    }

    private static Assembly LoadAssembly(string path)
    {
        // It refers to this very library, wherever that was loaded from.
        Assembly own = typeof(TorchLibrary).Assembly;
        AppDomain.CurrentDomain.AssemblyResolve += (_, e) => new AssemblyName(e.Name).Name == own.GetName().Name ? own : null;
        return Assembly.LoadFrom(path);
    }

    [DllImport("kernel32", EntryPoint = "LoadLibraryExW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr LoadLibraryEx(string path, IntPtr file, uint flags);
}
#endif
