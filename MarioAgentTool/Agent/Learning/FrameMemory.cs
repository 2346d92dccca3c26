using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning;

/// <summary>Where replay keeps its frames: so many places of equal size.</summary>
internal abstract class FrameMemory : IDisposable
{
    /// <summary>The frame of that place, to read and to write.</summary>
    public abstract Span<byte> Frame(int place);

    public virtual void Dispose()
    {
    }
}

/// <summary>In memory, taken page by page as frames come.</summary>
internal sealed class PagedFrames(int places, int frameBytes) : FrameMemory
{
    private const int PageFrames = 256;

    private readonly byte[]?[] _pages = new byte[(places + PageFrames - 1) / PageFrames][];

    public override Span<byte> Frame(int place)
    {
        byte[] page = _pages[place / PageFrames] ??= new byte[Math.Min(PageFrames, places - place / PageFrames * PageFrames) * frameBytes];
        return page.AsSpan(place % PageFrames * frameBytes, frameBytes);
    }
}

/// <summary>In a file mapped into memory, which the system reads and writes as it sees fit. The file goes with this object.</summary>
internal sealed unsafe class MappedFrames : FrameMemory
{
    private readonly int _frameBytes;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _first;

    /// <param name="path">A file that is not there yet.</param>
    /// <param name="places">Frames.</param>
    /// <param name="frameBytes">Bytes of each.</param>
    public MappedFrames(string path, int places, int frameBytes)
    {
        _frameBytes = frameBytes;
        path = Path.GetFullPath(path);
        long length = (long)places * frameBytes;
        if (File.Exists(path))
        {
            throw new ArgumentException($"ReplayFile is {path}, which is there already; name a file that is not, or delete it.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ArgumentException($"ReplayFile is {path}, whose folder does not exist; make it, or name a file elsewhere.");
        }

        // A mapped file that the disk has no room for ends the process when it is written to.
        long room = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        if (room < length)
        {
            throw new ArgumentException($"ReplayFile {path} takes {length:N0} bytes, and {room:N0} are free there; lower ReplayCapacity, or name a file elsewhere.");
        }

        // Whatever ends the process, the file goes with it: Windows deletes it on closing, other systems let it lose its name at once.
        bool windows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        var stream = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, windows ? FileOptions.DeleteOnClose : FileOptions.None);
        stream.SetLength(length);
        _file = MemoryMappedFile.CreateFromFile(stream, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, length);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _first);
        if (!windows)
        {
            File.Delete(path);
        }
    }

    public override Span<byte> Frame(int place) => _first == null
        ? throw new ObjectDisposedException(nameof(MappedFrames))
        : new Span<byte>(_first + (long)place * _frameBytes, _frameBytes);

    public override void Dispose()
    {
        if (_first != null)
        {
            _first = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
