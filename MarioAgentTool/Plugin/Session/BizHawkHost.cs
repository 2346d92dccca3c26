using BizHawk.Emulation.Common;
using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>
/// EmuHawk's core as the agent asks for it. It holds services of one running core, so a new one is made whenever EmuHawk
/// restarts its tools.
/// </summary>
public sealed class BizHawkHost : IGameHost
{
    private const int RamLength = 0x800;
    private const int FullHeight = 240;

    private readonly IEmulator _emulator;
    private readonly MemoryDomain _ram;
    private readonly IVideoProvider _video;
    private readonly IStatable _states;
    private readonly byte[] _copy = new byte[RamLength];
    private bool _isCurrent;

    /// <param name="emulator">The core.</param>
    /// <param name="memory">Its memories; one must be "RAM".</param>
    /// <param name="video">Its picture.</param>
    /// <param name="states">Its savestates.</param>
    public BizHawkHost(IEmulator emulator, IMemoryDomains memory, IVideoProvider video, IStatable states)
    {
        MemoryDomain? ram = memory["RAM"];
        if (ram is null || ram.Size != RamLength)
        {
            throw new NotSupportedException($"The core has no memory \"RAM\" of {RamLength} bytes; choose NesHawk or quickerNES under Config > Preferred Cores > NES.");
        }

        _emulator = emulator;
        _ram = ram;
        _video = video;
        _states = states;
    }

    /// <summary>EmuHawk's frame counter; it jumps when somebody else loads a state.</summary>
    public int Frame => _emulator.Frame;

    /// <summary>Lines of the core's picture: 224 where it is cut as a television does, or 240.</summary>
    public int Lines => _video.BufferHeight;

    /// <summary>To be told after every frame: what was read before it is old.</summary>
    public void FrameDone() => _isCurrent = false;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadRam()
    {
        if (!_isCurrent)
        {
            // Byte by byte under one lock: BulkPeekByte's first argument is of another type from release to release.
            _ram.Enter();
            try
            {
                for (int i = 0; i < RamLength; i++)
                {
                    _copy[i] = _ram.PeekByte(i);
                }
            }
            finally
            {
                _ram.Exit();
            }

            _isCurrent = true;
        }

        return _copy;
    }

    /// <inheritdoc/>
    public void WriteByte(int address, byte value)
    {
        _ram.PokeByte(address, value);
        _copy[address] = value;
    }

    /// <inheritdoc/>
    public Screen ReadScreen()
    {
        int width = _video.BufferWidth, height = _video.BufferHeight;
        return new Screen
        {
            Argb = _video.GetVideoBuffer().AsSpan(0, width * height),
            Width = width,
            Height = height,

            // BizHawk's cores cut a picture of 224 lines out of the middle of 240, as an NTSC television does.
            Top = (FullHeight - height) / 2,
        };
    }

    /// <inheritdoc/>
    public byte[] SaveState() => _states.CloneSavestate();

    /// <inheritdoc/>
    public void LoadState(byte[] state)
    {
        _states.LoadStateBinary(state);
        _isCurrent = false;
    }
}
