using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>
/// A host for an episode that a movie is made of: states are not loaded. The first load would put the machine where it is,
/// the next would put it back when the episode is over, behind the movie's back.
/// </summary>
internal sealed class RecordingHost(IGameHost host) : IGameHost
{
    private int _loads;

    /// <summary>The session wanted the machine put back: the episode is over.</summary>
    public bool IsOver => _loads > 1;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadRam() => host.ReadRam();

    /// <inheritdoc/>
    public void WriteByte(int address, byte value) => host.WriteByte(address, value);

    /// <inheritdoc/>
    public Screen ReadScreen() => host.ReadScreen();

    /// <inheritdoc/>
    public byte[] SaveState() => host.SaveState();

    /// <inheritdoc/>
    public void LoadState(byte[] state) => _loads++;
}
