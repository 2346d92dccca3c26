using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

public class GridObserverTests
{
    private readonly ScriptedRam _ram = new();

    [SetUp]
    public void StartOver() => new ScriptedRam().Bytes.CopyTo(_ram.Bytes, 0);

    [Test]
    public void MarIO_sees_169_tiles_around_mario_and_a_bias()
    {
        // Small Mario at x 40, y 176: the cell in the middle looks at x 48 and y 176, the tile he fills is one row lower.
        _ram.PutTile(3, 9, 0x54);
        _ram.PutTile(9, 11, 0x54);
        _ram.PutTile(10, 9, 0x54);
        _ram.PutObject(2, ObjectType.Goomba, 40 + 32, 184);
        var (grid, spec) = Observe(ObservationKind.MariO, stack: 1);
        Assert.That((spec.Length, spec.Signed, spec.Scale), Is.EqualTo((170, true, 1f)));
        Assert.That(grid[169], Is.EqualTo(1), "bias");
        Assert.That(Enumerable.Range(0, 169).Where(i => grid[i] == 1).Select(i => (i % 13 - 6, i / 13 - 6)), Is.EqualTo(new[] { (0, 0), (6, 2) }), "column 10 is seven to the right");
        Assert.That(Enumerable.Range(0, 169).Where(i => grid[i] == -1).Select(i => (i % 13 - 6, i / 13 - 6)), Is.EqualTo(new[] { (2, 1) }), "its feet are 16 below the middle");
    }

    [Test]
    public void The_screen_is_seen_as_13_by_16_tiles_with_mario_a_2()
    {
        (_ram.Bytes[RamMap.ScreenLeftPage], _ram.Bytes[RamMap.ScreenLeftX]) = (0, 16);
        _ram.PutTile(1, 11, 0x54);
        _ram.PutTile(16, 11, 0x54);
        _ram.PutTile(0, 11, 0x54);
        _ram.PutTile(17, 11, 0x54);
        _ram.PutObject(0, ObjectType.Goomba, 96, 184);
        var (grid, spec) = Observe(ObservationKind.ScreenGrid, stack: 4);
        Assert.That(spec.Length, Is.EqualTo(832));
        Assert.That(Cells(grid, 1), Is.EqualTo(new[] { (0, 11), (15, 11) }));
        Assert.That(Cells(grid, -1), Is.EqualTo(new[] { (5, 10) }));
        Assert.That(Cells(grid, 2), Is.EqualTo(new[] { (2, 10) }));
    }

    [Test]
    public void Every_byte_of_random_ram_gives_a_grid([Values(ObservationKind.MariO, ObservationKind.ScreenGrid)] ObservationKind kind)
    {
        var random = new Random(4);
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(_ram.Bytes);
            Assert.That(Observe(kind, stack: 1).Grid, Has.All.InRange(-1, 2));
        }
    }

    private static (int, int)[] Cells(sbyte[] grid, int value) => [.. Enumerable.Range(0, grid.Length).Where(i => grid[i] == value).Select(i => (i % 16, i / 16))];

    private (sbyte[] Grid, ObservationSpec Spec) Observe(ObservationKind kind, int stack)
    {
        var observer = new GridObserver(kind, new TileSettings { Stack = stack });
        byte[] grid = new byte[observer.Spec.FrameBytes];
        observer.Observe(_ram.Frame, grid);
        return ([.. grid.Select(b => (sbyte)b)], observer.Spec);
    }
}
