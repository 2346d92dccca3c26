using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>
/// What a session may ask of the emulator between two frames, in BizHawk's words. EmuHawk and the headless core both
/// implement it; the session never advances a frame itself.
/// </summary>
public interface IGameHost
{
    /// <summary>CPU $0000-$07FF (2,048 bytes, BizHawk's domain "RAM") as the last frame left it. Valid until the next frame.</summary>
    ReadOnlySpan<byte> ReadRam();

    /// <summary>Writes one byte of RAM.</summary>
    /// <param name="address">$0000-$07FF.</param>
    /// <param name="value">The byte.</param>
    void WriteByte(int address, byte value);

    /// <summary>The picture of the last frame that was rendered. Valid until the next frame.</summary>
    Screen ReadScreen();

    /// <summary>The whole machine as bytes that only this kind of host understands.</summary>
    byte[] SaveState();

    /// <summary>Puts the machine back; RAM reads show the state's RAM at once.</summary>
    void LoadState(byte[] state);
}

/// <summary>A host that can draw background tiles flat without the machine's taking notice.</summary>
public interface ILayeredHost : IGameHost
{
    /// <summary>Which tiles have the backdrop's colour from the coming frame on, until set anew.</summary>
    /// <param name="rows">As <see cref="Scenery.Find"/> writes them; none for a whole picture.</param>
    void SetFlatTiles(ReadOnlySpan<uint> rows);
}

/// <summary>A host that is driven from outside, one frame at a time: the headless core, or EmuHawk in bursts.</summary>
public interface IFrameHost : IGameHost
{
    /// <summary>Runs one frame with these buttons held on pad 1.</summary>
    /// <param name="buttons">Pad 1.</param>
    /// <param name="render">Whether the picture will be read afterwards.</param>
    void FrameAdvance(Buttons buttons, bool render);
}
