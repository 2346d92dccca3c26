namespace MarioAgentTool.Learning.Backends;

/// <summary>
/// Where a pass through a network leaves its outputs, in the host's memory. The device that computes them need not be done when the pass has been
/// asked for, only when they are read: an algorithm asks for every pass that it needs before it reads the first, and waits once.
/// </summary>
internal abstract class PassOutputs : IDisposable
{
    /// <summary>batch × <see cref="IQNetwork.Outputs"/> of the last pass, and room for as many as there may be; valid until the next pass into here.</summary>
    public abstract ReadOnlySpan<float> Read();

    public virtual void Dispose()
    {
    }
}
