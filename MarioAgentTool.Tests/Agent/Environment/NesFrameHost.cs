using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using NesCoreShim;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>The headless core as a session's host, for tests with a real game.</summary>
internal sealed class NesFrameHost(Nes console) : IFrameHost, ILayeredHost
{
    public Nes Console { get; } = console;

    /// <summary>A console with Trail in it, the platform game that comes with the core.</summary>
    public static NesFrameHost WithTrail() => new(new Nes(Cartridge.Load(TrailRom.Image, TrailRom.Name)));

    /// <summary>From power-on to the first playable frame.</summary>
    public StartState RunToStart()
    {
        var starter = new StageStarter();
        while (!starter.IsStarted)
        {
            FrameAdvance(starter.Buttons, render: false);
            starter.AfterFrame(this);
        }

        return starter.Finish(this);
    }

    public void FrameAdvance(Buttons buttons, bool render) => Console.FrameAdvance((JoypadButtons)buttons, render: render);

    public ReadOnlySpan<byte> ReadRam() => Console.Ram;

    public void WriteByte(int address, byte value) => Console.Poke((ushort)address, value);

    public Screen ReadScreen() => new() { Indices = Console.Screen, Width = 256, Height = 240 };

    public void SetFlatTiles(ReadOnlySpan<uint> rows) => Console.Layers.SetFlatTiles(rows);

    public byte[] SaveState()
    {
        byte[] state = new byte[Console.StateSize];
        Console.SaveState(state);
        return state;
    }

    public void LoadState(byte[] state) => Console.LoadState(state);
}
