using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using NesCoreShim;

namespace MarioAgentTool.Cli;

/// <summary>The headless core as the host that sessions ask for. Both sides number a pad's buttons as the controller shifts them out.</summary>
internal sealed class NesHost : IFrameHost, ILayeredHost
{
    private readonly Nes _nes;

    /// <summary>Drives a console that was just switched on.</summary>
    public NesHost(Nes nes) => _nes = nes;

    public Nes Nes => _nes;

    public void FrameAdvance(Buttons buttons, bool render) => _nes.FrameAdvance((JoypadButtons)buttons, JoypadButtons.None, render);

    public ReadOnlySpan<byte> ReadRam() => _nes.Ram;

    public void WriteByte(int address, byte value) => _nes.Poke((ushort)address, value);

    public Screen ReadScreen() => new() { Indices = _nes.Screen, Width = 256, Height = 240 };

    public void SetFlatTiles(ReadOnlySpan<uint> rows) => _nes.Layers.SetFlatTiles(rows);

    public byte[] SaveState()
    {
        var state = new byte[_nes.StateSize];
        _nes.SaveState(state);
        return state;
    }

    public void LoadState(byte[] state) => _nes.LoadState(state);
}
