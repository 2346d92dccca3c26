using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace MarioAgentTool.Learning;

/// <summary>Where frames to learn from are kept: so many places of equal size.</summary>
/// <param name="frameBytes">Bytes of a frame.</param>
internal abstract class FrameMemory(int frameBytes) : IDisposable
{
    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes { get; } = frameBytes;

    /// <summary>For people: <c>in memory</c>; <c>on cuda:0 (1.4 of 60.2 GB free)</c>.</summary>
    public abstract string Where { get; }

    /// <summary>Whether a backend puts batches together from places here. Otherwise they are read frame by frame.</summary>
    public virtual bool IsBesideNetworks => false;

    /// <summary>Copies the frames from that place on, as many as there is room for.</summary>
    public abstract void Read(int place, Span<byte> frames);

    /// <summary>Takes over frames, the first into that place and the rest into those after it.</summary>
    public abstract void Write(int place, ReadOnlySpan<byte> frames);

    /// <summary>The same of observations' frames; those that a network beside this memory has been asked about are there already, and not sent again.</summary>
    public virtual void Write(int place, Observations observations) => Write(place, observations.Bytes);

    public virtual void Dispose()
    {
    }
}

/// <summary>Frames that the processor can reach.</summary>
internal abstract class HostFrames(int frameBytes) : FrameMemory(frameBytes)
{
    public override void Read(int place, Span<byte> frames)
    {
        for (int at = 0; at < frames.Length; at += FrameBytes, place++)
        {
            Frame(place).CopyTo(frames.Slice(at));
        }
    }

    public override void Write(int place, ReadOnlySpan<byte> frames)
    {
        for (int at = 0; at < frames.Length; at += FrameBytes, place++)
        {
            frames.Slice(at, FrameBytes).CopyTo(Frame(place));
        }
    }

    protected abstract Span<byte> Frame(int place);
}

/// <summary>In memory, taken page by page as frames come.</summary>
/// <param name="places">Frames.</param>
/// <param name="frameBytes">Bytes of each.</param>
/// <param name="where">For people.</param>
internal sealed class PagedFrames(int places, int frameBytes, string where = "in memory") : HostFrames(frameBytes)
{
    private const int PageFrames = 256;

    private readonly byte[]?[] _pages = new byte[(places + PageFrames - 1) / PageFrames][];

    public override string Where => where;

    protected override Span<byte> Frame(int place)
    {
        byte[] page = _pages[place / PageFrames] ??= new byte[Math.Min(PageFrames, places - place / PageFrames * PageFrames) * FrameBytes];
        return page.AsSpan(place % PageFrames * FrameBytes, FrameBytes);
    }
}

/// <summary>In a file mapped into memory, which the system reads and writes as it sees fit. The file goes with this object.</summary>
internal sealed unsafe class MappedFrames : HostFrames
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _first;

    /// <param name="path">A file that is not there yet.</param>
    /// <param name="places">Frames.</param>
    /// <param name="frameBytes">Bytes of each.</param>
    public MappedFrames(string path, int places, int frameBytes)
        : base(frameBytes)
    {
        path = Path.GetFullPath(path);
        Where = $"in the file {path}";
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

    public override string Where { get; }

    protected override Span<byte> Frame(int place) => _first == null
        ? throw new ObjectDisposedException(nameof(MappedFrames))
        : new Span<byte>(_first + (long)place * FrameBytes, FrameBytes);

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
