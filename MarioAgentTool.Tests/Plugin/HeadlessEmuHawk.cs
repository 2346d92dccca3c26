using System.Collections;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim;
using NesCoreShim.Movies;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>The headless core behind BizHawk's services, with Trail in it: a frame loop like EmuHawk's, and its movie log.</summary>
internal sealed class HeadlessEmuHawk : IEmulator, IMemoryDomains, IVideoProvider, IStatable, IJoypadApi
{
    private const int CroppedTop = 8, CroppedHeight = 224;

    private readonly Nes _nes = new(Cartridge.Load(TrailRom.Image, TrailRom.Name));
    private readonly MemoryDomain _ram;
    private readonly int[] _full = new int[256 * 240], _cropped = new int[256 * CroppedHeight];
    private readonly HashSet<string> _held = [];

    public HeadlessEmuHawk() => _ram = new Ram(_nes);

    public Nes Nes => _nes;

    public int Frame { get; private set; }

    /// <summary>What EmuHawk would have recorded since this console was made.</summary>
    public Movie Movie { get; } = new();

    public int BufferWidth => 256;

    public int BufferHeight => CroppedHeight;

    public MemoryDomain this[string name] => name == "RAM" ? _ram : null!;

    public void Set(IReadOnlyDictionary<string, bool> buttons, int? controller = null)
    {
        foreach ((string name, bool isDown) in buttons)
        {
            _ = isDown ? _held.Add(name) : _held.Remove(name);
        }
    }

    /// <summary>A frame with what was set; then the overrides are dropped.</summary>
    public void RunFrame()
    {
        JoypadButtons pad = JoypadButtons.None;
        foreach (string name in _held)
        {
            pad |= name == "Power" ? JoypadButtons.None : Enum.Parse<JoypadButtons>(name);
        }

        RunFrame(new MovieFrame(pad, Commands: _held.Contains("Power") ? MovieCommands.Power : MovieCommands.None));
        _held.Clear();
    }

    /// <summary>A frame of a movie.</summary>
    public void RunFrame(MovieFrame frame)
    {
        if (frame.Commands == MovieCommands.Power)
        {
            _nes.PowerOn();
        }

        Movie.Frames.Add(frame);
        _nes.FrameAdvance(frame.Pad1);
        Frame++;
    }

    public int[] GetVideoBuffer()
    {
        _nes.CopyArgb(_full);
        Array.Copy(_full, CroppedTop * 256, _cropped, 0, _cropped.Length);
        return _cropped;
    }

    public void SaveStateBinary(BinaryWriter writer)
    {
        byte[] state = new byte[_nes.StateSize];
        _nes.SaveState(state);
        writer.Write(Frame);
        writer.Write(state);
    }

    public void LoadStateBinary(BinaryReader reader)
    {
        Frame = reader.ReadInt32();
        _nes.LoadState(reader.ReadBytes(_nes.StateSize));
    }

    public IEnumerator<MemoryDomain> GetEnumerator()
    {
        yield return _ram;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }

    private sealed class Ram : MemoryDomain
    {
        private readonly Nes _nes;

        public Ram(Nes nes)
        {
            _nes = nes;
            Name = "RAM";
            Size = 0x800;
        }

        public override byte PeekByte(long addr) => _nes.Ram[(int)addr];

        public override void PokeByte(long addr, byte val) => _nes.Poke((ushort)addr, val);
    }
}
