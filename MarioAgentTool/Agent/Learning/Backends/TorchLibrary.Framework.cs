#if NETSTANDARD2_0
using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning.Backends;

internal static partial class TorchLibrary
{
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

    private static Assembly LoadAssembly(string path) => Assembly.LoadFrom(path);

    [DllImport("kernel32", EntryPoint = "LoadLibraryExW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr LoadLibraryEx(string path, IntPtr file, uint flags);
}
#endif
