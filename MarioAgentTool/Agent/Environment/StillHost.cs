namespace MarioAgentTool.Environment;

/// <summary>A host as an observer sees it whose picture was kept: a state was loaded, and a state holds none.</summary>
internal sealed class StillHost(IGameHost host, Still picture) : IGameHost
{
    public ReadOnlySpan<byte> ReadRam() => host.ReadRam();

    public Screen ReadScreen() => picture.Screen;

    public void WriteByte(int address, byte value) => throw new NotSupportedException("Observers look and leave alone.");

    public byte[] SaveState() => throw new NotSupportedException("Observers look and leave alone.");

    public void LoadState(byte[] state) => throw new NotSupportedException("Observers look and leave alone.");
}
