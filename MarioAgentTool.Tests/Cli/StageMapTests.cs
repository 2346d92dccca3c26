using System.Buffers.Binary;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Cli;

[NonParallelizable]
public class StageMapTests
{
    private const int RoomHeight = 208, Gap = 8;

    /// <summary>Rooms: the introduction, the stage, where its links lead. Widths: whole pages, and what a scroll goes beyond them.</summary>
    [TestCase("1-1", 1, 224)]
    [TestCase("1-2", 3, 192)]
    [TestCase("1-4", 1, 160)]
    [TestCase("2-1", 2, 208)]
    public void A_stage_is_drawn_with_all_its_rooms(string stage, int rooms, int columns)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "map.png");
        (int code, string output, string error) = CommandLineTests.Run("rom", "--map", stage, "--out", file);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain(file));
        byte[] png = File.ReadAllBytes(file);
        int width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.That(width, Is.InRange(columns * 16, columns * 16 + 2));
        Assert.That(height, Is.EqualTo(rooms * (RoomHeight + Gap) - Gap));
        Assert.That(png.Length, Is.GreaterThan(5000), "it shows something");
    }
}
