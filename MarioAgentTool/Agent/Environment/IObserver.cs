namespace MarioAgentTool.Environment;

/// <summary>Turns what a host shows after a frame into one frame of an observation.</summary>
internal interface IObserver
{
    /// <summary>Layout of what it writes, stacked.</summary>
    ObservationSpec Spec { get; }

    /// <summary>How many frames in a row must be rendered for one observation, the observed one included; 0 for RAM readers.</summary>
    int RenderedFrames { get; }

    /// <summary>Whether every frame of the skip is stacked, not only a step's last.</summary>
    bool StacksEachFrame { get; }

    /// <summary>What was seen before belongs to another episode.</summary>
    void BeginEpisode();

    /// <summary>Told before every frame.</summary>
    void Prepare(IGameHost host);

    /// <summary>A rendered frame before the observed one, where <see cref="RenderedFrames"/> is 2.</summary>
    void Remember(IGameHost host);

    /// <summary>Writes one frame.</summary>
    /// <param name="host">After a frame.</param>
    /// <param name="frame"><see cref="ObservationSpec.FrameBytes"/> bytes.</param>
    void Observe(IGameHost host, Span<byte> frame);

    void Sync(SessionSync s);
}
