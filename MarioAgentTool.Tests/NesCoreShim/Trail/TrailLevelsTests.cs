using NesCoreShim.Trail.Levels;

namespace MarioAgentTool.Tests.Trail;

/// <summary>The converter from drawings to the ROM's columns.</summary>
public class TrailLevelsTests
{
    private static readonly Legend _legend = new(
        [". 00 - air", "G 54 - ground", "b 00 06 beetle", "[ 12 - stump-left", "x 68 32 spring", ".. 00 0D plant", ".. 00 28:3 ferry"]);

    [Test]
    public void Columns_are_runs_from_the_top()
    {
        byte[] ground = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x54, 0x54];
        Assert.That(StageSet.Pack(ground), Is.EqualTo(new byte[] { 0xFA, 0x54, 0x54 }));

        byte[] full = [.. Enumerable.Repeat((byte)0x62, 13)];
        Assert.That(StageSet.Pack(full), Is.EqualTo(new byte[] { 0x62, 0xFB }));
    }

    [Test]
    public void Packed_columns_unpack_to_themselves()
    {
        foreach (Area area in StageSet.Load(Path.Combine(TrailRebuildTests.SourceFolder(), "levels")).Areas)
        {
            foreach (byte[] column in area.Columns)
            {
                Assert.That(Unpack(StageSet.Pack(column)), Is.EqualTo(column));
            }
        }
    }

    [Test]
    public void Characters_become_tiles_and_objects()
    {
        Area area = Read(Map(("b", 4, 10)), "put ferry 2 5")[0];

        Assert.That(area.Columns[0], Is.EqualTo(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x54, 0x54 }));
        Assert.That(area.Objects, Is.EqualTo(new[] { new LevelObject(2, 5, 0x28, 3), new LevelObject(4, 10, 0x06, 0) }));
    }

    [Test]
    public void A_spring_fills_the_tile_above_it()
    {
        Area area = Read(Map(("x", 3, 10)))[0];
        Assert.That((area.Columns[3][9], area.Columns[3][10]), Is.EqualTo(((byte)0x67, (byte)0x68)));
    }

    [Test]
    public void What_cannot_be_is_refused_with_its_place()
    {
        Assert.That(() => Read(Map(("q", 7, 3))), Throws.InstanceOf<LevelException>().With.Message.EqualTo("t.txt(6): 'q' in column 7 is not in the legend."));
        Assert.That(() => Read(Map()[..^1]), Throws.InstanceOf<LevelException>().With.Message.Contains("12 rows high"));
        Assert.That(() => Read([.. Map(), "................"]), Throws.InstanceOf<LevelException>().With.Message.Contains("14 rows high"));
        Assert.That(() => Read([.. Map().Select(r => r[1..])]), Throws.InstanceOf<LevelException>().With.Message.Contains("15 columns long; whole pages"));
        Assert.That(() => Read([.. Map()[..5], Map()[5] + ".", .. Map()[6..]]), Throws.InstanceOf<LevelException>().With.Message.Contains("17 characters wide"));
        Assert.That(() => Read([.. Map().Select(r => string.Concat(Enumerable.Repeat(r, 16)))]), Throws.InstanceOf<LevelException>().With.Message.Contains("256 columns long; 240 fit"));
        Assert.That(() => Read(Map(("bbb", 2, 9), ("bbb", 2, 10))), Throws.InstanceOf<LevelException>().With.Message.Contains("6 objects begin within 16 columns"));
        Assert.That(() => Read(Map(), "put beetle 3 11"), Throws.InstanceOf<LevelException>().With.Message.Contains("inside tile 54"));
        Assert.That(() => Read(Map(), "put plant 3 9"), Throws.InstanceOf<LevelException>().With.Message.Contains("a plant needs a stump"));
        Assert.That(() => Read(Map(), "put beetle 16 9"), Throws.InstanceOf<LevelException>().With.Message.Contains("outside room"));
        Assert.That(() => Read(Map(), "put dragon 1 1"), Throws.InstanceOf<LevelException>().With.Message.Contains("no dragon"));
        Assert.That(() => Read(Map(), "colour day"), Throws.InstanceOf<LevelException>().With.Message.Contains("is no setting"));
        Assert.That(() => new Legend(["x zz - y"]), Throws.InstanceOf<LevelException>());
        Assert.That(() => new Legend([". 00 - air", ". 01 - mist"]), Throws.InstanceOf<LevelException>());
    }

    [Test]
    public void Every_stage_is_between_2500_and_4000_pixels_long()
    {
        Dictionary<string, int> pixels = StageSet.Load(Path.Combine(TrailRebuildTests.SourceFolder(), "levels")).Areas
            .GroupBy(a => a.Name[..3]).ToDictionary(g => g.Key, g => g.Where(a => !a.IsIntroduction && !a.IsCloud).Sum(a => a.Columns.Count * 16));

        Assert.That(pixels.Keys, Is.EquivalentTo(new[] { "1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4" }));
        Assert.That(pixels.Values, Is.All.InRange(2500, 4100));
    }

    private static List<Area> Read(string[] map, params string[] settings) => StageSet.Parse("t.txt", _legend, ["room t ground", .. settings, "map", .. map, ""]);

    // Sixteen columns of ground, with words written over it.
    private static string[] Map(params (string Text, int Column, int Row)[] words)
    {
        string[] rows = [.. Enumerable.Repeat(new string('.', 16), 11), .. Enumerable.Repeat(new string('G', 16), 2)];
        foreach ((string text, int column, int row) in words)
        {
            rows[row] = rows[row].Remove(column, text.Length).Insert(column, text);
        }

        return rows;
    }

    private static byte[] Unpack(byte[] packed)
    {
        var column = new List<byte>();
        byte previous = 0;
        foreach (byte b in packed)
        {
            int times = b >= 0xF0 ? b - 0xEF : 1;
            previous = b >= 0xF0 ? previous : b;
            column.AddRange(Enumerable.Repeat(previous, times));
        }

        return [.. column];
    }
}
