namespace MarioAgentTool.Environment;

/// <summary>The last few frames of an observation, oldest first, in one piece.</summary>
internal sealed class FrameStack(int frameBytes, int depth)
{
    private readonly byte[] _frames = new byte[frameBytes * depth];

    /// <summary>All frames, oldest first.</summary>
    public ReadOnlySpan<byte> Frames => _frames;

    /// <summary>Where the newest frame is written after <see cref="Shift"/>.</summary>
    public Span<byte> Newest => _frames.AsSpan(frameBytes * (depth - 1));

    /// <summary>Drops the oldest frame and makes room for a new one.</summary>
    public void Shift() => _frames.AsSpan(frameBytes).CopyTo(_frames);

    /// <summary>An episode's start: its first frame stands for those before it.</summary>
    public void Repeat()
    {
        for (int i = 0; i < depth - 1; i++)
        {
            Newest.CopyTo(_frames.AsSpan(frameBytes * i));
        }
    }

    public void Sync(SessionSync s) => s.Sync(_frames);
}
