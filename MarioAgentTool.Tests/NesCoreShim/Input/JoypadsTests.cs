using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class JoypadsTests
{
    [Test]
    public void Buttons_come_out_in_the_order_a_b_select_start_up_down_left_right_then_ones()
    {
        var pads = new Joypads(new NesOptions());
        pads.SetButtons(JoypadButtons.B | JoypadButtons.Start | JoypadButtons.Right, JoypadButtons.None);
        pads.Write(1, cycle: -6);
        pads.Write(0, cycle: -3);
        Assert.That(Shift(pads, 10), Is.EqualTo(new[] { 0, 1, 0, 1, 0, 0, 0, 1, 1, 1 }));
    }

    [Test]
    public void A_high_strobe_shows_a_over_and_over()
    {
        var pads = new Joypads(new NesOptions());
        pads.SetButtons(JoypadButtons.A, JoypadButtons.None);
        pads.Write(1, cycle: -6);
        Assert.That(Shift(pads, 3), Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public void Reads_in_consecutive_cycles_shift_once()
    {
        var pads = new Joypads(new NesOptions());
        pads.SetButtons(JoypadButtons.A, JoypadButtons.None);
        pads.Write(1, cycle: -6);
        pads.Write(0, cycle: -3);
        Assert.That(pads.Read(0, cycle: 100), Is.EqualTo(1));
        Assert.That(pads.Read(0, cycle: 101), Is.EqualTo(1), "still the same long read");
        Assert.That(pads.Read(0, cycle: 110), Is.Zero, "B");
    }

    [Test]
    public void A_fetch_in_the_middle_of_a_read_takes_a_bit_but_not_in_FCEUX([Values] bool likeFceux)
    {
        var pads = new Joypads(new NesOptions { LikeFceux = likeFceux });
        pads.SetButtons(JoypadButtons.A, JoypadButtons.None);
        pads.Write(1, cycle: -6);
        pads.Write(0, cycle: -3);
        pads.Read(0, cycle: 99);
        pads.Read(0, cycle: 100);

        // In cycle 101 the DMC has the bus.
        Assert.That(pads.Read(0, cycle: 102), Is.EqualTo(likeFceux ? 1 : 0), "A or B");
        Assert.That(pads.Read(0, cycle: 106), Is.Zero, "what comes next");
    }

    private static int[] Shift(Joypads pads, int count)
    {
        var bits = new int[count];
        for (int i = 0; i < count; i++)
        {
            bits[i] = pads.Read(0, cycle: 4 * i);
        }

        return bits;
    }
}
