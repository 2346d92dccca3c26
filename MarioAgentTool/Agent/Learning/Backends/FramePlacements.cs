namespace MarioAgentTool.Learning.Backends;

/// <summary>Decides whether frames are kept beside the networks.</summary>
internal static class FramePlacements
{
    /// <param name="options">What was asked for.</param>
    /// <param name="device">The device that computes, for people.</param>
    /// <param name="isGpu">Whether its memory is its own.</param>
    /// <param name="bytes">What the frames take.</param>
    /// <param name="free">What it has free; null where it does not tell.</param>
    /// <returns>The answer, and the place in words with its reason.</returns>
    public static (bool IsBeside, string Where) Choose(BackendOptions options, string device, bool isGpu, long bytes, long? free)
    {
        const string Sent = "in memory, sent a batch at a time";
        return options.Frames switch
        {
            FramePlacement.Device => (true, $"on {device} (compute.frames is device)"),
            FramePlacement.Host => (false, $"{Sent} (compute.frames is host)"),
            _ when !isGpu => (false, "in memory"),
            _ when free is null => (false, $"{Sent} (the driver does not tell what {device} has free; compute.frames=device puts them there)"),
            _ when bytes <= options.FrameShare * (double)free => (true, FormattableString.Invariant($"on {device} ({bytes / 1e9:0.0} of {free / 1e9:0.0} GB free)")),
            _ => (false, FormattableString.Invariant($"{Sent} (they take {bytes / 1e9:0.0} GB, and compute.frameShare lets them have {options.FrameShare} of the {free / 1e9:0.0} GB free on {device})")),
        };
    }
}
