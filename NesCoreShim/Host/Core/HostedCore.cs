using BizHawk.Emulation.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>
/// A console behind BizHawk's services, from one boot to the next. Whoever keeps it longer meets
/// <see cref="ObjectDisposedException"/>.
/// </summary>
internal sealed class HostedCore : IEmulator, IVideoProvider, IStatable, IInputPollable, ISoundProvider, IBoardInfo, IEmulatorServiceProvider
{
    private const int Width = 256, FullHeight = 240, NtscHeight = 224;
    private const int SoundRate = 44_100, FramesASecond = 60;

    private readonly Nes _nes;
    private readonly HostedMemories _memories;
    private readonly int[] _full = new int[Width * FullHeight];
    private readonly int[] _picture;
    private readonly byte[] _state;
    private readonly short[] _mono = new short[SoundRate / 4];
    private readonly Dictionary<Type, object> _services;
    private int _frame, _lagCount;
    private bool _isLagFrame, _isDisposed;

    /// <param name="cartridge">The game.</param>
    /// <param name="withSound">Whether there is an <see cref="ISoundProvider"/>; sound costs time.</param>
    public HostedCore(Cartridge cartridge, bool withSound)
    {
        _nes = new Nes(cartridge, new NesOptions { SoundRate = withSound ? SoundRate : 0 });
        _picture = new int[Width * BufferHeight];
        _state = new byte[_nes.StateSize];
        _memories = new HostedMemories(_nes, EnsureAlive);
        _services = new()
        {
            [typeof(IEmulator)] = this,
            [typeof(IMemoryDomains)] = _memories,
            [typeof(IVideoProvider)] = this,
            [typeof(IStatable)] = this,
            [typeof(IInputPollable)] = this,
            [typeof(IBoardInfo)] = this,
        };
        if (withSound)
        {
            _services.Add(typeof(ISoundProvider), this);
        }

        DrawPicture();
    }

    public Nes Nes
    {
        get
        {
            EnsureAlive();
            return _nes;
        }
    }

    public IMemoryDomains Memories => _memories;

    public bool IsPal => _nes.Region != Region.Ntsc;

    public IEmulatorServiceProvider ServiceProvider => this;

    public IEnumerable<Type> AvailableServices => _services.Keys;

    public ControllerDefinition ControllerDefinition => Controls.Definition;

    public string SystemId => "NES";

    public bool DeterministicEmulation => true;

    public string BoardName => _nes.Cartridge.BoardName;

    public int Frame
    {
        get
        {
            EnsureAlive();
            return _frame;
        }
    }

    public int LagCount
    {
        get => _lagCount;
        set => _lagCount = value;
    }

    public bool IsLagFrame
    {
        get => _isLagFrame;
        set => _isLagFrame = value;
    }

    public int BufferWidth => Width;

    // An NTSC television loses eight lines above and below; BizHawk's cores cut them off.
    public int BufferHeight => IsPal ? FullHeight : NtscHeight;

    // NesHawk's: CPU cycles a second over CPU cycles a frame.
    public int VsyncNumerator => IsPal ? 3_325_214 : 3_579_546;

    public int VsyncDenominator => IsPal ? 66_495 : 59_561;

    public bool HasService(Type t) => _services.ContainsKey(t);

    public object? GetService(Type t) => _services.TryGetValue(t, out object? service) ? service : null;

    public bool FrameAdvance(IController controller, bool render, bool renderSound = true)
    {
        EnsureAlive();
        MovieFrame input = Controls.Read(controller);
        if ((input.Commands & MovieCommands.Power) != 0)
        {
            _nes.PowerOn();
        }
        else if ((input.Commands & MovieCommands.Reset) != 0)
        {
            _nes.Reset();
        }

        _nes.FrameAdvance(input.Pad1, input.Pad2, render);
        _frame++;
        _isLagFrame = _nes.IsLagFrame;
        _lagCount += _isLagFrame ? 1 : 0;
        if (render)
        {
            DrawPicture();
        }

        return true;
    }

    public void ResetCounters()
    {
        _frame = 0;
        _lagCount = 0;
        _isLagFrame = false;
    }

    /// <summary>By reference, like BizHawk's cores: the next drawn frame changes it.</summary>
    public int[] GetVideoBuffer()
    {
        EnsureAlive();
        return _picture;
    }

    public void SaveStateBinary(BinaryWriter writer)
    {
        EnsureAlive();
        _nes.SaveState(_state);
        writer.Write(_frame);
        writer.Write(_lagCount);
        writer.Write(_isLagFrame);
        writer.Write(_state);
    }

    public void LoadStateBinary(BinaryReader reader)
    {
        EnsureAlive();
        int frame = reader.ReadInt32(), lagCount = reader.ReadInt32();
        bool isLagFrame = reader.ReadBoolean();
        _nes.LoadState(reader.ReadBytes(_nes.StateSize));
        (_frame, _lagCount, _isLagFrame) = (frame, lagCount, isLagFrame);
    }

    public void GetSamplesSync(out short[] samples, out int nsamp)
    {
        EnsureAlive();
        nsamp = _nes.TakeSamples(_mono);
        samples = new short[2 * Math.Max(nsamp, SoundRate / FramesASecond)];
        for (int i = 0; i < nsamp; i++)
        {
            samples[2 * i] = samples[2 * i + 1] = _mono[i];
        }
    }

    public void DiscardSamples() => _nes.TakeSamples(_mono);

    public void Dispose() => _isDisposed = true;

    private void EnsureAlive()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException("core", "The core that this belongs to is gone: EmuHawk has booted another. Take services and APIs anew in Restart().");
        }
    }

    private void DrawPicture()
    {
        _nes.CopyArgb(_full);
        Array.Copy(_full, (FullHeight - BufferHeight) / 2 * Width, _picture, 0, _picture.Length);
    }
}
