using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class VramAddressTests
{
    [TestCase(0x0000, 0x0001)]
    [TestCase(0x001F, 0x0400)]
    [TestCase(0x041F, 0x0000)]
    public void Coarse_x_wraps_into_the_horizontal_neighbour(int from, int to)
    {
        var v = new VramAddress(from);
        v.IncrementX();
        Assert.That(v.Bits, Is.EqualTo(to));
        v.DecrementX();
        Assert.That(v.Bits, Is.EqualTo(from), "and back");
    }

    [Test]
    public void Many_tiles_to_the_right_is_one_tile_many_times([Values(0x0000, 0x041F, 0x7BF0)] int from)
    {
        var stepped = new VramAddress(from);
        for (int tiles = 0; tiles <= 32; tiles++)
        {
            var v = new VramAddress(from);
            v.IncrementX(tiles);
            Assert.That(v.Bits, Is.EqualTo(stepped.Bits), $"{tiles} tiles");
            stepped.IncrementX();
        }
    }

    [TestCase(0x0000, 0x1000, "fine Y first")]
    [TestCase(0x7000, 0x0020, "then coarse Y")]
    [TestCase(0x73A0, 0x0800, "row 29 wraps into the vertical neighbour")]
    [TestCase(0x73E0, 0x0000, "row 31 wraps in place")]
    public void Y_counts_fine_then_coarse(int from, int to, string fact)
    {
        var v = new VramAddress(from);
        v.IncrementY();
        Assert.That(v.Bits, Is.EqualTo(to), fact);
    }

    [Test]
    public void Many_lines_down_is_one_line_down_many_times([Values(0x0000, 0x3013, 0x73A0, 0x5BC0, 0x0FFF)] int from)
    {
        var stepped = new VramAddress(from);
        for (int lines = 0; lines <= 500; lines++)
        {
            var v = new VramAddress(from);
            v.IncrementY(lines);
            Assert.That(v.Bits, Is.EqualTo(stepped.Bits), $"{lines} lines");
            stepped.IncrementY();
        }
    }

    [Test]
    public void The_attribute_address_covers_four_by_four_tiles()
    {
        var v = new VramAddress(0x0400 | 6 << 5 | 9);
        Assert.That(v.Attribute, Is.EqualTo(0x27C0 + 8 + 2));
        Assert.That(v.AttributeShift, Is.EqualTo(4), "lower left quarter");
    }
}
