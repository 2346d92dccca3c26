using MarioAgentTool.Learning.Backends;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>Whether frames go beside the networks, and what is said of it.</summary>
public class FramePlacementsTests
{
    private const long Gigabyte = 1_000_000_000;

    [TestCase(FramePlacement.Auto, true, 4.0, 0.5f, true, "on cuda:0 (2.0 of 4.0 GB free)")]
    [TestCase(FramePlacement.Auto, true, 3.9, 0.5f, false, "in memory, sent a batch at a time (they take 2.0 GB, and compute.frameShare lets them have 0.5 of the 3.9 GB free on cuda:0)")]
    [TestCase(FramePlacement.Auto, true, 2.5, 0.9f, true, "on cuda:0 (2.0 of 2.5 GB free)")]
    [TestCase(FramePlacement.Auto, true, null, 0.5f, false, "in memory, sent a batch at a time (the driver does not tell what cuda:0 has free; compute.frames=device puts them there)")]
    [TestCase(FramePlacement.Auto, false, null, 0.5f, false, "in memory")]
    [TestCase(FramePlacement.Device, true, 0.1, 0.5f, true, "on cuda:0 (compute.frames is device)")]
    [TestCase(FramePlacement.Device, false, null, 0.5f, true, "on cpu (compute.frames is device)")]
    [TestCase(FramePlacement.Host, true, 90.0, 0.5f, false, "in memory, sent a batch at a time (compute.frames is host)")]
    public void Frames_go_beside_the_networks_where_there_is_room(FramePlacement asked, bool isGpu, double? free, float share, bool isBeside, string where)
        => Assert.That(
            FramePlacements.Choose(new BackendOptions(1, Frames: asked, FrameShare: share), isGpu ? "cuda:0" : "cpu", isGpu, 2 * Gigabyte, (long?)(free * Gigabyte)),
            Is.EqualTo((isBeside, where)));
}
