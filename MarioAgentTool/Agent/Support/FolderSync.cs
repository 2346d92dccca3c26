using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Support;

/// <summary>
/// Waits until the disk has a folder's names: on Linux and macOS a renamed file survives a power failure under its new name only
/// once its folder was flushed, too (fsync(2)). NTFS keeps names in its journal, and Windows flushes no folders.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;
    private const int Einval = 22, Enotsup = 95, EnotsupMac = 45; // what file systems say that do not flush folders

    /// <summary>Flushes the names in a folder.</summary>
    public static void Flush(string folder)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        // .NET opens no folders.
        int handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            throw Failed(folder);
        }

        try
        {
            if (Sync(handle) < 0 && Marshal.GetLastWin32Error() is not (Einval or Enotsup or EnotsupMac))
            {
                throw Failed(folder);
            }
        }
        finally
        {
            Close(handle);
        }
    }

    private static IOException Failed(string folder) =>
        new($"{folder} could not be flushed to the disk ({new Win32Exception(Marshal.GetLastWin32Error()).Message}).");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
